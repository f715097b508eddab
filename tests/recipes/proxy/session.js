// Stands for the sessions of an application of yours: who is signed in, and whose projects are theirs.
const projects = new Map([["alice", ["hqvkzumdtlrwaxbeogcy"]]]);

export function mayUse(request, ref) {
  const [, user] = /(?:^|; )session=(\w+)/.exec(request.headers.get("cookie") ?? "") ?? [];
  return projects.get(user)?.includes(ref) ?? false;
}
