// One function in one file: its slug, its source, and the button that deploys it.
import { go, withQuery } from "../address.js";
import { useApi, usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Check, Field } from "../parts/field.jsx";
import { hrefs } from "../views.js";
import { exampleSlug, exampleSource, slugPattern } from "./example.js";

const entrypoint = "index.ts";

/**
 * @param known the function that gets another source, with `slug`, `name` and `verify_jwt`; without one it is a new function
 * @param source the text to begin with
 * @param path of the file
 * @param done is called after the deployment; without it the page goes to the function
 */
export function Editor({ projectRef, known, source = exampleSource, path = entrypoint, reload, done }) {
  const api = useApi();
  const { announce } = usePage();
  const { run, busy, error } = useAction(async (fields) => {
    const slug = known?.slug ?? fields.slug;
    const metadata = {
      name: known?.name ?? slug,
      entrypoint_path: path,
      verify_jwt: known ? known.verify_jwt : fields.verify_jwt === "on",
    };
    const file = new File([fields.source], path, { type: "text/plain" });
    const { version } = await api.functions.deploy(projectRef, { metadata, file: [file] }, { slug });
    await reload();
    announce(`Deployed ${slug}, version ${version}`);
    if (done) return done();
    return go(withQuery(hrefs.project(projectRef, "functions"), { function: slug }));
  });

  function onSubmit(event) {
    event.preventDefault();
    run(Object.fromEntries(new FormData(event.target)));
  }

  return (
    <form class="function-editor" onSubmit={onSubmit} aria-busy={busy ? "true" : undefined}>
      {!known && (
        <Field
          label="Slug"
          name="slug"
          required
          pattern={slugPattern}
          defaultValue={exampleSlug}
          autocapitalize="none"
          hint="Its name in addresses: it begins with a letter. One that exists is replaced."
        />
      )}
      <Field as="textarea" label={`Source of ${path}`} name="source" rows={12} required defaultValue={source} />
      {!known && <Check label="Callers need a valid JWT" name="verify_jwt" defaultChecked />}
      <Fault error={error} />
      <p class="actions">
        <button type="submit" class="primary">
          {busy ? "Deploying …" : "Deploy"}
        </button>
        {done && (
          <button type="button" onClick={done}>
            Cancel
          </button>
        )}
      </p>
    </form>
  );
}
