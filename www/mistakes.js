// Mistakes that are easily made, and what the library says to them.
import { codeOf, methodOf } from "./calls.js";
import { byId, stamp } from "./dom.js";
import { faultOf } from "./faults.js";

/** A project that is not there, for when there is none. */
const nowhere = "aaaaaaaaaaaaaaaaaaaa";

const mistakes = [
  ["A misspelt field", "organizations.create", () => [{ nmae: "Acme" }]],
  ["A misspelt option", "projects.list", () => [{ timeout: 5_000 }]],
  ["A path that climbs", "functions.get", (ref) => [ref, ".."]],
  ["A reserved name", "secrets.create", (ref) => [ref, [{ name: "SUPABASE_X", value: "1" }]]],
  ["A function that is not there", "functions.get", (ref) => [ref, "nothing-here"]],
  ["A token that is not accepted", "organizations.list", () => [{ accessToken: "not-a-token" }]],
];

/** @param current gives the reference of the project that is shown, if there is one */
export function showMistakes(page, current) {
  const section = byId("mistakes");
  const output = section.querySelector("output");
  const items = mistakes.map(([title, id, argsFor]) => {
    // In the list the reference is a name, as in one's own code; the call has the real one.
    const code = codeOf(id, argsFor("ref")).replace('"ref"', "ref");
    const item = stamp("mistake", { title, code: code.replace("await client.", "") });
    item.firstElementChild.addEventListener("click", async () => {
      const ref = current() ?? page.account.projects[0]?.ref ?? nowhere;
      try {
        await methodOf(page.connection.api, id)(...argsFor(ref));
        output.textContent = "No mistake here: the call succeeded.";
      } catch (error) {
        output.replaceChildren(faultOf(error));
      }
      output.scrollIntoView({ block: "nearest" });
    });
    return item;
  });
  section.querySelector("ul").replaceChildren(...items);
}
