// One living instance of the wasm at a time, started at first use: no init call, no top-level await, nothing happens at
// import. A trap ends an instance; the calls it had are rejected, and the next call gets a fresh one. Setting other
// exports behind the same glue is not enough for that, as it keeps views of the dead memory: each instance has its own.
import { cleanCause, redactor, SupabaseManagementError } from "./errors.js";

/**
 * @param createGlue makes wasm-bindgen's glue
 * @param getModule gives the `WebAssembly.Module`, synchronously; throws where that is impossible
 */
export function createRuntime(createGlue, getModule) {
  let module;
  let living;

  /** Calls in progress; each has `secrets`, the instance that is its `own`, and a way to `die`. */
  const tasks = new Set();

  function adopt(glue, instance) {
    const own = { glue, dead: undefined };
    const guard = (run) =>
      function guarded(...args) {
        // wasm-bindgen reads several values from what a call gave: there must be something to read from.
        if (own.dead) return [];
        try {
          return run(...args);
        } catch (cause) {
          // Whatever comes out of wasm tore through its frames: its memory cannot be trusted any more.
          // What any call keeps to itself must not be told by another one.
          const redact = redactor(Array.from(tasks, (task) => task.secrets).flat());
          own.dead = new SupabaseManagementError({
            message: "the WebAssembly module failed",
            cause: cleanCause(cause, redact),
          });
          if (living === own) living = undefined;
          for (const task of tasks) if (task.own === own) task.die(cause, redact);
          return [];
        }
      };
    const exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] = typeof value === "function" ? guard(value) : value;
    }
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start();
    if (own.dead) throw own.dead;
    return (living = own);
  }

  function start() {
    try {
      module ??= getModule();
      const glue = createGlue();
      return adopt(glue, new WebAssembly.Instance(module, importsOf(module, glue)));
    } catch (cause) {
      throw failure(cause);
    }
  }

  const runtime = {
    tasks,

    /** The living instance. */
    current: () => living ?? start(),

    /** Calls an exported function. */
    invoke(name, ...args) {
      const own = runtime.current();
      const result = own.glue[name](...args);
      if (own.dead) throw own.dead;
      return result;
    },

    /** Starts from a module, bytes, a `Response` or an address, without blocking. */
    async init(source) {
      if (living) return;
      try {
        const compiled = await compile(await source);
        module ??= compiled;
        const glue = createGlue();
        // Old Chromes limit synchronous instantiation as well.
        const instance = await WebAssembly.instantiate(module, importsOf(module, glue));
        if (!living) adopt(glue, instance);
      } catch (cause) {
        throw failure(cause);
      }
    },

    /** Starts from a module or bytes, at once. */
    initSync(source) {
      if (living) return;
      try {
        module ??= source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
      } catch (cause) {
        throw failure(cause);
      }
      start();
    },
  };
  return runtime;
}

/** The glue under the one name that the module imports from. */
function importsOf(module, glue) {
  return { [WebAssembly.Module.imports(module)[0].module]: glue };
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (typeof source.arrayBuffer !== "function") return WebAssembly.compile(source);
  if (source.ok === false) throw new Error(`${source.status} ${source.statusText} for ${source.url}`);
  // Not streamed: servers that send another type than application/wasm are common, and the file is small.
  return WebAssembly.compile(await source.arrayBuffer());
}

function failure(cause) {
  if (cause instanceof SupabaseManagementError) return cause;
  const words = `${cause?.message ?? cause}`;
  const hint = /unsafe-eval|embedder/.test(words)
    ? `. A Content-Security-Policy must allow script-src 'wasm-unsafe-eval'`
    : "";
  return new SupabaseManagementError({ message: `the WebAssembly module cannot start: ${words}${hint}`, cause });
}
