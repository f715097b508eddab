// The function that somebody begins with who has none yet.

export const exampleSlug = "hello";

export const exampleSource = `Deno.serve(async (request) => {
  const { name = "world" } = await request.json().catch(() => ({}));
  return Response.json({ message: \`Hello \${name}!\` });
});
`;

/** What a slug has to be: a name in addresses that begins with a letter. */
export const slugPattern = "[A-Za-z][A-Za-z0-9_\\-]*";
