//! `plan` and `apply` over the client: the loop that reads, and what a user holds.

mod calls;
mod desired;
mod plan;

pub use desired::Desired;
pub use plan::{Applied, Plan, Progress};

use crate::fault::Fault;
use crate::next::{Next, next};
use crate::plan::{Change, Draft};
use serde_json::{Map, Value};
use std::fmt;
use supabase_management_wasm::Client;

/// Why there is no plan, or why it broke off.
#[derive(Debug)]
pub enum Error {
    /// Something in the folder, in `config.toml` or in the options is wrong. Nothing was changed.
    Input(Fault),
    /// A read failed. Nothing was changed.
    Read(supabase_management_wasm::Error),
    /// A call of an apply failed.
    BrokenOff {
        /// What the call was to do: `deploy hello`.
        title: String,
        /// Why.
        cause: Box<supabase_management_wasm::Error>,
        /// The changes that were made.
        done: Vec<Change>,
        /// The changes that were not.
        left: Vec<Change>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input(fault) => write!(f, "plan: {fault}"),
            Error::Read(error) => error.fmt(f),
            Error::BrokenOff { title, cause, done, left } => {
                write!(f, "{title}: {cause} ({} of {} changes were made)", done.len(), done.len() + left.len())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Input(fault) => Some(fault),
            Error::Read(error) => Some(error),
            Error::BrokenOff { cause, .. } => Some(cause.as_ref()),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Input(fault)
    }
}

/// Compares files with a project, and gives what differs. It only reads. Without a reference, [`Desired::project`] says which project is meant.
///
/// ```
/// # use supabase_management_deploy::{Desired, Error, plan};
/// # use supabase_management_wasm::Client;
/// # async fn example(client: Client) -> Result<(), Error> {
/// let desired = Desired::new([("supabase/functions/hello/index.ts", "Deno.serve(() => new Response('Hello'))")]).secrets([("API_KEY", "5f2b")]);
/// let mut work = plan(&client, Some("abcdefghijklmnopqrst"), desired).await?;
/// println!("{work}");
/// work.apply().await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// What is wrong in the files or the options, with its path; that the project has a migration that the files have not; and what a read gives.
pub async fn plan(client: &Client, reference: Option<&str>, desired: Desired) -> Result<Plan, Error> {
    let draft = draw(client, reference, &desired).await?;
    Ok(Plan::new(client.clone(), desired, draft))
}

/// Reads what the rules ask for until there is a plan.
async fn draw(client: &Client, reference: Option<&str>, desired: &Desired) -> Result<Draft, Error> {
    let options = desired.options(reference)?;
    let mut known = desired.known();
    loop {
        match next(&options, &known)? {
            Next::Plan(draft) => return Ok(draft),
            // All files are known, and what is not among them does not exist.
            Next::Files(paths) => set(&mut known, "files", paths.into_iter().map(|path| (path, Value::Null))),
            Next::Reads(reads) => {
                let mut answers = Vec::new();
                for answer in futures_util::future::join_all(reads.iter().map(|read| calls::answer(client, read))).await {
                    answers.push(answer.map_err(Error::Read)?);
                }
                set(&mut known, "answers", answers.into_iter());
            }
        }
    }
}

/// Adds to an object within what is known.
fn set(known: &mut Value, name: &str, more: impl Iterator<Item = (String, Value)>) {
    if let Value::Object(fields) = known {
        let all = fields.entry(name).or_insert_with(|| Map::new().into());
        if let Value::Object(all) = all {
            all.extend(more);
        }
    }
}
