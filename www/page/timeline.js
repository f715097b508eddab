// What a database can be brought back to, in the order of time.

/**
 * A place on the time line.
 * @typedef {object} Place
 * @property {string} key tells it from the others
 * @property {"backup" | "point" | "earliest" | "latest"} kind
 * @property {number} at milliseconds since 1970
 * @property {string} status in the words of the API
 * @property {number} [id] identifier of a backup
 * @property {string} [name] name of a restore point
 */

/**
 * Backups, restore points and the ends of the window of the point-in-time recovery, the latest first.
 * @param list what `backups.list` answers
 * @param points what `backups.getRestorePoint` answered for each known restore point
 * @param now milliseconds since 1970, for what has no time yet
 * @returns {Place[]}
 */
export function placesOf(list, points, now) {
  const { earliest_physical_backup_date_unix: earliest, latest_physical_backup_date_unix: latest } =
    list.physical_backup_data ?? {};
  const places = [
    ...list.backups.map(({ id, status, inserted_at, is_physical_backup: physical }) => ({
      key: `backup ${id}`,
      kind: "backup",
      id,
      physical,
      status,
      at: Date.parse(inserted_at),
    })),
    ...points.map(({ name, status, completed_on }) => ({
      key: `point ${name}`,
      kind: "point",
      name,
      status,
      at: completed_on ? Date.parse(completed_on) : now,
    })),
  ];
  if (list.pitr_enabled && earliest !== undefined)
    places.push({ key: "earliest", kind: "earliest", at: earliest * 1000, status: "PITR" });
  if (list.pitr_enabled && latest !== undefined)
    places.push({ key: "latest", kind: "latest", at: latest * 1000, status: "PITR" });
  return places.sort((one, other) => other.at - one.at);
}

/** The window of the point-in-time recovery in seconds since 1970; undefined where there is none. */
export function windowOf({ pitr_enabled: enabled, physical_backup_data: data }) {
  const { earliest_physical_backup_date_unix: from, latest_physical_backup_date_unix: to } = data ?? {};
  return enabled && from !== undefined && to !== undefined ? { from, to } : undefined;
}

/** A time as a field of type `datetime-local` takes it, in UTC. */
export const fieldTime = (unix) => new Date(unix * 1000).toISOString().slice(0, 19);

/** Seconds since 1970 of what such a field gives; undefined where it gives nothing. */
export function unixOf(text) {
  const ms = Date.parse(`${text}Z`);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
