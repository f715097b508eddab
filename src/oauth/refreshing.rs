//! Tokens that renew themselves: when there is a refresh, who waits for it, and what its failure means. `pkg/token-source.js` does the same.

use super::authority::{Api, App, Authority, Local, Tokens};
use crate::error::{Error, ErrorKind};
use crate::words::join;
use crate::{Client, TokenSource};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::JsValue;

/// Why there is no token. It holds no token and no secret; all calls that waited for one refresh get the same.
#[derive(Clone)]
#[non_exhaustive]
pub enum RefreshError {
    /// The refresh was refused for good (4xx), or the tokens were revoked: then there is no error. The user must sign in again.
    SignIn(Option<Rc<Error>>),
    /// It is unknown whether the refresh token was used up. So it stays until [`RefreshingTokens::refresh`] without an argument.
    Unknown(Rc<Error>),
    /// Nothing was sent, or the server failed (408, 429, 5xx). The next call tries again.
    Failed(Rc<Error>),
    /// The hook that stores tokens failed. The next call asks it again; there is no second refresh.
    Storing(JsValue),
}

impl RefreshError {
    fn of(error: Error) -> Self {
        let repeatable = match error.kind() {
            ErrorKind::Input(_) => true,
            ErrorKind::Api { status, .. } => *status < 400 || matches!(status, 408 | 429 | 500..),
            ErrorKind::Timeout { sent, .. } => !sent,
            ErrorKind::RateLimit { .. } => true,
            ErrorKind::Network { status: None, .. } => !error.outcome_unknown(),
            _ => false,
        };
        let last = matches!(error.kind(), ErrorKind::Api { .. });
        let error = Rc::new(error);
        match (repeatable, last) {
            (true, _) => RefreshError::Failed(error),
            (_, true) => RefreshError::SignIn(Some(error)),
            _ => RefreshError::Unknown(error),
        }
    }

    fn words(&self) -> String {
        match self {
            RefreshError::SignIn(None) => "the tokens were revoked, the user must sign in again".into(),
            RefreshError::SignIn(Some(error)) => join(&[&error.words(), "; the tokens cannot be renewed, the user must sign in again"]),
            RefreshError::Unknown(error) => {
                join(&[&error.words(), "; the refresh token may be used up: refresh(None) tries it again, or let the user sign in"])
            }
            RefreshError::Failed(error) => error.words(),
            RefreshError::Storing(_) => "new tokens could not be stored".into(),
        }
    }
}

impl fmt::Display for RefreshError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words())
    }
}

impl fmt::Debug for RefreshError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RefreshError({self})")
    }
}

impl std::error::Error for RefreshError {}

/// What a call's [`ErrorKind::Token`] has for a cause: an `Error` with the words, or what the hook failed with.
impl From<RefreshError> for JsValue {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Storing(cause) => cause,
            error => js_sys::Error::new(&error.words()).into(),
        }
    }
}

/// What a flight ends with: nothing where who waited must look again.
type Outcome = Option<Result<String, RefreshError>>;

/// Something that is done with the tokens, once for all who wait for it.
#[derive(Default)]
struct Flight {
    outcome: RefCell<Option<Outcome>>,
    wakers: RefCell<Vec<Waker>>,
}

impl Flight {
    fn land(&self, outcome: Outcome) {
        *self.outcome.borrow_mut() = Some(outcome);
        self.wakers.take().into_iter().for_each(Waker::wake);
    }

    async fn landed(&self) -> Outcome {
        poll_fn(|context| match &*self.outcome.borrow() {
            Some(outcome) => Poll::Ready(outcome.clone()),
            None => {
                self.wakers.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

#[derive(Default)]
struct State {
    /// What calls use.
    current: Option<Tokens>,
    /// What is to replace it, and waits for the hook.
    fresh: Option<Tokens>,
    failure: Option<RefreshError>,
    flight: Option<Rc<Flight>>,
}

/// Which token is asked for.
#[derive(Clone, Copy)]
pub(super) enum Wish<'a> {
    /// One that works.
    Any,
    /// Another one than this, which a server refused.
    Another(&'a str),
    /// A new one, whatever is known.
    New,
}

enum Step {
    Give(String),
    Fail(RefreshError),
    Wait(Rc<Flight>),
    /// Whether the token that there is does not work.
    Refresh(bool),
}

impl State {
    fn step(&self, wish: Wish<'_>, now: f64, before_seconds: f64) -> Step {
        if let Some(flight) = &self.flight {
            return Step::Wait(Rc::clone(flight));
        }
        match (&self.failure, wish) {
            (Some(RefreshError::Unknown(_)), Wish::New) | (None, _) => {}
            (Some(failure), _) => return Step::Fail(failure.clone()),
        }
        let Some(current) = &self.current else { return Step::Fail(RefreshError::SignIn(None)) };
        let must = match wish {
            Wish::Any => false,
            Wish::Another(refused) => refused == current.access_token,
            Wish::New => true,
        };
        if self.fresh.is_some() || must || current.is_due(now, before_seconds) {
            return Step::Refresh(must);
        }
        Step::Give(current.access_token.clone())
    }
}

/// A hook that stores tokens.
type Store = Rc<dyn Fn(Tokens) -> Local<Result<(), JsValue>>>;

pub(super) struct Inner {
    authority: Box<dyn Authority>,
    store: RefCell<Option<Store>>,
    before_seconds: Cell<f64>,
    now: Box<dyn Fn() -> f64>,
    /// Runs what goes on although nobody waits for it any more.
    spawn: fn(Local<()>),
    state: RefCell<State>,
}

/// Tokens of a user that renew themselves: before they end, and when a server refuses one. Cloning it is cheap; all clones are one.
///
/// However many calls wait, there is one refresh at a time, and it is never repeated blindly, as a refresh token works once:
/// [`RefreshError`] says what follows from which failure. A refresh goes on when the call that began it is dropped.
#[derive(Clone)]
pub struct RefreshingTokens(Rc<Inner>);

impl RefreshingTokens {
    /// Tokens as they were given or stored. The client asks for new ones: it must not be the one that uses these.
    pub fn new(client: &Client, app: App, tokens: Tokens) -> Self {
        let api = Api { client: client.clone(), app };
        Self::with(Box::new(api), tokens, Box::new(js_sys::Date::now), wasm_bindgen_futures::spawn_local)
    }

    pub(super) fn with(authority: Box<dyn Authority>, tokens: Tokens, now: Box<dyn Fn() -> f64>, spawn: fn(Local<()>)) -> Self {
        let state = RefCell::new(State { current: Some(tokens.kept(now())), ..State::default() });
        RefreshingTokens(Rc::new(Inner { authority, store: RefCell::default(), before_seconds: Cell::new(60.0), now, spawn, state }))
    }

    /// Stores new tokens. It is awaited before anybody gets them; where it fails, the next call asks it again. It must not use a client that
    /// waits for these tokens.
    pub fn on_tokens<F: Future<Output = Result<(), JsValue>> + 'static>(self, store: impl Fn(Tokens) -> F + 'static) -> Self {
        *self.0.store.borrow_mut() = Some(Rc::new(move |tokens| Box::pin(store(tokens))));
        self
    }

    /// Seconds before the end of the access token from which on it is renewed, but never in the first half of its life. Default: 60.
    pub fn refresh_before_seconds(self, seconds: u32) -> Self {
        self.0.before_seconds.set(seconds.into());
        self
    }

    /// A token that works, as far as is known.
    ///
    /// # Errors
    /// What the refresh failed with, where there had to be one.
    pub async fn token(&self) -> Result<String, RefreshError> {
        self.give(Wish::Any).await
    }

    /// Another token than the refused one, by a refresh unless there was one since. Without one it refreshes whatever is known, also after a
    /// failure of unknown outcome.
    ///
    /// # Errors
    /// What the refresh failed with.
    pub async fn refresh(&self, refused: Option<&str>) -> Result<String, RefreshError> {
        self.give(refused.map_or(Wish::New, Wish::Another)).await
    }

    /// The newest tokens, also where the hook has failed to store them. None once they are revoked.
    pub fn tokens(&self) -> Option<Tokens> {
        let state = self.0.state.borrow();
        state.fresh.as_ref().or(state.current.as_ref()).cloned()
    }

    /// Revokes what the user has granted, together with the tokens. From then on there is no token.
    ///
    /// # Errors
    /// As the call `oauth.revoke`; the tokens then stay as they were.
    pub async fn revoke(&self) -> Result<(), Error> {
        loop {
            let flight = self.0.state.borrow().flight.clone();
            let Some(flight) = flight else { break };
            flight.landed().await;
        }
        let Some(tokens) = self.tokens() else { return Ok(()) };
        let result = Rc::new(Cell::new(Ok(())));
        let (inner, told) = (Rc::clone(&self.0), Rc::clone(&result));
        let flight = self.fly(async move {
            let revoked = inner.authority.revoke(&tokens.refresh_token).await;
            if revoked.is_ok() {
                let mut state = inner.state.borrow_mut();
                (state.current, state.fresh, state.failure) = (None, None, Some(RefreshError::SignIn(None)));
            }
            told.set(revoked);
            None
        });
        flight.landed().await;
        result.replace(Ok(()))
    }

    /// These tokens as a client takes them.
    pub fn into_source(self) -> TokenSource {
        TokenSource::refreshing(move |refused| {
            let tokens = self.clone();
            async move { Ok(tokens.give(refused.as_deref().map_or(Wish::Any, Wish::Another)).await?) }
        })
    }

    async fn give(&self, wish: Wish<'_>) -> Result<String, RefreshError> {
        loop {
            let step = self.0.state.borrow().step(wish, (self.0.now)(), self.0.before_seconds.get());
            let flight = match step {
                Step::Give(token) => return Ok(token),
                Step::Fail(error) => return Err(error),
                Step::Wait(flight) => flight,
                Step::Refresh(must) => {
                    let inner = Rc::clone(&self.0);
                    self.fly(async move { Some(inner.renew(must).await) })
                }
            };
            if let Some(outcome) = flight.landed().await {
                return outcome;
            }
        }
    }

    /// Starts something that all who ask from now on wait for.
    fn fly(&self, run: impl Future<Output = Outcome> + 'static) -> Rc<Flight> {
        let flight = Rc::new(Flight::default());
        let (inner, landing) = (Rc::clone(&self.0), Rc::clone(&flight));
        self.0.state.borrow_mut().flight = Some(Rc::clone(&flight));
        (self.0.spawn)(Box::pin(async move {
            let outcome = run.await;
            inner.state.borrow_mut().flight = None;
            landing.land(outcome);
        }));
        flight
    }
}

impl Inner {
    async fn renew(&self, must: bool) -> Result<String, RefreshError> {
        let (current, waiting) = {
            let state = self.state.borrow();
            (state.current.clone(), state.fresh.clone())
        };
        let (Some(current), begun) = (current, (self.now)()) else { return Err(RefreshError::SignIn(None)) };
        let fresh = match waiting {
            Some(fresh) => fresh,
            None => match self.authority.refresh(&current.refresh_token).await {
                Ok(answer) => answer.tokens(&current.refresh_token, begun),
                Err(error) => return self.failed(RefreshError::of(error), must, current),
            },
        };
        {
            let mut state = self.state.borrow_mut();
            (state.fresh, state.failure) = (Some(fresh.clone()), None);
        }
        let store = self.store.borrow().clone();
        if let Some(store) = store {
            // Nothing is lost: the next who asks comes here again.
            store(fresh.clone()).await.map_err(RefreshError::Storing)?;
        }
        let mut state = self.state.borrow_mut();
        (state.current, state.fresh) = (Some(fresh.clone()), None);
        Ok(fresh.access_token)
    }

    fn failed(&self, error: RefreshError, must: bool, current: Tokens) -> Result<String, RefreshError> {
        if !matches!(error, RefreshError::Failed(_)) {
            self.state.borrow_mut().failure = Some(error.clone());
        } else if !must && current.expires_at_ms.is_some_and(|end| (self.now)() < end) {
            // It was only early.
            return Ok(current.access_token);
        }
        Err(error)
    }
}

impl fmt::Debug for RefreshingTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RefreshingTokens(…)")
    }
}
