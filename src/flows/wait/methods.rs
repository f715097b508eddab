//! The methods that wait, for Rust users.

use super::named::Target;
use super::polling::Wait;
use super::rules::Waiter;
use crate::api::action_runs::{ActionRun, ActionRuns};
use crate::api::backups::{BackupList, Backups, RestorePoint};
use crate::api::branches::{BranchDetail, Branches};
use crate::api::domains::{CustomHostname, CustomHostnameConfig};
use crate::api::jit_access::{JitAccess, JitState};
use crate::api::network::{NetworkRestrictions, NetworkRestrictionsState, SslEnforcement, SslEnforcementState};
use crate::api::projects::{Project, Projects};
use crate::api::upgrades::UpgradeStatus;
use crate::api::v2::Data;
use crate::api::v2::compute::{Compute, ComputeInstance};
use crate::call::{ModelReader, decode};
use crate::client::Client;
use crate::text::quoted;
use serde::de::DeserializeOwned;

/// What the wait with this name polls; `id` is what to look for in a list.
fn target<T: DeserializeOwned + 'static>(
    client: &Client,
    name: &str,
    paths: &[&str],
    query: Vec<u8>,
    id: Option<f64>,
    gone: Option<fn() -> T>,
) -> Target<ModelReader<T>> {
    let waiter = Waiter::find(name).unwrap_or_else(|| unreachable!("{name} is in the table of waits"));
    let paths: Vec<_> = paths.iter().map(|value| quoted(value)).collect();
    Target {
        client: client.clone(),
        waiter,
        paths: format!("[{}]", paths.join(",")).into_bytes(),
        query,
        id,
        reader: Box::new(|| ModelReader::new(decode::json)),
        gone,
    }
}

fn wait<T: DeserializeOwned + 'static>(client: &Client, name: &str, paths: &[&str], query: Vec<u8>, id: Option<f64>) -> Wait<T> {
    target(client, name, paths, query, id, None).wait()
}

/// A query of one field.
fn query(name: &str, value: &str) -> Vec<u8> {
    format!("{{{}:{}}}", quoted(name), quoted(value)).into_bytes()
}

impl ActionRuns {
    /// Waits until a run is finished: each step is `EXITED`. Fails when a step is `DEAD`; [`ActionRuns::get_logs`](crate::api::ActionRuns::get_logs) tells why. Polls [`ActionRuns::get`](crate::api::ActionRuns::get).
    pub fn wait_until_finished(&self, project_ref: &str, run_id: &str) -> Wait<ActionRun> {
        wait(&self.client, "actionRuns.waitUntilFinished", &[project_ref, run_id], Vec::new(), None)
    }
}

impl SslEnforcement {
    /// Waits until the last change is in effect: `appliedSuccessfully` is true. Fails when it is false. Polls [`SslEnforcement::get`](crate::api::SslEnforcement::get).
    pub fn wait_until_applied(&self, project_ref: &str) -> Wait<SslEnforcementState> {
        wait(&self.client, "sslEnforcement.waitUntilApplied", &[project_ref], Vec::new(), None)
    }
}

impl NetworkRestrictions {
    /// Waits until the last change is in effect: `status` is `applied`. Polls [`NetworkRestrictions::get`](crate::api::NetworkRestrictions::get).
    pub fn wait_until_applied(&self, project_ref: &str) -> Wait<NetworkRestrictionsState> {
        wait(&self.client, "networkRestrictions.waitUntilApplied", &[project_ref], Vec::new(), None)
    }
}

impl JitAccess {
    /// Waits until the last change is in effect: `appliedSuccessfully` is true. Fails when it is false. Polls [`JitAccess::get_config`](crate::api::JitAccess::get_config).
    pub fn wait_until_applied(&self, project_ref: &str) -> Wait<JitState> {
        wait(&self.client, "jitAccess.waitUntilApplied", &[project_ref], Vec::new(), None)
    }
}

impl Backups {
    /// Waits until a project is `ACTIVE_HEALTHY` after `restore`, `restore_pitr` or `undo`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`.
    /// Polls [`Projects::get`](crate::api::Projects::get).
    ///
    /// What is left of the state before counts too: begin to wait when the call that starts the work has been answered.
    pub fn wait_until_restored(&self, project_ref: &str) -> Wait<Project> {
        wait(&self.client, "backups.waitUntilRestored", &[project_ref], Vec::new(), None)
    }

    /// Waits until the backup with this `id` is `COMPLETED`. Fails when it is `FAILED` or `CANCELLED`. Polls [`Backups::list`](crate::api::Backups::list).
    pub fn wait_until_completed(&self, project_ref: &str, id: i64) -> Wait<BackupList> {
        wait(&self.client, "backups.waitUntilCompleted", &[project_ref], Vec::new(), Some(id as f64))
    }

    /// Waits until a restore point is `AVAILABLE`. Fails when it is `FAILED` or `REMOVED`. Polls [`Backups::get_restore_point`](crate::api::Backups::get_restore_point).
    pub fn wait_until_restore_point_available(&self, project_ref: &str, name: &str) -> Wait<RestorePoint> {
        wait(&self.client, "backups.waitUntilRestorePointAvailable", &[project_ref], query("name", name), None)
    }
}

impl Branches {
    /// Waits until a branch that was created is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
    /// [`Branches::get_config`](crate::api::Branches::get_config), whose answer has the password of the database.
    pub fn wait_until_healthy(&self, branch_id_or_ref: &str) -> Wait<BranchDetail> {
        wait(&self.client, "branches.waitUntilHealthy", &[branch_id_or_ref], Vec::new(), None)
    }
}

impl Projects {
    /// Waits until a project is `ACTIVE_HEALTHY`: after it was created, restored, restarted, resized or upgraded. Fails when it is `INIT_FAILED`,
    /// `RESTORE_FAILED` or `REMOVED`. Polls [`Projects::get`](crate::api::Projects::get); with [`Wait::services`] also [`Projects::get_health`](crate::api::Projects::get_health), once the project is healthy.
    ///
    /// What is left of the state before counts too: begin to wait when the call that starts the work has been answered.
    pub fn wait_until_healthy(&self, project_ref: &str) -> Wait<Project> {
        wait(&self.client, "projects.waitUntilHealthy", &[project_ref], Vec::new(), None)
    }

    /// Waits until a paused project that is being restored is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
    /// [`Projects::get`](crate::api::Projects::get).
    pub fn wait_until_restored(&self, project_ref: &str) -> Wait<Project> {
        wait(&self.client, "projects.waitUntilRestored", &[project_ref], Vec::new(), None)
    }

    /// Waits until a project that restarts is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
    /// [`Projects::get`](crate::api::Projects::get).
    ///
    /// What is left of the state before counts too: begin to wait when [`Projects::restart`](crate::api::Projects::restart) has been answered.
    pub fn wait_until_restarted(&self, project_ref: &str) -> Wait<Project> {
        wait(&self.client, "projects.waitUntilRestarted", &[project_ref], Vec::new(), None)
    }

    /// Waits until a project is paused: `INACTIVE`. Fails when it is `PAUSE_FAILED`. Polls [`Projects::get`](crate::api::Projects::get).
    pub fn wait_until_paused(&self, project_ref: &str) -> Wait<Project> {
        wait(&self.client, "projects.waitUntilPaused", &[project_ref], Vec::new(), None)
    }

    /// Waits until a project that was deleted is gone, which gives `None`: [`Projects::get`](crate::api::Projects::get) answers 400 `Resource has been removed`, or 404.
    pub fn wait_until_deleted(&self, project_ref: &str) -> Wait<Option<Project>> {
        target(&self.client, "projects.waitUntilDeleted", &[project_ref], Vec::new(), None, Some(|| None)).wait()
    }

    /// Waits until an upgrade of Postgres is done: the one that [`Projects::upgrade`](crate::api::Projects::upgrade) gave the `tracking_id` of, else the latest. Fails when it has an
    /// `error`. Polls [`Projects::get_upgrade_status`](crate::api::Projects::get_upgrade_status).
    pub fn wait_until_upgraded(&self, project_ref: &str, tracking_id: Option<&str>) -> Wait<UpgradeStatus> {
        wait(&self.client, "projects.waitUntilUpgraded", &[project_ref], tracking_id.map(|id| query("tracking_id", id)).unwrap_or_default(), None)
    }
}

impl Compute {
    /// Waits until a compute instance that was deployed is built: `build_state` is `active`. Fails when it is `failed`. Polls
    /// [`Compute::get`](crate::api::v2::Compute::get).
    pub fn wait_until_built(&self, project_ref: &str, name: &str) -> Wait<Data<ComputeInstance>> {
        wait(&self.client, "v2.compute.waitUntilBuilt", &[project_ref, name], Vec::new(), None)
    }
}

impl CustomHostname {
    /// Waits until a custom hostname is ready for [`CustomHostname::activate`](crate::api::CustomHostname::activate): `4_origin_setup_completed`, or active already. DNS records can take hours to
    /// spread: raise the deadline. Polls [`CustomHostname::reverify`](crate::api::CustomHostname::reverify), which checks them, and changes nothing else.
    pub fn wait_until_verified(&self, project_ref: &str) -> Wait<CustomHostnameConfig> {
        wait(&self.client, "customHostname.waitUntilVerified", &[project_ref], Vec::new(), None)
    }

    /// Waits until a custom hostname is active: `5_services_reconfigured`. Polls [`CustomHostname::get`](crate::api::CustomHostname::get).
    pub fn wait_until_active(&self, project_ref: &str) -> Wait<CustomHostnameConfig> {
        wait(&self.client, "customHostname.waitUntilActive", &[project_ref], Vec::new(), None)
    }
}
