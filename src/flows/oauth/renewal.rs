//! Tokens that renew themselves: when there is a refresh, who waits for it, and what its failure means.
//!
//! A refresh token works once, and a refresh ends the old access token at once: whatever gets or ends tokens is done one at a time, and a request whose
//! outcome is unknown is never repeated blindly. Both languages use this; they differ in who asks the API and in where the state is kept.

use super::tokens::Tokens;
use crate::cause::Cause;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A future of this thread.
pub(crate) type Local<T> = Pin<Box<dyn Future<Output = T>>>;

/// Gives and ends tokens.
pub(crate) trait Authority {
    /// Why a request failed.
    type Error: Clone + 'static;
    /// What of an answer is kept besides the tokens.
    type Answer: Clone + 'static;

    fn refresh(&self, refresh_token: &str) -> Local<Result<NewTokens<Self::Answer>, Self::Error>>;
    fn revoke(&self, refresh_token: &str) -> Local<Result<(), Self::Error>>;

    /// What an error tells of the request.
    fn describe(&self, error: &Self::Error) -> FailedRequest;
}

/// Tokens as they come from the API.
#[derive(Debug, Clone)]
pub(crate) struct NewTokens<A> {
    pub(crate) access_token: String,
    /// Where there is none, the old one stays.
    pub(crate) refresh_token: Option<String>,
    pub(crate) expires_in: Option<f64>,
    pub(crate) answer: A,
}

impl<A> NewTokens<A> {
    fn kept(self, old: &str, begun: f64) -> Kept<A> {
        let refresh_token = self.refresh_token.filter(|text| !text.is_empty()).unwrap_or_else(|| old.into());
        let tokens = Tokens { access_token: self.access_token, refresh_token, expires_in: self.expires_in, expires_at_ms: None };
        Kept { tokens: tokens.kept(begun), answer: self.answer }
    }
}

/// Tokens, and what came with them.
#[derive(Debug, Clone)]
pub(crate) struct Kept<A> {
    pub(crate) tokens: Tokens,
    pub(crate) answer: A,
}

/// What is known of a request for tokens that failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailedRequest {
    /// The status of an answer that was an error.
    pub(crate) status: Option<u16>,
    /// How often it was sent.
    pub(crate) attempts: u32,
    /// Whether a status of success had come.
    pub(crate) succeeded: bool,
    /// Whether it may have been done all the same.
    pub(crate) outcome_unknown: bool,
    /// Whether it is of a kind that may pass: no connection, too late, too many.
    pub(crate) passing: bool,
}

/// What there must be before there is a token.
pub(crate) const NEEDS: &str = "tokens, or a code that was exchanged before";

/// What there must be before it can be revoked.
pub(crate) const NEEDS_TO_REVOKE: &str = "tokens";

/// What became of the refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It was not used up: certainly, or as servers that fail mostly do nothing.
    Unused,
    /// It was refused for good.
    Refused,
    /// Nobody knows.
    Unknown,
}

impl Fate {
    fn of(request: FailedRequest) -> Self {
        match request {
            FailedRequest { succeeded: true, .. } => Fate::Unknown,
            FailedRequest { status: Some(status), .. } if status < 400 || matches!(status, 408 | 429 | 500..) => Fate::Unused,
            FailedRequest { status: Some(_), .. } => Fate::Refused,
            FailedRequest { attempts: 0, .. } | FailedRequest { passing: true, outcome_unknown: false, .. } => Fate::Unused,
            _ => Fate::Unknown,
        }
    }
}

/// Why there is no token.
#[derive(Debug, Clone)]
pub(crate) enum Refusal<E> {
    /// There never were tokens.
    Nothing,
    /// The tokens were revoked.
    Revoked,
    /// The refresh was refused for good.
    SignIn(E),
    /// It is unknown whether the refresh token was used up.
    Unknown(E),
    /// Nothing was done. The next call tries again.
    Failed(E),
    /// The hook that stores tokens failed. The next call asks it again.
    Storing(Cause),
}

/// What something that is done once for all who wait for it ends with; nothing where they must look again.
type Outcome<E> = Option<Result<String, Refusal<E>>>;

/// Something that is done with the tokens.
struct Work<E> {
    outcome: RefCell<Option<Outcome<E>>>,
    wakers: RefCell<Vec<Waker>>,
}

impl<E: Clone> Work<E> {
    fn finish(&self, outcome: Outcome<E>) {
        *self.outcome.borrow_mut() = Some(outcome);
        self.wakers.take().into_iter().for_each(Waker::wake);
    }

    async fn finished(&self) -> Outcome<E> {
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

/// What is known of the tokens: what must outlive whoever holds it.
#[derive(Debug, Clone)]
pub(crate) struct State<A, E> {
    /// What calls use.
    pub(crate) current: Option<Kept<A>>,
    /// What is to replace it, and waits for the hook.
    pub(crate) fresh: Option<Kept<A>>,
    pub(crate) failure: Option<Refusal<E>>,
    /// Whether a request is under way that uses the refresh token up.
    pub(crate) requesting: bool,
}

impl<A, E> Default for State<A, E> {
    fn default() -> Self {
        State { current: None, fresh: None, failure: None, requesting: false }
    }
}

/// Which token is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish<'a> {
    /// One that works.
    Any,
    /// Another one than this, which a server refused.
    Another(&'a str),
    /// A new one, whatever is known.
    New,
}

/// What is to be done for a wish.
enum Step<E> {
    Give(String),
    Fail(Refusal<E>),
    /// Whether the token that there is does not work.
    Refresh(bool),
}

impl<A, E: Clone> State<A, E> {
    fn step(&self, wish: Wish<'_>, now: f64, before_seconds: f64) -> Step<E> {
        match (&self.failure, wish) {
            (Some(Refusal::Unknown(_)), Wish::New) | (None, _) => {}
            (Some(failure), _) => return Step::Fail(failure.clone()),
        }
        let Some(Kept { tokens, .. }) = self.current.as_ref().or(self.fresh.as_ref()) else { return Step::Fail(Refusal::Nothing) };
        let must = match wish {
            Wish::Any => false,
            Wish::Another(refused) => refused == tokens.access_token,
            Wish::New => true,
        };
        if self.fresh.is_some() || must || tokens.is_due(now, before_seconds) {
            return Step::Refresh(must);
        }
        Step::Give(tokens.access_token.clone())
    }
}

/// Stores new tokens. Nobody gets them before it has ended.
pub(crate) type Store<A> = Rc<dyn Fn(Kept<A>) -> Local<Result<(), Cause>>>;

/// Told of every change of the state.
pub(crate) type OnChange<A> = Box<dyn Fn(&State<<A as Authority>::Answer, <A as Authority>::Error>)>;

/// What the renewal of tokens needs of its surroundings.
pub(crate) struct Surroundings<A: Authority> {
    pub(crate) authority: A,
    pub(crate) store: RefCell<Option<Store<A::Answer>>>,
    /// Seconds before the end of a token from which on it is renewed.
    pub(crate) before_seconds: Cell<f64>,
    /// Milliseconds since 1970.
    pub(crate) now: Box<dyn Fn() -> f64>,
    /// Runs what goes on although nobody waits for it any more.
    pub(crate) spawn: fn(Local<()>),
    /// Told of every change of the state, where that is kept elsewhere too.
    pub(crate) on_change: Option<OnChange<A>>,
}

struct Inner<A: Authority> {
    around: Surroundings<A>,
    state: RefCell<State<A::Answer, A::Error>>,
    work: RefCell<Option<Rc<Work<A::Error>>>>,
}

/// The renewal of some tokens. Cloning it is cheap; all clones are one.
pub(crate) struct Renewal<A: Authority>(Rc<Inner<A>>);

impl<A: Authority> Clone for Renewal<A> {
    fn clone(&self) -> Self {
        Renewal(Rc::clone(&self.0))
    }
}

impl<A: Authority + 'static> Renewal<A> {
    pub(crate) fn new(around: Surroundings<A>, state: State<A::Answer, A::Error>) -> Self {
        Renewal(Rc::new(Inner { around, state: RefCell::new(state), work: RefCell::default() }))
    }

    pub(crate) fn surroundings(&self) -> &Surroundings<A> {
        &self.0.around
    }

    /// Whether nothing is done with the tokens right now, and nobody else is about to: who holds it too may begin with what it knows of them.
    pub(crate) fn is_idle(&self) -> bool {
        self.0.work.borrow().is_none() && Rc::strong_count(&self.0) == 1
    }

    /// The newest tokens, also where the hook has failed to store them.
    pub(crate) fn tokens(&self) -> Option<Kept<A::Answer>> {
        let state = self.0.state.borrow();
        state.fresh.as_ref().or(state.current.as_ref()).cloned()
    }

    /// Gives a token.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn give(&self, wish: Wish<'_>) -> Result<String, Refusal<A::Error>> {
        // Whoever asks for a new token whatever is known takes the risk that is known then, and not one that comes up while they wait.
        let dares = matches!(self.0.state.borrow().failure, Some(Refusal::Unknown(_)));
        loop {
            // The clock may be the user's, and begin something by itself: nothing is borrowed while it is asked, and nothing looked at before.
            let now = (self.0.around.now)();
            let work = self.0.work.borrow().clone();
            let work = match work {
                Some(work) => work,
                None => {
                    let wish = if dares || !matches!(self.0.state.borrow().failure, Some(Refusal::Unknown(_))) { wish } else { Wish::Any };
                    let step = self.0.state.borrow().step(wish, now, self.0.around.before_seconds.get());
                    match step {
                        Step::Give(token) => return Ok(token),
                        Step::Fail(refusal) => return Err(refusal),
                        Step::Refresh(must) => {
                            let inner = Rc::clone(&self.0);
                            self.begin(async move { Some(inner.renew(must).await) })
                        }
                    }
                }
            };
            if let Some(outcome) = work.finished().await {
                return outcome;
            }
        }
    }

    /// Gets tokens in another way than by a refresh, and stores them.
    ///
    /// # Errors
    /// Why there are none.
    pub(crate) async fn exchange(
        &self,
        ask: impl FnOnce(&A) -> Local<Result<NewTokens<A::Answer>, A::Error>> + 'static,
    ) -> Result<Kept<A::Answer>, Refusal<A::Error>> {
        let inner = Rc::clone(&self.0);
        self.alone(async move {
            let begun = (inner.around.now)();
            let new = ask(&inner.around.authority).await.map_err(Refusal::Failed)?;
            inner.change(|state| (state.fresh, state.failure) = (Some(new.kept("", begun)), None));
            inner.store().await
        })
        .await
    }

    /// Ends what the user has granted, together with the tokens.
    ///
    /// # Errors
    /// Why that failed; the tokens then stay as they were.
    pub(crate) async fn revoke(&self) -> Result<(), Refusal<A::Error>> {
        let inner = Rc::clone(&self.0);
        let tokens = self.clone();
        self.alone(async move {
            let Some(Kept { tokens, .. }) = tokens.tokens() else { return Err(Refusal::Nothing) };
            inner.around.authority.revoke(&tokens.refresh_token).await.map_err(Refusal::Failed)?;
            inner.change(|state| *state = State { failure: Some(Refusal::Revoked), ..State::default() });
            Ok(())
        })
        .await
    }

    /// Does something after all that was begun before. Who asks from now on waits for it, and then looks again.
    async fn alone<T: 'static>(&self, work: impl Future<Output = T> + 'static) -> T {
        let before = self.0.work.borrow().clone();
        let result = Rc::new(Cell::new(None));
        let told = Rc::clone(&result);
        let running = self.begin(async move {
            if let Some(before) = before {
                before.finished().await;
            }
            told.set(Some(work.await));
            None
        });
        running.finished().await;
        result.take().unwrap_or_else(|| unreachable!("work that has finished has a result"))
    }

    /// Starts something that all who ask from now on wait for.
    fn begin(&self, run: impl Future<Output = Outcome<A::Error>> + 'static) -> Rc<Work<A::Error>> {
        let work = Rc::new(Work { outcome: RefCell::default(), wakers: RefCell::default() });
        let (inner, finishing) = (Rc::clone(&self.0), Rc::clone(&work));
        *self.0.work.borrow_mut() = Some(Rc::clone(&work));
        (self.0.around.spawn)(Box::pin(async move {
            let outcome = run.await;
            // Somebody else may have begun behind it.
            inner.work.borrow_mut().take_if(|last| Rc::ptr_eq(last, &finishing));
            finishing.finish(outcome);
        }));
        work
    }
}

impl<A: Authority + 'static> Inner<A> {
    fn change(&self, change: impl FnOnce(&mut State<A::Answer, A::Error>)) {
        change(&mut self.state.borrow_mut());
        if let Some(told) = &self.around.on_change {
            // Nothing is borrowed meanwhile: whoever is told may ask for a token.
            let state = self.state.borrow().clone();
            told(&state);
        }
    }

    async fn renew(&self, must: bool) -> Result<String, Refusal<A::Error>> {
        if self.state.borrow().fresh.is_none() {
            let Some(current) = self.state.borrow().current.clone() else { return Err(Refusal::Nothing) };
            let begun = (self.around.now)();
            let old = &current.tokens.refresh_token;
            self.change(|state| state.requesting = true);
            let answer = self.around.authority.refresh(old).await;
            self.change(|state| state.requesting = false);
            match answer {
                Ok(new) => self.change(|state| (state.fresh, state.failure) = (Some(new.kept(old, begun)), None)),
                Err(error) => return self.failed(error, must, &current.tokens),
            }
        }
        Ok(self.store().await?.tokens.access_token)
    }

    /// Stores the fresh tokens. Where that fails nothing is lost: the next who asks comes here again.
    async fn store(&self) -> Result<Kept<A::Answer>, Refusal<A::Error>> {
        let Some(fresh) = self.state.borrow().fresh.clone() else { return Err(Refusal::Nothing) };
        let store = self.around.store.borrow().clone();
        if let Some(store) = store {
            store(fresh.clone()).await.map_err(Refusal::Storing)?;
        }
        self.change(|state| (state.current, state.fresh) = (Some(fresh.clone()), None));
        Ok(fresh)
    }

    fn failed(&self, error: A::Error, must: bool, current: &Tokens) -> Result<String, Refusal<A::Error>> {
        let refusal = match Fate::of(self.around.authority.describe(&error)) {
            Fate::Unused if !must && current.expires_at_ms.is_some_and(|end| (self.around.now)() < end) => {
                // It was only early.
                return Ok(current.access_token.clone());
            }
            Fate::Unused => return Err(Refusal::Failed(error)),
            Fate::Refused => Refusal::SignIn(error),
            Fate::Unknown => Refusal::Unknown(error),
        };
        self.change(|state| state.failure = Some(refusal.clone()));
        Err(refusal)
    }
}
