//! Identical reads that are under way at the same time share one request, where that is wished. For JavaScript, pkg/flights.js does it.

use crate::error::ErrorKind;
use crate::options::TokenSource;
use crate::platform::{Line, News};
use crate::send::{Incoming, Outgoing, Settings, send};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared, WeakShared};
use std::cell::RefCell;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

/// What all get: the answer, the secrets that were sent, and how often it was sent.
type Landing = (Result<Incoming, ErrorKind>, Vec<Vec<u8>>, u32);

struct Flight {
    address: String,
    token: TokenSource,
    fetch: Option<js_sys::Function>,
    /// Gone with the last of those who wait.
    landing: WeakShared<LocalBoxFuture<'static, Landing>>,
}

/// The shared requests of a client that are under way.
#[derive(Default)]
pub(crate) struct Flights(RefCell<Vec<Flight>>);

impl fmt::Debug for Flights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Flights(…)")
    }
}

impl Flights {
    /// Joins the request that is the same as this one, or begins it.
    pub(crate) async fn board(&self, request: Outgoing, mut settings: Settings) -> Landing {
        // The signal is of this call alone, and so is the end that it makes.
        let signal = settings.signal.take();
        let watched = Settings { signal, ..settings.clone() };
        let landing = self.landing(request, settings);
        let line = Line::new(&watched);
        line.watch(&watched, f64::INFINITY, false);
        let mut landing = pin!(landing);
        poll_fn(|context| match line.heard().news(context.waker()) {
            Some(News::Aborted(reason)) => Poll::Ready((Err(ErrorKind::Aborted { reason }), Vec::new(), 0)),
            _ => landing.as_mut().poll(context),
        })
        .await
    }

    fn landing(&self, request: Outgoing, settings: Settings) -> Shared<LocalBoxFuture<'static, Landing>> {
        let numbers = [settings.timeout_ms, settings.deadline_ms, settings.max_retries, settings.refuse.into()];
        let address = format!("{} {}{} {numbers:?} {}", request.verb.as_str(), settings.base_url, request.target, settings.headers);
        let mut flights = self.0.borrow_mut();
        flights.retain(|flight| flight.landing.upgrade().is_some_and(|landing| landing.peek().is_none()));
        let same = |flight: &&Flight| flight.address == address && flight.fetch == settings.fetch && same_source(&flight.token, &settings.token);
        if let Some(landing) = flights.iter().find(same).and_then(|flight| flight.landing.upgrade()) {
            return landing;
        }
        let (token, fetch) = (settings.token.clone(), settings.fetch.clone());
        let flight = async move {
            let mut secrets = Vec::new();
            let result = send(&request, &settings, &mut secrets).await;
            (result, secrets, request.attempts.get())
        };
        let landing = flight.boxed_local().shared();
        if let Some(weak) = landing.downgrade() {
            flights.push(Flight { address, token, fetch, landing: weak });
        }
        landing
    }
}

fn same_source(one: &TokenSource, other: &TokenSource) -> bool {
    match (one, other) {
        (TokenSource::None, TokenSource::None) => true,
        (TokenSource::Fixed(one), TokenSource::Fixed(other)) => one == other,
        (TokenSource::Ask(one), TokenSource::Ask(other)) => Rc::ptr_eq(one, other),
        (TokenSource::Refreshing(one), TokenSource::Refreshing(other)) => Rc::ptr_eq(one, other),
        _ => false,
    }
}
