//! Options as JavaScript users give them: names and kinds are checked here, values where the options of both languages are.

use super::errors::{field, record_of};
use super::identity::Closures;
use super::names::CALL_OPTIONS;
use super::records::{self, to_js};
use crate::api::endpoints;
use crate::call::kind_name;
use crate::error::Error;
use crate::fault::Fault;
use crate::hooks::{Deviation, RequestEvent, ResponseEvent, RetryEvent};
use crate::options::{MAX_TIMEOUT_MS, Options, RateLimitMode, TokenSource, Validation, check_header, check_idempotency_key};
use crate::schema::Shape;
use crate::schema::endpoint::Endpoint;
use crate::text::{nearest, quoted};
use js_sys::{Array, Function, Object, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Whose options they are.
#[derive(Clone, Copy)]
pub(super) enum Scope {
    Client,
    Call(&'static Endpoint),
    Wait,
}

impl Scope {
    /// The options that there are.
    fn names(self) -> Vec<&'static str> {
        let shared = CALL_OPTIONS.iter().copied();
        match self {
            Scope::Client => shared.filter(|name| *name != "signal").chain(["maxConcurrent"]).collect(),
            Scope::Call(row) if row.keyed => shared.chain(["idempotencyKey"]).collect(),
            Scope::Call(_) => shared.collect(),
            Scope::Wait => shared.chain(["pollMs"]).collect(),
        }
    }

    /// Names of arguments that stand beside the options.
    fn neighbours(self) -> Vec<&'static str> {
        match self {
            Scope::Call(row) if row.is_unlisted() => vec!["query", "body"],
            Scope::Call(row) => match row.query.map(|ty| ty.shape()) {
                Some(Shape::Object(fields)) => fields.map(|field| field.name).collect(),
                _ => Vec::new(),
            },
            Scope::Client | Scope::Wait => Vec::new(),
        }
    }
}

/// Options that were given, over those that held before.
pub(super) struct Given {
    pub(super) options: Options,
    pub(super) poll_ms: Option<u32>,
    /// Whether `deadlineMs` is among them.
    pub(super) deadline_ms: Option<u32>,
}

/// Reads options.
///
/// # Errors
/// The first one that is wrong.
pub(super) fn read(base: &Options, given: &JsValue, scope: Scope) -> Result<Given, Fault> {
    let kind = kind_name(given);
    if kind != "object" {
        return Err(Fault::new("options", "object", kind));
    }
    let mut all = Given { options: base.clone(), poll_ms: None, deadline_ms: None };
    let names = scope.names();
    for entry in Object::entries(given.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        if value.is_undefined() {
            continue;
        }
        if !names.contains(&name.as_str()) {
            return Err(unknown(&name, &names, &scope.neighbours()));
        }
        set(&mut all, &name, &value)?;
    }
    all.options.check()?;
    Ok(all)
}

fn unknown(name: &str, names: &[&str], neighbours: &[&str]) -> Fault {
    let hint = if neighbours.contains(&name) && !matches!(name, "query" | "body") {
        "it belongs into the query, one argument before".into()
    } else {
        let all: Vec<_> = names.iter().chain(neighbours).copied().collect();
        nearest(name, all.iter().copied()).map_or_else(|| format!("there are {}", all.join(", ")), |near| format!("did you mean {near}?"))
    };
    Fault::of_option(name, format!("a known option ({hint})"), "an unknown option")
}

fn set(all: &mut Given, name: &str, value: &JsValue) -> Result<(), Fault> {
    let options = &mut all.options;
    let milliseconds = || whole(name, value, "a whole number of milliseconds", 1, MAX_TIMEOUT_MS);
    match name {
        "accessToken" => options.access_token = token_source(value)?,
        "baseUrl" => {
            options.base_url = text(name, value, "an http or https URL, or a path that begins with /, without credentials, query and fragment")?
        }
        "fetch" => options.fetch = Some(function(name, value)?),
        "headers" => headers(&mut options.headers, value)?,
        "timeoutMs" => options.timeout_ms = milliseconds()?,
        "deadlineMs" => {
            options.deadline_ms = milliseconds()?;
            all.deadline_ms = Some(options.deadline_ms);
        }
        "pollMs" => all.poll_ms = Some(milliseconds()?),
        "maxRetries" => options.max_retries = whole(name, value, "a whole number", 0, 100)?,
        "maxConcurrent" => options.max_concurrent = whole(name, value, "a whole number", 1, 10_000)?,
        "rateLimit" => {
            options.rate_limit = if choice(name, value, ["wait", "error"])? == "error" { RateLimitMode::Error } else { RateLimitMode::Wait };
        }
        "validation" => {
            options.validation = if choice(name, value, ["lenient", "strict"])? == "strict" { Validation::Strict } else { Validation::Lenient };
        }
        "dedupe" => options.dedupe = boolean(name, value)?,
        "allowInsecure" => options.allow_insecure = boolean(name, value)?,
        "onDeviation" => options.on_deviation = Some(hooks::deviation(&function(name, value)?)),
        "onRequest" => options.on_request = Some(hooks::request(&function(name, value)?)),
        "onResponse" => options.on_response = Some(hooks::response(&function(name, value)?)),
        "onRetry" => options.on_retry = Some(hooks::retry(&function(name, value)?)),
        "signal" => {
            if !field(value, "addEventListener").is_function() {
                return Err(Fault::of_option(name, "AbortSignal", kind_name(value)));
            }
            options.signal = Some(value.clone().unchecked_into());
        }
        "idempotencyKey" => {
            let key = text(name, value, "visible ASCII characters")?;
            check_idempotency_key(&key)?;
            options.headers.push(("idempotency-key".into(), key));
        }
        _ => return Err(unknown(name, &[], &[])),
    }
    Ok(())
}

fn text(name: &str, value: &JsValue, expected: &str) -> Result<String, Fault> {
    value.as_string().ok_or_else(|| Fault::of_option(name, expected, kind_name(value)))
}

fn function(name: &str, value: &JsValue) -> Result<Function, Fault> {
    value.dyn_ref::<Function>().cloned().ok_or_else(|| Fault::of_option(name, "function", kind_name(value)))
}

fn boolean(name: &str, value: &JsValue) -> Result<bool, Fault> {
    value.as_bool().ok_or_else(|| Fault::of_option(name, "boolean", kind_name(value)))
}

fn whole(name: &str, value: &JsValue, what: &str, least: u32, most: u32) -> Result<u32, Fault> {
    let expected = || format!("{what}, {least} to {most}");
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&number) => Ok(number as u32),
        Some(number) if number.is_finite() => Err(Fault::of_option(name, expected(), "another number")),
        _ => Err(Fault::of_option(name, expected(), kind_name(value))),
    }
}

fn choice(name: &str, value: &JsValue, values: [&str; 2]) -> Result<String, Fault> {
    let expected = format!("one of \"{}\", \"{}\"", values[0], values[1]);
    let text = text(name, value, &expected)?;
    if values.contains(&text.as_str()) { Ok(text) } else { Err(Fault::of_option(name, expected, "another string")) }
}

/// `Headers`, pairs or an object. They are added to those that hold already.
fn headers(all: &mut Vec<(String, String)>, given: &JsValue) -> Result<(), Fault> {
    let kind = kind_name(given);
    if kind != "object" && kind != "array" {
        return Err(Fault::of_option("headers", "object", kind));
    }
    let broken = || Fault::of_option("headers", "pairs of strings", "what cannot be read");
    let pairs: Vec<JsValue> = match js_sys::try_iter(given).map_err(|_| broken())? {
        Some(pairs) => pairs.collect::<Result<_, _>>().map_err(|_| broken())?,
        None => Object::entries(given.unchecked_ref()).iter().collect(),
    };
    for pair in pairs {
        let name = if Array::is_array(&pair) { pair.unchecked_ref::<Array>().get(0).as_string() } else { None };
        let Some(name) = name else { return Err(Fault::of_option("headers", "pairs of strings", kind_name(&pair))) };
        let value = pair.unchecked_ref::<Array>().get(1);
        if value.is_undefined() {
            continue;
        }
        let text = value.as_string();
        // The name comes first: it is what the path of the fault shows.
        check_header(&name, text.as_deref().unwrap_or_default())?;
        let text = text.ok_or_else(|| Fault::new(format!("options.headers[{}]", quoted(&name)), "string", kind_name(&value)))?;
        all.push((name, text));
    }
    Ok(())
}

/// A token, or a function that gives one and may have another one, `refresh`, that gives one in the place of a token that was refused.
fn token_source(value: &JsValue) -> Result<TokenSource, Fault> {
    if let Some(token) = value.as_string() {
        return Ok(TokenSource::Fixed(token));
    }
    let Some(source) = value.dyn_ref::<Function>() else {
        return Err(Fault::of_option("accessToken", "string or function", kind_name(value)));
    };
    Ok(match field(source, "refresh").dyn_into::<Function>() {
        Ok(_) => TokenSource::Refreshing(hooks::refreshing(source)),
        Err(_) => TokenSource::Ask(hooks::source(source)),
    })
}

/// The functions of users as closures. What a hook throws is ignored; what a source of tokens throws is its failure.
mod hooks {
    use super::*;
    use crate::hooks::Hook;
    use crate::options::Refresh;

    type Source = dyn Fn() -> JsValue;
    type Refreshing = dyn Fn(Option<&str>) -> JsValue;

    thread_local! {
        static DEVIATIONS: Closures<dyn Fn(&Deviation)> = const { Closures::new() };
        static REQUESTS: Closures<dyn Fn(&RequestEvent)> = const { Closures::new() };
        static RESPONSES: Closures<dyn Fn(&ResponseEvent)> = const { Closures::new() };
        static RETRIES: Closures<dyn Fn(&RetryEvent)> = const { Closures::new() };
        static SOURCES: Closures<Source> = const { Closures::new() };
        static REFRESHING: Closures<Refreshing> = const { Closures::new() };
        /// What hears of a hook that failed later.
        static IGNORE: Closure<dyn FnMut(JsValue)> = Closure::new(|_| ());
    }

    fn tell(function: &Function, event: &JsValue) {
        // A hook that throws must not turn a success into a failure, and an asynchronous one may fail as well.
        if let Ok(result) = function.call1(&JsValue::UNDEFINED, event)
            && result.is_object()
        {
            IGNORE.with(|ignore| drop(Promise::race(&Array::of1(&result)).catch(ignore)));
        }
    }

    pub(super) fn deviation(function: &Function) -> Hook<Deviation> {
        DEVIATIONS.with(|known| known.of(function, |function| Rc::new(move |event| tell(&function, &to_js(&records::Deviation::from(event))))))
    }

    pub(super) fn request(function: &Function) -> Hook<RequestEvent> {
        REQUESTS.with(|known| known.of(function, |function| Rc::new(move |event| tell(&function, &to_js(event)))))
    }

    pub(super) fn response(function: &Function) -> Hook<ResponseEvent> {
        RESPONSES.with(|known| known.of(function, |function| Rc::new(move |event| tell(&function, &to_js(event)))))
    }

    pub(super) fn retry(function: &Function) -> Hook<RetryEvent> {
        RETRIES.with(|known| known.of(function, |function| Rc::new(move |event| tell(&function, &to_js(event)))))
    }

    /// What a function gives; a promise that rejects with what it throws.
    fn given(result: Result<JsValue, JsValue>) -> JsValue {
        result.unwrap_or_else(|thrown| Promise::reject(&thrown).into())
    }

    pub(super) fn source(function: &Function) -> Rc<Source> {
        SOURCES.with(|known| known.of(function, |function| Rc::new(move || given(function.call0(&JsValue::UNDEFINED)))))
    }

    pub(super) fn refreshing(function: &Function) -> Refresh {
        let make = |function: Function| -> Refresh {
            Rc::new(move |refused| {
                let Some(refused) = refused else { return given(function.call0(&JsValue::UNDEFINED)) };
                match field(&function, "refresh").dyn_into::<Function>() {
                    Ok(refresh) => given(refresh.call1(&function, &refused.into())),
                    Err(_) => given(function.call0(&JsValue::UNDEFINED)),
                }
            })
        };
        REFRESHING.with(|known| known.of(function, make))
    }
}

/// Checks the options of a client. Gives the record of an error, or nothing. `given` has values of the environment as well, by the names of their
/// variables: that is where their faults are.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = checkOptions))]
pub fn check_options(given: &JsValue, environment: &JsValue) -> JsValue {
    let checked = read(&Options::default(), given, Scope::Client);
    let fault = match checked {
        Err(fault) => fault,
        Ok(given) => match read_environment(&given.options, environment) {
            Err(fault) => fault,
            Ok(()) => return JsValue::UNDEFINED,
        },
    };
    record_of(&Error::input("SupabaseManagement", "", fault))
}

fn read_environment(options: &Options, environment: &JsValue) -> Result<(), Fault> {
    for entry in Object::entries(environment.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let variable = entry.get(0).as_string().unwrap_or_default();
        let name = if variable == "SUPABASE_API_URL" { "baseUrl" } else { "accessToken" };
        let one = Object::new();
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(&one, &name.into(), &entry.get(1));
        read(options, &one, Scope::Client).map_err(|fault| Fault { path: variable, ..fault })?;
    }
    Ok(())
}

/// The row of a number of the table.
pub(super) fn row(number: Option<usize>) -> &'static Endpoint {
    number.and_then(|number| endpoints().get(number)).unwrap_or(Endpoint::UNLISTED)
}
