//! How requests are sent, and what the calls of a client share.

pub(crate) mod cancellation;
pub(crate) mod exchange;
mod hooks;
pub(crate) mod http;
pub(crate) mod rate_limit;
pub(crate) mod retry;
mod send;
mod signals;
mod single_flight;
pub(crate) mod time;

use crate::error::ErrorKind;
use crate::schema::endpoint::Verb;
use exchange::{Outgoing, Received, Trace};
use rate_limit::Limiter;
use send::send;
use single_flight::SingleFlight;
use std::rc::Rc;

/// What the calls of a client share: its rate limits, and the requests that several of them wait for.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    pub(crate) limiter: Rc<Limiter>,
    single_flight: SingleFlight,
}

impl Dispatcher {
    pub(crate) fn new(max_concurrent: u32) -> Self {
        Dispatcher { limiter: Rc::new(Limiter::new(max_concurrent)), single_flight: SingleFlight::default() }
    }

    /// Sends a request, or joins one that is the same.
    pub(crate) async fn dispatch(&self, outgoing: Outgoing, trace: &mut Trace) -> Result<Received, ErrorKind> {
        if outgoing.options.dedupe && matches!(outgoing.request.verb, Verb::Get | Verb::Head) {
            let (result, noted) = self.single_flight.join(outgoing, &self.limiter, std::mem::take(trace)).await;
            *trace = noted;
            return result;
        }
        send(&outgoing, &self.limiter, trace).await
    }
}
