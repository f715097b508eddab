//! What a request holds that must not be printed.

use super::arguments::{Arguments, BodyArgument};
use crate::check::{Checker, Cursor, Kind, Mode, Path, unescape};
use crate::redact::Secrets;
use crate::schema::Shape;
use crate::schema::endpoint::{Body, Endpoint};
use crate::text::{percent_decode, without_query};

/// The placeholder whose value must not be printed: a claim token.
const SECRET_PLACEHOLDER: &str = "token";

/// Adds the strings at some places of a JSON text. Those of a form are percent-encoded when they travel.
pub(super) fn add_places(places: &[(usize, usize)], text: &[u8], form: bool, secrets: &mut Secrets) {
    for (from, to) in places {
        add_strings(Cursor::new(text.get(*from..*to).unwrap_or_default()), form, secrets);
    }
}

fn add_strings(mut value: Cursor<'_>, form: bool, secrets: &mut Secrets) {
    match value.kind() {
        Kind::String => {
            let text = value.string().unwrap_or_default();
            if form { secrets.add_encoded(&text) } else { secrets.add(&text) }
        }
        Kind::Array => value.items().into_iter().for_each(|item| add_strings(item, form, secrets)),
        Kind::Object => value.members().into_iter().for_each(|(_, item)| add_strings(item, form, secrets)),
        _ => {}
    }
}

/// Adds a path value that is a token.
pub(super) fn of_path(endpoint: &Endpoint, arguments: &Arguments<'_>, secrets: &mut Secrets) {
    let Some(at) = endpoint.placeholders.iter().position(|placeholder| placeholder.name == SECRET_PLACEHOLDER) else { return };
    if let Some(token) = Cursor::new(arguments.paths).items().get(at).and_then(|value| value.string()) {
        secrets.add_encoded(&token);
    }
}

/// Adds what a call without a row sends, by the row of the endpoint that it leads to. Whether the rest is right is the server's to say.
pub(super) fn of_unlisted(known: &'static Endpoint, arguments: &Arguments<'_>, secrets: &mut Secrets) {
    if known.route.ends_with("{token}")
        && let Some(path) = Cursor::new(arguments.paths).items().get(1).and_then(|path| path.string())
        && let Some(token) = without_query(&path).rsplit('/').next()
    {
        secrets.add(token);
        secrets.add(&percent_decode(token));
    }
    let form = matches!(known.body, Body::Form(_));
    match arguments.body {
        BodyArgument::Json(text) => of_json(known, text, form, secrets),
        BodyArgument::Text(text) => {
            of_json(known, text.as_bytes(), form, secrets);
            of_pairs(known, text, secrets);
        }
        BodyArgument::None | BodyArgument::Opaque => {}
    }
}

fn of_json(known: &Endpoint, text: &[u8], form: bool, secrets: &mut Secrets) {
    match known.body_type() {
        Some(ty) => {
            let mut checker = Checker::new(text, Mode::Request, true);
            // All that counts here is what it finds on its way.
            let _ = checker.value(ty, &Path::root(""));
            add_places(&checker.secrets, text, form, secrets);
        }
        None => {
            for (name, value) in Cursor::new(text).members() {
                if is_secret_field(&unescape(name)) {
                    add_strings(value, form, secrets);
                }
            }
        }
    }
}

/// Adds the values of text that is a form: `client_secret=…`.
fn of_pairs(known: &Endpoint, text: &str, secrets: &mut Secrets) {
    for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
        let name = percent_decode(name);
        let secret = match known.body_type().map(|ty| ty.shape()) {
            Some(Shape::Object(mut fields)) => fields.any(|field| field.secret() && field.name == name),
            _ => is_secret_field(&name),
        };
        if secret {
            secrets.add(value);
            secrets.add(&percent_decode(value));
        }
    }
}

/// Whether a field of a body that no row describes is a secret, as far as its name tells.
fn is_secret_field(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["pass", "secret", "token"].iter().any(|part| name.contains(part))
}
