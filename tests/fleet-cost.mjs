// `npm run fleet-cost -- --projects 1000000`: what a run of tests/fleet-worker costs in time and money, and which limit binds.
// Prices and limits are constants here, each with the page that says so; nothing is asked over the network.
import { parseArgs } from "node:util";
import { isProgram } from "../pkg/build/run.mjs";

/** Prices of Workers Paid in US dollars: what a month includes, and what each million more costs. Read in November 2026. */
export const prices = {
  invocations: { included: 10e6, million: 0.3, page: "developers.cloudflare.com/workflows/reference/pricing" },
  cpuMs: { included: 30e6, million: 0.02, page: "developers.cloudflare.com/workflows/reference/pricing" },
  workflowGbMonths: { included: 1, each: 0.2, page: "developers.cloudflare.com/workflows/reference/pricing" },
  queueOperations: { included: 1e6, million: 0.4, page: "developers.cloudflare.com/queues/platform/pricing" },
  objectRequests: { included: 1e6, million: 0.15, page: "developers.cloudflare.com/durable-objects/platform/pricing" },
  objectGbSeconds: {
    included: 400e3,
    million: 12.5,
    page: "developers.cloudflare.com/durable-objects/platform/pricing",
  },
  rowsWritten: { included: 50e6, million: 1, page: "developers.cloudflare.com/durable-objects/platform/pricing" },
};
const subscription = 5;

/** Limits that a run can meet. Those of Workflows are of 15 June 2026, as their page says. */
export const limits = {
  instancesPerSecond: {
    is: 100,
    page: "developers.cloudflare.com/workflows/reference/limits, per workflow; 300 per account",
  },
  messagesPerSecond: { is: 5_000, page: "developers.cloudflare.com/queues/platform/limits, per queue" },
  objectRequestsPerSecond: {
    is: 1_000,
    page: "developers.cloudflare.com/durable-objects/reference/faq, per object, soft",
  },
  callsPerMinute: {
    is: 120,
    page: "supabase.com/docs/reference/api/introduction, per caller, project or organization",
  },
};

/** What the code in pkg/fleet/cloudflare does for each project of that worker, and how dear we suppose it to be. */
export const perProject = {
  /** A message has a hundred refs, and is written, read and deleted. */
  queueOperations: 3 / 100,
  /** The start, and once more for the sleep before a permit; the pages do not say whether waking counts, so it does here. */
  invocations: 2,
  /** Supposed: the wasm is made ready, four calls are made. */
  cpuMs: 50,
  /** `reserve` and `holds` of the bucket, `finish` of the run, and an alarm for each hundred. */
  objectRequests: 3 + 1 / 100,
  /** Supposed: each of them keeps 128 MB for ten milliseconds. */
  objectGbSeconds: (3.01 * 0.128) / 100,
  /** A row and its index when it is added, sent and ended; the state of the bucket. */
  rowsWritten: 7,
  /** Supposed: 20 KB, which are kept for seven days of thirty. */
  workflowGbMonths: (20e-6 * 7) / 30,
  /** Calls of the API: of those, how many count for the project alone, and how many its organization shares. */
  projectCalls: 3,
  organizationCalls: 1,
};

/** What of the limit the buckets give away: `share` of pkg/fleet/cloudflare/bucket.js. */
const share = 0.9;

/** What is paid, by the name of the price, for this many projects in one month that has nothing else. */
export function money(projects) {
  return Object.entries(prices).map(([name, { included, million, each, page }]) => {
    const amount = projects * perProject[name];
    const paid = (Math.max(0, amount - included) * (each ?? million)) / (each === undefined ? 1e6 : 1);
    return { name, amount, included, paid, page };
  });
}

/** Seconds that each limit alone asks for. */
export function times(projects, { organizations, callers }) {
  const { instancesPerSecond, objectRequestsPerSecond, messagesPerSecond, callsPerMinute } = limits;
  const { projectCalls, organizationCalls } = perProject;
  const shared = (callsPerMinute.is / 60) * share * organizations * callers;
  return [
    ["making workflows", projects / instancesPerSecond.is, instancesPerSecond],
    ["the object of the run", projects / objectRequestsPerSecond.is, objectRequestsPerSecond],
    ["the queue", projects / 100 / messagesPerSecond.is, messagesPerSecond],
    ["calls for each project", (projectCalls * 60) / callsPerMinute.is, callsPerMinute],
    ["calls for the organizations", (projects * organizationCalls) / shared, callsPerMinute],
  ].map(([name, seconds, { page }]) => ({ name, seconds, page }));
}

/** A time as people say it. */
export function spoken(seconds) {
  const units = [
    [86_400, "days"],
    [3_600, "hours"],
    [60, "minutes"],
  ];
  const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [1, "seconds"];
  return `${(seconds / size).toFixed(1)} ${unit}`;
}

/** The tables of README.md in tests/fleet-worker. */
export function paper(projects) {
  const lines = [];
  const line = (...cells) => lines.push(`| ${cells.join(" | ")} |`);
  const round = (amount) => amount.toLocaleString("en", { maximumFractionDigits: amount < 100 ? 1 : 0 });
  lines.push(`${projects.toLocaleString("en")} projects, in a month of Workers Paid that has nothing else:`, "");
  line("what", "how much", "included", "paid, $", "price from");
  line("---", "---", "---", "---", "---");
  const bill = money(projects);
  for (const { name, amount, included, paid, page } of bill) {
    line(name, round(amount), round(included), paid.toFixed(2), page);
  }
  line("subscription", "1", "", subscription.toFixed(2), "developers.cloudflare.com/workers/platform/pricing");
  line("**all**", "", "", `**${(subscription + bill.reduce((sum, { paid }) => sum + paid, 0)).toFixed(2)}**`, "");

  lines.push("", "The limit that binds, with one call that an organization shares:", "");
  line("organizations", "callers", "binds", "time");
  line("---", "---", "---", "---");
  for (const organizations of [1, 10, 100, 1_000, 10_000].filter((count) => count <= projects)) {
    for (const callers of organizations === 1 ? [1, 10, 100] : [1]) {
      const [longest] = times(projects, { organizations, callers }).sort((a, b) => b.seconds - a.seconds);
      line(organizations.toLocaleString("en"), callers, longest.name, spoken(longest.seconds));
    }
  }
  const organizations = Math.ceil(projects / 10_000);
  lines.push("", "What each limit alone would take, with 10,000 projects in an organization and one caller:", "");
  line("limit", "time", "from");
  line("---", "---", "---");
  for (const { name, seconds, page } of times(projects, { organizations, callers: 1 }))
    line(name, spoken(seconds), page);
  return lines.join("\n");
}

if (isProgram(import.meta.url)) {
  const { projects } = parseArgs({ options: { projects: { type: "string", default: "1000000" } } }).values;
  if (!/^[1-9]\d{0,11}$/.test(projects)) throw new Error("--projects takes a whole number from 1 on");
  console.log(paper(Number(projects)));
}
