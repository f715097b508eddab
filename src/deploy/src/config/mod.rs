//! Configuration: what `supabase/config.toml` declares beside what a project has, and one write for each section that differs.
//!
//! Only what the file declares counts: all else of the platform is left alone. [`reads`] says what to ask the API, [`compare`] what follows from the
//! answers. Nothing here does a request.
//!
//! # What is not in a file
//! Variables that the file names as `env(NAME)` and that are not set: a secret is then not sent, and a note says so. Anything else is a fault. The
//! official tool would send the text `env(NAME)` itself, and leaving it out could switch on half of something.

mod compare;
mod file;
mod model;
mod nearest;
mod remote;
mod table;
#[cfg(test)]
mod tests;
mod values;

use crate::fault::Fault;
use compare::Difference;
use file::File;
pub(crate) use file::overlaid;
pub use model::{Answer, Change, Comparison, Input, Note, Read, Section};
use serde_json::Map;
use supabase_management_compact::list::gather;
use table::Table;

/// The reads that a comparison needs: none where the file declares nothing.
///
/// # Errors
/// What is wrong in the file. So it is told before anything is asked.
pub fn reads(input: &Input<'_>) -> Result<Vec<Read>, Fault> {
    needed(input).map_err(|fault| *fault)
}

/// [`reads`], within the rules.
pub(crate) fn needed(input: &Input<'_>) -> Result<Vec<Read>, Box<Fault>> {
    let table = Table::read();
    let file = File::read(&table, input)?;
    let mut own = Vec::new();
    for (index, place) in table.places.iter().enumerate() {
        if file.declared.iter().any(|declared| table.rows[declared.row].place == index) {
            own.push(place.read);
        }
    }
    Ok(match own[..] {
        [] => Vec::new(),
        [endpoint] => vec![Read { endpoint, fallback: Vec::new() }],
        // One answer has all sections.
        _ => vec![Read { endpoint: remote::ALL, fallback: own }],
    })
}

/// Compares the file with the answers to [`reads`] and to their fallbacks.
///
/// # Errors
/// What is wrong in the file.
pub fn compare(input: &Input<'_>, answers: &[Answer<'_>]) -> Result<Comparison, Fault> {
    compared(input, answers).map_err(|fault| *fault)
}

/// [`compare`], within the rules.
pub(crate) fn compared(input: &Input<'_>, answers: &[Answer<'_>]) -> Result<Comparison, Box<Fault>> {
    let table = Table::read();
    let File { declared, notes } = File::read(&table, input)?;
    let mut comparison = Comparison { sections: Vec::new(), not_compared: Vec::new(), notes };
    for (index, place) in table.places.iter().enumerate() {
        let declared = gather(declared.iter().filter(|declared| table.rows[declared.row].place == index));
        if declared.is_empty() {
            continue;
        }
        let Some(remote) = remote::section(place, answers) else {
            comparison.not_compared.push(place.name);
            continue;
        };
        let section = Section { name: place.name, endpoint: place.write, body: Map::new().into(), changes: Vec::new(), companions: Vec::new() };
        let notes = &mut comparison.notes;
        let (project_ref, now, groups) = (input.project_ref, input.now, Vec::new());
        let difference = Difference { table: &table, place, project_ref, now, remote: &remote, declared, notes, section, groups };
        if let Some(section) = difference.find() {
            comparison.sections.push(section);
        }
    }
    Ok(comparison)
}
