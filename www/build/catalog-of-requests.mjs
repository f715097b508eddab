// The catalog as the page needs it: what goes into requests. The types of answers are as much again, and no view shows them.
import { readFileSync } from "node:fs";

/** A plugin of esbuild. */
export const catalogOfRequests = {
  name: "catalog-of-requests",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]target[\\/]catalog\.json$/ }, ({ path }) => {
      const operations = JSON.parse(readFileSync(path, "utf8"));
      const requests = operations.map(({ answerType, ...operation }) => operation);
      return { contents: JSON.stringify(requests), loader: "json" };
    });
  },
};
