// Looks for barriers in the page with axe-core. Its source goes into the page through the debugger, as the page's own policy
// allows no foreign script.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { narrow, wide } from "./harness.js";

const source = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe finds in the page as it is now, a line for each element. `rules` are all of axe's, unless they are named. */
export async function findings(page, rules) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    // Things that fade in or move have another colour or place until they have arrived.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    const options = { resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) };
    const { violations } = await globalThis.axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`),
    );
  }, rules);
}

/** What axe finds in the page wide and narrow, light and dark. Only contrast depends on the colours. */
export async function findingsEverywhere(page) {
  const found = [];
  for (const width of [wide, narrow]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      const some = await findings(page, colorScheme === "dark" ? ["color-contrast"] : undefined);
      found.push(...some.map((one) => `${width} px, ${colorScheme}: ${one}`));
    }
  }
  await page.setViewportSize({ width: wide, height: 900 });
  return found;
}
