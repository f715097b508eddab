// The rotations of keys and of the password under faults: whatever breaks, the functions have a key that works, and somebody knows the
// password of the database.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { breakEverywhere, digest, ref, tell, world } from "./deploy/break.mjs";
import { prepareRecipes } from "./deploy/recipes.mjs";

describe("under faults, the recipe", { concurrency: true, timeout: 300_000 }, () => {
  let rotateKey, rotatePassword;
  before(
    async () => {
      await prepareRecipes();
      ({ rotateKey } = await import("./recipes/rotate-keys.js"));
      ({ rotatePassword } = await import("./recipes/rotate-password.js"));
    },
    { timeout: 1_200_000 },
  );

  it("of a rotation of keys", async (t) => {
    const names = { from: "backend_1", to: "backend_2", secret: "BACKEND_KEY" };
    /** The secret keys by name, and the name of the one that the functions have. */
    async function state({ client }) {
      const keys = (await client.apiKeys.list(ref, { reveal: true })).filter(({ type }) => type === "secret");
      const held = (await client.secrets.list(ref)).find(({ name }) => name === names.secret).value;
      return {
        keys: keys.map(({ name }) => name).sort(),
        held: keys.find(({ api_key }) => digest(api_key) === held)?.name,
      };
    }
    const counts = await breakEverywhere({
      begin: async () => {
        const made = world();
        const { api_key: value } = await made.client.apiKeys.create(
          ref,
          { type: "secret", name: "backend_1" },
          { reveal: true },
        );
        await made.client.secrets.create(ref, [{ name: names.secret, value }]);
        return made;
      },
      run: ({ client }, world) =>
        rotateKey(client, ref, {
          ...names,
          check: async (key) => {
            assert.match(key, /^sb_secret_\w+$/);
            assert.equal((await state(world)).held, "backend_2");
          },
        }),
      // The functions have a key that works, at every break.
      whole: async (world) => assert.ok((await state(world)).held),
      judge: async (world) =>
        assert.deepEqual(await state(world), { keys: ["backend_2", "default"], held: "backend_2" }),
    });
    tell(t, counts);
  });

  it("of a rotation of keys, where the new key does not work", async () => {
    const { client, sandbox, end } = world();
    await client.apiKeys.create(ref, { type: "secret", name: "backend_1" });
    const run = (check) => rotateKey(client, ref, { from: "backend_1", to: "backend_2", secret: "BACKEND_KEY", check });
    await assert.rejects(
      run(() => Promise.reject(new Error("it was refused"))),
      /it was refused/,
    );
    const deleted = () => sandbox.calls.filter(({ endpoint }) => endpoint === "apiKeys.delete").length;
    assert.equal(deleted(), 0);
    await run(async () => {});
    await run(async () => {});
    assert.equal(deleted(), 1);
    assert.equal(sandbox.calls.filter(({ endpoint }) => endpoint === "apiKeys.create").length, 2);
    await end();
  });

  it("of a rotation of the password", async (t) => {
    /** A sandbox, and the password of its database, which the sandbox itself keeps nowhere. */
    function withPassword(sandbox) {
      const own = { password: "the first one" };
      let refused = false;
      own.sandbox = {
        fetch: async (input, init) => {
          const { password } = input.method === "PATCH" ? await input.clone().json() : {};
          if (password && !refused) own.password = password;
          refused = false;
          return sandbox.fetch(input, init);
        },
        fail: (endpoint, fault) => {
          refused = !fault.carriedOut;
          sandbox.fail(endpoint, fault);
        },
        get calls() {
          return sandbox.calls;
        },
      };
      return own;
    }
    const counts = await breakEverywhere({
      begin: async () => {
        const { sandbox, end } = world();
        const kept = new Map([["current", "the first one"]]);
        const vault = {
          get: async (name) => kept.get(name),
          set: async (name, value) => void kept.set(name, value),
          delete: async (name) => void kept.delete(name),
        };
        const database = withPassword(sandbox);
        return { sandbox: database.sandbox, database, kept, vault, end };
      },
      run: ({ client }, { vault, database }) => {
        const check = async (password) => assert.equal(password, database.password);
        return rotatePassword(client, ref, { vault, check });
      },
      // The password of the database is kept, whatever it is.
      whole: ({ kept, database }) => assert.ok([...kept.values()].includes(database.password)),
      judge: ({ kept, database }) => {
        assert.notEqual(database.password, "the first one");
        assert.match(database.password, /^[\w-]{32}$/);
        assert.deepEqual([...kept], [["current", database.password]]);
      },
    });
    assert.deepEqual(counts, { runs: 4, resumed: 3 });
    t.diagnostic(JSON.stringify(counts));
  });

  it("of a rotation of the password, where the vault or the check fails", async () => {
    /** A vault whose operation of that number fails, after it was done or before. */
    function vaultOf(kept, breaks) {
      let operations = 0;
      const operation = (work) => async (name, value) => {
        const fails = operations++ === breaks?.at;
        if (!fails || breaks.done) work(name, value);
        if (fails) throw new Error("the vault is closed");
        return name && kept.get(name);
      };
      const noop = () => {};
      return {
        get: operation(noop),
        set: operation((name, value) => kept.set(name, value)),
        delete: operation((name) => kept.delete(name)),
      };
    }
    for (let at = 0; at < 4; at++) {
      for (const done of [false, true]) {
        const { sandbox, client, end } = world();
        const kept = new Map([["current", "the first one"]]);
        let password = "the first one";
        const check = async (next) => {
          password = next;
        };
        await assert.rejects(
          rotatePassword(client, ref, { vault: vaultOf(kept, { at, done }), check }),
          /the vault is closed/,
        );
        assert.ok([...kept.values()].includes(password), `operation ${at}`);
        await rotatePassword(client, ref, { vault: vaultOf(kept), check });
        assert.deepEqual([...kept], [["current", password]]);
        assert.notEqual(password, "the first one");
        assert.ok(sandbox.calls.length > 0);
        await end();
      }
    }
    const { client, end } = world();
    const kept = new Map([["current", "the first one"]]);
    const refused = rotatePassword(client, ref, {
      vault: vaultOf(kept),
      check: () => Promise.reject(new Error("no entry")),
    });
    await assert.rejects(refused, /^Error: no entry \(the password may be changed: .*run this again\)$/);
    assert.deepEqual([...kept.keys()], ["current", "next"]);
    await end();
  });
});
