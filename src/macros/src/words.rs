//! Docs are written once, with the names of Rust. Here they become links in Rust, and the names of JavaScript in TypeScript.
//!
//! - `` [`Projects::get_health`] `` is a method: a link in Rust, and `` `projects.getHealth` `` in TypeScript.
//! - `` [`v2::Branches::create`] `` is a method of another version of the API: `` `v2.branches.create` `` in TypeScript.
//! - `` [`ErrorKind::Api`] `` is a kind of error: a link in Rust, and `` `ApiError` `` in TypeScript.
//! - `` [`bundle_only`](DeployQuery::bundle_only) `` is anything else that has a name of its own in each: a link in Rust, and `` `bundleOnly` `` in
//!   TypeScript.
//!
//! Without the brackets, as in the note of `#[deprecated]`, the first two are translated all the same, and are no links.

use crate::typescript::camel;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// A code span, with what is around it.
struct Span<'t> {
    before: &'t str,
    /// What is in it.
    code: &'t str,
    /// Whether brackets make it a link.
    linked: bool,
    /// Where the link goes, if that is written.
    target: Option<&'t str>,
    after: &'t str,
}

impl<'t> Span<'t> {
    /// The first one of a text.
    fn first(text: &'t str) -> Option<Self> {
        let start = text.find('`')?;
        let (code, after) = text[start + 1..].split_once('`')?;
        let before = &text[..start];
        let (Some(outside), Some(behind)) = (before.strip_suffix('['), after.strip_prefix(']')) else {
            return Some(Span { before, code, linked: false, target: None, after });
        };
        let target = behind.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let after = target.map_or(behind, |(_, after)| after);
        Some(Span { before: outside, code, linked: true, target: target.map(|(target, _)| target), after })
    }
}

/// Goes through all code spans of a text.
fn translated(text: &str, translate: impl Fn(&Span<'_>) -> String) -> String {
    let (mut done, mut rest) = (String::new(), text);
    while let Some(span) = Span::first(rest) {
        done.push_str(span.before);
        done.push_str(&translate(&span));
        rest = span.after;
    }
    done + rest
}

/// The version that a method of another version of the API begins with, in Rust.
const VERSION: &str = "v2::";

/// The two parts of `Projects::get_health`, without the version before it.
fn parts(code: &str) -> Option<(&str, &str)> {
    let code = code.strip_prefix(VERSION).unwrap_or(code);
    let word = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    code.split_once("::").filter(|(ty, name)| word(ty) && word(name) && ty.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// A line of docs as Rust users read it.
pub fn in_rust(text: &str) -> String {
    translated(text, |Span { code, linked, target, .. }| match (linked, target, parts(code)) {
        (false, ..) => format!("`{code}`"),
        (true, Some(target), _) => format!("[`{code}`]({target})"),
        (true, None, Some(("ErrorKind", _))) => format!("[`{code}`](crate::{code})"),
        (true, None, Some(_)) => format!("[`{code}`](crate::api::{code})"),
        (true, None, None) => format!("[`{code}`]"),
    })
}

/// A line of docs as JavaScript users read it.
pub fn in_javascript(text: &str) -> String {
    translated(text, |Span { code, target, .. }| match (target, parts(code)) {
        (Some(_), _) => format!("`{}`", camel(code)),
        (None, Some(("ErrorKind", kind))) => format!("`{kind}Error`"),
        (None, Some((group, method))) => {
            let version = if code.starts_with(VERSION) { "v2." } else { "" };
            format!("`{version}{}.{}`", lower_first(group), camel(method))
        }
        (None, None) => format!("`{code}`"),
    })
}

/// `SsoProviders` as the name of a property: `ssoProviders`.
pub fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The text of a line of docs.
fn doc_of(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The docs of what TypeScript has docs of its own for.
pub fn for_rust(attrs: &mut [Attribute]) {
    for attr in attrs {
        if let Some(line) = doc_of(attr) {
            let line = in_rust(&line);
            *attr = syn::parse_quote!(#[doc = #line]);
        }
    }
}

/// The docs of what tsify copies into TypeScript: those of JavaScript in the npm build.
pub fn for_both(attrs: &mut Vec<Attribute>) {
    let both = std::mem::take(attrs).into_iter().flat_map(|attr| match doc_of(&attr) {
        Some(line) if in_rust(&line) != in_javascript(&line) => {
            let (rust, javascript) = (in_rust(&line), in_javascript(&line));
            vec![
                syn::parse_quote!(#[cfg_attr(not(any(feature = "js", wasm_pack)), doc = #rust)]),
                syn::parse_quote!(#[cfg_attr(any(feature = "js", wasm_pack), doc = #javascript)]),
            ]
        }
        _ => vec![attr],
    });
    *attrs = both.collect();
}

#[cfg(test)]
mod tests {
    use super::{in_javascript, in_rust};

    #[test]
    fn names_are_those_of_the_language() {
        for (written, rust, javascript) in [
            (
                "Poll [`Projects::get_health`] until `ready`.",
                "Poll [`Projects::get_health`](crate::api::Projects::get_health) until `ready`.",
                "Poll `projects.getHealth` until `ready`.",
            ),
            ("as [`v2::LogDrains::list`] does", "as [`v2::LogDrains::list`](crate::api::v2::LogDrains::list) does", "as `v2.logDrains.list` does"),
            ("use `SsoProviders::list`", "use `SsoProviders::list`", "use `ssoProviders.list`"),
            ("an [`ErrorKind::Api`] comes", "an [`ErrorKind::Api`](crate::ErrorKind::Api) comes", "an `ApiError` comes"),
            ("with [`bundle_only`](DeployQuery::bundle_only), a", "with [`bundle_only`](DeployQuery::bundle_only), a", "with `bundleOnly`, a"),
            (
                "`^[a-z]+$` and `a::b` and `Map<A::B>`, [plain] (text)",
                "`^[a-z]+$` and `a::b` and `Map<A::B>`, [plain] (text)",
                "`^[a-z]+$` and `a::b` and `Map<A::B>`, [plain] (text)",
            ),
            ("one ` alone", "one ` alone", "one ` alone"),
        ] {
            assert_eq!((in_rust(written), in_javascript(written)), (rust.into(), javascript.into()));
        }
    }
}
