// What every view shares: the connection, what is known of the account behind it, and ways to say something.
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** @type {import("preact").Context<Page>} */
export const PageContext = createContext(undefined);

/**
 * What the views share.
 * @typedef {object} Page
 * @property {import("./connection.js").Connection} connection what the page talks to
 * @property {{ organizations: object[], projects: object[] }} account the organizations and projects that the token sees
 * @property {() => Promise<void>} reload reads the account again
 * @property {(text: string) => void} announce says what came of something, to eyes and screen readers
 * @property {(connection: object) => void} connect goes over to another connection
 */

/** @returns {Page} */
export const usePage = () => useContext(PageContext);

/** The client, each of whose calls is shown in the list of calls. */
export const useApi = () => usePage().connection.api;
