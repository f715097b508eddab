// Lists that the API gives in pages: a call of one page that goes on to all of them. For Rust, src/pages.rs does the same.
import { errorOf } from "./errors.js";
import { kindOf } from "./options.js";

/**
 * Makes the promise of a page an iterable as well: of all items, and with `pages()` of all pages.
 * @param follow starts a call like it with another query: gives the call and its promise
 */
export function paged(first, task, follow) {
  const walk = (each) => {
    // Who iterates hears of a failure then, which may be late.
    first.catch(() => {});
    return pagesFrom(first, task, follow, each);
  };
  first.pages = () => walk();
  first[Symbol.asyncIterator] = () => walk(true);
}

async function* pagesFrom(first, task, follow, each) {
  const { answer, pages, route } = task.row;
  const seen = new Set();
  // A list, or an object: the macro sees to it that this is the member with the items.
  const member = answer < 4 ? "" : pages > 1 ? "data" : /\w+$/.exec(route)[0];
  for (let promise = first; ; ) {
    const page = await promise;
    const { query } = task.given;
    const { offset = 0, limit = 1, cursor } = Object(query);
    const items = member ? page?.[member] : page;
    const check = (fine, path, expected, received) => {
      const fault = { path, expected, received };
      if (fine) return;
      task.answer = JSON.stringify(page);
      throw errorOf(task, pagesFrom, "Decode", fault, task.response().status);
    };
    check(Array.isArray(items), member, "array", kindOf(items));
    const { count, offset: told = offset } = Object(page.pagination);
    check(told === offset, "pagination.offset", `${offset}`, "another value");
    // Where the next page begins, and what tells it from those before.
    const end = offset + items.length;
    let mark = end;
    let more = end < count;
    if (pages > 1) {
      more = mark = page.cursor ?? "";
      check(typeof mark === "string", "cursor", "string", kindOf(mark));
    } else if (typeof count !== "number") {
      more = items.length >= limit;
      mark = JSON.stringify(items[0]);
    }
    // What leads back would be a list that never ends, or one that is cut short and looks whole.
    seen.add(pages > 1 ? cursor : offset);
    check(!more || !seen.has(mark), pages > 1 ? "cursor" : "", "something that no page had before", "nothing new");
    seen.add(mark);
    if (each) yield* items;
    else if (items.length || promise === first) yield page;
    if (!more) return;
    [task, promise] = follow({ ...query, ...(pages > 1 ? { cursor: `${mark}` } : { offset: end }) });
  }
}
