export const greeting = () => Deno.env.get("GREETING") ?? "Hello";
