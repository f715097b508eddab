//! Single flight: identical reads that are under way at the same time share one request, where that is wished.

use super::cancellation::{Cancellation, Cancelled};
use super::exchange::BodyFormat;
use super::exchange::{Outgoing, Received, Trace};
use super::rate_limit::Limiter;
use super::send::send;
use crate::error::ErrorKind;
use crate::options::Options;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared, WeakShared};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// What all callers get.
type Outcome = (Result<Received, ErrorKind>, Trace);

struct Flight {
    address: String,
    options: Rc<Options>,
    format: BodyFormat,
    /// Gone with the last of those who wait: then the request is aborted.
    outcome: WeakShared<LocalBoxFuture<'static, Outcome>>,
}

/// The shared requests of a client that are under way.
#[derive(Default)]
pub(super) struct SingleFlight(RefCell<Vec<Flight>>);

impl fmt::Debug for SingleFlight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SingleFlight(…)")
    }
}

impl SingleFlight {
    /// Joins the request that is the same as this one, or begins it.
    pub(super) async fn join(&self, outgoing: Outgoing, limiter: &Rc<Limiter>, trace: Trace) -> Outcome {
        // The signal is of this call alone, and so is the end that it makes.
        let cancellation = Cancellation::new(outgoing.options.signal.as_ref(), f64::INFINITY, None);
        if let Err(Cancelled::Aborted(reason)) = cancellation.check() {
            return (Err(ErrorKind::aborted(reason)), trace);
        }
        let outcome = self.find_or_begin(outgoing, limiter, trace.clone());
        match cancellation.guard(outcome).await {
            Ok((result, trace)) => (result.map(|received| Received { body: received.body.unshared(), ..received }), trace),
            Err(Cancelled::Aborted(reason)) => (Err(ErrorKind::aborted(reason)), trace),
            // There is no time to be late.
            Err(Cancelled::Late) => (Err(ErrorKind::aborted("aborted")), trace),
        }
    }

    fn find_or_begin(&self, mut outgoing: Outgoing, limiter: &Rc<Limiter>, mut trace: Trace) -> Shared<LocalBoxFuture<'static, Outcome>> {
        let address = format!("{} {} {}", outgoing.request.endpoint.id, outgoing.request.verb.as_str(), outgoing.request.target);
        let (options, format) = (Rc::clone(&outgoing.options), outgoing.format);
        let mut flights = self.0.borrow_mut();
        flights.retain(|flight| flight.outcome.upgrade().is_some_and(|outcome| outcome.peek().is_none()));
        let same = |flight: &&Flight| flight.address == address && flight.format == format && flight.options.same_as(&options);
        if let Some(outcome) = flights.iter().find(same).and_then(|flight| flight.outcome.upgrade()) {
            return outcome;
        }
        if outgoing.options.signal.is_some() {
            outgoing.options = Rc::new(Options { signal: None, ..Options::clone(&outgoing.options) });
        }
        let limiter = Rc::clone(limiter);
        let flight = async move {
            let result = send(&outgoing, &limiter, &mut trace).await;
            (result, trace)
        };
        let outcome = flight.boxed_local().shared();
        if let Some(weak) = outcome.downgrade() {
            flights.push(Flight { address, options, format, outcome: weak });
        }
        outcome
    }
}
