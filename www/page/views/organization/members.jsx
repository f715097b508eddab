// The members of an organization, their roles, and invitations.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { Table } from "../../parts/table.jsx";

/** The roles as the API takes them. */
const roles = ["owner", "administrator", "developer", "read-only", "no-access"];

/** The value of a role that the API answers by its title: `read-only` of `Read-only`. */
const roleOf = (title) => title.toLowerCase().replaceAll(" ", "-");

export function Members({ slug }) {
  const api = useApi();
  const call = useCall(() => api.organizations.listMembers(slug), [api, slug]);
  const [asked, ask] = useState();
  const close = () => ask(undefined);
  const columns = [
    { title: "Name", head: true, cell: ({ user_name }) => user_name },
    { title: "Email", cell: ({ email }) => <span class="wrapped">{email ?? ""}</span> },
    { title: "Role", cell: ({ role_name }) => role_name },
    { title: "Second factor", cell: ({ mfa_enabled }) => (mfa_enabled ? "yes" : "no") },
    {
      title: "Actions",
      actions: true,
      cell: (member) => (
        <button
          type="button"
          aria-label={`Change role of ${member.user_name}`}
          onClick={() => ask({ dialog: "role", member })}
        >
          Change role
        </button>
      ),
    },
  ];
  return (
    <Section
      class="members"
      title="Members"
      actions={
        <p class="buttons">
          <button type="button" onClick={() => ask({ dialog: "withdraw" })}>
            Withdraw an invitation
          </button>
          <button type="button" onClick={() => ask({ dialog: "invite" })}>
            Invite
          </button>
        </p>
      }
    >
      <Loaded call={call}>
        {(members) => <Table label="Members" columns={columns} items={members} keyOf={({ user_id }) => user_id} />}
      </Loaded>
      {asked?.dialog === "invite" && <Invite slug={slug} onClose={close} />}
      {asked?.dialog === "withdraw" && <Withdraw slug={slug} onClose={close} />}
      {asked?.dialog === "role" && (
        <ChangeRole slug={slug} member={asked.member} reload={call.reload} onClose={close} />
      )}
    </Section>
  );
}

const Roles = (properties) => (
  <Field as="select" label="Role" {...properties}>
    {roles.map((role) => (
      <option key={role}>{role}</option>
    ))}
  </Field>
);

const invitation = (attributes) => ({ data: [{ type: "organization_invitation", attributes }] });

function Invite({ slug, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const { bind } = useLiveForm({
    id: "v2.organizations.createInvitations",
    argsOf: ({ email, role }) => [slug, invitation({ email, role })],
    samples: { email: "zoe@acme.example", role: "developer" },
    initial: { role: "developer" },
  });
  async function submit({ email, role }) {
    // Those that could not be invited are told beside those that were.
    const { error } = await api.v2.organizations.createInvitations(slug, invitation({ email, role }));
    if (error) throw new Error(error.detail ?? error.message ?? error.title);
    announce(`Invited ${email} as ${role}`);
  }
  return (
    <Dialog title="Invite somebody" action="Send invitation" submit={submit} onClose={onClose}>
      <Field label="Email" required autocapitalize="none" inputmode="email" {...bind("email")} />
      <Roles {...bind("role")} />
    </Dialog>
  );
}

function Withdraw({ slug, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const { bind } = useLiveForm({
    id: "v2.organizations.deleteInvitations",
    argsOf: ({ email }) => [slug, invitation({ email })],
    samples: { email: "zoe@acme.example" },
  });
  async function submit({ email }) {
    await api.v2.organizations.deleteInvitations(slug, invitation({ email }));
    announce(`Withdrew the invitation of ${email}`);
  }
  return (
    <Dialog title="Withdraw an invitation" action="Withdraw" danger submit={submit} onClose={onClose}>
      <p>The API does not list invitations: say whose it is.</p>
      <Field label="Email" required autocapitalize="none" inputmode="email" {...bind("email")} />
    </Dialog>
  );
}

function ChangeRole({ slug, member: { user_id, user_name, role_name }, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit({ role }) {
    const data = { type: "organization_member_role", attributes: { role } };
    await api.v2.organizations.assignMemberRole(slug, user_id, { data });
    await reload();
    announce(`${user_name} is ${role} now`);
  }
  return (
    <Dialog title={`Role of ${user_name}`} action="Change role" submit={submit} onClose={onClose}>
      <Roles name="role" defaultValue={roleOf(role_name)} />
    </Dialog>
  );
}
