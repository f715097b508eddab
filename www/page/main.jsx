// Starts the page, with the account of whoever is logged in.
import { render } from "preact";
import { App } from "./app.jsx";
import { readSession } from "./session.js";

const session = await readSession().catch(() => undefined);
render(<App session={session} />, document.getElementById("page"));
