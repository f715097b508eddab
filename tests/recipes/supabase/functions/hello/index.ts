import { greeting } from "../_shared/greeting.ts";

Deno.serve(() => new Response(greeting()));
