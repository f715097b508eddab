// Bodies on their way through a proxy: not held as a whole, not longer than allowed, and let go when nobody wants them.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { describe, it } from "node:test";
import { isTimeoutError } from "../pkg/index.js";
import { chunks, messageOf, ref, setUp, withApi } from "./proxy-entry/setup.js";
import { later, rejection } from "./support.js";

const project = `/v1/projects/${ref}`;
const allow = ["projects.*", "functions.*", "secrets.*"];
const deploy = `${project}/functions/deploy?slug=hello`;
const eszip = { "content-type": "application/vnd.denoland.eszip" };
const json = { "content-type": "application/json" };

/** A server in the place of the API, over the network, as streams of a `fetch` in memory show less. */
async function served(listener, test) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    await test(setUp({ allow, baseUrl, authorize: () => true, fetch: undefined }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("a body through a proxy", () => {
  it("of a request is on its way before its last bytes are there", { timeout: 20_000 }, async () => {
    let arrived;
    const first = new Promise((resolve) => (arrived = resolve));
    let received = 0;
    await served(
      async (request, response) => {
        for await (const chunk of request) {
          received += chunk.length;
          arrived();
        }
        response.end("{}");
      },
      async ({ ask }) => {
        let pulled = 0;
        const body = new ReadableStream(
          {
            async pull(controller) {
              // The rest comes only when the API has seen the beginning.
              if (pulled++ === 1) await first;
              if (pulled <= 9) controller.enqueue(new Uint8Array(1_000_000));
              else controller.close();
            },
          },
          { highWaterMark: 0 },
        );
        const headers = { "content-type": "multipart/form-data; boundary=a" };
        const response = await ask(deploy, { method: "POST", headers, body, duplex: "half" });
        assert.equal(response.status, 200);
        assert.equal(received, 9_000_000);
      },
    );
  });

  it("of an answer is there before its last bytes are sent", { timeout: 20_000 }, async () => {
    let finish;
    await served(
      (_, response) => {
        response.writeHead(200, { "content-type": "application/octet-stream" });
        response.write(Buffer.alloc(1_000));
        finish = () => response.end(Buffer.alloc(2_000));
      },
      async ({ ask }) => {
        const { body } = await ask(`${project}/functions/hello/body`);
        const reader = body.getReader();
        let length = (await reader.read()).value.length;
        assert.equal(length, 1_000);
        finish();
        for (let part = await reader.read(); !part.done; part = await reader.read()) length += part.value.length;
        assert.equal(length, 3_000);
      },
    );
  });

  it("has its length with it where it is small, as any server takes it", async () => {
    await served(
      (request, response) => request.resume().on("end", () => response.end(JSON.stringify(request.headers))),
      async ({ ask }) => {
        const post = async (body, more) => {
          const headers = { ...json, "content-length": `${body.length}`, ...more };
          return (await ask(`${project}/secrets`, { method: "POST", headers, body })).json();
        };
        const small = await post("[1]");
        assert.deepEqual([small["content-length"], small["transfer-encoding"]], ["3", undefined]);
        const large = await post("1".repeat(70_000));
        assert.deepEqual([large["content-length"], large["transfer-encoding"]], [undefined, "chunked"]);
        assert.equal((await post("")).host, small.host);
      },
    );
  });

  it("is refused where it is said to be too long, and broken off where it turns out to be", async () => {
    const { ask, sent, calls } = setUp({ allow, maxBodyBytes: 100_000 });
    const post = (headers, body) => ask(`${project}/functions`, { method: "POST", headers, body, duplex: "half" });
    const said = await post({ ...eszip, "content-length": "100001" }, chunks(1));
    assert.deepEqual([said.status, await messageOf(said)], [413, "a body has 100000 bytes at most"]);
    assert.equal(sent.length, 0);
    const found = await post(eszip, chunks(98));
    assert.deepEqual([found.status, await messageOf(found)], [413, "a body has 100000 bytes at most"]);
    assert.deepEqual(calls(), []);
    const fits = await ask(`${project}/secrets`, { method: "POST", headers: json, body: chunks(97), duplex: "half" });
    assert.equal(fits.status, 400, "the API has seen it");
    assert.equal(calls().length, 1);
  });

  it("that is too long leaves no whole request at a server", async () => {
    const seen = [];
    await served(
      (request, response) => {
        request.on("error", () => seen.push("broken")).on("end", () => seen.push("whole"));
        request.resume().on("end", () => response.end("{}"));
      },
      async ({ ask }) => {
        const body = chunks(11, 1_048_576);
        const response = await ask(`${project}/functions`, { method: "POST", headers: eszip, body, duplex: "half" });
        assert.equal(response.status, 413);
        for (let round = 0; seen.length === 0 && round < 100; round++) await later(20);
        assert.deepEqual(seen, ["broken"]);
      },
    );
  });
});

describe("a request through a proxy", () => {
  it("is aborted with that of the page", async () => {
    let signal;
    const api = (_, init) => {
      signal = init.signal;
      return new Promise(() => {});
    };
    const { ask } = withApi(api, { allow });
    const controller = new AbortController();
    const answer = ask(project, { signal: controller.signal });
    while (!signal) await later(1);
    assert.equal(signal.aborted, false);
    controller.abort();
    assert.equal((await answer).status, 499);
    assert.equal(signal.aborted, true);
    const early = setUp({ allow });
    const already = new Request(`https://panel.example/api/supabase${project}`, { signal: AbortSignal.abort() });
    assert.equal((await early.proxy(already)).status, 499);
    assert.equal(early.sent.length, 0);
  });

  it("lets the API go when the page leaves an answer half read", { timeout: 20_000 }, async () => {
    let closed;
    const gone = new Promise((resolve) => (closed = resolve));
    await served(
      (_, response) => {
        response.on("close", closed);
        response.write(Buffer.alloc(1_000));
      },
      async ({ ask }) => {
        const { body } = await ask(`${project}/functions/hello/body`);
        const reader = body.getReader();
        await reader.read();
        await reader.cancel();
        await gone;
      },
    );
  });

  it("ends in time, wherever it hangs", async () => {
    const hang = () => new Promise(() => {});
    const told = [];
    const onError = (error, { status }) => told.push([status, error.message]);
    for (const { headers, body, ...options } of [
      { fetch: hang },
      { authorize: hang },
      { accessToken: hang },
      { fetch: async () => new Response(new ReadableStream()), allow: ["secrets.*"] },
      { headers: { ...json, "content-length": "3" }, body: () => new ReadableStream() },
    ]) {
      const { ask } = setUp({ allow, timeoutMs: 100, authorize: () => true, onError, ...options });
      const init = body && { method: "POST", headers, body: body(), duplex: "half" };
      const response = await ask(`${project}/secrets`, init);
      assert.deepEqual([response.status, await messageOf(response)], [504, "the API did not answer in time"]);
    }
    assert.deepEqual(told, Array(5).fill([504, "the API did not answer in time"]));
    const { page } = setUp({ fetch: hang });
    assert.ok(isTimeoutError(await rejection(page({ maxRetries: 0 }).projects.list({ timeoutMs: 50 }))));
  });

  it("follows no redirect, and says no more than that", async () => {
    let asked = 0;
    await served(
      (request, response) => {
        asked++;
        response.writeHead(302, { location: `http://${request.headers.host}/v1/organizations` }).end();
      },
      async ({ ask }) => {
        const response = await ask(project);
        const message = "the API answered with a redirect, which is not followed";
        assert.deepEqual([response.status, await response.json()], [502, { message }]);
        assert.equal(response.headers.get("location"), null);
        assert.equal(asked, 1);
      },
    );
  });

  it("does not say where the API is when that cannot be reached", async () => {
    const told = [];
    const baseUrl = "http://127.0.0.1:9";
    const onError = (error) => told.push(error.message);
    const { ask } = setUp({ baseUrl, fetch: undefined, onError });
    const response = await ask(project);
    assert.deepEqual([response.status, await response.json()], [502, { message: "the API cannot be reached" }]);
    assert.deepEqual(told, ["fetch failed"]);
  });
});
