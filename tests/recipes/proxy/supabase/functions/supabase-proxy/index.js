// A Supabase Edge Function, for users of the project's own Auth: the page's client has their session in its headers,
// { baseUrl: "https://<ref>.supabase.co/functions/v1/supabase-proxy", headers: { authorization: `Bearer ${session}` } }.
import { createProxy } from "supabase-management-wasm/proxy";

const auth = `${Deno.env.get("SUPABASE_URL")}/auth/v1/user`;
const apikey = Deno.env.get("SUPABASE_ANON_KEY");

const proxy = createProxy({
  // `supabase secrets set` takes no names that begin with SUPABASE_.
  accessToken: Deno.env.get("MANAGEMENT_TOKEN"),
  prefix: "/supabase-proxy",
  origins: ["https://panel.example"],
  allow: ["projects.get", "functions.*"],
  async authorize({ headers }, { ref }) {
    const user = await fetch(auth, { headers: { apikey, authorization: headers.get("authorization") ?? "" } });
    return user.ok && (await user.json()).app_metadata.projects?.includes(ref) === true;
  },
});

Deno.serve(proxy);
