// An error, in the words of the library.

/** What an error tells beside its words. */
const facts = ["path", "expected", "received", "status", "attempts"];

const inWords = (key, value) => (key === "attempts" && value === 0 ? "0, nothing was sent" : String(value));

/** Shows an error: its name, its message, and what it tells besides. Nothing where there is none. */
export function Fault({ error }) {
  if (error === undefined) return null;
  const { name = "Error", message = String(error) } = Object(error);
  const told = facts.filter((key) => error?.[key] !== undefined && error[key] !== "");
  return (
    <div role="alert">
      <article class="fault">
        <p>
          <strong>{name}</strong> <span>{message}</span>
        </p>
        {told.length > 0 && (
          <dl>
            {told.map((key) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{inWords(key, error[key])}</dd>
              </div>
            ))}
          </dl>
        )}
      </article>
    </div>
  );
}
