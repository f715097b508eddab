//! What needs a real Postgres. The sandbox is a state machine and has none: it says which statement it needs the outcome of, whoever hosts it
//! runs that, and the sandbox goes on where it was.
//!
//! ```
//! use supabase_management_sandbox::{Options, Outcome, Request, Sandbox, Step};
//!
//! let mut sandbox = Sandbox::new(&Options::default(), 0).unwrap();
//! let request = Request {
//!     method: "POST",
//!     target: "/v1/projects/hqvkzumdtlrwaxbeogcy/database/query",
//!     authorization: Some("Bearer sbp_any"),
//!     content_type: Some("application/json"),
//!     body: br#"{"query":"select 1 as one"}"#,
//!     ..Request::default()
//! };
//! let Step::Sql(pending) = sandbox.begin(&request, 0) else { panic!("it needs a database") };
//! assert_eq!(pending.statement().sql, "select 1 as one");
//! // Here your Postgres does its work.
//! let Step::Done(answer) = sandbox.resume(pending, Outcome::Rows(r#"[{"one":1}]"#.into()), 0) else { panic!("it needs no more") };
//! assert_eq!(answer.body, br#"[{"one":1}]"#);
//! ```

use crate::Sandbox;
use crate::call::{Answer, Refusal, Reply};
use crate::control::Ending;
use crate::limits::Standing;
use crate::read::parse;
use serde_json::Value;
use std::fmt;

/// What a database is asked.
///
/// It may hold secrets, so its `Debug` tells only whose it is.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Statement {
    /// The reference of the project or branch whose database it is. One that was never used begins with [`Sandbox::initial_sql`].
    pub database: String,
    /// One or several statements, for the simple protocol: all of them or none. The rows of the last one count.
    pub sql: String,
    /// What `$1` and so on stand for. With parameters it is one statement.
    pub parameters: Vec<Value>,
    /// Whether it must not change anything.
    pub read_only: bool,
}

impl fmt::Debug for Statement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Statement(for {}, {} bytes)", self.database, self.sql.len())
    }
}

/// What a database said.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    /// A JSON list of objects, one for each row; columns in their order. Empty for what gives none.
    Rows(String),
    /// An error of Postgres.
    Failed(SqlError),
    /// There is no database: the answer says what to install, or is made of what the sandbox knows.
    NoDatabase,
}

impl fmt::Debug for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Rows(text) => write!(formatter, "Rows({} bytes)", text.len()),
            Outcome::Failed(error) => write!(formatter, "Failed({error:?})"),
            Outcome::NoDatabase => formatter.write_str("NoDatabase"),
        }
    }
}

/// An error of Postgres, as its protocol has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SqlError {
    /// `42P01`.
    pub code: Option<String>,
    /// What it says.
    pub message: String,
    /// More about it.
    pub detail: Option<String>,
    /// What might help.
    pub hint: Option<String>,
    /// Where in the statement, in characters, from 1.
    pub position: Option<usize>,
}

/// How a call goes on.
#[derive(Debug)]
pub enum Step {
    /// The answer.
    Done(crate::Response),
    /// A statement must be run first, and [`Sandbox::resume`] wants its outcome.
    Sql(Pending),
}

/// A call that waits for the outcome of a statement. Dropping it drops the call.
pub struct Pending {
    pub(crate) sql: Sql,
    pub(crate) standing: Standing,
    pub(crate) status: u16,
    /// What is still to be done with the answer.
    pub(crate) ending: Option<Ending>,
}

impl Pending {
    pub(crate) fn with(self, ending: Ending) -> Self {
        Pending { ending: Some(ending), ..self }
    }

    /// What to run.
    pub fn statement(&self) -> &Statement {
        &self.sql.statement
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pending({:?})", self.sql.statement)
    }
}

/// What is made of an outcome.
type Then = Box<dyn FnOnce(&mut Sandbox, Outcome) -> Answer>;

/// A statement, and what is made of its outcome.
pub(crate) struct Sql {
    pub(crate) statement: Statement,
    pub(crate) then: Then,
}

impl Sql {
    /// A statement that changes something.
    pub(crate) fn write(database: &str, sql: String, then: impl FnOnce(&mut Sandbox, Outcome) -> Answer + 'static) -> Answer {
        Sql::with(database, sql, Vec::new(), false, then)
    }

    /// A statement that only reads.
    pub(crate) fn read(database: &str, sql: &str, parameters: Vec<Value>, then: impl FnOnce(&mut Sandbox, Outcome) -> Answer + 'static) -> Answer {
        Sql::with(database, sql.into(), parameters, true, then)
    }

    pub(crate) fn with(
        database: &str,
        sql: String,
        parameters: Vec<Value>,
        read_only: bool,
        then: impl FnOnce(&mut Sandbox, Outcome) -> Answer + 'static,
    ) -> Answer {
        let statement = Statement { database: database.into(), sql, parameters, read_only };
        Ok(Reply::Sql(Sql { statement, then: Box::new(then) }))
    }
}

impl Outcome {
    /// The text of the rows. `sql` is what was run: an error points into it.
    pub(crate) fn text(self, sql: &str) -> Result<String, Refusal> {
        match self {
            Outcome::Rows(text) if text.is_empty() => Ok("[]".into()),
            Outcome::Rows(text) => Ok(text),
            Outcome::Failed(error) => Err(Refusal::new(400, format!("Failed to run sql query: {}", error.as_psql(sql)))),
            Outcome::NoDatabase => {
                Err(Refusal::new(501, "the sandbox needs a Postgres for this: run `npm install @electric-sql/pglite`, or let its host run SQL"))
            }
        }
    }

    /// The rows.
    pub(crate) fn rows(self, sql: &str) -> Result<Vec<Value>, Refusal> {
        let text = self.text(sql)?;
        match parse(text.as_bytes()) {
            Ok(Value::Array(rows)) => Ok(rows),
            _ => Err(Refusal::new(500, "the host of the sandbox gave rows that are not a JSON list")),
        }
    }
}

impl SqlError {
    /// As psql shows it, which is what the API says.
    fn as_psql(&self, sql: &str) -> String {
        let code = self.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
        let mut text = format!("ERROR:  {code}{}\n", self.message);
        if let Some(position) = self.position.filter(|position| *position > 0) {
            let before: String = sql.chars().take(position - 1).collect();
            let (number, column) = (before.matches('\n').count() + 1, before.chars().rev().take_while(|character| *character != '\n').count());
            let line = sql.lines().nth(number - 1).unwrap_or_default();
            let head = format!("LINE {number}: ");
            text.push_str(&format!("{head}{line}\n{}^\n", " ".repeat(head.len() + column)));
        }
        for (name, value) in [("DETAIL", &self.detail), ("HINT", &self.hint)] {
            if let Some(value) = value {
                text.push_str(&format!("{name}:  {value}\n"));
            }
        }
        text
    }
}

/// A text as a literal of SQL.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::SqlError;

    #[test]
    fn an_error_points_to_its_place() {
        let error = SqlError {
            code: Some("42P01".into()),
            message: "relation \"ünicode\" does not exist".into(),
            hint: Some("Look again.".into()),
            position: Some(15),
            ..SqlError::default()
        };
        let expected = "ERROR:  42P01: relation \"ünicode\" does not exist\nLINE 2: from ünicode\n             ^\nHINT:  Look again.\n";
        assert_eq!(error.as_psql("select *\nfrom ünicode"), expected);
    }
}
