//! Does an answer fit its model, as far as that is asked for?

use super::exact::{Exactness, Integers};
use super::{Checker, Cursor, Kind, Mode, Path, expectation};
use crate::fault::Fault;
use crate::schema::{Shape, Type};
use supabase_management_wasm_fast_check::{fits, fits_exactly, keeps};

/// Checks whether an answer is a list or an object as promised: else it could not even be looked at.
pub(crate) fn check_outermost(kind: Kind, ty: Type) -> Result<(), Fault> {
    let fits = match ty.shape() {
        Shape::Array { .. } => kind == Kind::Array,
        Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => kind == Kind::Object,
        _ => true,
    };
    match kind {
        _ if matches!(ty.shape(), Shape::Any) => Ok(()),
        Kind::Junk => Err(Fault::new("", "JSON", kind.name())),
        _ if fits => Ok(()),
        _ => Err(Fault::new("", expectation(ty), kind.name())),
    }
}

/// Checks an answer as far as it is asked for. `exactness` is what is minded besides the model.
pub(crate) fn inspect(text: &[u8], ty: Type, strict: bool, exactness: Option<Exactness>, report: Option<&dyn Fn(&Fault)>) -> Result<(), Fault> {
    if !strict && report.is_none() {
        return Ok(());
    }
    // Most answers fit, and then there is nothing to say: of a model to a strict check, and of free JSON to a hook as well.
    if (report.is_none() || is_free(ty)) && if exactness.is_some() { fits_exactly(text, ty.0) } else { fits(text, ty.0) } {
        return Ok(());
    }
    let mut checker = Checker::new(text, Mode::Answer, report.is_some()).with_exactness(exactness);
    if checker.cursor.kind() == Kind::End {
        return Err(Fault::new("", expectation(ty), "nothing"));
    }
    let _ = checker.value(ty, &Path::root(""));
    let mut wrong = Ok(());
    for (fault, counts) in checker.faults {
        if let Some(report) = report {
            report(&fault);
        }
        if counts && strict && wrong.is_ok() {
            wrong = Err(fault);
        }
    }
    wrong
}

/// Whether any JSON fits, or any list of it.
fn is_free(ty: Type) -> bool {
    match ty.shape() {
        Shape::Any => true,
        Shape::Array { item, .. } => matches!(item.shape(), Shape::Any),
        _ => false,
    }
}

/// An answer in which whole numbers of free JSON that a language does not hold are strings of their digits; nothing where there are none.
pub(crate) fn with_text_for_large(text: &[u8], ty: Type, integers: Integers) -> Option<Vec<u8>> {
    if keeps(text) {
        return None;
    }
    let mut checker = Checker::new(text, Mode::Answer, true).with_exactness(Some(Exactness { integers, as_text: true }));
    let _ = checker.value(ty, &Path::root(""));
    if checker.large.is_empty() {
        return None;
    }
    let mut written = Vec::with_capacity(text.len() + 2 * checker.large.len());
    // A byte order mark is no part of the text.
    let mut copied = Cursor::new(text).position();
    for (from, to) in checker.large {
        written.extend_from_slice(&text[copied..from]);
        written.push(b'"');
        written.extend_from_slice(&text[from..to]);
        written.push(b'"');
        copied = to;
    }
    written.extend_from_slice(&text[copied..]);
    Some(written)
}
