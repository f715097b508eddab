// The types of the package, by TypeScript itself. What must fail stands in tests/types behind `@ts-expect-error`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { modelTypes } from "../pkg/build/types.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What the compiler says: nothing, if all is well. */
function compile(...options) {
  const compiler = at("../node_modules/typescript/bin/tsc");
  const args = [compiler, "--project", at("types/tsconfig.json"), "--pretty", "false", ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}` || (error?.message ?? "")),
    );
  });
}

describe("the types", () => {
  it("accept what is right and refuse what is wrong", { timeout: 120_000 }, async () => {
    assert.equal(await compile(), "");
  });

  it("do so where a bundler resolves modules, without exact optional properties", { timeout: 120_000 }, async () => {
    const bundler = ["--module", "esnext", "--moduleResolution", "bundler", "--exactOptionalPropertyTypes", "false"];
    assert.equal(await compile(...bundler), "");
  });
});

/** As wasm-pack writes it: a function, models, and the methods. */
const source = `/* tslint:disable */
/**
 * A size. Not to be mixed up with Status.
 */
export type Size = "small" | "Status" | NewerValue;

/**
 * A status.
 */
export type Status = "on" | "off" | NewerValue;

/**
 * A thing to make.
 */
export type Make = {
    /**
     * Of one kind, not of Size[].
     */
    kind: "a" | "b[]";
    sizes?: Size[];
    marks: Record<string, (Size | "[]")[]>;
    pages: Page[];
} | {
    kind: "c";
};

export interface Page {
    lines: string[];
}

export interface Thing {
    size?: Size;
    status: Status;
    pages: Page[];
}

export interface Things {
    /**
     * Makes one: see Status.
     */
    make<Row = Record<string, unknown>>(ref: string, body: Wrapped<Make>, options?: CallOptions): Call<(Thing | Row)[]>;
    get(options?: CallOptions): Call<Thing>;
}
export interface Resources {
    /**
     * Things.
     */
    readonly things: Things;
}

/**
 * The table.
 */
export function table(): any;
`;
const written = "export type NewerValue = string;\nexport interface CallOptions {}\nexport interface Unused {}\n";
const made = (from = source, api = ["table"]) => modelTypes(from, api, written);

describe("the declarations of the models", () => {
  it("import what they name, and hold types alone", () => {
    const text = made();
    assert.match(text, /^import type \{ NewerValue, CallOptions \} from "\.\.\/index\.js";$/m);
    assert.doesNotMatch(text, /function|tslint/);
  });

  it("have lists that nobody may change in what is only sent", () => {
    const text = made();
    for (const [line, times] of [
      ["    sizes?: readonly Size[] | undefined;", 1],
      ['    marks: Record<string, readonly (Size | "[]")[]>;', 1],
      ["    pages: readonly Page[];", 1],
      ["    pages: Page[];", 1],
      ["    lines: string[];", 1],
      ['    kind: "a" | "b[]";', 1],
      ["     * Of one kind, not of Size[].", 1],
    ]) {
      assert.equal(text.split("\n").filter((one) => one === line).length, times, `${line}\nin\n${text}`);
    }
  });

  it("have no body that an answer fits into which has more", () => {
    const pair = "{ answer: readonly (Thing | Page)[]; body: Making[] }";
    const more = `\nexport interface Making {\n    size: Size;\n}\n\nexport interface Writables {\n    "things.make": ${pair};\n}\n`;
    const [, making] = /^export interface Making \{\n(.*?)^\}/ms.exec(made(`${source}${more}`));
    const comment =
      "    /**\n     * @deprecated Answers alone have it: `writable` makes a body of an answer.\n     */\n";
    const absent = ["status", "pages", "lines"].map((name) => `${comment}    ${name}?: undefined;\n`);
    assert.equal(making, ["    size: Size;\n", ...absent].join(""));
    assert.throws(
      () => made(`${source}${more.replace("body: Making[]", "body: Status")}`),
      /not of the form expected: "": \{/,
    );
  });

  for (const [what, from, to, message] of [
    ["a function that is not there", "function table", "type table", /no function table/],
    [
      "a class",
      "export type Size",
      "export class Other {}\nexport type Size",
      /neither type nor interface: export class/,
    ],
    ["a comment of another form", " * A status.", "", /not of the form expected:\n\/\*\*/],
    ["what has no name", "export type Status", "export * from", /not of the form expected:\nexport \* from/],
    ["a property without methods", "things: Things", "things: Stuff", /methods of a property: readonly things: Stuff/],
    ["a method of another form", "get(options", "get: (options", /method is not of the form expected: get: \(/],
    [
      "a list of lists that is sent",
      "sizes?: Size[]",
      "sizes?: Size[][]",
      /^Error: Make, which is only sent, has a list/,
    ],
    ["a list of maps that is sent", "sizes?: Size[]", "sizes?: Record<string, Size>[]", /^Error: Make, which is only/],
  ]) {
    it(`are not made of ${what}`, () => {
      assert.ok(source.includes(from));
      assert.throws(() => made(source.replace(from, to)), message);
    });
  }

  const built = () => readFileSync(at("../pkg/dist/types.d.ts"), "utf8");
  /** Each comment, and the line that it stands before. */
  const documented = () =>
    Array.from(built().matchAll(/^ *\/\*\*\n((?: +\*(?!\/).*\n)+) +\*\/\n *(.*)$/gm), ([, comment, line]) => ({
      comment: comment.replace(/^ +\* ?/gm, ""),
      line,
    }));
  const commentOf = (start) => documented().find(({ line }) => line.startsWith(start)).comment;

  it("say what a path value is, and how an argument keeps its place", () => {
    const comment = commentOf("update(ref: string, id: string, body: UpdateApiKey");
    assert.match(comment, /^@param ref Reference of the project, 20 lowercase letters\.$/m);
    assert.match(comment, /^@param id Identifier of the key: `id` in `apiKeys\.list`\. Limits: format `uuid`\.$/m);
    assert.match(comment, /^@param query May be left out\. In front of `options`, `undefined` keeps its place\.$/m);
  });

  it("say of every path value what it is", () => {
    const routes = documented().flatMap(({ comment }) => {
      const [, route] = /^Calls `[A-Z]+ (\S+)`/m.exec(comment) ?? [];
      return route ? [{ comment, route }] : [];
    });
    assert.ok(routes.length > 100, `${routes.length} methods`);
    for (const { comment, route } of routes) {
      for (const [, name] of route.matchAll(/\{(\w+)\}/g)) assert.match(comment, new RegExp(`^@param ${name} .`, "m"));
    }
  });

  it("say why a list of organizations or projects may be empty", () => {
    for (const start of [
      "list(options?: CallOptions): Call<Organization[]>",
      "list(options?: CallOptions): Call<Project[]>",
      "listProjects(",
    ]) {
      assert.match(commentOf(start), /^A fine-grained token \(`sbp_fc…`\) sees only the /m, start);
    }
  });

  it("say of every digest that it is none of the secrets that requests take", () => {
    const digests = documented().filter(({ line }) => /: Digest\b/.test(line));
    assert.equal(digests.length, 38);
    for (const { comment, line } of digests)
      assert.match(comment, /digest or a mask of it, not the secret itself/, line);
    assert.ok(documented().some(({ line }) => line === "smtp_pass?: Plaintext | null | undefined;"));
  });

  it("explain the values of an enum", () => {
    const comment = commentOf("export type ProjectStatus =");
    assert.match(comment, /^State of a project\.\n\n- `"INACTIVE"`: Paused\.\n- `"ACTIVE_HEALTHY"`: Running\.\n/);
  });

  it("ask for no permission where nothing is sent", () => {
    const comment = commentOf("authorizeProjectClaimUrl(");
    assert.match(comment, /^Builds the address of `GET \/v1\/oauth\/authorize\/project-claim`\.$/m);
    assert.doesNotMatch(comment, /need|permission/);
  });

  it("mark methods that are deprecated", () => {
    const text = built();
    const methods = text.matchAll(/^ {5}\* @deprecated .*\n(?: {5}\*(?!\/).*\n)* {5}\*\/\n {4}(\w+)[(<]/gm);
    assert.deepEqual(Array.from(methods, ([, name]) => name).sort(), [
      "create",
      "getLogsAll",
      "getMetadata",
      "getPerformance",
      "getSecurity",
    ]);
  });
});
