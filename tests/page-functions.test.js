// The functions of a project on the page: reading their source, deploying a folder, and the way of somebody who is here for the
// first time.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { exampleSlug, exampleSource, slugPattern } from "../www/page/functions/example.js";
import { filesOfDrop, filesOfInput, placed, projectFiles } from "../www/page/functions/folder.js";
import { askForFiles, readSource } from "../www/page/functions/source.js";
import { openPage, refs, skip } from "./page/harness.js";

// Nothing moves by itself in this sandbox, so that no other sentence comes between.
const query = "?startupMs=0";
const view = `/projects/${refs.storefront}/functions`;

describe("a folder", () => {
  const placesOf = (...paths) => [...placed(paths).values()];

  it("is a project, its supabase, its functions, or one function", () => {
    const place = "supabase/functions/hello/index.ts";
    assert.deepEqual(placesOf("shop/README.md", "shop/supabase/functions/hello/index.ts"), [place]);
    assert.deepEqual(placesOf("shop/index.js", "shop/supabase/functions/hello/index.ts"), [place]);
    assert.deepEqual(placesOf("supabase/config.toml", "supabase/functions/hello/index.ts"), [
      "supabase/config.toml",
      place,
    ]);
    assert.deepEqual(placesOf("functions/hello/index.ts"), [place]);
    assert.deepEqual(placesOf("hello/index.ts", "hello/lib/words.ts"), [
      place,
      "supabase/functions/hello/lib/words.ts",
    ]);
    assert.deepEqual(placesOf("hello/index.ts", "hello/functions/words.ts"), [
      place,
      "supabase/functions/hello/functions/words.ts",
    ]);
  });

  it("is refused where it is none of these", () => {
    assert.throws(() => projectFiles(new Map([["photos/one.jpg", ""]])), /drop a function’s folder with an index.ts/);
  });

  it("is read whole, however it comes, without what is not deployed", async () => {
    const file = (name) => ({ isFile: true, fullPath: `/hello/${name}`, file: (done) => done(name) });
    const directory = (fullPath, batches) => ({
      fullPath,
      createReader: () => ({ readEntries: (done) => done(batches.shift() ?? []) }),
    });
    const modules = directory("/hello/node_modules", [[file("node_modules/x.js")]]);
    const hello = directory("/hello", [[file("index.ts"), modules], [file("more.ts")]]);
    const dropped = await filesOfDrop({ items: [{ webkitGetAsEntry: () => hello }] });
    assert.deepEqual(
      [...dropped],
      [
        ["hello/index.ts", "index.ts"],
        ["hello/more.ts", "more.ts"],
      ],
    );
    const chosen = ["hello/index.ts", "hello/.git/HEAD"].map((webkitRelativePath) => ({ webkitRelativePath }));
    assert.deepEqual([...filesOfInput(chosen).keys()], ["hello/index.ts"]);
  });
});

describe("the source of a function", () => {
  const { fetch } = createSandbox();
  const client = new SupabaseManagement({ fetch, accessToken: "sbp_any" });
  const read = async (slug) => {
    const { data, headers } = await client.functions.getBody(refs.storefront, slug, askForFiles).withResponse();
    return readSource(data, headers.get("content-type"));
  };

  it("is files with their paths, of which one is where it begins", async () => {
    const image = new Uint8Array([255, 216, 255, 13, 10, 45, 45]);
    const file = [
      new File(["export const words = 'ü';\r\n"], "supabase/functions/_shared/words.ts"),
      new File(["Deno.serve()"], "supabase/functions/hi/index.ts"),
      new File([image], "supabase/functions/hi/face.jpg"),
    ];
    const metadata = { name: "hi", entrypoint_path: "supabase/functions/hi/index.ts" };
    await client.functions.deploy(refs.storefront, { metadata, file }, { slug: "hi" });
    const { files, entrypoint } = await read("hi");
    assert.equal(entrypoint, "supabase/functions/hi/index.ts");
    assert.deepEqual(
      files.map(({ path, text }) => [path, text]),
      [
        ["supabase/functions/_shared/words.ts", "export const words = 'ü';\r\n"],
        ["supabase/functions/hi/face.jpg", undefined],
        ["supabase/functions/hi/index.ts", "Deno.serve()"],
      ],
    );
    assert.deepEqual(files[1].bytes, image);
  });

  it("is a bundle where it was deployed as one", async () => {
    const bundle = new TextEncoder().encode("ESZIP2.3");
    await client.functions.create(refs.storefront, bundle, { slug: "packed", name: "packed" });
    assert.deepEqual(await read("packed"), { files: [], bundle });
  });
});

describe("the example", () => {
  it("has a slug that the API takes, and answers", async () => {
    assert.match(exampleSlug, new RegExp(`^${slugPattern}$`, "v"));
    let handler;
    new Function("Deno", exampleSource)({ serve: (given) => (handler = given) });
    const request = new Request("http://function", { method: "POST", body: '{"name":"Mara"}' });
    assert.deepEqual(await (await handler(request)).json(), { message: "Hello Mara!" });
    assert.deepEqual(await (await handler(new Request("http://function"))).json(), { message: "Hello world!" });
  });
});

describe("the view of functions", { skip }, () => {
  it("lets somebody who has never seen it deploy a function within two minutes", async (t) => {
    const begin = performance.now();
    const { page, link, button, said, row } = await openPage(t, { query });
    // The steps: a project, its functions, the one button there, and the one that deploys the example.
    await link("storefront").click();
    await link("Functions").click();
    await button("Deploy a function").click();
    await button("Deploy").click();
    await said("Deployed hello, version 1");
    await page.locator(".source", { hasText: "Deno.serve(async" }).waitFor();
    await link("← All functions").click();
    await row("hello").getByRole("cell", { name: "1", exact: true }).waitFor();
    assert.ok(performance.now() - begin < 120_000);
  });

  it("deploys a folder after showing what will change", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "functions-"));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const [slug, source] of [
      ["greet", "Deno.serve(() => new Response('greetings'));"],
      ["send-receipt", "Deno.serve(() => new Response('another receipt'));"],
    ]) {
      mkdirSync(join(folder, "functions", slug), { recursive: true });
      writeFileSync(join(folder, "functions", slug, "index.ts"), source);
    }
    const { page, button, said, link, row } = await openPage(t, { query, hash: `${view}?show=deploy` });
    await page.locator('input[type="file"][webkitdirectory]').setInputFiles(join(folder, "functions"));
    const changes = page.getByRole("table", { name: "What will change" });
    await changes.waitFor();
    assert.deepEqual(await changes.locator("tbody tr :is(th, td:nth-child(2))").allTextContents(), [
      "greet",
      "create",
      "send-receipt",
      "update",
    ]);
    await button("Deploy these changes").click();
    await said("Deployed: greet, send-receipt");
    await link("← All functions").click();
    await row("greet").waitFor();
    await row("send-receipt").getByRole("cell", { name: "8", exact: true }).waitFor();
  });

  it("shows one function, and changes and deletes it", async (t) => {
    const { page, button, field, said, confirm, call, row } = await openPage(t, {
      query,
      hash: `${view}?function=send-receipt`,
    });
    await page.locator(".source", { hasText: "Send receipt" }).waitFor();
    await button("Edit").click();
    await field("Source of index.ts").fill("Deno.serve(() => new Response('edited'));");
    await button("Deploy").click();
    await said("Deployed send-receipt, version 8");
    await page.locator(".source", { hasText: "edited" }).waitFor();
    await button("Change settings").click();
    await page.locator("dialog").getByLabel("Callers need a valid JWT").uncheck();
    await confirm("Change settings");
    await said("Changed the function send-receipt");
    await call(`await client.functions.update("${refs.storefront}", "send-receipt", { verify_jwt: false })`);
    await button("Search the logs").click();
    await page.getByText("There is nothing in the logs of this time").waitFor();
    await button("Delete").click();
    await confirm("Delete function");
    await said("Deleted the function send-receipt");
    await row("stripe-webhook").waitFor();
    assert.equal(await row("send-receipt").count(), 0);
  });
});
