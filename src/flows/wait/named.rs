//! The waits that have methods of their own, in whichever language: what each of them polls, and how an answer is understood.

use super::polling::{Found, Poll, PollFailure, Wait};
use super::rules::{Extra, Verdict, Waiter};
use super::status::{status_of, status_of_services};
use crate::api::endpoints;
use crate::call::{Input, RawCall, Reader, Unreadable};
use crate::check::Cursor;
use crate::check::exact::Integers;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::fault::Fault;
use crate::options::Options;
use crate::schema::endpoint::Endpoint;
use crate::text::quoted;
use crate::transport::exchange::BodyFormat;
use crate::transport::exchange::{Received, ReceivedBody};
use std::borrow::Cow;
use std::rc::Rc;

/// What a wait polls, and how what it finds is read.
pub(crate) struct Target<R: Reader> {
    pub(crate) client: Client,
    pub(crate) waiter: &'static Waiter,
    /// A JSON array of the path values.
    pub(crate) paths: Vec<u8>,
    /// A JSON object, or nothing.
    pub(crate) query: Vec<u8>,
    /// The number of what to look for in a list.
    pub(crate) id: Option<f64>,
    /// Makes what reads an answer.
    pub(crate) reader: Box<dyn Fn() -> R>,
    /// What stands for a project that is gone, where a wait is for that.
    pub(crate) gone: Option<fn() -> R::Output>,
}

impl<R: Reader + 'static> Target<R> {
    /// The wait for it.
    pub(crate) fn wait<E: PollFailure>(self) -> Wait<R::Output, E> {
        let fault = self.fault();
        let (id, rule, target) = (self.waiter.id, self.waiter.rule, Rc::new(self));
        Wait::new(id, rule, move |poll| target.clone().read(poll)).refuse(fault)
    }

    /// What can be known to be wrong before anything is sent: a wait for something that cannot be there would last half an hour.
    fn fault(&self) -> Option<Fault> {
        match self.waiter.extra {
            Extra::Query(name) => {
                let text = Cursor::new(&self.query).find(name.as_bytes()).map(Cursor::string);
                match text {
                    None => Some(Fault::new(name, "string", "nothing")),
                    Some(Some(text)) if text.is_empty() => Some(Fault::new(name, "a string with at least one letter", "an empty string")),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn call(&self, endpoint: &str, query: Vec<u8>, poll: &Poll) -> RawCall {
        let row = endpoints().iter().find(|row| row.id == endpoint).unwrap_or(Endpoint::UNLISTED);
        let input = Input { paths: self.paths.clone(), query, ..Input::default() };
        let mut call = RawCall::new(&self.client, endpoints(), row, input);
        poll.apply(Rc::make_mut(&mut call.options));
        call
    }

    fn read<E: PollFailure>(self: Rc<Self>, poll: &Poll) -> Found<R::Output, E> {
        let call = self.call(self.waiter.polls, self.query.clone(), poll);
        let services = Rc::clone(&poll.services);
        let health = (!services.is_empty()).then(|| {
            let names: Vec<_> = services.iter().map(|name| quoted(name)).collect();
            self.call("projects.getHealth", format!("{{\"services\":[{}]}}", names.join(",")).into_bytes(), poll)
        });
        let verifies = self.waiter.id == "customHostname.waitUntilVerified";
        let current = verifies.then(|| self.call("customHostname.get", Vec::new(), poll));
        Box::pin(async move { Ok(self.look(call, health, current, &services).await?) })
    }

    /// Polls once: the endpoint of the wait, and what else must be asked to know how things are.
    async fn look(&self, call: RawCall, health: Option<RawCall>, current: Option<RawCall>, services: &[String]) -> Result<(R::Output, String)> {
        let rule = &self.waiter.rule;
        let (state, status) = match (self.find(&call).await, self.gone, current) {
            (Ok(found), ..) => found,
            (Err(error), Some(gone), _) if is_gone(&error) => (gone(), rule.good[0].into()),
            // Where there is nothing left to verify, that is a 400 too.
            (Err(error), _, Some(current)) if error.status() == Some(400) => {
                let found = self.find(&current).await?;
                if rule.judge(&found.1) == Verdict::Done { found } else { return Err(error) }
            }
            (Err(error), ..) => return Err(error),
        };
        match health {
            Some(health) if rule.judge(&status) == Verdict::Done => {
                let mut reader = StatusReader { inner: TextReader, json: Vec::new() };
                health.run(&mut reader).await?;
                Ok((state, status_of_services(services, &reader.json)))
            }
            _ => Ok((state, status)),
        }
    }

    async fn find(&self, call: &RawCall) -> Result<(R::Output, String)> {
        let mut reader = StatusReader { inner: (self.reader)(), json: Vec::new() };
        let state = call.run(&mut reader).await?.data;
        Ok((state, status_of(&reader.json, self.id)))
    }
}

/// Whether a project is gone. A path that does not exist is 404 as well.
fn is_gone(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Api { status: 400, text, .. } => text.contains("been removed"),
        ErrorKind::Api { status: 404, .. } => !error.unknown_route(),
        _ => false,
    }
}

/// Keeps the text of an answer besides what is read from it.
struct StatusReader<R> {
    inner: R,
    json: Vec<u8>,
}

impl<R: Reader> Reader for StatusReader<R> {
    type Output = R::Output;

    fn format(&self, endpoint: &Endpoint, options: &Options) -> BodyFormat {
        self.inner.format(endpoint, options)
    }

    fn integers(&self) -> Integers {
        self.inner.integers()
    }

    fn body_of(&self, json: Vec<u8>) -> ReceivedBody {
        self.inner.body_of(json)
    }

    fn read(&mut self, endpoint: &'static Endpoint, received: &Received) -> std::result::Result<R::Output, Unreadable> {
        self.json = received.body.bytes().map_or_else(|| received.body.text().into_bytes(), Cow::into_owned);
        self.inner.read(endpoint, received)
    }
}

/// Reads nothing: the text is all that is needed.
struct TextReader;

impl Reader for TextReader {
    type Output = ();

    fn format(&self, _: &Endpoint, _: &Options) -> BodyFormat {
        BodyFormat::Bytes
    }

    fn read(&mut self, _: &'static Endpoint, _: &Received) -> std::result::Result<(), Unreadable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_gone;
    use crate::error::{Error, ErrorKind, Facts};
    use crate::headers::ResponseHeaders;
    use wasm_bindgen::JsValue;

    #[test]
    fn a_project_is_gone_where_the_api_says_so() {
        for (status, text, gone) in [
            (400, r#"{"message":"Resource has been removed"}"#, true),
            (400, r#"{"message":"ref: invalid"}"#, false),
            (404, r#"{"message":"Project not found"}"#, true),
            (404, r#"{"message":"Cannot GET /v1/projects/x"}"#, false),
            (403, "Resource has been removed", false),
        ] {
            let kind = ErrorKind::Api { status, headers: ResponseHeaders::default(), text: text.into() };
            let error = Error::new("projects.get", "GET /v1/projects/{ref}", kind, Facts::default());
            assert_eq!(is_gone(&error), gone, "{status} {text}");
        }
    }
}
