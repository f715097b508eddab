//! Files of environment variables, `.env`, read as `parseEnv` of `node:util` reads them.

use supabase_management_compact::search::{part, replace};

/// The variables of a text, in the order in which they stand. Of two with one name, the later one counts.
///
/// ```
/// let variables = supabase_management_deploy::parse_env("# keys\nexport API_KEY=\"a b\"\nDEBUG=1 # not always\n");
/// assert_eq!(variables, [("API_KEY".to_owned(), "a b".to_owned()), ("DEBUG".to_owned(), "1".to_owned())]);
/// ```
pub fn parse_env(text: &str) -> Vec<(String, String)> {
    let text = replace(text, "\r", "");
    let mut rest = trim(&text);
    let mut variables: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        if rest.starts_with(['\n', '#']) {
            rest = after_line(rest);
            continue;
        }
        let Some(equals) = line(rest).find('=') else {
            rest = trim(after_line(rest));
            continue;
        };
        let key = trim(part(rest, 0, equals));
        rest = part(rest, equals + 1, rest.len());
        if key.is_empty() {
            break;
        }
        let key = key.strip_prefix("export ").map_or(key, trim);
        let value;
        (value, rest) = read_value(rest);
        if let Some(earlier) = variables.iter().position(|(other, _)| other == key) {
            variables.remove(earlier);
        }
        variables.push((key.to_owned(), value));
    }
    variables
}

/// A value, and what follows it.
fn read_value(rest: &str) -> (String, &str) {
    let rest = rest.trim_start_matches([' ', '\t']);
    if rest.is_empty() || rest.starts_with('\n') {
        return (String::new(), after_line(rest));
    }
    if let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`')) {
        return match part(rest, 1, rest.len()).find(quote) {
            Some(length) => {
                let inside = part(rest, 1, 1 + length);
                // Only double quotes know a line break by another name.
                let value = if quote == '"' { replace(inside, "\\n", "\n") } else { inside.to_owned() };
                (value, after_line(part(rest, length + 2, rest.len())))
            }
            // A quote that nothing closes is a letter of the value.
            None => (line(rest).to_owned(), after_line(rest)),
        };
    }
    let value = line(rest);
    let value = value.find('#').map_or(value, |comment| part(value, 0, comment));
    (trim(value).to_owned(), after_line(rest))
}

fn line(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(line, _)| line)
}

fn after_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n'])
}
