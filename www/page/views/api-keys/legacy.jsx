// Whether the API keys that are JWTs are accepted.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Badge } from "../../parts/badge.jsx";
import { Confirm } from "../../parts/dialog.jsx";
import { Loaded, Section } from "../../parts/section.jsx";

const words = {
  true: {
    action: "Disable legacy keys",
    text: "Whatever uses anon or service_role is refused from then on. They can be enabled again.",
    done: "Disabled the legacy keys",
  },
  false: {
    action: "Enable legacy keys",
    text: "The keys anon and service_role are accepted again.",
    done: "Enabled the legacy keys",
  },
};

export function Legacy({ projectRef, reload }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(() => api.apiKeys.getLegacy(projectRef), [api, projectRef]);
  const [asking, ask] = useState(false);
  const enabled = call.data?.enabled ?? true;
  const { action, text, done } = words[enabled];
  async function submit() {
    await api.apiKeys.updateLegacy(projectRef, { enabled: !enabled });
    await Promise.all([call.reload(), reload()]);
    announce(done);
  }
  return (
    <Section
      title="Legacy keys"
      text="The keys anon and service_role are JWTs, which can only be replaced together."
      actions={
        <button type="button" disabled={call.data === undefined} onClick={() => ask(true)}>
          {action}
        </button>
      }
    >
      <Loaded call={call}>
        {() => (
          <p class="note">
            <Badge status={enabled ? "enabled" : "disabled"} kind={enabled ? "good" : "resting"} />
          </p>
        )}
      </Loaded>
      {asking && (
        <Confirm title={`${action}?`} text={text} action={action} submit={submit} onClose={() => ask(false)} />
      )}
    </Section>
  );
}
