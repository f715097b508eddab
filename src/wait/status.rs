//! The status in an answer that is polled, in words.

use crate::api::action_runs::ActionRun;
use crate::api::backups::{BackupList, RestorePoint};
use crate::api::branches::BranchDetail;
use crate::api::domains::CustomHostnameConfig;
use crate::api::jit_access::JitState;
use crate::api::network::{NetworkRestrictionsState, SslEnforcementState};
use crate::api::projects::{Project, ServiceHealth, ServiceName};
use crate::api::upgrades::UpgradeStatus;
use crate::schema::Nullable;
use crate::words::join;

const UNKNOWN: &str = "UNKNOWN";

/// An answer that tells how far something is.
pub(crate) trait Status {
    /// The status, or several with commas between them; `UNKNOWN` for none.
    fn status(&self) -> String;
}

macro_rules! plain {
    ($($model:ty),*) => {
        $(impl Status for $model {
            fn status(&self) -> String {
                self.status.as_str().into()
            }
        })*
    };
}
plain!(Project, BranchDetail, CustomHostnameConfig, RestorePoint);

/// A project that is gone has no answer.
impl Status for Option<Project> {
    fn status(&self) -> String {
        self.as_ref().map_or_else(|| "REMOVED".into(), Status::status)
    }
}

impl Status for NetworkRestrictionsState {
    fn status(&self) -> String {
        self.status.as_ref().map_or(UNKNOWN, |status| status.as_str()).into()
    }
}

impl Status for ActionRun {
    fn status(&self) -> String {
        list(self.run_steps.iter().map(|step| (step.name.as_str(), step.status.as_str())))
    }
}

impl Status for UpgradeStatus {
    fn status(&self) -> String {
        let Nullable(Some(upgrade)) = &self.database_upgrade_status else { return UNKNOWN.into() };
        match (&upgrade.error, &upgrade.progress) {
            (Some(error), _) => join(&["FAILED ", error.as_str()]),
            (None, progress) => progress.as_ref().map_or(UNKNOWN, |progress| progress.as_str()).into(),
        }
    }
}

impl Status for SslEnforcementState {
    fn status(&self) -> String {
        applied(Some(self.applied_successfully))
    }
}

impl Status for JitState {
    fn status(&self) -> String {
        match self {
            JitState::Enabled { applied_successfully } | JitState::Disabled { applied_successfully } => applied(*applied_successfully),
            _ => UNKNOWN.into(),
        }
    }
}

fn applied(successfully: Option<bool>) -> String {
    match successfully {
        Some(true) => "true",
        Some(false) => "false",
        None => UNKNOWN,
    }
    .into()
}

/// That of one backup.
pub(crate) fn of_backup(list: &BackupList, id: i64) -> String {
    list.backups.iter().find(|backup| backup.id == id).map_or(UNKNOWN, |backup| backup.status.as_str()).into()
}

/// Those of the services that were asked for, be they in the answer or not.
pub(crate) fn of_services(asked: &[ServiceName], found: &[ServiceHealth]) -> String {
    list(asked.iter().map(|name| {
        let health = found.iter().find(|health| health.name.as_str() == name.as_str());
        (name.as_str(), health.map_or(UNKNOWN, |health| health.status.as_str()))
    }))
}

fn list<'a>(items: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let parts: Vec<_> = items.map(|(name, status)| join(&[name, " ", status])).collect();
    if parts.is_empty() { UNKNOWN.into() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    fn status<T: Status + DeserializeOwned>(answer: Value) -> String {
        serde_json::from_value::<T>(answer).expect("an answer").status()
    }

    fn upgrade(rest: Value) -> Value {
        let mut upgrade = json!({ "initiated_at": "", "latest_status_at": "", "target_version": 17, "status": 0 });
        upgrade.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        json!({ "databaseUpgradeStatus": upgrade })
    }

    #[test]
    fn an_upgrade_that_failed_tells_where() {
        assert_eq!(status::<UpgradeStatus>(json!({ "databaseUpgradeStatus": null })), UNKNOWN);
        assert_eq!(status::<UpgradeStatus>(upgrade(json!({}))), UNKNOWN);
        assert_eq!(status::<UpgradeStatus>(upgrade(json!({ "progress": "9_completed_upgrade" }))), "9_completed_upgrade");
        let failed = json!({ "progress": "9_completed_upgrade", "error": "9_post_physical_backup_failed" });
        assert_eq!(status::<UpgradeStatus>(upgrade(failed)), "FAILED 9_post_physical_backup_failed");
    }

    #[test]
    fn a_run_tells_of_all_its_steps() {
        let run = |steps: &[(&str, &str)]| {
            let steps: Vec<_> =
                steps.iter().map(|(name, status)| json!({ "name": name, "status": status, "created_at": "", "updated_at": "" })).collect();
            json!({
                "id": "1", "branch_id": "2", "run_steps": steps, "git_config": null, "workdir": null, "check_run_id": null,
                "created_at": "", "updated_at": "",
            })
        };
        assert_eq!(status::<ActionRun>(run(&[])), UNKNOWN);
        assert_eq!(status::<ActionRun>(run(&[("clone", "EXITED"), ("newer", "DEAD")])), "clone EXITED, newer DEAD");
    }

    #[test]
    fn what_is_applied_is_true_or_false_or_not_known() {
        let ssl = |applied: bool| json!({ "currentConfig": { "database": true }, "appliedSuccessfully": applied });
        assert_eq!([true, false].map(|applied| status::<SslEnforcementState>(ssl(applied))), ["true", "false"]);
        assert_eq!(status::<JitState>(json!({ "state": "enabled" })), UNKNOWN);
        assert_eq!(status::<JitState>(json!({ "state": "disabled", "appliedSuccessfully": false })), "false");
        assert_eq!(status::<JitState>(json!({ "state": "unavailable", "unavailableReason": "temporarily_unavailable" })), UNKNOWN);
        let restrictions = json!({ "entitlement": "allowed", "config": {}, "status": "applied" });
        assert_eq!(status::<NetworkRestrictionsState>(restrictions), "applied");
        assert_eq!(status::<NetworkRestrictionsState>(json!({ "entitlement": "allowed", "config": {} })), UNKNOWN);
        assert_eq!(None::<Project>.status(), "REMOVED");
    }

    #[test]
    fn a_backup_or_service_that_is_not_there_is_not_known() {
        let backup = |id: i64, status: &str| json!({ "id": id, "is_physical_backup": true, "status": status, "inserted_at": "" });
        let answer = json!({
            "region": "", "walg_enabled": true, "pitr_enabled": false, "physical_backup_data": {},
            "backups": [backup(6, "FAILED"), backup(7, "COMPLETED")],
        });
        let list: BackupList = serde_json::from_value(answer).expect("backups");
        assert_eq!([6, 7, 8].map(|id| of_backup(&list, id)), ["FAILED", "COMPLETED", UNKNOWN]);
        let found =
            json!([{ "name": "db", "status": "ACTIVE_HEALTHY", "healthy": true }, { "name": "rest", "status": "UNHEALTHY", "healthy": false }]);
        let found: Vec<ServiceHealth> = serde_json::from_value(found).expect("services");
        assert_eq!(of_services(&[ServiceName::Auth, ServiceName::Db], &found), "auth UNKNOWN, db ACTIVE_HEALTHY");
    }
}
