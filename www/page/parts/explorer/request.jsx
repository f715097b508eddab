// The request as it will be sent, and the code that sends it.
import { isSecretName } from "../../code.js";
import { mask, masked } from "../../form/masked.js";
import { isBytes } from "../../form/value.js";
import { curlOf } from "../../copy/curl.js";
import { javascriptOf } from "../../copy/javascript.js";
import { rustOf } from "../../copy/rust.js";
import { Copied } from "../copied.jsx";
import { Scroller } from "../scroller.jsx";
import { Section } from "../section.jsx";
import { Tabs } from "../tabs.jsx";

/** The arguments without secrets: they are on the screen, in code that is copied, and in pictures of it. */
function shown(operation, values) {
  const hide = (type, value) => (type && value !== undefined ? masked(type, value) : value);
  const path = Object.fromEntries(
    Object.entries(values.path).map(([name, value]) => [name, isSecretName(name) ? mask : value]),
  );
  return { path, body: hide(operation.bodyType, values.body), query: hide(operation.query, values.query) };
}

/** The body in words, as far as it is text. */
function bodyInWords({ body: kind }, body) {
  if (isBytes(body)) return `${body.size} bytes of an eszip bundle`;
  if (kind === "multipart") {
    const files = (body.file ?? []).map(
      ({ path, content }) => `file: ${path} (${content.size ?? content.length} bytes)`,
    );
    return [`metadata: ${JSON.stringify(body.metadata)}`, ...files].join("\n");
  }
  if (kind === "form") return new URLSearchParams(body).toString();
  return JSON.stringify(body, null, 2);
}

/** The address without the values of secrets that stand in its path or query. */
function addressOf({ query }, url, values) {
  const [whole, search] = url.split("?");
  const secrets = Object.entries(values.path).filter(([name, value]) => isSecretName(name) && value);
  const path = secrets.reduce((text, [, value]) => text.replace(`/${encodeURIComponent(value)}`, `/${mask}`), whole);
  if (!search) return [path];
  const secret = new Set(query?.fields.filter((field) => field.secret).map(({ name }) => name));
  const parts = [...new URLSearchParams(search)].map(([name, value]) => `${name}=${secret.has(name) ? "…" : value}`);
  return [path, ...parts.map((part, at) => `${at === 0 ? "?" : "&"}${part}`)];
}

export function RequestView({ operation, request, values, argumentsOf }) {
  if (!request) return <p class="none">What is to be sent is shown as soon as the form is complete.</p>;
  const safe = shown(operation, values);
  const args = argumentsOf(operation, safe);
  const [path, ...search] = addressOf(operation, request.url, values);
  const code = { JavaScript: () => javascriptOf(operation, args), Rust: () => rustOf(operation, args) };
  code.curl = () => curlOf(operation, { ...request, url: [path, ...search].join("") }, safe.body);
  const sent = [
    `${request.method} ${path}`,
    ...search.map((part) => `  ${part}`),
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(safe.body === undefined ? [] : ["", bodyInWords(operation, safe.body)]),
  ].join("\n");
  return (
    <>
      <Section title="Request">
        <Scroller class="code" label="The request">
          <pre>
            <code id="explorer-request">{sent}</code>
          </pre>
        </Scroller>
      </Section>
      <Section title="Code" text="Secrets stand as … in it. The token is that of the environment.">
        <Tabs
          label="Languages"
          tabs={Object.entries(code).map(([name, make]) => ({
            name,
            content: () => <Copied label={`The call in ${name}`} text={make()} />,
          }))}
        />
      </Section>
    </>
  );
}
