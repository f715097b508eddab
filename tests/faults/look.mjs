// What a bare fetch sees of a fault, without any client: `sees`, in the words of faults.mjs.
import { later, within } from "../support.js";

/** @returns `{ broke: true }`, `{ stalls: true }` or `{ status, headers, body, text }` */
async function look(url, init, patience) {
  const controller = new AbortController();
  try {
    const head = await within(patience, fetch(url, { ...init, redirect: "manual", signal: controller.signal }));
    if (head === "hanging") return { stalls: true };
    const { status } = head;
    const headers = Object.fromEntries(head.headers);
    const text = await within(
      patience,
      head.text().catch(() => undefined),
    );
    if (text === undefined) return { status, headers, body: "broken" };
    if (text === "hanging") return { status, headers, body: "stalled" };
    return { status, headers, body: bodyOf(text), text };
  } catch {
    return { broke: true };
  } finally {
    controller.abort();
  }
}

function bodyOf(text) {
  if (text === "") return "empty";
  try {
    const value = JSON.parse(text);
    return Object(value) === value ? "good" : "other kind";
  } catch {
    return "no JSON";
  }
}

/** Whether a fault shows only in that nothing comes any more. */
export const stalls = ({ sees }) => sees.stalls || sees.body === "stalled";

/** What is seen of a fault by a kind of call, where that is the platform's to say. */
export async function lookAt(server, fault, { verb, answer }) {
  const call = await server.open(fault, answer);
  const init = { method: verb, headers: { "x-call": call.id }, body: /^P/.test(verb) ? "{}" : undefined };
  try {
    if (fault.warm) {
      await (await fetch(call.url, init)).text();
      await later(60);
    }
    return { ...(await look(call.url, init, stalls(fault) ? 400 : 20_000)), requests: call.requests.length };
  } finally {
    await server.forget(call);
  }
}
