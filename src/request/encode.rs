//! Queries and forms: a JSON object as pairs of a name and a value, percent-encoded.

use crate::check::{Cursor, Kind, Path, is_well_formed, unescape};
use crate::fault::Fault;
use crate::text::percent_encode;

/// Writes a query, which is the JSON of an object or nothing, behind the path.
pub(super) fn append_query(text: &[u8], target: &mut String) -> Result<(), Fault> {
    if text.is_empty() {
        return Ok(());
    }
    let kind = Cursor::new(text).kind();
    if kind != Kind::Object {
        return Err(Fault::new("query", "object", kind.name()));
    }
    let pairs = pairs_of(text, "query")?;
    if !pairs.is_empty() {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(&pairs);
    }
    Ok(())
}

/// The fields of an object as a query, or a form, has them. An array repeats its name, and an object has its names in brackets: `page[size]`. `root` is
/// what paths of faults begin with.
pub(super) fn pairs_of(text: &[u8], root: &str) -> Result<String, Fault> {
    let mut pairs = String::new();
    let root = Path::root(root);
    for (name, mut value) in Cursor::new(text).members() {
        let path = root.key(name);
        let name = well_formed(name, &path)?;
        if value.kind() != Kind::Object {
            push_pairs(&name, value, &path, &mut pairs)?;
            continue;
        }
        for (inner, value) in value.members() {
            let path = path.key(inner);
            let inner = well_formed(inner, &path)?;
            push_pairs(&format!("{name}[{inner}]"), value, &path, &mut pairs)?;
        }
    }
    Ok(pairs)
}

/// A value, or each one of an array, behind its name.
fn push_pairs(name: &str, value: Cursor<'_>, path: &Path<'_>, pairs: &mut String) -> Result<(), Fault> {
    let (list, mut probe) = (value.items(), value);
    let items = if probe.kind() == Kind::Array { list } else { vec![value] };
    for mut item in items {
        let text = match item.kind() {
            Kind::String => well_formed(item.raw_string().unwrap_or_default(), path)?,
            Kind::Boolean | Kind::Number => number_or_literal(item.raw_value().unwrap_or_default()),
            other => return Err(path.fault("string, number, boolean or an array of them", other.name())),
        };
        if !pairs.is_empty() {
            pairs.push('&');
        }
        percent_encode(name, pairs);
        pairs.push('=');
        percent_encode(&text, pairs);
    }
    Ok(())
}

/// The text of a raw JSON string, which must not hold half of a letter: such a text has no UTF-8.
pub(super) fn well_formed(raw: &[u8], path: &Path<'_>) -> Result<String, Fault> {
    if is_well_formed(raw) { Ok(unescape(raw)) } else { Err(path.fault("text that is well-formed", "a lone surrogate")) }
}

/// A number or a boolean as JavaScript writes it: `5`, where a Rust model with floating point has `5.0`, and `20000000000000000`, where it has `2e16`.
fn number_or_literal(written: &[u8]) -> String {
    let written = String::from_utf8_lossy(written);
    if let Some((mantissa, exponent)) = written.split_once(['e', 'E']) {
        return plain_number(mantissa, exponent).unwrap_or_else(|| written.clone().into_owned());
    }
    match written.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole.into(),
        _ => written.into_owned(),
    }
}

/// A number with an exponent, without it; nothing for one that JavaScript writes with an exponent as well.
fn plain_number(mantissa: &str, exponent: &str) -> Option<String> {
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{}", fraction.trim_end_matches('0'));
    // Where the point stands among the digits.
    let point = exponent.parse::<i32>().ok()?.checked_add(whole.len() as i32)?;
    match usize::try_from(point) {
        Ok(point @ 1..=21) if point >= digits.len() => Some(format!("{sign}{digits}{}", "0".repeat(point - digits.len()))),
        Ok(point @ 1..=21) => Some(format!("{sign}{}.{}", &digits[..point], &digits[point..])),
        _ if (-5..=0).contains(&point) => Some(format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))),
        _ => None,
    }
}
