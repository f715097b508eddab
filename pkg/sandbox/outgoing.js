// An answer of the sandbox on its way out of a server, with what a fault does to the connection.
import { isLost } from "./control.js";

/**
 * Sends an answer, or closes the connection where a fault says so: at once, or after half of the body.
 * @param answer a promise of a Response
 * @param headers those that the server adds
 */
export async function send(answer, outgoing, headers) {
  try {
    const response = await answer;
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...headers });
    // Only one that is cut off tells its length: of any other it follows from the body.
    if (!response.headers.has("content-length")) return outgoing.end(Buffer.from(await response.arrayBuffer()));
    for await (const chunk of response.body) outgoing.write(chunk);
  } catch (error) {
    if (!isLost(error)) throw error;
    // What was written goes out before.
    outgoing.socket?.destroySoon();
  }
}
