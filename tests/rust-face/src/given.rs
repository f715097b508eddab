//! What JavaScript hands over, read into what the Rust API takes.

use crate::Fallible;
use crate::told::{self, Waiting, Walk, event, no_value, promise};
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use supabase_management_wasm::api::projects::ServiceName;
use supabase_management_wasm::{Call, Cause, Options, Page, RateLimitMode, TokenSource, Validation, Wait, from_js};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The arguments of a method.
pub(crate) struct Given {
    pub(crate) paths: Vec<String>,
    pub(crate) body: JsValue,
    /// The query; of a waiter, what it looks for.
    pub(crate) query: JsValue,
    pub(crate) options: JsValue,
    pub(crate) raw: bool,
}

impl Given {
    /// A value of the path. One that was left out is an empty one, which the client refuses.
    pub(crate) fn path(&self, at: usize) -> &str {
        self.paths.get(at).map_or("", String::as_str)
    }

    pub(crate) fn body<T: DeserializeOwned>(&self) -> Fallible<T> {
        model(&self.body)
    }

    /// The query, or one in which nothing is set.
    pub(crate) fn query<T: DeserializeOwned + Default>(&self) -> Fallible<T> {
        if self.query.is_undefined() { Ok(T::default()) } else { model(&self.query) }
    }

    /// Starts a call with the options that were given for it alone.
    pub(crate) fn send<T: Serialize + 'static>(&self, call: Call<T>) -> Fallible<Promise> {
        let call = self.configured(call)?;
        Ok(if self.raw { promise(call.raw()) } else { promise(call) })
    }

    fn configured<T>(&self, call: Call<T>) -> Fallible<Call<T>> {
        let mut call = call.with_options(options(&self.options)?);
        if let Some(key) = text(&self.options, "idempotencyKey")? {
            call = call.idempotency_key(&key);
        }
        Ok(call)
    }

    /// Gives a wait its options; those that are of no wait go to the calls that poll.
    pub(crate) fn waiting<T: Serialize + 'static>(&self, mut wait: Wait<T>) -> Fallible<Box<dyn Waiting>> {
        if let Some(milliseconds) = number(&self.options, "pollMs")? {
            wait = wait.poll_ms(milliseconds);
        }
        if let Some(milliseconds) = number(&self.options, "deadlineMs")? {
            wait = wait.deadline_ms(milliseconds);
        }
        if let Some(signal) = member(&self.options, "signal")? {
            wait = wait.signal(signal.unchecked_ref());
        }
        if let Some(names) = member(&self.options, "services")? {
            wait = wait.services(&model::<Vec<ServiceName>>(&names)?);
        }
        let rest = options(&self.options)?;
        Ok(Box::new(wait.with_options(move |options| rest(options))))
    }

    /// Goes through a list, with the options that were given for it alone.
    pub(crate) fn walk<T: Page + Serialize>(&self, call: Call<T>, items: bool) -> Fallible<Walk>
    where
        T::Item: 'static,
    {
        let call = self.configured(call)?;
        Ok(if items { told::items(call.items()) } else { told::pages(call.pages()) })
    }
}

/// A model of a JavaScript value.
pub(crate) fn model<T: DeserializeOwned>(value: &JsValue) -> Fallible<T> {
    from_js(value.clone()).map_err(|error| no_value(&error.to_string()))
}

/// What the options of an object change in those that hold already.
///
/// Names that are unknown here are no mistake: those of a wait and of a call are looked at elsewhere.
pub(crate) fn options(given: &JsValue) -> Fallible<impl Fn(&mut Options) + 'static> {
    let access_token = member(given, "accessToken")?.map(token_source);
    let base_url = text(given, "baseUrl")?;
    let headers: Vec<(String, String)> = member(given, "headers")?.map_or(Ok(Vec::new()), |pairs| model(&pairs))?;
    let timeout_ms = number(given, "timeoutMs")?;
    let deadline_ms = number(given, "deadlineMs")?;
    let max_retries = number(given, "maxRetries")?;
    let max_concurrent = number(given, "maxConcurrent")?;
    let dedupe = member(given, "dedupe")?.map(|it| it.is_truthy());
    let allow_insecure = member(given, "allowInsecure")?.map(|it| it.is_truthy());
    let rate_limit = match text(given, "rateLimit")?.as_deref() {
        None => None,
        Some("wait") => Some(RateLimitMode::Wait),
        Some("error") => Some(RateLimitMode::Error),
        Some(_) => return Err(no_value("another rateLimit")),
    };
    let validation = match text(given, "validation")?.as_deref() {
        None => None,
        Some("lenient") => Some(Validation::Lenient),
        Some("strict") => Some(Validation::Strict),
        Some(_) => return Err(no_value("another validation")),
    };
    let hook = |name| Ok::<_, JsValue>(member(given, name)?.map(JsCast::unchecked_into::<Function>));
    let (on_deviation, on_request, on_response, on_retry) = (hook("onDeviation")?, hook("onRequest")?, hook("onResponse")?, hook("onRetry")?);
    let fetch = hook("fetch")?;
    let signal = member(given, "signal")?;
    Ok(move |options: &mut Options| {
        let set = |to: &mut u32, from: Option<u32>| *to = from.unwrap_or(*to);
        set(&mut options.timeout_ms, timeout_ms);
        set(&mut options.deadline_ms, deadline_ms);
        set(&mut options.max_retries, max_retries);
        set(&mut options.max_concurrent, max_concurrent);
        options.access_token = access_token.clone().unwrap_or_else(|| options.access_token.clone());
        options.base_url = base_url.clone().unwrap_or_else(|| options.base_url.clone());
        options.headers.extend(headers.clone());
        options.dedupe = dedupe.unwrap_or(options.dedupe);
        options.allow_insecure = allow_insecure.unwrap_or(options.allow_insecure);
        options.rate_limit = rate_limit.unwrap_or(options.rate_limit);
        options.validation = validation.unwrap_or(options.validation);
        if let Some(hook) = on_deviation.clone() {
            options.on_deviation = Some(Rc::new(move |deviation| event::deviation(&hook, deviation)));
        }
        if let Some(hook) = on_request.clone() {
            options.on_request = Some(Rc::new(move |request| event::request(&hook, request)));
        }
        if let Some(hook) = on_response.clone() {
            options.on_response = Some(Rc::new(move |response| event::response(&hook, response)));
        }
        if let Some(hook) = on_retry.clone() {
            options.on_retry = Some(Rc::new(move |retry| event::retry(&hook, retry)));
        }
        if let Some(fetch) = fetch.clone() {
            options.fetch = Some(fetch.into());
        }
        if let Some(signal) = signal.clone() {
            options.signal = Some(signal.unchecked_into());
        }
    })
}

/// A string, or a function that gives one or a promise of one, with a `refresh` perhaps.
fn token_source(given: JsValue) -> TokenSource {
    if let Some(token) = given.as_string() {
        return token.into();
    }
    let source: Function = given.unchecked_into();
    let refresh = Reflect::get(&source, &"refresh".into()).unwrap_or_default();
    if !refresh.is_function() {
        return TokenSource::ask(move || given_by(source.call0(&JsValue::UNDEFINED)));
    }
    let refresh: Function = refresh.unchecked_into();
    TokenSource::refreshing(move |refused| match refused {
        None => given_by(source.call0(&JsValue::UNDEFINED)),
        Some(refused) => given_by(refresh.call1(&source, &refused.into())),
    })
}

/// The string that a function gives. Anything else is as good as an empty one.
async fn given_by(result: Fallible<JsValue>) -> Result<String, Cause> {
    Ok(JsFuture::from(Promise::resolve(&result?)).await?.as_string().unwrap_or_default())
}

/// A member of an object that has it.
fn member(object: &JsValue, name: &str) -> Fallible<Option<JsValue>> {
    if !object.is_object() {
        return Ok(None);
    }
    Ok(Some(Reflect::get(object, &name.into())?).filter(|value| !value.is_undefined()))
}

fn text(object: &JsValue, name: &str) -> Fallible<Option<String>> {
    member(object, name)?.map(|value| value.as_string().ok_or_else(|| no_value(&format!("{name} that is no string")))).transpose()
}

fn number(object: &JsValue, name: &str) -> Fallible<Option<u32>> {
    let fits = |value: &f64| value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(value);
    let whole = |value: JsValue| value.as_f64().filter(fits).map(|value| value as u32);
    member(object, name)?.map(|value| whole(value).ok_or_else(|| no_value(&format!("{name} that is no u32")))).transpose()
}
