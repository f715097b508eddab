// Takes over a project that somebody else offers by a token: first what it would mean, then the claim.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";

export function Claim({ slug, onClose }) {
  const api = useApi();
  const { reload, announce } = usePage();
  const [found, setFound] = useState();
  const { bind, values } = useLiveForm({
    id: "organizations.getProjectClaim",
    argsOf: ({ token }) => [slug, token],
    samples: { token: "a" },
  });
  const isSeen = found !== undefined && found.token === values.token;
  async function submit({ token }) {
    if (!isSeen) {
      setFound({ token, claim: await api.organizations.getProjectClaim(slug, token) });
      return false;
    }
    await api.organizations.claimProject(slug, token);
    await reload();
    announce(`${found.claim.project.name} belongs to ${slug} now`);
    return true;
  }
  return (
    <Dialog title="Claim a project" action={isSeen ? "Claim it" : "Look at it"} submit={submit} onClose={onClose}>
      <p>Somebody offers a project with a token. It moves to this organization, which pays for it from then on.</p>
      <Field label="Token" required autocapitalize="none" {...bind("token")} />
      {isSeen && <Preview claim={found.claim} />}
    </Dialog>
  );
}

function Preview({ claim: { project, preview } }) {
  const messages = [...preview.errors, ...preview.warnings, ...preview.info];
  return (
    <div role="status">
      <p>
        {project.name} ({project.ref}) {preview.valid ? "can be claimed." : "cannot be claimed."}
      </p>
      <ul class="obstacles">
        {messages.map(({ key, message }) => (
          <li key={key}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
