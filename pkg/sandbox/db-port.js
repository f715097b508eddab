// One database of the sandbox for psql, Prisma, Drizzle and whatever else speaks Postgres' protocol.

const missing = "--db-port needs PGlite: run `npm install @electric-sql/pglite @electric-sql/pglite-socket`";

/** Serves the database that the options ask for. Resolves to nothing where they ask for none. */
export async function serveDatabase({ "db-port": port, "db-project": wanted, host }, databases, names) {
  if (port === undefined) return undefined;
  const project = wanted ?? names[0];
  if (!names.includes(project)) {
    throw new Error(
      wanted
        ? `there is no project ${wanted} for --db-project`
        : "there is no project whose database --db-port could serve",
    );
  }
  const { PGLiteSocketServer } = await import("@electric-sql/pglite-socket").catch(() => {
    throw new Error(missing);
  });
  const db = await databases.share(project);
  if (!db) throw new Error(missing);
  keepApart(db);
  const server = new PGLiteSocketServer({ db, port, host, maxConnections: 20 });
  try {
    await server.start();
  } catch (error) {
    throw new Error(`cannot listen at ${host}:${port}: ${error.code ?? error.message}`);
  }
  const [, actual] = /:(\d+)$/.exec(server.getServerConn());
  return {
    project,
    address: `postgresql://postgres@${host.includes(":") ? `[${host}]` : host}:${actual}/postgres?sslmode=disable`,
    stop: () => server.stop(),
  };
}

/** A message that ends a connection: PGlite overlooks it. */
const terminate = new Uint8Array([88, 0, 0, 0, 4]);

/**
 * PGlite goes on telling what it says to whoever asked last through a stream, until somebody asks in another way: so the next answer,
 * which is for the sandbox, would go to a client.
 */
function keepApart(db) {
  const { execProtocolRawStream } = db;
  db.execProtocolRawStream = async (...args) => {
    try {
      return await execProtocolRawStream.apply(db, args);
    } finally {
      await db.execProtocol(terminate, { syncToFs: false, throwOnError: false });
    }
  };
}
