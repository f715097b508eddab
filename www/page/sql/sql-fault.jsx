// A statement that failed: the words of Postgres, and the place in the statement that they are about.

/** @param goThere puts the caret to the place */
export function SqlFault({ error, found, goThere }) {
  const { code, message, detail, hint, place } = found;
  return (
    <div role="alert">
      <article class="fault sql-fault">
        <p>
          <strong>{error.name}</strong> {code && <code>{code}</code>} <span>{message}</span>
        </p>
        {place && (
          <>
            <pre>
              <code>
                {place.before}
                <mark>{place.word || " "}</mark>
                {place.text.slice(place.before.length + place.word.length)}
                {"\n"}
                {/* Tabs stay tabs, so that the marker stands below its place. */}
                {place.before.replace(/[^\t]/gu, " ")}^
              </code>
            </pre>
            <p class="actions">
              <button type="button" onClick={goThere}>
                Go to line {place.line}, column {place.column}
              </button>
            </p>
          </>
        )}
        <dl>
          {Object.entries({ detail, hint }).map(
            ([name, words]) =>
              words && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{words}</dd>
                </div>
              ),
          )}
        </dl>
      </article>
    </div>
  );
}
