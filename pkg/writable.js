// Bodies made of answers. What goes into a body is Rust (src/request/writable.rs).
import { calledBy, errorOf } from "./errors.js";
import { stringify } from "./json.js";

/** The function `writable` of an entry. */
export const defineWritable = (runtime) =>
  function writable(endpoint, answer) {
    const refuse = (path, expected, received) =>
      errorOf(runtime.invoke("refuseAnswer", endpoint, path, expected, received));
    try {
      const { body, omitted, error } = runtime.invoke("makeWritable", endpoint, stringify(answer, "answer", refuse));
      if (error) throw errorOf(error);
      return { body: JSON.parse(body), omitted };
    } catch (error) {
      throw calledBy(writable, error);
    }
  };
