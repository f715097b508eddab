//! The status in an answer that is polled, in words. It is read from the JSON text itself, whichever language asked.

use crate::check::{Cursor, Kind};

pub(super) const UNKNOWN: &str = "UNKNOWN";

/// The status that an answer tells, or several with commas between them; `UNKNOWN` for none. `id` is the number of what to look for in a list.
pub(super) fn status_of(answer: &[u8], id: Option<f64>) -> String {
    let answer = Cursor::new(answer);
    let text = |cursor: Cursor<'_>, name: &str| cursor.find(name.as_bytes()).and_then(Cursor::string);
    if let Some(steps) = answer.find(b"run_steps") {
        let steps = steps.items().into_iter();
        return list(steps.map(|step| (text(step, "name").unwrap_or_default(), text(step, "status"))));
    }
    if let Some(backups) = answer.find(b"backups") {
        let wanted = |backup: &Cursor<'_>| id.is_some() && backup.find(b"id").and_then(Cursor::whole_number) == id;
        return backups.items().into_iter().find(wanted).and_then(|backup| text(backup, "status")).unwrap_or_else(unknown);
    }
    if let Some(mut upgrade) = answer.find(b"databaseUpgradeStatus")
        && upgrade.kind() == Kind::Object
    {
        return match text(upgrade, "error").filter(|error| !error.is_empty()) {
            Some(error) => format!("FAILED {error}"),
            None => text(upgrade, "progress").unwrap_or_else(unknown),
        };
    }
    let attributes = answer.find(b"data").and_then(|data| data.find(b"attributes"));
    if let Some(built) = attributes.and_then(|attributes| text(attributes, "build_state")) {
        return built;
    }
    if let Some(mut applied) = answer.find(b"appliedSuccessfully")
        && applied.kind() == Kind::Boolean
    {
        return applied.is_true().to_string();
    }
    text(answer, "status").unwrap_or_else(unknown)
}

/// Those of the services that were asked for, be they in the answer or not.
pub(super) fn status_of_services(asked: &[String], answer: &[u8]) -> String {
    let found = Cursor::new(answer).items();
    list(asked.iter().map(|name| {
        let named = |service: &&Cursor<'_>| service.find(b"name").and_then(Cursor::string).as_deref() == Some(name);
        let status = found.iter().find(named).and_then(|service| service.find(b"status")).and_then(Cursor::string);
        (name.clone(), status)
    }))
}

fn unknown() -> String {
    UNKNOWN.into()
}

fn list(items: impl Iterator<Item = (String, Option<String>)>) -> String {
    let parts: Vec<_> = items.map(|(name, status)| format!("{name} {}", status.unwrap_or_else(unknown))).collect();
    if parts.is_empty() { unknown() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(answer: &str) -> String {
        status_of(answer.as_bytes(), None)
    }

    #[test]
    fn an_upgrade_that_failed_tells_where() {
        assert_eq!(status(r#"{"databaseUpgradeStatus":null}"#), UNKNOWN);
        assert_eq!(status(r#"{"databaseUpgradeStatus":{"initiated_at":""}}"#), UNKNOWN);
        assert_eq!(status(r#"{"databaseUpgradeStatus":{"progress":"9_completed_upgrade"}}"#), "9_completed_upgrade");
        let failed = r#"{"databaseUpgradeStatus":{"progress":"9_completed_upgrade","error":"9_post_physical_backup_failed"}}"#;
        assert_eq!(status(failed), "FAILED 9_post_physical_backup_failed");
    }

    #[test]
    fn a_run_tells_of_all_its_steps() {
        assert_eq!(status(r#"{"run_steps":[]}"#), UNKNOWN);
        let steps = r#"{"id":"1","run_steps":[{"name":"clone","status":"EXITED"},{"status":"DEAD","name":"newer"},{"name":"odd"}]}"#;
        assert_eq!(status(steps), "clone EXITED, newer DEAD, odd UNKNOWN");
    }

    #[test]
    fn a_compute_instance_tells_of_its_build() {
        assert_eq!(status(r#"{"data":{"id":"web","type":"x","attributes":{"build_state":"building","status":"odd"}}}"#), "building");
        assert_eq!(status(r#"{"data":{"id":"web","attributes":{}}}"#), UNKNOWN);
        assert_eq!(status(r#"{"data":[]}"#), UNKNOWN);
    }

    #[test]
    fn what_is_applied_is_true_or_false_or_not_known() {
        for applied in [true, false] {
            assert_eq!(status(&format!(r#"{{"currentConfig":{{"database":true}},"appliedSuccessfully":{applied}}}"#)), applied.to_string());
        }
        assert_eq!(status(r#"{"state":"enabled"}"#), UNKNOWN);
        assert_eq!(status(r#"{"state":"unavailable","unavailableReason":"temporarily_unavailable"}"#), UNKNOWN);
        assert_eq!(status(r#"{"entitlement":"allowed","config":{},"status":"applied"}"#), "applied");
        assert_eq!(status(r#"{"entitlement":"allowed","config":{}}"#), UNKNOWN);
        assert_eq!(status(""), UNKNOWN);
    }

    #[test]
    fn a_backup_or_service_that_is_not_there_is_not_known() {
        let list = br#"{"region":"","backups":[{"id":6,"status":"FAILED"},{"status":"COMPLETED","id":7}]}"#;
        assert_eq!([6.0, 7.0, 8.0].map(|id| status_of(list, Some(id))), ["FAILED", "COMPLETED", UNKNOWN]);
        let found = br#"[{"name":"db","status":"ACTIVE_HEALTHY","healthy":true},{"name":"rest","status":"UNHEALTHY","healthy":false}]"#;
        assert_eq!(status_of_services(&["auth".into(), "db".into()], found), "auth UNKNOWN, db ACTIVE_HEALTHY");
    }
}
