// One living instance of the wasm at a time, started at first use: no init call, no top-level await, nothing happens at
// import. A trap ends an instance; the calls it had are rejected, and the next call gets a fresh one. Setting other
// exports behind the same glue is not enough for that, as it keeps views of the dead memory: each instance has its own.
import { SupabaseManagementError } from "./errors.js";

/**
 * @param createGlue makes wasm-bindgen's glue
 * @param getModule gives the `WebAssembly.Module`, synchronously; throws where that is impossible
 */
export function createRuntime(createGlue, getModule) {
  let module;
  let living;

  /** Calls in progress; each has the instance that is its `own`, and a way to `die`. */
  const pending = new Set();

  function adopt({ glue, timers }, instance) {
    const own = { glue, dead: undefined };
    const guard = (run) =>
      function guarded(...args) {
        // wasm-bindgen reads several values from what a call gave: there must be something to read from.
        if (own.dead) return [];
        try {
          return run(...args);
        } catch (cause) {
          // Whatever comes out of wasm tore through its frames: its memory cannot be trusted any more.
          own.dead = new SupabaseManagementError({
            message: "the WebAssembly module failed",
            hidden: { cause: printable(cause) },
          });
          if (living === own) living = undefined;
          timers.clear();
          for (const one of pending) if (one.own === own) one.die(own.dead);
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
      const parts = glueWithTimers(createGlue);
      return adopt(parts, new WebAssembly.Instance(module, importsOf(module, parts.glue)));
    } catch (cause) {
      throw failure(cause);
    }
  }

  const runtime = {
    pending,

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
        const parts = glueWithTimers(createGlue);
        // Old Chromes limit synchronous instantiation as well.
        const instance = await WebAssembly.instantiate(module, importsOf(module, parts.glue));
        if (!living) adopt(parts, instance);
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

/**
 * What ended an instance. A trap is the engine's, and its words hold nothing of the user's. Anything else came through from a
 * function of somebody else, and may hold whatever that knows: of that only its kind is told.
 */
function printable(cause) {
  if (cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError) return cause;
  return new Error("something was thrown through the WebAssembly module");
}

/** The glue of an instance, and its timers: those that a trap leaves behind would keep Node from its end. */
function glueWithTimers(createGlue) {
  const running = new Set();
  const set = (callback, milliseconds) => {
    const ring = () => {
      running.delete(timer);
      callback();
    };
    const timer = setTimeout(ring, milliseconds);
    running.add(timer);
    return timer;
  };
  const clear = (timer) => {
    running.delete(timer);
    clearTimeout(timer);
  };
  return { glue: createGlue(set, clear), timers: { clear: () => [...running].forEach(clear) } };
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
  return new SupabaseManagementError({
    message: `the WebAssembly module cannot start: ${words}${hint}`,
    hidden: { cause },
  });
}
