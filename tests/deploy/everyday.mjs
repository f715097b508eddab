// A folder as a real project has it: 20 functions, 50 secrets, 30 migrations, a full config.toml.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const numbers = (count) => Array.from({ length: count }, (_, at) => String(at + 1).padStart(2, "0"));

/** The files, by path. `changed`: one function, one secret and one setting are other ones, and there is one more migration. */
export function everydayFolder({ changed = false } = {}) {
  const files = {
    "supabase/config.toml": config(changed),
    "supabase/functions/_shared/cors.ts": "export const cors = {};\n",
  };
  for (const n of numbers(20)) {
    const text = changed && n === "07" ? "changed" : n;
    files[`supabase/functions/job-${n}/index.ts`] =
      `import { cors } from "../_shared/cors.ts";\nDeno.serve(() => new Response("${text}", { headers: cors }));\n`;
    files[`supabase/functions/job-${n}/deno.json`] = '{ "imports": { "zod": "npm:zod@3" } }\n';
  }
  for (const n of numbers(changed ? 31 : 30)) {
    files[`supabase/migrations/202601${n}000000_step.sql`] =
      `create table public.step_${n} (id bigint primary key, note text);\nalter table public.step_${n} enable row level security;\n`;
  }
  files["supabase/secrets.env"] = numbers(50)
    .map((n) => `SECRET_${n}="${changed && n === "07" ? "changed" : `value ${n}`}"\n`)
    .join("");
  return files;
}

const config = (changed) => `project_id = "everyday"

[api]
enabled = true
schemas = ["public", "graphql_public"]
extra_search_path = ["public", "extensions"]
max_rows = ${changed ? 500 : 800}

[db]
major_version = 17

[db.settings]
statement_timeout = "30s"

[db.ssl_enforcement]
enabled = true

[db.network_restrictions]
enabled = true
allowed_cidrs = ["10.0.0.0/8"]
allowed_cidrs_v6 = ["::/0"]

[auth]
enabled = true
site_url = "https://everyday.example"
additional_redirect_urls = ["https://everyday.example/back"]
jwt_expiry = 7200
enable_signup = true
minimum_password_length = 10

[auth.email]
enable_signup = true
double_confirm_changes = true
enable_confirmations = true

[auth.rate_limit]
token_refresh = 120

[auth.external.github]
enabled = true
client_id = "everyday-app"
secret = "env(GITHUB_SECRET)"

[storage]
enabled = true
file_size_limit = "20MiB"
`;

/** Writes files below a folder. */
export function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
