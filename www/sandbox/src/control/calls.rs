//! The log of what was called.

use super::Cut;
use crate::Response;
use crate::call::Sent;
use crate::json::{gather, json};
use serde_json::Value;
use std::collections::VecDeque;
use supabase_management_wasm::endpoint::{Body, Endpoint};

/// How many calls are remembered.
const MOST: usize = 1_000;
/// How many bytes of a body or a query are remembered; of a larger one, none.
const LARGEST: usize = 8_192;
/// How many bytes of a path are remembered.
const LONGEST_PATH: usize = 1_024;

/// A call, as a test looks at it. It holds neither the access token nor any other secret.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Called {
    /// When it came, in milliseconds since 1970, by the clock of the sandbox.
    pub time: i64,
    /// As in a request line: `GET`.
    pub method: String,
    /// From `/v1/` on, without the query. A claim token in it is `[redacted]`, and what is longer than 1 KiB is cut.
    pub path: String,
    /// The endpoint as the client names it, `projects.get`; `None` where the API has none.
    pub endpoint: Option<&'static str>,
    /// The query as its row reads it. `null` without one, and for one that does not fit or is larger than 8 KiB.
    pub query: Value,
    /// The body where it is JSON, a form, or the metadata of files, with `"[redacted]"` in the place of secrets. `null` without one, and for one that
    /// does not fit, as nobody knows what is secret in it, or comes with more than 8 KiB.
    pub body: Value,
    /// What was answered; `None` as long as there is no answer, and where the connection was lost.
    pub status: Option<u16>,
}

#[derive(Default)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    /// The number of the first entry.
    first: u64,
}

/// A call, as small as it is kept.
struct Entry {
    time: i64,
    method: String,
    path: String,
    endpoint: Option<&'static str>,
    query: Option<String>,
    body: Option<String>,
    status: Option<u16>,
}

impl Log {
    /// Writes a call down, and gives its number.
    pub(crate) fn begin(
        &mut self,
        time: i64,
        method: &str,
        target: &str,
        row: Option<(&'static Endpoint, &[String])>,
        sent: Option<&Sent<'_>>,
        text: &[u8],
    ) -> u64 {
        let mut path = target.split('?').next().unwrap_or_default().to_owned();
        let (mut query, mut body) = (None, None);
        if let Some((row, values)) = row {
            for (placeholder, _) in row.placeholders.iter().zip(values).filter(|(placeholder, _)| placeholder.name == "token") {
                path = hide(&path, row.route, placeholder.name);
            }
            if target.contains('?') {
                query = row.query.and_then(|ty| ty.shown(crate::json::text(&crate::route::query(row, target)).as_bytes()));
            }
            body = sent.and_then(|sent| shown(row, sent, text));
        }
        while path.len() > LONGEST_PATH {
            path.pop();
        }
        let is_small = |text: &String| text.len() <= LARGEST;
        let method = method.chars().take(16).collect();
        let entry = Entry {
            time,
            method,
            path,
            endpoint: row.map(|(row, _)| row.id),
            query: query.filter(is_small),
            body: body.filter(is_small),
            status: None,
        };
        if self.entries.len() >= MOST {
            self.entries.pop_front();
            self.first += 1;
        }
        self.entries.push_back(entry);
        self.first + self.entries.len() as u64 - 1
    }

    /// Notes how a call ended.
    pub(crate) fn end(&mut self, number: u64, answer: &Response) {
        let at = number.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
            entry.status = (answer.cut != Some(Cut::Lost)).then_some(answer.status);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.entries.len() as u64;
        self.entries.clear();
    }

    pub(crate) fn all(&self) -> Vec<Called> {
        let value = |text: &Option<String>| text.as_deref().map(crate::read::parse_own).unwrap_or_default();
        let called = |entry: &Entry| Called {
            time: entry.time,
            method: entry.method.clone(),
            path: entry.path.clone(),
            endpoint: entry.endpoint,
            query: value(&entry.query),
            body: value(&entry.body),
            status: entry.status,
        };
        gather(self.entries.iter().map(called))
    }
}

impl Called {
    /// As JSON.
    pub(super) fn shown(&self) -> Value {
        let Called { time, method, path, endpoint, query, body, status } = self;
        json!({ "time": time, "method": method, "path": path, "endpoint": endpoint, "query": query, "body": body, "status": status })
    }
}

/// A path without the value of a placeholder.
fn hide(path: &str, route: &str, name: &str) -> String {
    let hidden = format!("{{{name}}}");
    let segments = path.split('/').zip(route.split('/')).map(|(given, wanted)| if wanted == hidden { "[redacted]" } else { given });
    gather(segments).join("/")
}

/// What was sent, without secrets.
fn shown(row: &Endpoint, sent: &Sent<'_>, text: &[u8]) -> Option<String> {
    let (ty, made) = match (row.body, sent) {
        _ if text.len() > LARGEST => return None,
        (Body::Json(ty) | Body::JsonOrEszip(ty), Sent::Json(_)) => return ty.shown(text),
        (Body::Form(ty), Sent::Json(fields)) => (ty, crate::json::text(fields)),
        (Body::Multipart(ty), Sent::Multipart(metadata, parts)) => (ty, crate::json::text(&crate::multipart_value(metadata, parts))),
        _ => return None,
    };
    ty.shown(made.as_bytes())
}
