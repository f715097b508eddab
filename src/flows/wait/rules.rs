//! The waits of the API's own work: what each polls, and which statuses end it.

/// How a wait stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Going,
    /// What was waited for is there.
    Done,
    /// It will not come any more.
    Failed,
}

impl From<bool> for Verdict {
    fn from(done: bool) -> Self {
        if done { Verdict::Done } else { Verdict::Going }
    }
}

/// How a status begins that ends a wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// What is waited for, in messages: `the project is COMING_UP`.
    pub(crate) noun: &'static str,
    pub(crate) good: &'static [&'static str],
    pub(crate) bad: &'static [&'static str],
}

impl Rule {
    /// That of [`super::wait_until`], which judges by itself.
    pub(crate) const OWN: Rule = Rule { noun: "state", good: &["done"], bad: &["failed"] };

    /// A project that is on its way to be healthy.
    const HEALTHY: Rule = Rule { noun: "project", good: &["ACTIVE_HEALTHY"], bad: &["INIT_FAILED", "RESTORE_FAILED", "REMOVED"] };

    /// A change that is in effect, or could not be put there.
    const APPLIED: Rule = Rule { noun: "appliedSuccessfully", good: &["true"], bad: &["false"] };

    /// Judges a status, or several with commas between them: all must be good, and one can be too bad.
    pub(crate) fn judge(&self, status: &str) -> Verdict {
        let begins = |part: &str, with: &[&str]| part.split(' ').any(|word| with.iter().any(|start| word.starts_with(start)));
        if status.split(", ").any(|part| begins(part, self.bad)) {
            Verdict::Failed
        } else {
            status.split(", ").all(|part| begins(part, self.good)).into()
        }
    }
}

/// What a waiter takes besides the reference of the project or branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    Nothing,
    /// Another value of the path, which must be given.
    PathValue,
    /// A field of the query, which must be given.
    Query(&'static str),
    /// A field of the query, which may be left out.
    OptionalQuery(&'static str),
    /// The number of what to look for in the list that the answer is.
    Id,
    /// The option `services`.
    Services,
}

/// A wait that has a method of its own.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// Its method: `projects.waitUntilHealthy`.
    pub(crate) id: &'static str,
    /// The endpoint that it polls.
    pub(crate) polls: &'static str,
    pub(crate) rule: Rule,
    pub(crate) extra: Extra,
}

const fn waiter(id: &'static str, polls: &'static str, rule: Rule) -> Waiter {
    Waiter { id, polls, rule, extra: Extra::Nothing }
}

/// All of them.
pub(crate) static WAITERS: [Waiter; 17] = [
    Waiter { extra: Extra::Services, ..waiter("projects.waitUntilHealthy", "projects.get", Rule::HEALTHY) },
    waiter("projects.waitUntilRestored", "projects.get", Rule::HEALTHY),
    waiter("projects.waitUntilRestarted", "projects.get", Rule::HEALTHY),
    waiter("projects.waitUntilPaused", "projects.get", Rule { noun: "project", good: &["INACTIVE"], bad: &["PAUSE_FAILED"] }),
    waiter("projects.waitUntilDeleted", "projects.get", Rule { noun: "project", good: &["REMOVED"], bad: &[] }),
    Waiter {
        extra: Extra::OptionalQuery("tracking_id"),
        ..waiter("projects.waitUntilUpgraded", "projects.getUpgradeStatus", Rule { noun: "upgrade", good: &["9_", "10_"], bad: &["FAILED"] })
    },
    waiter("branches.waitUntilHealthy", "branches.getConfig", Rule { noun: "branch", ..Rule::HEALTHY }),
    Waiter {
        extra: Extra::PathValue,
        ..waiter("actionRuns.waitUntilFinished", "actionRuns.get", Rule { noun: "run", good: &["EXITED"], bad: &["DEAD"] })
    },
    waiter("backups.waitUntilRestored", "projects.get", Rule::HEALTHY),
    Waiter {
        extra: Extra::Id,
        ..waiter("backups.waitUntilCompleted", "backups.list", Rule { noun: "backup", good: &["COMPLETED"], bad: &["FAILED", "CANCELLED"] })
    },
    Waiter {
        extra: Extra::Query("name"),
        ..waiter(
            "backups.waitUntilRestorePointAvailable",
            "backups.getRestorePoint",
            Rule { noun: "restore-point", good: &["AVAILABLE"], bad: &["FAILED", "REMOVED"] },
        )
    },
    waiter("customHostname.waitUntilVerified", "customHostname.reverify", Rule { noun: "hostname", good: &["4_", "5_"], bad: &[] }),
    waiter("customHostname.waitUntilActive", "customHostname.get", Rule { noun: "hostname", good: &["5_"], bad: &[] }),
    waiter("networkRestrictions.waitUntilApplied", "networkRestrictions.get", Rule { noun: "change", good: &["applied"], bad: &[] }),
    waiter("sslEnforcement.waitUntilApplied", "sslEnforcement.get", Rule::APPLIED),
    waiter("jitAccess.waitUntilApplied", "jitAccess.getConfig", Rule::APPLIED),
    Waiter {
        extra: Extra::PathValue,
        ..waiter("v2.compute.waitUntilBuilt", "v2.compute.get", Rule { noun: "compute instance", good: &["active"], bad: &["failed"] })
    },
];

impl Waiter {
    /// The waiter of a method.
    pub(crate) fn find(id: &str) -> Option<&'static Waiter> {
        WAITERS.iter().find(|waiter| waiter.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(id: &str, statuses: &[&str]) -> Vec<Verdict> {
        statuses.iter().map(|status| Waiter::find(id).expect("a waiter").rule.judge(status)).collect()
    }

    #[test]
    fn every_waiter_polls_an_endpoint_that_reads() {
        for waiter in &WAITERS {
            let row = crate::api::endpoints().iter().find(|row| row.id == waiter.polls);
            let row = row.unwrap_or_else(|| panic!("{} polls {}, which is no endpoint", waiter.id, waiter.polls));
            assert!(!waiter.rule.good.is_empty(), "{}", waiter.id);
            let values = 1 + usize::from(waiter.extra == Extra::PathValue);
            assert_eq!(row.placeholders.len(), values, "{}", waiter.id);
        }
    }

    #[test]
    fn projects_are_judged_as_the_api_names_them() {
        use Verdict::{Done, Failed, Going};
        let statuses =
            ["ACTIVE_HEALTHY", "ACTIVE_UNHEALTHY", "UNKNOWN", "COMING_UP", "INIT_FAILED", "RESTORE_FAILED", "REMOVED", "PAUSE_FAILED", "INACTIVE"];
        let healthy = [Done, Going, Going, Going, Failed, Failed, Failed, Going, Going];
        for id in [
            "projects.waitUntilHealthy",
            "projects.waitUntilRestored",
            "projects.waitUntilRestarted",
            "branches.waitUntilHealthy",
            "backups.waitUntilRestored",
        ] {
            assert_eq!(judged(id, &statuses), healthy, "{id}");
        }
        assert_eq!(judged("projects.waitUntilPaused", &statuses), [Going, Going, Going, Going, Going, Going, Going, Failed, Done]);
        assert_eq!(judged("projects.waitUntilDeleted", &statuses), [Going, Going, Going, Going, Going, Going, Done, Going, Going]);
    }

    #[test]
    fn of_several_statuses_all_must_be_good_and_none_too_bad() {
        use Verdict::{Done, Failed, Going};
        let runs =
            ["UNKNOWN", "clone CREATED", "clone EXITED, migrate RUNNING", "clone EXITED, migrate DEAD, seed CREATED", "clone EXITED, seed EXITED"];
        assert_eq!(judged("actionRuns.waitUntilFinished", &runs), [Going, Going, Going, Failed, Done]);
        assert_eq!(judged("projects.waitUntilHealthy", &["auth UNHEALTHY, db ACTIVE_HEALTHY", "auth ACTIVE_HEALTHY"]), [Going, Done]);
    }

    #[test]
    fn all_others_are_judged_by_how_they_begin() {
        use Verdict::{Done, Failed, Going};
        let upgrade =
            ["8_attached_volume_to_upgraded_instance", "9_completed_upgrade", "10_completed_post_physical_backup", "1_started", "FAILED 9_x"];
        assert_eq!(judged("projects.waitUntilUpgraded", &upgrade), [Going, Done, Done, Going, Failed]);
        assert_eq!(judged("backups.waitUntilCompleted", &["PENDING", "COMPLETED", "FAILED", "CANCELLED"]), [Going, Done, Failed, Failed]);
        assert_eq!(judged("backups.waitUntilRestorePointAvailable", &["PENDING", "AVAILABLE", "FAILED", "REMOVED"]), [Going, Done, Failed, Failed]);
        let hostname = ["3_challenge_verified", "4_origin_setup_completed", "5_services_reconfigured"];
        assert_eq!(judged("customHostname.waitUntilVerified", &hostname), [Going, Done, Done]);
        assert_eq!(judged("customHostname.waitUntilActive", &hostname), [Going, Going, Done]);
        assert_eq!(judged("v2.compute.waitUntilBuilt", &["building", "active", "failed", "UNKNOWN"]), [Going, Done, Failed, Going]);
        assert_eq!(judged("networkRestrictions.waitUntilApplied", &["stored", "applied"]), [Going, Done]);
        for id in ["sslEnforcement.waitUntilApplied", "jitAccess.waitUntilApplied"] {
            assert_eq!(judged(id, &["true", "false", "UNKNOWN"]), [Done, Failed, Going]);
        }
    }
}
