// Somebody who has never seen the page deploys a function with it within two minutes. The steps are those of the guide. What the
// first page of the documents tells to type is tested by docs-start.test.js.
import assert from "node:assert/strict";
import { it } from "node:test";
import { stepsToPress } from "./page/guide.js";
import { openPage, skip } from "./page/harness.js";

it("lets a beginner deploy a function within two minutes, as the guide says", { skip }, async (t) => {
  const steps = stepsToPress("guide/first-function.md");
  assert.equal(steps.length, 4);
  const begun = performance.now();
  const { link, button, said, calls } = await openPage(t);
  for (const { press, said: words } of steps) {
    await link(press).or(button(press)).first().click();
    if (words) await said(words);
  }
  const spent = performance.now() - begun;
  t.diagnostic(`${steps.length} steps, ${(spent / 1_000).toFixed(1)} s of a machine`);
  assert.ok(spent < 120_000);
  const deployed = (await calls()).find(({ code }) => code.startsWith("await client.functions.deploy("));
  assert.equal(deployed?.outcome, "201");
});
