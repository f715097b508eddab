// One configuration: what is there, what somebody changes, and what of it is sent.
import { useState } from "preact/hooks";
import { writable } from "../../../../pkg/index.js";
import { methodOf } from "../../code.js";
import { useApi, usePage } from "../../context.js";
import { changesOf, differences } from "../../form/diff.js";
import { entryOf, queryFrom } from "../../form/settings.js";
import { emptyOf, unfinishedIn, withField } from "../../form/value.js";
import { aboutInWords } from "../../form/words.js";
import { useCall } from "../../hooks.js";
import { Loaded, Section } from "../section.jsx";
import { ConfigurationForm } from "./configuration-form.jsx";
import { ReviewDialog } from "./review.jsx";
import { useCheck } from "./use-check.js";

/** @param configuration what `configurations` gave: its title, its operations, the type of what is written */
export function Configuration({ projectRef, configuration, title = configuration.title }) {
  const api = useApi();
  const { read, write } = configuration;
  const call = useCall(
    async () => beginOf(configuration, await methodOf(api, read.id)(projectRef)),
    [api, projectRef, read.id],
  );
  return (
    <Section title={title} text={aboutInWords(write.summary)}>
      <Loaded call={call}>
        {(begin) => (
          // What was read anew begins a form of its own.
          <Changes key={begin.number} {...{ projectRef, configuration, begin }} reload={call.reload} />
        )}
      </Loaded>
    </Section>
  );
}

let numbers = 0;

/** The body that would write what is there, and what of the answer is not in it. */
function beginOf({ write, type }, answer) {
  const entry = entryOf(answer);
  const made = write.bodyType ? writable(write.id, entry) : { body: queryFrom(type, entry), omitted: [] };
  const missing = type.fields.filter(({ name, required }) => required && !Object.hasOwn(made.body, name));
  const body = missing.reduce((all, { name, type: one }) => withField(type, all, name, emptyOf(one)), made.body);
  const secrets = new Set(made.omitted.filter(({ reason }) => reason === "secret").map(({ path }) => path));
  return { body, secrets, number: ++numbers };
}

function Changes({ projectRef, configuration, begin, reload }) {
  const api = useApi();
  const { announce } = usePage();
  const { write, type, title } = configuration;
  const [value, setValue] = useState(begin.body);
  const [asking, setAsking] = useState(false);
  const changed = differences(type, begin.body, value);
  const sent = changesOf(write, type, begin.body, value);
  const unfinished = unfinishedIn(value);
  const problems = useCheck(write, [projectRef, sent], changed.length > 0 && !unfinished);
  // The form is one object, whether it becomes the body or the query.
  const all = unfinished
    ? [{ steps: ["body", ...unfinished.path], message: unfinished.problem }]
    : problems.map(({ steps, message }) => ({ steps: ["body", ...steps.slice(1)], message }));

  async function submit() {
    const answer = await methodOf(api, write.id)(projectRef, sent);
    announce(`Changed ${title}: ${changed.map(({ path }) => path).join(", ")}`);
    await reload();
    return answer;
  }

  return (
    <>
      <form
        noValidate
        autocomplete="off"
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (changed.length > 0 && all.length === 0) setAsking(true);
        }}
      >
        <ConfigurationForm {...{ write, type, begin, value, problems: all }} onChange={setValue} />
        <div class="pending">
          <p aria-live="polite">{wordsOf(changed, all)}</p>
          <p class="actions">
            <button type="submit" class="primary" disabled={changed.length === 0 || all.length > 0}>
              Review changes …
            </button>
            <button type="button" disabled={changed.length === 0} onClick={() => setValue(begin.body)}>
              Undo all
            </button>
          </p>
        </div>
      </form>
      {asking && (
        <ReviewDialog
          {...{ write, changed, sent, title }}
          type={type}
          submit={submit}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function wordsOf(changed, problems) {
  if (problems.length > 0) return `${problems[0].steps.slice(1).join(".")}: ${problems[0].message}`;
  if (changed.length === 0) return "Nothing is changed.";
  return changed.length === 1 ? `1 change: ${changed[0].path}` : `${changed.length} changes`;
}
