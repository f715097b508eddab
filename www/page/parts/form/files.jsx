// Files that somebody chooses: an eszip bundle in the place of JSON, or the sources of a function.
import { useId } from "preact/hooks";
import { emptyOf, isBytes } from "../../form/value.js";
import { Control } from "./control.jsx";

/** Source and settings as JSON, or an eszip bundle. */
export function JsonOrEszip({ type, value, onChange, steps }) {
  const id = useId();
  const bytes = isBytes(value);
  return (
    <div class="member">
      <label>
        What the body is
        <select
          value={bytes ? "eszip" : "json"}
          onChange={(event) => onChange(event.target.value === "json" ? emptyOf(type) : new File([], "bundle.eszip"))}
        >
          <option value="json">JSON: source and settings</option>
          <option value="eszip">An eszip bundle: a file</option>
        </select>
      </label>
      {bytes ? (
        <div class="field">
          <label for={id}>File of the bundle</label>
          <input
            id={id}
            type="file"
            onChange={(event) => onChange(event.target.files[0] ?? new File([], "bundle.eszip"))}
          />
          <small>{value.size} bytes</small>
        </div>
      ) : (
        <Control {...{ type, value, onChange, steps }} label="body" />
      )}
    </div>
  );
}

const pathOfFile = (file) => file.webkitRelativePath || file.name;

/** Metadata, and files with the paths that they have in the function. */
export function Multipart({ type, value, onChange, steps }) {
  const id = useId();
  const metadata = type.fields.find(({ name }) => name === "metadata");
  const files = value.file ?? [];
  const set = (file) => onChange({ ...value, file });
  function add(event) {
    const chosen = [...event.target.files].map((content) => ({ path: pathOfFile(content), content }));
    // So that the same file can be chosen again.
    event.target.value = "";
    set([...files, ...chosen]);
  }
  return (
    <>
      <Control
        type={metadata.type}
        value={value.metadata}
        onChange={(next) => onChange({ ...value, metadata: next })}
        steps={[...steps, "metadata"]}
        label="metadata"
      />
      <div class="field">
        <label for={id}>Files</label>
        <input id={id} type="file" multiple onChange={add} />
      </div>
      {files.map(({ path, content }, at) => (
        <div class="item" key={at}>
          <input
            aria-label={`Path of file ${at + 1}`}
            value={path}
            onInput={(event) => set(files.with(at, { path: event.target.value, content }))}
          />
          <button
            type="button"
            class="small"
            aria-label={`Remove: file ${at + 1}`}
            onClick={() => set(files.toSpliced(at, 1))}
          >
            Remove
          </button>
        </div>
      ))}
    </>
  );
}
