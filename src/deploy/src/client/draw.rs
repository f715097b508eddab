//! The loop that reads until there is a plan.

use super::calls;
use super::desired::Desired;
use super::error::Error;
use crate::next::{Next, next};
use crate::plan::Draft;
use serde_json::{Map, Value};
use supabase_management_wasm::Client;

/// Reads what the rules ask for until there is a plan.
pub(super) async fn draw(client: &Client, reference: Option<&str>, desired: &Desired) -> Result<Draft, Error> {
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
