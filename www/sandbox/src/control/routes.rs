//! The control of a sandbox over HTTP, for tests in any language: paths under `/_sandbox/`. They need no token, so a host lets them through to nobody
//! but its own machine.

use super::{Called, Fault, MOST_ADVANCED, plain};
use crate::json::{array, json, text};
use crate::read::{InputError, parse};
use crate::record::{read, record};
use crate::{Request, Response, Sandbox};
use serde_json::Value;

/// What the paths begin with.
const PREFIX: &str = "/_sandbox/";

record! {
    struct Clock {
        advance: f64,
    }
}

/// Answers what is asked of the sandbox itself, and nothing else.
pub(crate) fn answer(sandbox: &mut Sandbox, request: &Request<'_>, now_ms: i64) -> Option<Response> {
    let name = request.target.strip_prefix(PREFIX)?.split('?').next()?;
    let answered = match (request.method, name) {
        ("GET", "faults") => Ok(Some(array(sandbox.faults().iter().map(Fault::shown)))),
        ("POST", "faults") => body(request).and_then(|value| add(sandbox, &value)),
        ("DELETE", "faults") => {
            sandbox.clear_faults();
            Ok(None)
        }
        ("GET", "clock") => Ok(Some(clock(sandbox, now_ms))),
        ("POST", "clock") => body(request).and_then(|value| advance(sandbox, &value, now_ms)),
        ("GET", "calls") => Ok(Some(array(sandbox.calls().iter().map(Called::shown)))),
        ("DELETE", "calls") => {
            sandbox.clear_calls();
            Ok(None)
        }
        ("GET", "state") => return Some(plain(200, sandbox.save().into_bytes())),
        ("POST", "reset") => {
            sandbox.reset(now_ms);
            Ok(None)
        }
        (method, _) => return Some(plain(404, text(&json!({ "message": format!("Cannot {method} {PREFIX}{name}") })).into_bytes())),
    };
    Some(match answered {
        Ok(Some(value)) => plain(200, text(&value).into_bytes()),
        Ok(None) => plain(204, Vec::new()),
        Err(error) => {
            let InputError { path, expected, received } = &error;
            plain(400, text(&json!({ "message": error.to_string(), "path": path, "expected": expected, "received": received })).into_bytes())
        }
    })
}

fn body(request: &Request<'_>) -> Result<Value, InputError> {
    parse(request.body).map_err(|_| InputError::new("", "JSON", "text that is not JSON"))
}

fn add(sandbox: &mut Sandbox, value: &Value) -> Result<Option<Value>, InputError> {
    sandbox.fail(read(value, "")?)?;
    Ok(sandbox.faults().last().map(Fault::shown))
}

fn advance(sandbox: &mut Sandbox, value: &Value, now_ms: i64) -> Result<Option<Value>, InputError> {
    let Clock { advance } = read(value, "")?;
    if !(0.0..=MOST_ADVANCED as f64).contains(&advance) {
        return Err(InputError::new("advance", format!("milliseconds, 0 to {MOST_ADVANCED}"), "a number outside of it"));
    }
    sandbox.advance(advance as u64);
    Ok(Some(clock(sandbox, now_ms)))
}

/// The time of the sandbox, and how much of it is due to moving the clock.
fn clock(sandbox: &Sandbox, now_ms: i64) -> Value {
    json!({ "now": sandbox.time(now_ms), "advanced": sandbox.account.advanced_ms })
}
