// What the advisors say of a project: what is wrong, where, and what to do.
import { useApi, usePage } from "../context.js";
import { groupsOf, placeOf, statementOf } from "../advice.js";
import { useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { hrefs } from "../views.js";

const kinds = { ERROR: "bad", WARN: "warn", INFO: "resting" };

/** Each finding once: one may be of security and of performance. */
const unique = (lints) => [...new Map(lints.map((lint) => [lint.cache_key, lint])).values()];

export default function Advisors({ project: { ref } }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(async () => {
    const [security, performance] = await Promise.all([
      api.advisors.getSecurity(ref),
      api.advisors.getPerformance(ref),
    ]);
    return unique([...security.lints, ...performance.lints]);
  }, [api, ref]);
  async function again() {
    await call.reload();
    announce("The advisors have looked again");
  }
  const text =
    call.data &&
    (call.data.length === 1 ? "The advisors found one thing." : `The advisors found ${call.data.length} things.`);
  return (
    <Section
      class="advisors"
      title="Advisors"
      text={text ?? "The advisors are looking."}
      actions={
        <button type="button" disabled={call.loading} onClick={again}>
          Check again
        </button>
      }
    >
      <Loaded call={call}>
        {(lints) =>
          lints.length === 0 ? (
            <p class="empty">There is nothing to mend.</p>
          ) : (
            groupsOf(lints).map((group) => <Group key={group.level} projectRef={ref} {...group} />)
          )
        }
      </Loaded>
    </Section>
  );
}

const Group = ({ projectRef, level, title, text, lints }) => (
  <Section level={4} class="findings" title={`${title} (${lints.length})`} text={text}>
    <ul>
      {lints.map((lint) => (
        <Finding key={lint.cache_key} projectRef={projectRef} level={level} lint={lint} />
      ))}
    </ul>
  </Section>
);

/** Text in which the API marks names with backticks. */
const Marked = ({ text }) =>
  text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : <span key={at}>{part}</span>));

function Finding({ projectRef, level, lint }) {
  const { title, categories, description, detail, remediation } = lint;
  const place = placeOf(lint);
  const statement = statementOf(lint);
  return (
    <li>
      <p class="head">
        <Badge status={level} kind={kinds[level] ?? "resting"} /> <strong>{title}</strong>
        {place && <code>{place}</code>}
        <small>{categories.join(", ")}</small>
      </p>
      <p>
        <Marked text={detail} />
      </p>
      <p class="why">
        <Marked text={description} />
      </p>
      {statement && <pre>{statement}</pre>}
      <p class="ways">
        {statement && (
          <a
            href={`#${hrefs.statement(projectRef, statement)}`}
            aria-label={`Open the statement in the SQL view: ${title} ${place}`}
          >
            Open the statement in the SQL view
          </a>
        )}
        {/^https:/.test(remediation) && (
          <a href={remediation} target="_blank" rel="noreferrer" aria-label={`What to do: ${title} ${place}`}>
            What to do
          </a>
        )}
      </p>
    </li>
  );
}
