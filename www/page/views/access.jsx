// Who vouches for the users of a project: identity providers of companies, and other issuers of tokens.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Confirm } from "../parts/dialog.jsx";
import { OperationDialog } from "../parts/form/operation-dialog.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const dated = (text) => (text ? day.format(new Date(text)) : "");

export default function Access({ project: { ref } }) {
  return (
    <>
      <Providers projectRef={ref} />
      <Issuers projectRef={ref} />
    </>
  );
}

const nameOfProvider = ({ id, saml }) => saml?.entity_id ?? id;

function Providers({ projectRef }) {
  const api = useApi();
  return (
    <List
      projectRef={projectRef}
      resource="ssoProviders"
      word="SSO provider"
      title="SSO"
      text="Identity providers whose people sign in by SAML 2.0."
      read={async () => (await api.ssoProviders.list(projectRef)).items}
      nameOf={nameOfProvider}
      lost="Its users cannot sign in through it any more."
      pathName="provider_id"
      columns={[
        { title: "Entity", head: true, cell: (one) => <code>{nameOfProvider(one)}</code> },
        { title: "Domains", cell: ({ domains = [] }) => domains.map(({ domain }) => domain).join(", ") },
        { title: "Added", cell: ({ created_at: at }) => dated(at) },
      ]}
      begins={{ metadata_url: "" }}
      change="ssoProviders.update"
    />
  );
}

const nameOfIssuer = ({ id, oidc_issuer_url: issuer, jwks_url: keys }) => issuer ?? keys ?? id;

function Issuers({ projectRef }) {
  const api = useApi();
  return (
    <List
      projectRef={projectRef}
      resource="thirdPartyAuth"
      word="issuer"
      title="Third-party auth"
      text="Other issuers whose tokens the project trusts, such as Auth0, Clerk or Firebase."
      read={() => api.thirdPartyAuth.list(projectRef)}
      nameOf={nameOfIssuer}
      lost="The project stops accepting its tokens."
      pathName="tpa_id"
      columns={[
        { title: "Issuer", head: true, cell: (one) => <code>{nameOfIssuer(one)}</code> },
        { title: "Kind", cell: ({ type }) => type },
        { title: "Keys looked up", cell: ({ resolved_at: at }) => dated(at) },
      ]}
      begins={{ oidc_issuer_url: "" }}
    />
  );
}

/** Things of one resource: each can be deleted, some can be changed, and another one can be added. */
function List(properties) {
  const { projectRef, resource, word, title, text, read, nameOf, lost, pathName, columns, begins, change } = properties;
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(read, [api, projectRef]);
  const [asking, setAsking] = useState({});
  const close = () => setAsking({});
  const { adding, changed, removed } = asking;
  const actions = {
    title: "Actions",
    actions: true,
    cell: (one) => (
      <>
        {change && (
          <button type="button" aria-label={`Change ${nameOf(one)}`} onClick={() => setAsking({ changed: one })}>
            Change …
          </button>
        )}
        <button type="button" aria-label={`Delete ${nameOf(one)}`} onClick={() => setAsking({ removed: one })}>
          Delete
        </button>
      </>
    ),
  };
  async function remove() {
    await api[resource].delete(projectRef, removed.id);
    await call.reload();
    announce(`Deleted ${nameOf(removed)}`);
  }
  return (
    <Section
      title={title}
      text={text}
      actions={
        <button type="button" onClick={() => setAsking({ adding: true })}>
          New {word}
        </button>
      }
    >
      <Loaded call={call}>
        {(items) => (
          <Table
            label={title}
            columns={[...columns, actions]}
            items={items}
            keyOf={({ id }) => id}
            empty={`No ${word} yet.`}
          />
        )}
      </Loaded>
      {adding && (
        <OperationDialog
          id={`${resource}.create`}
          path={{ ref: projectRef }}
          body={begins}
          title={`New ${word}`}
          action={`Add ${word}`}
          done={call.reload}
          said={`Added: ${word}`}
          onClose={close}
        />
      )}
      {changed && (
        <OperationDialog
          id={change}
          path={{ ref: projectRef, [pathName]: changed.id }}
          title={`Change ${nameOf(changed)}`}
          action="Change"
          done={call.reload}
          said={`Changed ${nameOf(changed)}`}
          onClose={close}
        />
      )}
      {removed && (
        <Confirm
          title={`Delete ${nameOf(removed)}?`}
          text={lost}
          action={`Delete ${word}`}
          submit={remove}
          onClose={close}
        />
      )}
    </Section>
  );
}
