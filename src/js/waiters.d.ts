export interface Projects {
  /**
   * Waits until a project is `ACTIVE_HEALTHY`: after it was created, restored, restarted, resized or upgraded. Fails when it is
   * `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls `projects.get`; with the option `services` also `projects.getHealth`, once
   * the project is healthy, until each of them is `ACTIVE_HEALTHY`. A status that is left from before counts: begin to wait when the call that starts the work has been answered.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilHealthy(ref: string, options?: HealthWaitOptions): Wait<Project>;
  /**
   * Waits until a paused project that is being restored is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or
   * `REMOVED`. Polls `projects.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilRestored(ref: string, options?: WaitOptions): Wait<Project>;
  /**
   * Waits until a project that restarts is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
   * `projects.get`. A status that is left from before counts: begin to wait when `projects.restart` has been answered.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilRestarted(ref: string, options?: WaitOptions): Wait<Project>;
  /**
   * Waits until a project is paused: `INACTIVE`. Fails when it is `PAUSE_FAILED`. Polls `projects.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilPaused(ref: string, options?: WaitOptions): Wait<Project>;
  /**
   * Waits until a project that was deleted is gone: `projects.get` answers 400 `Resource has been removed`, or 404. Gives
   * `undefined` then.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilDeleted(ref: string, options?: WaitOptions): Wait<Project | undefined>;
  /**
   * Waits until an upgrade of Postgres is done: `9_completed_upgrade` or later. Fails when it has an `error`. Polls
   * `projects.getUpgradeStatus`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param trackingId What `projects.upgrade` answered; without it, the latest upgrade.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilUpgraded(ref: string, trackingId?: string, options?: WaitOptions): Wait<UpgradeStatus>;
}

export interface V2Compute {
  /**
   * Uploads the directory that a compute instance is to be built from, as a `.tar.gz`, and gives the identifier of the upload: the
   * `context_upload_id` of `v2.compute.deploy`.
   *
   * Calls `POST /v2/projects/{ref}/compute/{name}/uploads`, and sends the archive to the address that this answers. That is another host: it
   * gets the bytes and their type, and neither the token nor any of the `headers`. The address can be used by whoever has it, and is in no
   * error and no event of a hook. `deadlineMs` is for both requests together.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param name Name of the compute instance.
   * @param archive The `.tar.gz`: it is sent as it is.
   * @throws {InputError} before anything is sent, {@link ApiError} for any status but 2xx of either request, {@link DecodeError} for an answer
   * without an address that is safe to send to, {@link ConnectionError}, {@link TimeoutError}.
   * @experimental
   */
  upload(ref: string, name: string, archive: Uint8Array | ArrayBuffer | Blob, options?: CallOptions): Call<string>;
  /**
   * Waits until a compute instance that was deployed is built: `build_state` is `active`. Fails when it is `failed`. Polls `v2.compute.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param name Name of the compute instance.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   * @experimental
   */
  waitUntilBuilt(ref: string, name: string, options?: WaitOptions): Wait<Data<ComputeInstance>>;
}

export interface Branches {
  /**
   * Waits until a branch that was created is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
   * `branches.getConfig`, whose answer has the password of the database.
   *
   * @param branchIdOrRef The branch's own project ref: `project_ref` in the answer of `branches.create`.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilHealthy(branchIdOrRef: string, options?: WaitOptions): Wait<BranchDetail>;
}

export interface ActionRuns {
  /**
   * Waits until a run is finished: each step is `EXITED`. Fails when a step is `DEAD`; `actionRuns.getLogs` tells why. Polls
   * `actionRuns.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param runId The `workflow_run_id` of a push, merge or reset.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilFinished(ref: string, runId: string, options?: WaitOptions): Wait<ActionRun>;
}

export interface Backups {
  /**
   * Waits until a project is `ACTIVE_HEALTHY` after `backups.restore`, `backups.restorePitr` or `backups.undo`. Fails when it is
   * `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls `projects.get`. A status that is left from before counts: begin to wait when the call that starts the work has been answered.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilRestored(ref: string, options?: WaitOptions): Wait<Project>;
  /**
   * Waits until a backup is `COMPLETED`. Fails when it is `FAILED` or `CANCELLED`. Polls `backups.list`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param id Identifier of the backup in `backups.list`.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilCompleted(ref: string, id: number, options?: WaitOptions): Wait<BackupList>;
  /**
   * Waits until a restore point is `AVAILABLE`. Fails when it is `FAILED` or `REMOVED`. Polls `backups.getRestorePoint`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @param name Name of the restore point.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilRestorePointAvailable(ref: string, name: string, options?: WaitOptions): Wait<RestorePoint>;
}

export interface CustomHostname {
  /**
   * Waits until a custom hostname is ready for `customHostname.activate`: `4_origin_setup_completed`, or active already. DNS
   * records can take hours to spread: raise `deadlineMs`. Polls `customHostname.reverify`, which checks them, and changes nothing else.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilVerified(ref: string, options?: WaitOptions): Wait<CustomHostnameConfig>;
  /**
   * Waits until a custom hostname is active: `5_services_reconfigured`. Polls `customHostname.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilActive(ref: string, options?: WaitOptions): Wait<CustomHostnameConfig>;
}

export interface NetworkRestrictions {
  /**
   * Waits until the last change is in effect: `status` is `applied`. Polls `networkRestrictions.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilApplied(ref: string, options?: WaitOptions): Wait<NetworkRestrictionsState>;
}

export interface SslEnforcement {
  /**
   * Waits until the last change is in effect: `appliedSuccessfully` is true. Fails when it is false. Polls `sslEnforcement.get`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilApplied(ref: string, options?: WaitOptions): Wait<SslEnforcementState>;
}

export interface JitAccess {
  /**
   * Waits until the last change is in effect: `appliedSuccessfully` is true. Fails when it is false. Polls `jitAccess.getConfig`.
   *
   * @param ref Reference of the project, 20 lowercase letters.
   * @throws {WaitError} if it fails, {@link TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what a poll throws.
   */
  waitUntilApplied(ref: string, options?: WaitOptions): Wait<JitState>;
}
