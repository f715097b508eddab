// One function: what it is, its source, its logs, and what can be done with it.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { go } from "../address.js";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { Confirm, Dialog } from "../parts/dialog.jsx";
import { Check, Field } from "../parts/field.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { FunctionUsage } from "../usage/function-usage.jsx";
import { LogSearch } from "../usage/log-search.jsx";
import { functionLogs } from "../usage/statements.js";
import { hrefs } from "../views.js";
import { Source } from "./source.jsx";

const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export function OneFunction({ projectRef, slug, reload }) {
  const api = useApi();
  const call = useCall(() => api.functions.get(projectRef, slug), [api, projectRef, slug]);
  const reloadAll = () => Promise.all([call.reload(), reload()]);
  const known = (one) => <Known projectRef={projectRef} one={one} reload={reloadAll} reloadList={reload} />;
  return (
    <>
      <p class="back">
        <Link href={hrefs.project(projectRef, "functions")}>← All functions</Link>
      </p>
      <Loaded call={call}>{known}</Loaded>
    </>
  );
}

function Known({ projectRef, one, reload, reloadList }) {
  const [asking, setAsking] = useState();
  const close = () => setAsking(undefined);
  const actions = (
    <p class="actions">
      <button type="button" onClick={() => setAsking("settings")}>
        Change settings
      </button>
      <button type="button" onClick={() => setAsking("delete")}>
        Delete
      </button>
    </p>
  );
  return (
    <>
      <Section title={[one.name, " ", <Badge key="status" status={one.status} />]} actions={actions}>
        <Facts one={one} />
      </Section>
      {/* Another version has another source. */}
      <Source key={one.version} projectRef={projectRef} one={one} reload={reload} />
      <Section title="Calls" text="How often it was called, as the API counts it.">
        <FunctionUsage projectRef={projectRef} id={one.id} />
      </Section>
      <Section title="Logs" text="What the function wrote, the latest first.">
        <LogSearch projectRef={projectRef} statement={functionLogs(one.id)} />
      </Section>
      {asking === "settings" && <Settings projectRef={projectRef} one={one} reload={reload} onClose={close} />}
      {asking === "delete" && <Remove projectRef={projectRef} one={one} reload={reloadList} onClose={close} />}
    </>
  );
}

const Facts = ({ one }) => (
  <dl class="facts">
    <Fact name="Slug" value={<code>{one.slug}</code>} />
    <Fact name="Version" value={`${one.version}, the only one that the API keeps`} />
    <Fact name="Deployed" value={moment.format(new Date(one.updated_at))} />
    <Fact name="Created" value={moment.format(new Date(one.created_at))} />
    <Fact name="JWT" value={one.verify_jwt ? "needed" : "not needed"} />
    <Fact name="Import map" value={one.import_map ? "yes" : "no"} />
    {one.ezbr_sha256 && <Fact name="SHA-256 of the bundle" value={<code>{one.ezbr_sha256.slice(0, 12)}…</code>} />}
  </dl>
);

const Fact = ({ name, value }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

function Settings({ projectRef, one, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit(fields) {
    const wanted = { name: fields.name, verify_jwt: fields.verify_jwt === "on" };
    const changed = Object.entries(wanted).filter(([name, value]) => value !== one[name]);
    if (changed.length === 0) return;
    await api.functions.update(projectRef, one.slug, Object.fromEntries(changed));
    await reload();
    announce(`Changed the function ${one.slug}`);
  }
  return (
    <Dialog title={`Settings of ${one.slug}`} action="Change settings" submit={submit} onClose={onClose}>
      <p>Only what is different is sent. The slug cannot change.</p>
      <Field label="Name" name="name" required defaultValue={one.name} />
      <Check label="Callers need a valid JWT" name="verify_jwt" defaultChecked={one.verify_jwt} />
    </Dialog>
  );
}

function Remove({ projectRef, one, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit() {
    await api.functions.delete(projectRef, one.slug);
    await reload();
    announce(`Deleted the function ${one.slug}`);
  }
  function closed(done) {
    onClose();
    if (done) go(hrefs.project(projectRef, "functions"));
  }
  return (
    <Confirm
      title={`Delete the function ${one.slug}?`}
      text="Calls to it then fail. Its source is gone, unless you have it elsewhere."
      action="Delete function"
      submit={submit}
      onClose={closed}
    />
  );
}
