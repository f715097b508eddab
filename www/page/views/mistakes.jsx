// Mistakes that are easily made, and what the library says to them.
import { useState } from "preact/hooks";
import { codeOf, methodOf } from "../code.js";
import { useApi, usePage } from "../context.js";
import { Fault } from "../parts/fault.jsx";
import { Section } from "../parts/section.jsx";

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

export default function Mistakes() {
  const api = useApi();
  const { account } = usePage();
  const [outcome, setOutcome] = useState();
  document.title = "Try a mistake";

  async function tryIt(id, argsFor) {
    const ref = account.projects[0]?.ref ?? nowhere;
    try {
      await methodOf(api, id)(...argsFor(ref));
      setOutcome({ text: "No mistake here: the call succeeded." });
    } catch (error) {
      setOutcome({ error });
    }
  }

  return (
    <Section
      level={2}
      title="Try a mistake"
      text="Most are found before anything is sent. The words are the library’s own."
    >
      <ul class="mistakes">
        {mistakes.map(([title, id, argsFor]) => (
          <li key={title}>
            <button type="button" onClick={() => tryIt(id, argsFor)}>
              <span>{title}</span>
              {/* In the list the reference is a name, as in one's own code; the call has the real one. */}
              <code>{codeOf(id, argsFor("ref")).replace('"ref"', "ref").replace("await client.", "")}</code>
            </button>
          </li>
        ))}
      </ul>
      <output class="fault" aria-live="polite">
        {outcome?.text}
        <Fault error={outcome?.error} />
      </output>
    </Section>
  );
}
