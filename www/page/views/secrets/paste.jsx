// The dialog that sets several secrets at once, of the text of a `.env` file.
import { useEffect, useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { check } from "../../calls.js";
import { useCall } from "../../hooks.js";
import { wordsOf } from "../../form-check.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Check, Field } from "../../parts/field.jsx";
import { changesOf } from "../../env-changes.js";

/** The rules that `./deploy` reads such files by: a wasm of its own, so it is loaded with the dialog. */
const rules = () => import("../../../../pkg/deploy.js");

/** @param existing names of the secrets that there are */
export function PasteSecrets({ projectRef, existing, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const loaded = useCall(rules, []);
  const [text, setText] = useState("");
  const [removes, setRemoves] = useState(false);
  const [wrong, setWrong] = useState();
  const variables = loaded.data && text ? loaded.data.parseEnv(text) : {};
  const { created, changed, unused } = changesOf(variables, existing);
  const list = Object.entries(variables).map(([name, value]) => ({ name, value }));

  useEffect(() => {
    let latest = true;
    if (list.length === 0) return setWrong(undefined);
    check("secrets.create", [projectRef, list]).then((error) => {
      if (!latest) return;
      const at = /^\[(\d+)]/.exec(error?.path ?? "")?.[1];
      setWrong(error && `${at === undefined ? "" : `${list[at].name}: `}${wordsOf(error)}`);
    });
    return () => void (latest = false);
  }, [text, loaded.data]);

  async function submit() {
    if (list.length === 0) {
      setWrong("There is no line NAME=value in it.");
      return false;
    }
    await api.secrets.create(projectRef, list);
    if (removes && unused.length > 0) await api.secrets.delete(projectRef, unused);
    await reload();
    announce(`Set ${list.length} secrets${removes && unused.length > 0 ? `, deleted ${unused.length}` : ""}`);
    return true;
  }
  return (
    <Dialog title="Paste a .env file" action="Set the secrets" submit={submit} onClose={onClose}>
      <Field
        as="textarea"
        label="Lines NAME=value"
        rows={8}
        value={text}
        error={wrong ?? loaded.error?.message}
        onInput={({ target }) => setText(target.value)}
        hint="Comments, quotes and “export” are read as in a .env file."
      />
      <Names title="New" names={created} />
      <Names title="With a new value" names={changed} />
      <Names title="Not in the text" names={list.length > 0 ? unused : []} />
      <Check
        label="Delete the secrets that are not in the text"
        checked={removes}
        onChange={({ target }) => setRemoves(target.checked)}
      />
    </Dialog>
  );
}

const Names = ({ title, names }) => (
  <p class="names">
    {title}: {names.length === 0 ? "none" : names.map((name) => <code key={name}>{name} </code>)}
  </p>
);
