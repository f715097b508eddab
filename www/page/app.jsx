// The page: its frame, and the view that the address asks for.
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Link, Route, Router, Switch, useLocation } from "wouter-preact";
import { useAccount } from "./account.js";
import { useAddress, usePath } from "./address.js";
import { newSandbox, onSession } from "./connection.js";
import { PageContext } from "./context.js";
import { CallLog } from "./parts/call-log.jsx";
import { ConnectionDialog } from "./parts/connection-dialog.jsx";
import { ConnectionState } from "./parts/connection-state.jsx";
import { Failure } from "./parts/failure.jsx";
import { View } from "./parts/view.jsx";
import { ProjectView } from "./views/project.jsx";
import { projectViews, views } from "./views.js";

/** How long a sentence that is said in passing stays, in milliseconds. */
const saidMs = 8_000;

/** @param session who is logged in, from `readSession`; undefined for nobody */
export function App({ session }) {
  const [said, announce] = useAnnouncements();
  const [connection, setConnection] = useState(() => (session ? onSession(session) : newSandbox()));
  const { account, loading, error, reload } = useAccount(connection, announce);
  const page = useMemo(
    () => ({ connection, account, loading, reload, announce, connect: setConnection }),
    [connection, account, loading],
  );
  useEffect(() => {
    document.body.dataset.connection = connection.kind;
  }, [connection]);

  return (
    <Router hook={usePath}>
      <PageContext.Provider value={page}>
        <button type="button" class="skip" onClick={() => document.getElementById("main").focus()}>
          Skip to the content
        </button>
        <Top />
        <main id="main" tabIndex={-1}>
          {error ? <Failure error={error} reload={reload} /> : <Views />}
        </main>
        <CallLog />
        <output id="result" aria-live="polite">
          {said.map(({ id, text }) => (
            <p key={id}>{text}</p>
          ))}
        </output>
      </PageContext.Provider>
    </Router>
  );
}

/** Several things may be said in the same moment, and none takes the place of another: each stays for its own time. */
function useAnnouncements() {
  const [said, setSaid] = useState([]);
  const count = useRef(0);
  const announce = useCallback((text) => {
    const id = ++count.current;
    setSaid((before) => [...before, { id, text }]);
    setTimeout(() => setSaid((before) => before.filter((one) => one.id !== id)), saidMs);
  }, []);
  return [said, announce];
}

function Views() {
  useFocusOnChange();
  return (
    <Switch>
      {views.map(({ path, load }) => (
        <Route key={path} path={path}>
          {(parameters) => <View load={load} parameters={parameters} />}
        </Route>
      ))}
      <Route path="/projects/:ref/:view?/:part?">
        {({ ref, view = "", part }) => (
          <ProjectView projectRef={decodeURIComponent(ref)} view={view} part={part} views={projectViews} />
        )}
      </Route>
      <Route>
        <h2 tabIndex={-1}>There is no such view</h2>
        <p>
          <Link href="/">All projects</Link>
        </p>
      </Route>
    </Switch>
  );
}

/** Another view begins at its top, and with its heading: that is what a screen reader then reads. */
function useFocusOnChange() {
  const address = useAddress();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) return void (first.current = false);
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
  }, [address]);
}

const links = [
  ["/", "Projects"],
  ["/explorer", "Explorer"],
  ["/mistakes", "Mistakes"],
  ["/sandbox", "Sandbox"],
];

/** Of a view within another one it is said that it belongs there. */
function currentOf(location, href) {
  if (location === href) return "page";
  return href !== "/" && location.startsWith(`${href}/`) ? "true" : undefined;
}

function Top() {
  const [asking, setAsking] = useState(false);
  const [location] = useLocation();
  return (
    <header class="top">
      <div>
        <h1>supabase-management-wasm</h1>
        <nav aria-label="Page">
          {links.map(([href, title]) => (
            <Link key={href} href={href} aria-current={currentOf(location, href)}>
              {title}
            </Link>
          ))}
          <a href="/docs/">Docs</a>
        </nav>
      </div>
      <ConnectionState change={() => setAsking(true)} />
      {asking && <ConnectionDialog onClose={() => setAsking(false)} />}
    </header>
  );
}
