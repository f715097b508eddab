// The TypeScript types of the database.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { download } from "../downloads.js";
import { useCall } from "../hooks.js";
import { CopyButton } from "../parts/copy-button.jsx";
import { Field } from "../parts/field.jsx";
import { Scroller } from "../parts/scroller.jsx";
import { Loaded } from "../parts/section.jsx";

export function Types({ projectRef }) {
  const api = useApi();
  const [schemas, setSchemas] = useState("public");
  const call = useCall(
    () => api.database.generateTypes(projectRef, { included_schemas: schemas }),
    [api, projectRef, schemas],
  );
  function onSubmit(event) {
    event.preventDefault();
    setSchemas(new FormData(event.target).get("schemas").trim());
  }
  return (
    <>
      <form class="line" onSubmit={onSubmit}>
        <Field label="Schemas" name="schemas" defaultValue={schemas} required hint="Names, separated by commas." />
        <button type="submit">Generate</button>
      </form>
      <Loaded call={call}>
        {({ types }) => (
          <>
            <p class="actions">
              <CopyButton label="Copy" text={types} said="Copied the types" />
              <button type="button" onClick={() => download("database.types.ts", types, "text/plain")}>
                Download database.types.ts
              </button>
            </p>
            <Scroller class="source" label="TypeScript types">
              <pre>
                <code>{types}</code>
              </pre>
            </Scroller>
          </>
        )}
      </Loaded>
    </>
  );
}
