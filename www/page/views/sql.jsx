// The SQL console of a project, and the TypeScript types of its database.
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useQuery, withQuery } from "../address.js";
import { usePage } from "../context.js";
import { Section } from "../parts/section.jsx";
import { Console } from "../sql/console.jsx";
import { remember, sessionOf } from "../sql/session.js";
import { Side } from "../sql/side.jsx";
import { Types } from "../sql/types.jsx";
import { hrefs } from "../views.js";

const example = `select table_name, column_name, data_type
from information_schema.columns
where table_schema = 'public'
order by table_name, ordinal_position;`;

export default function Sql({ project: { ref } }) {
  const { connection } = usePage();
  const query = useQuery();
  const asked = query.get("statement");
  const session = sessionOf(connection, ref);
  const [statement, setStatement] = useState(asked ?? session.draft ?? example);
  const [runs, setRuns] = useState(session.runs);
  useEffect(() => {
    if (asked !== null) setStatement(asked);
  }, [asked]);

  function change(text) {
    session.draft = text;
    setStatement(text);
  }
  function onRun(run) {
    remember(session, run);
    setRuns(session.runs);
  }

  const path = hrefs.project(ref, "sql");
  const shown = query.get("show") === "types" ? "types" : "console";
  return (
    <Section
      class="sql"
      title="SQL"
      actions={
        <nav class="choices" aria-label="SQL">
          <Link href={path} aria-current={shown === "console" ? "page" : undefined}>
            Console
          </Link>
          <Link href={withQuery(path, { show: "types" })} aria-current={shown === "types" ? "page" : undefined}>
            TypeScript types
          </Link>
        </nav>
      }
    >
      {shown === "types" ? (
        <Types projectRef={ref} />
      ) : (
        <div class="sql-frame">
          <Side projectRef={ref} runs={runs} choose={change} />
          <Console projectRef={ref} statement={statement} onStatement={change} onRun={onRun} />
        </div>
      )}
    </Section>
  );
}
