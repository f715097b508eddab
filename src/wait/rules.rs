//! Which statuses end a wait: the rules that JavaScript has too.

/// As in `pkg/waiters.js`, where it says what stands in a line.
const RULES: &str = include_str!("rules.txt");

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

/// What the rules say of a waiter.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) noun: &'static str,
    good: &'static str,
    bad: &'static str,
}

impl Rule {
    /// That of [`super::wait_until`], which judges by itself.
    pub(crate) const OWN: Rule = Rule { noun: "state", good: "done", bad: "failed" };

    pub(crate) fn of(id: &str) -> Rule {
        let columns = RULES.lines().map(|line| line.split(' ')).find_map(|mut columns| (columns.next() == Some(id)).then_some(columns));
        let mut columns = columns.into_iter().flatten().skip(1);
        let mut next = || columns.next().unwrap_or("-");
        Rule { noun: next(), good: next(), bad: next() }
    }

    /// Judges a status, or several with commas between them: all must be good, and one can be too bad.
    pub(crate) fn judge(&self, status: &str) -> Verdict {
        let begins = |part: &str, with: &str| part.split(' ').any(|word| with.split('|').any(|start| word.starts_with(start)));
        if status.split(", ").any(|part| begins(part, self.bad)) {
            Verdict::Failed
        } else {
            status.split(", ").all(|part| begins(part, self.good)).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(id: &str, statuses: &[&str]) -> Vec<Verdict> {
        statuses.iter().map(|status| Rule::of(id).judge(status)).collect()
    }

    #[test]
    fn every_rule_has_its_columns_and_a_good_end() {
        for line in RULES.lines() {
            let columns: Vec<_> = line.split(' ').collect();
            assert!((5..=6).contains(&columns.len()), "{line}");
            let rule = Rule::of(columns[0]);
            assert_eq!((rule.noun, rule.good, rule.bad), (columns[2], columns[3], columns[4]));
        }
        assert_eq!(RULES.lines().count(), 15);
    }

    #[test]
    fn projects_are_judged_as_the_api_names_them() {
        use Verdict::{Done, Failed, Going};
        let statuses =
            ["ACTIVE_HEALTHY", "ACTIVE_UNHEALTHY", "UNKNOWN", "COMING_UP", "INIT_FAILED", "RESTORE_FAILED", "REMOVED", "PAUSE_FAILED", "INACTIVE"];
        let healthy = [Done, Going, Going, Going, Failed, Failed, Failed, Going, Going];
        for id in ["projects.waitUntilHealthy", "projects.waitUntilRestored", "branches.waitUntilHealthy", "backups.waitUntilRestored"] {
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
        assert_eq!(judged("networkRestrictions.waitUntilApplied", &["stored", "applied"]), [Going, Done]);
        for id in ["sslEnforcement.waitUntilApplied", "jitAccess.waitUntilApplied"] {
            assert_eq!(judged(id, &["true", "false", "UNKNOWN"]), [Done, Failed, Going]);
        }
    }
}
