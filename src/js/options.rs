//! Options as JavaScript users give them: names and kinds are checked here, values where the options of both languages are.

use super::arguments::{UNREADABLE, names_of, option_of};
use super::errors::{field, record_of};
use super::identity::Closures;
use super::names::{CALL_OPTIONS, UNKNOWN_OPTION, known_elsewhere};
use super::records::{self, to_js};
use crate::call::{is_array, kind_name};
use crate::callback::{call0, call1};
use crate::error::Error;
use crate::fault::Fault;
use crate::hooks::{Deviation, RequestEvent, ResponseEvent, RetryEvent};
use crate::options::{
    BASE_URL, BigInt, CONCURRENT, IDEMPOTENCY_KEY, MILLISECONDS, Options, RETRIES, Range, RateLimitMode, TokenSource, Validation, check_header,
    check_idempotency_key,
};
use crate::schema::Shape;
use crate::schema::endpoint::Endpoint;
use crate::text::{nearest, quoted};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Whose options they are.
#[derive(Clone, Copy)]
pub(super) enum Scope {
    Client,
    Call(&'static Endpoint),
    Wait,
    /// Of a wait for the health of a project.
    WaitForServices,
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
            Scope::WaitForServices => shared.chain(["pollMs", "services"]).collect(),
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
            Scope::Client | Scope::Wait | Scope::WaitForServices => Vec::new(),
        }
    }
}

impl Scope {
    /// The fault of a name that no option has.
    fn unknown(self, name: &str) -> Fault {
        let neighbours = self.neighbours();
        if neighbours.contains(&name) && !matches!(name, "query" | "body") {
            return misnamed(name, "it belongs into the query, one argument before");
        }
        unknown(name, &[self.names(), neighbours].concat(), "")
    }
}

/// Options that were given, over those that held before.
pub(super) struct Given {
    pub(super) options: Options,
    pub(super) poll_ms: Option<u32>,
    /// Whether `deadlineMs` is among them.
    pub(super) deadline_ms: Option<u32>,
    /// The services that a wait is for as well.
    pub(super) services: Rc<[String]>,
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
    let mut all = Given { options: base.clone(), poll_ms: None, deadline_ms: None, services: Rc::default() };
    let names = scope.names();
    for name in names_of(given)? {
        let value = option_of(given, &name)?;
        if value.is_undefined() {
            continue;
        }
        if !names.contains(&name.as_str()) {
            return Err(scope.unknown(&name));
        }
        set(&mut all, &name, &value)?;
    }
    all.options.check()?;
    Ok(all)
}

/// The fault of a name that no option has. `more` ends a list of those that there are.
pub(super) fn unknown(name: &str, names: &[&str], more: &str) -> Fault {
    // The names of other clients come first: `retry` is near to `onRetry`, and means `maxRetries`.
    let near = known_elsewhere(name, names).or_else(|| nearest(name, names.iter().copied()));
    misnamed(name, &near.map_or_else(|| format!("there are {}{more}", names.join(", ")), |near| format!("did you mean {near}?")))
}

fn misnamed(name: &str, hint: &str) -> Fault {
    Fault::of_option(name, format!("a known option ({hint})"), UNKNOWN_OPTION).with_foreign_end()
}

fn set(all: &mut Given, name: &str, value: &JsValue) -> Result<(), Fault> {
    let options = &mut all.options;
    let milliseconds = || whole(name, value, &MILLISECONDS);
    match name {
        "accessToken" => options.access_token = token_source(value)?,
        "baseUrl" => options.base_url = text(name, value, BASE_URL)?,
        "fetch" => options.fetch = Some(function(name, value)?.into()),
        "headers" => headers(&mut options.headers, value)?,
        "timeoutMs" => options.timeout_ms = milliseconds()?,
        "deadlineMs" => {
            options.deadline_ms = milliseconds()?;
            all.deadline_ms = Some(options.deadline_ms);
        }
        "pollMs" => all.poll_ms = Some(milliseconds()?),
        "services" => all.services = services(value)?,
        "maxRetries" => options.max_retries = whole(name, value, &RETRIES)?,
        "maxConcurrent" => options.max_concurrent = whole(name, value, &CONCURRENT)?,
        "rateLimit" => {
            options.rate_limit = if choice(name, value, ["wait", "error"])? == "error" { RateLimitMode::Error } else { RateLimitMode::Wait };
        }
        "validation" => {
            options.validation = if choice(name, value, ["lenient", "strict"])? == "strict" { Validation::Strict } else { Validation::Lenient };
        }
        "bigint" => {
            options.bigint = if choice(name, value, ["number", "string"])? == "string" { BigInt::String } else { BigInt::Number };
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
            let key = text(name, value, IDEMPOTENCY_KEY)?;
            check_idempotency_key(&key)?;
            options.headers.push(("idempotency-key".into(), key));
        }
        // Only names of the scope come here, and all of them are above.
        _ => return Err(unknown(name, &[], "")),
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

fn whole(name: &str, value: &JsValue, range: &Range) -> Result<u32, Fault> {
    let another = |received: &str| Fault::of_option(name, range.words, received);
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) => {
            range.check(name, number as u32)?;
            Ok(number as u32)
        }
        Some(number) if number.is_finite() => Err(another("another number")),
        _ => Err(another(&kind_name(value))),
    }
}

pub(super) fn choice(name: &str, value: &JsValue, values: [&str; 2]) -> Result<String, Fault> {
    let expected = format!("one of \"{}\", \"{}\"", values[0], values[1]);
    let text = text(name, value, &expected)?;
    if values.contains(&text.as_str()) { Ok(text) } else { Err(Fault::of_option(name, expected, "another string")) }
}

/// Headers as pairs, which JavaScript has made of them unless they could not be read. They are added to those that hold already.
fn headers(all: &mut Vec<(String, String)>, given: &JsValue) -> Result<(), Fault> {
    let kind = kind_name(given);
    if kind != "object" && kind != "array" {
        return Err(Fault::of_option("headers", "object", kind));
    }
    if kind == "object" {
        return Err(Fault::of_option("headers", "pairs of strings", UNREADABLE));
    }
    let item = |pair: &JsValue, at| Reflect::get_u32(pair, at).unwrap_or_default();
    for pair in given.unchecked_ref::<Array>().iter() {
        let name = if is_array(&pair) { item(&pair, 0).as_string() } else { None };
        let Some(name) = name else { return Err(Fault::of_option("headers", "pairs of strings", kind_name(&pair))) };
        let value = item(&pair, 1);
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

/// The names of services.
fn services(given: &JsValue) -> Result<Rc<[String]>, Fault> {
    if !is_array(given) {
        return Err(Fault::of_option("services", "array", kind_name(given)));
    }
    let name = |at| {
        let name = Reflect::get_u32(given, at).unwrap_or_default();
        name.as_string().ok_or_else(|| Fault::new(format!("options.services[{at}]"), "string", kind_name(&name)))
    };
    (0..field(given, "length").as_f64().unwrap_or_default() as u32).map(name).collect()
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
    use crate::options::{PendingToken, Refresh};
    use crate::transport::http::settled;

    type Source = dyn Fn() -> PendingToken;
    type Refreshing = dyn Fn(Option<&str>) -> PendingToken;

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
        if let Ok(result) = call1(function, &JsValue::UNDEFINED, event)
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

    /// The token that a function gives, at once or later. What is no string is no token either: an empty one says so.
    fn given(result: Result<JsValue, JsValue>) -> PendingToken {
        Box::pin(async move { Ok(settled(&result?).await?.as_string().unwrap_or_default()) })
    }

    pub(super) fn source(function: &Function) -> Rc<Source> {
        SOURCES.with(|known| known.of(function, |function| Rc::new(move || given(call0(&function)))))
    }

    pub(super) fn refreshing(function: &Function) -> Refresh {
        let make = |function: Function| -> Refresh {
            Rc::new(move |refused| {
                let Some(refused) = refused else { return given(call0(&function)) };
                match field(&function, "refresh").dyn_into::<Function>() {
                    Ok(refresh) => given(call1(&refresh, &function, &refused.into())),
                    Err(_) => given(call0(&function)),
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
        let _ = Reflect::set(&one, &name.into(), &entry.get(1));
        read(options, &one, Scope::Client).map_err(|fault| fault.at(variable))?;
    }
    Ok(())
}
