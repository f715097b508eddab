// The source of a function: its files, or the bundle where it was deployed as one.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { download } from "../downloads.js";
import { useCall } from "../hooks.js";
import { CopyButton } from "../parts/copy-button.jsx";
import { Scroller } from "../parts/scroller.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Editor } from "./editor.jsx";
import { askForFiles, readSource } from "./source.js";

const sizeOf = (bytes) => (bytes.length === 1 ? "1 byte" : `${bytes.length.toLocaleString("en")} bytes`);
const nameOf = (path) => path.split("/").at(-1);

/** Whether there is one file alone, which the editor can send back under the path that it had. */
const isEditable = ({ files }, { import_map }) =>
  !import_map && files.length === 1 && files[0].text !== undefined && !/:|\.\./.test(files[0].path);

export function Source({ projectRef, one, reload }) {
  const api = useApi();
  const [editing, setEditing] = useState(false);
  const call = useCall(async () => {
    const { data, headers } = await api.functions.getBody(projectRef, one.slug, askForFiles).withResponse();
    return readSource(data, headers.get("content-type") ?? "");
  }, [api, projectRef, one.slug]);
  const edit = call.data && isEditable(call.data, one) && !editing && (
    <button type="button" onClick={() => setEditing(true)}>
      Edit
    </button>
  );
  return (
    <Section title="Source" actions={edit}>
      <Loaded call={call}>
        {(source) =>
          editing ? (
            <Editor
              projectRef={projectRef}
              known={one}
              path={source.files[0].path}
              source={source.files[0].text}
              reload={reload}
              done={() => setEditing(false)}
            />
          ) : (
            <Files source={source} slug={one.slug} />
          )
        }
      </Loaded>
    </Section>
  );
}

function Files({ source: { files, entrypoint, bundle }, slug }) {
  const first = files.findIndex(({ path }) => path === entrypoint);
  const [shown, setShown] = useState(Math.max(0, first));
  if (bundle) {
    return (
      <>
        <p>It was deployed as an eszip bundle of {sizeOf(bundle)}, which only Deno can take apart.</p>
        <p class="actions">
          <button type="button" onClick={() => download(`${slug}.eszip`, bundle, "application/octet-stream")}>
            Download the bundle
          </button>
        </p>
      </>
    );
  }
  if (files.length === 0) return <p class="empty">The API gave no files.</p>;
  const { path, bytes, text } = files[shown];
  return (
    <>
      {files.length > 1 && (
        <ul class="files" aria-label="Files">
          {files.map((file, at) => (
            <li key={file.path}>
              <button type="button" aria-pressed={String(at === shown)} onClick={() => setShown(at)}>
                <code>{file.path}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="file-name">
        <code>{path}</code>{" "}
        <small>
          {sizeOf(bytes)}
          {path === entrypoint && ", where it begins"}
        </small>
      </p>
      {text === undefined ? (
        <p>This file is no text.</p>
      ) : (
        <Scroller class="source" label={`Source of ${path}`}>
          <pre>
            <code>{text}</code>
          </pre>
        </Scroller>
      )}
      <p class="actions">
        {text !== undefined && <CopyButton label="Copy" text={text} said={`Copied ${nameOf(path)}`} />}
        <button type="button" onClick={() => download(nameOf(path), bytes, "application/octet-stream")}>
          Download {nameOf(path)}
        </button>
      </p>
    </>
  );
}
