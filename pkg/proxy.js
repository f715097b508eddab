// What stands between a page and the API: it has the token, the page has none. It sends with the platform's own fetch and
// judges with the client's rules, which it takes from the package by its name: so each runtime gets the entry that has the
// wasm in its way, and a program that also uses the client has one instance of it.
import { SupabaseManagement } from "supabase-management-wasm";
import { defineProxy } from "./proxy/create.js";

export const createProxy = /* @__PURE__ */ defineProxy(SupabaseManagement);
