// An operation in a dialog: its body and query as a form, with the path values given.
import { useState } from "preact/hooks";
import { methodOf } from "../../code.js";
import { operationOf } from "../../catalog.js";
import { useApi, usePage } from "../../context.js";
import { argumentsOf, emptyValues } from "../../form/arguments.js";
import { aboutInWords } from "../../form/words.js";
import { Dialog } from "../dialog.jsx";
import { OperationForm } from "./operation-form.jsx";
import { useRequest } from "./use-request.js";

/**
 * @param id of the operation
 * @param path its path values by their names in the route
 * @param body what the form begins with, beside what is required
 * @param done is called with the answer, before the dialog closes
 * @param said a sentence for when it is done
 */
export function OperationDialog({ id, path, body, title, action, danger, done, said, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const operation = operationOf(id);
  const [values, setValues] = useState(() => {
    const empty = emptyValues(operation, path);
    return { ...empty, body: body ? { ...empty.body, ...body } : empty.body };
  });
  const { problems } = useRequest(operation, values);
  // The path is that of the view.
  const shown = { ...operation, path: [] };
  async function submit() {
    const answer = await methodOf(api, id)(...argumentsOf(operation, values));
    await done?.(answer);
    if (said) announce(said);
  }
  return (
    <Dialog title={title} action={action} danger={danger} wide submit={submit} onClose={onClose}>
      <p>{aboutInWords(operation.summary)}</p>
      <p class="real">This is your own account: the change will be real.</p>
      <OperationForm operation={shown} values={values} onChange={setValues} problems={problems} />
    </Dialog>
  );
}
