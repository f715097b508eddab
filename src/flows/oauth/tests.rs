//! The rules of tokens that renew themselves, with an authority that answers when it is told to.

use super::RefreshError;
use super::authority::{Answer, Api, App, basic, new_tokens};
use super::renewal::{Authority, FailedRequest, Kept, Local, NewTokens, Renewal, State, Surroundings, Wish};
use super::tokens::Tokens;
use crate::cause::Cause;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Facts, Result};
use crate::fault::Fault;
use crate::headers::ResponseHeaders;
use crate::transport::retry::Outcome;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// Whether a task has something to do.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    flag: Arc<Flag>,
}

thread_local! {
    static TASKS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
}

fn spawn(future: Local<()>) {
    TASKS.with_borrow_mut(|tasks| tasks.push(Task { future, flag: Arc::new(Flag(AtomicBool::new(true))) }));
}

/// Polls what was woken, and nothing else, until nothing is left to do.
fn run() {
    loop {
        let woken = TASKS.with_borrow_mut(|tasks| {
            let at = tasks.iter().position(|task| task.flag.0.swap(false, Ordering::Relaxed));
            at.map(|at| tasks.swap_remove(at))
        });
        let Some(mut task) = woken else { return };
        let waker = Waker::from(Arc::clone(&task.flag));
        if task.future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            TASKS.with_borrow_mut(|tasks| tasks.push(task));
        }
    }
}

/// What becomes of a future.
#[derive(Clone)]
struct Later<T>(Rc<RefCell<Option<T>>>);

impl<T: 'static> Later<T> {
    fn of(future: impl Future<Output = T> + 'static) -> Self {
        let later = Later(Rc::default());
        let slot = Rc::clone(&later.0);
        spawn(Box::pin(async move {
            let value = future.await;
            *slot.borrow_mut() = Some(value);
        }));
        run();
        later
    }

    fn take(&self) -> Option<T> {
        run();
        self.0.borrow_mut().take()
    }
}

type Reply<T> = Rc<RefCell<(Option<Result<T>>, Option<Waker>)>>;

fn reply_of<T: 'static>(reply: &Reply<T>) -> Local<Result<T>> {
    let reply = Rc::clone(reply);
    Box::pin(poll_fn(move |context| {
        let mut reply = reply.borrow_mut();
        match reply.0.take() {
            Some(result) => Poll::Ready(result),
            None => {
                reply.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }))
}

fn answer<T>(reply: &Reply<T>, result: Result<T>) {
    let mut reply = reply.borrow_mut();
    reply.0 = Some(result);
    if let Some(waker) = reply.1.take() {
        waker.wake();
    }
}

/// Requests, by the refresh token in them.
type Requests<T> = Rc<RefCell<Vec<(String, Reply<T>)>>>;

/// Notes what it is asked for.
#[derive(Clone, Default)]
struct Fake {
    asked: Requests<Answer>,
    revoked: Requests<()>,
    now: Rc<Cell<f64>>,
}

impl Authority for Fake {
    type Error = Arc<Error>;
    type Answer = ();

    fn refresh(&self, refresh_token: &str) -> Local<std::result::Result<NewTokens<()>, Arc<Error>>> {
        let reply = Reply::default();
        let future = reply_of(&reply);
        self.asked.borrow_mut().push((refresh_token.into(), reply));
        Box::pin(async move { future.await.and_then(|answer| new_tokens(&answer, 201, 1)).map_err(Arc::new) })
    }

    fn revoke(&self, refresh_token: &str) -> Local<std::result::Result<(), Arc<Error>>> {
        let reply = Reply::default();
        let future = reply_of(&reply);
        self.revoked.borrow_mut().push((refresh_token.into(), reply));
        Box::pin(async move { future.await.map_err(Arc::new) })
    }

    fn describe(&self, error: &Arc<Error>) -> FailedRequest {
        // That of the real one.
        let app = App { client_id: String::new(), client_secret: None, in_header: false };
        Api { client: Client::new("unused"), app }.describe(error)
    }
}

/// The renewal as users have it, with this authority.
#[derive(Clone)]
struct Tested(Renewal<Fake>);

impl Tested {
    async fn token(&self) -> std::result::Result<String, RefreshError> {
        Ok(self.0.give(Wish::Any).await?)
    }

    async fn refresh(&self, refused: Option<&str>) -> std::result::Result<String, RefreshError> {
        Ok(self.0.give(refused.map_or(Wish::New, Wish::Another)).await?)
    }

    fn tokens(&self) -> Option<Tokens> {
        self.0.tokens().map(|kept| kept.tokens)
    }

    fn on_tokens<F: Future<Output = std::result::Result<(), Cause>> + 'static>(self, store: impl Fn(Tokens) -> F + 'static) -> Self {
        *self.0.surroundings().store.borrow_mut() = Some(Rc::new(move |kept| Box::pin(store(kept.tokens))));
        self
    }

    async fn revoke(&self) -> std::result::Result<(), RefreshError> {
        Ok(self.0.revoke().await?)
    }
}

impl Fake {
    fn tokens(&self, tokens: Tokens) -> Tested {
        let now = Rc::clone(&self.now);
        let current = Some(Kept { tokens: tokens.kept(now.get()), answer: () });
        let around = Surroundings {
            authority: self.clone(),
            store: RefCell::default(),
            before_seconds: Cell::new(60.0),
            now: Box::new(move || now.get()),
            spawn,
            on_change: None,
        };
        Tested(Renewal::new(around, State { current, ..State::default() }))
    }

    fn count(&self) -> usize {
        self.asked.borrow().len()
    }

    /// Answers the last request for tokens: `access_1`, `refresh_1`.
    fn give(&self, expires_in: Option<f64>) {
        let number = self.count();
        let answer = serde_json::json!({
            "access_token": format!(" access_{number} "), "refresh_token": format!("refresh_{number}"), "expires_in": expires_in,
        });
        self.answer(Ok(serde_json::from_value(answer).expect("an answer")));
    }

    fn answer(&self, result: Result<Answer>) {
        answer(&self.asked.borrow().last().expect("a request").1, result);
        run();
    }
}

fn old(expires_in: Option<f64>) -> Tokens {
    Tokens { access_token: "access_0".into(), refresh_token: "refresh_0".into(), expires_in, expires_at_ms: None }
}

fn expired() -> Tokens {
    Tokens { expires_at_ms: Some(-1.0), ..old(None) }
}

fn error(kind: ErrorKind) -> Error {
    let attempts = u32::from(!matches!(kind, ErrorKind::Input(_) | ErrorKind::Timeout { sent: false, .. }));
    let outcome = Outcome::of(&kind, false);
    let (outcome_unknown, succeeded) = (outcome == Outcome::Unknown, outcome == Outcome::Done);
    Error::new("oauth.token", "POST /v1/oauth/token", kind, Facts { attempts, outcome_unknown, succeeded, ..Facts::default() })
}

fn refusal(status: u16) -> Error {
    error(ErrorKind::Api { status, text: r#"{"message":"no"}"#.into(), headers: ResponseHeaders::default() })
}

fn broken() -> Error {
    error(ErrorKind::Network { cause: "refused".into(), status: None, lost: true })
}

type Asked = Later<std::result::Result<String, RefreshError>>;

fn ask(tokens: &Tested) -> Asked {
    let tokens = tokens.clone();
    Later::of(async move { tokens.token().await })
}

fn refuse(tokens: &Tested, refused: Option<&'static str>) -> Asked {
    let tokens = tokens.clone();
    Later::of(async move { tokens.refresh(refused).await })
}

fn token(asked: &Asked) -> String {
    asked.take().expect("an outcome").expect("a token")
}

fn failure(asked: &Asked) -> RefreshError {
    asked.take().expect("an outcome").expect_err("a failure")
}

#[test]
fn a_token_is_renewed_before_it_ends_and_not_earlier() {
    let fake = Fake::default();
    let tokens = fake.tokens(old(Some(3600.0)));
    fake.now.set(3_539_999.0);
    assert_eq!(token(&ask(&tokens)), "access_0");
    fake.now.set(3_540_000.0);
    let asked = ask(&tokens);
    assert!(asked.take().is_none());
    // It lives from before the question.
    fake.now.set(3_550_000.0);
    fake.give(Some(1000.0));
    assert_eq!(token(&asked), "access_1");
    let kept = tokens.tokens().expect("tokens");
    assert_eq!((kept.refresh_token.as_str(), kept.expires_at_ms), ("refresh_1", Some(4_540_000.0)));
    assert_eq!(fake.asked.borrow()[0].0, "refresh_0");
    // Of a short life, half is used.
    let tokens = fake.tokens(old(Some(20.0)));
    fake.now.set(3_559_999.0);
    assert_eq!(token(&ask(&tokens)), "access_0");
    fake.now.set(3_560_000.0);
    assert!(ask(&tokens).take().is_none());
}

#[test]
fn a_token_without_an_end_is_renewed_when_it_is_refused() {
    let fake = Fake::default();
    let tokens = fake.tokens(old(None));
    fake.now.set(1e15);
    assert_eq!(token(&ask(&tokens)), "access_0");
    let asked = refuse(&tokens, Some("access_0"));
    fake.give(None);
    assert_eq!(token(&asked), "access_1");
    // Somebody has done it already.
    assert_eq!(token(&refuse(&tokens, Some("access_0"))), "access_1");
    assert_eq!(token(&ask(&tokens)), "access_1");
    assert_eq!(fake.count(), 1);
}

#[test]
fn one_refresh_is_for_all_who_ask() {
    let fake = Fake::default();
    let tokens = fake.tokens(expired());
    let calls: Vec<_> = (0..200).map(|at| if at % 2 == 0 { ask(&tokens) } else { refuse(&tokens, Some("access_0")) }).collect();
    assert_eq!(fake.count(), 1);
    fake.give(Some(3600.0));
    for call in &calls {
        assert_eq!(token(call), "access_1");
    }
    assert_eq!(fake.count(), 1);
}

#[test]
fn a_refresh_goes_on_when_who_began_it_is_gone() {
    let fake = Fake::default();
    let tokens = fake.tokens(expired());
    {
        let mut call = Box::pin(tokens.token());
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    let stayed = ask(&tokens);
    assert_eq!(fake.count(), 1);
    fake.give(None);
    assert_eq!(token(&stayed), "access_1");
}

#[test]
fn tokens_are_stored_before_anybody_gets_them_and_nothing_is_lost() {
    let fake = Fake::default();
    let (seen, full) = (Rc::new(RefCell::new(Vec::new())), Rc::new(Cell::new(true)));
    let (noted, failing) = (Rc::clone(&seen), Rc::clone(&full));
    let tokens = fake.tokens(expired()).on_tokens(move |tokens| {
        noted.borrow_mut().push(tokens.refresh_token);
        let result = if failing.get() { Err("full".into()) } else { Ok(()) };
        async move { result }
    });
    let (first, second) = (ask(&tokens), ask(&tokens));
    fake.give(Some(3600.0));
    assert!(matches!(failure(&first), RefreshError::Storing(_)));
    assert!(matches!(failure(&second), RefreshError::Storing(_)));
    assert!(matches!(failure(&refuse(&tokens, Some("access_0"))), RefreshError::Storing(_)));
    assert_eq!(tokens.tokens().expect("tokens").refresh_token, "refresh_1");
    full.set(false);
    assert_eq!(token(&refuse(&tokens, None)), "access_1");
    assert_eq!(token(&ask(&tokens)), "access_1");
    assert_eq!(*seen.borrow(), ["refresh_1", "refresh_1", "refresh_1"]);
    assert_eq!(fake.count(), 1);
}

#[test]
fn a_refusal_is_final() {
    for status in [400, 401, 404] {
        let fake = Fake::default();
        let tokens = fake.tokens(expired());
        let asked = ask(&tokens);
        fake.answer(Err(refusal(status)));
        let error = failure(&asked);
        assert!(matches!(&error, RefreshError::SignIn(Some(error)) if error.status() == Some(status)));
        assert!(error.to_string().ends_with("no; the tokens cannot be renewed, the user must sign in again"), "{error}");
        assert!(matches!(failure(&ask(&tokens)), RefreshError::SignIn(Some(_))));
        assert!(matches!(failure(&refuse(&tokens, None)), RefreshError::SignIn(Some(_))));
        assert_eq!(fake.count(), 1);
    }
}

#[test]
fn what_did_nothing_is_tried_again_at_the_next_call() {
    let unsent = || error(ErrorKind::Timeout { timeout_ms: 1, sent: false, status: None, overall: false });
    let input = || error(ErrorKind::Input(Fault::new("client_id", "a UUID", "another string")));
    for make in [|| refusal(500), || refusal(503), || refusal(408), || refusal(429), unsent, input] {
        let fake = Fake::default();
        let tokens = fake.tokens(expired());
        let (first, second) = (ask(&tokens), ask(&tokens));
        fake.answer(Err(make()));
        assert!(matches!(failure(&first), RefreshError::Failed(_)));
        assert!(matches!(failure(&second), RefreshError::Failed(_)));
        assert_eq!(fake.count(), 1);
        let again = ask(&tokens);
        fake.give(None);
        assert_eq!(token(&again), "access_2");
    }
}

#[test]
fn what_may_have_been_done_stays_failed_until_somebody_says_so() {
    let late = || error(ErrorKind::Timeout { timeout_ms: 1, sent: true, status: None, overall: false });
    let unreadable = || {
        let fault = Fault::new("access_token", "string", "nothing");
        error(ErrorKind::Decode { fault, status: 201, text: "{}".into() })
    };
    for make in [broken, late, unreadable] {
        let fake = Fake::default();
        let tokens = fake.tokens(expired());
        let asked = ask(&tokens);
        fake.answer(Err(make()));
        assert!(failure(&asked).to_string().contains("; the refresh token may be used up: refresh(None) tries it again"));
        assert!(matches!(failure(&ask(&tokens)), RefreshError::Unknown(_)));
        assert!(matches!(failure(&refuse(&tokens, Some("access_0"))), RefreshError::Unknown(_)));
        assert_eq!(fake.count(), 1);
        let again = refuse(&tokens, None);
        fake.give(None);
        assert_eq!(token(&again), "access_2");
        assert_eq!(token(&ask(&tokens)), "access_2");
    }
}

#[test]
fn a_refresh_that_was_only_early_does_no_harm() {
    let fake = Fake::default();
    let tokens = fake.tokens(Tokens { expires_at_ms: Some(30_000.0), ..old(None) });
    let early = ask(&tokens);
    fake.answer(Err(refusal(503)));
    assert_eq!(token(&early), "access_0");
    let refused = refuse(&tokens, Some("access_0"));
    fake.answer(Err(refusal(503)));
    assert!(matches!(failure(&refused), RefreshError::Failed(_)));
}

#[test]
fn an_answer_may_lack_what_is_known() {
    let fake = Fake::default();
    let tokens = fake.tokens(expired());
    let asked = ask(&tokens);
    fake.answer(Ok(serde_json::from_str(r#"{"access_token":"access_1","expires_in":null,"token_type":"Bearer"}"#).expect("an answer")));
    assert_eq!(token(&asked), "access_1");
    assert_eq!(tokens.tokens(), Some(Tokens { access_token: "access_1".into(), ..old(None) }));
}

#[test]
fn an_answer_without_an_access_token_says_what_it_has() {
    for (answer, received) in [
        (r#"{"access_token":" "}"#, "an empty string"),
        ("{}", "nothing"),
        (r#"{"access_token":null}"#, "null"),
        (r#"{"access_token":7,"refresh_token":"refresh_1"}"#, "number"),
    ] {
        let error = new_tokens(&serde_json::from_str(answer).expect("an object"), 201, 3).expect_err("no token");
        assert_eq!((error.fault().expect("a fault").received.as_str(), error.attempts(), error.has_succeeded()), (received, 3, true));
    }
}

#[test]
fn a_renewal_that_somebody_holds_is_not_idle() {
    let fake = Fake::default();
    let Tested(renewal) = fake.tokens(old(None));
    assert!(renewal.is_idle());
    let held = renewal.clone();
    assert!(!renewal.is_idle());
    drop(held);
    assert!(renewal.is_idle());
}

#[test]
fn a_clock_that_asks_for_a_token_by_itself_does_no_harm() {
    let fake = Fake::default();
    let asked = Rc::new(RefCell::new(None));
    let (tokens, inner) = (Rc::new(RefCell::new(None)), Rc::clone(&asked));
    let own: Rc<RefCell<Option<Tested>>> = Rc::clone(&tokens);
    let around = Surroundings {
        authority: fake.clone(),
        store: RefCell::default(),
        before_seconds: Cell::new(60.0),
        now: Box::new(move || {
            let tokens = own.borrow_mut().take();
            if let Some(tokens) = tokens {
                *inner.borrow_mut() = Some(refuse(&tokens, None));
            }
            0.0
        }),
        spawn,
        on_change: Some(Box::new(|_| {})),
    };
    let renewal = Renewal::new(around, State { current: Some(Kept { tokens: expired(), answer: () }), ..State::default() });
    *tokens.borrow_mut() = Some(Tested(renewal.clone()));
    let outer = ask(&Tested(renewal));
    assert_eq!(fake.count(), 1);
    fake.give(None);
    assert_eq!(token(&outer), "access_1");
    assert_eq!(token(&asked.borrow_mut().take().expect("a question")), "access_1");
}

#[test]
fn who_is_told_of_a_change_may_ask_for_a_token() {
    let fake = Fake::default();
    let own: Rc<RefCell<Option<Tested>>> = Rc::default();
    let (tokens, asked) = (Rc::clone(&own), Rc::new(RefCell::new(Vec::new())));
    let inner = Rc::clone(&asked);
    let around = Surroundings {
        authority: fake.clone(),
        store: RefCell::default(),
        before_seconds: Cell::new(60.0),
        now: Box::new(|| 0.0),
        spawn,
        on_change: Some(Box::new(move |_| {
            if let Some(tokens) = &*tokens.borrow() {
                inner.borrow_mut().push(Later::of({
                    let tokens = tokens.clone();
                    async move { (tokens.tokens().is_some(), tokens.token().await.is_ok()) }
                }));
            }
        })),
    };
    let renewal = Renewal::new(around, State { current: Some(Kept { tokens: expired(), answer: () }), ..State::default() });
    *own.borrow_mut() = Some(Tested(renewal.clone()));
    let outer = ask(&Tested(renewal));
    fake.give(None);
    assert_eq!(token(&outer), "access_1");
    assert!(!asked.borrow().is_empty() && asked.borrow().iter().all(|asked| asked.take() == Some((true, true))));
    own.borrow_mut().take();
}

#[test]
fn revoking_waits_for_a_refresh_and_ends_all() {
    let fake = Fake::default();
    let tokens = fake.tokens(expired());
    let first = ask(&tokens);
    let revoking = Later::of({
        let tokens = tokens.clone();
        async move { tokens.revoke().await.is_ok() }
    });
    assert!(fake.revoked.borrow().is_empty());
    fake.give(None);
    assert_eq!(token(&first), "access_1");
    let late = ask(&tokens);
    assert!(late.take().is_none());
    {
        let revoked = fake.revoked.borrow();
        assert_eq!(revoked[0].0, "refresh_1");
        answer(&revoked[0].1, Ok(()));
    }
    assert_eq!(revoking.take(), Some(true));
    for asked in [late, ask(&tokens), refuse(&tokens, None), refuse(&tokens, Some("access_1"))] {
        assert!(matches!(failure(&asked), RefreshError::SignIn(None)));
    }
    assert_eq!(tokens.tokens(), None);
    assert_eq!(fake.count(), 1);
}

#[test]
fn tokens_stay_where_revoking_fails() {
    let fake = Fake::default();
    let tokens = fake.tokens(old(None));
    let revoking = Later::of({
        let tokens = tokens.clone();
        async move { tokens.revoke().await.is_ok() }
    });
    let meanwhile = ask(&tokens);
    assert!(meanwhile.take().is_none());
    answer(&fake.revoked.borrow()[0].1, Err(refusal(500)));
    assert_eq!(revoking.take(), Some(false));
    assert_eq!(token(&meanwhile), "access_0");
}

#[test]
fn nothing_secret_is_printed() {
    let app = App { client_id: "id".into(), client_secret: Some("sba_secret".into()), in_header: false };
    let text = format!("{app:?} {:?}", old(None));
    for secret in ["sba_secret", "access_0", "refresh_0"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains("\"id\""), "{text}");
}

#[test]
fn tokens_are_stored_as_the_npm_package_stores_them() {
    let tokens = old(Some(5.0)).kept(1000.0);
    let json = serde_json::to_value(&tokens).expect("JSON");
    assert_eq!(json, serde_json::json!({ "access_token": "access_0", "refresh_token": "refresh_0", "expires_in": 5.0, "expiresAt": 6000.0 }));
    let read: Tokens =
        serde_json::from_str(r#"{"access_token":"access_0","refresh_token":"refresh_0","expires_in":5,"expiresAt":6000}"#).expect("tokens");
    assert_eq!(read, tokens);
}

#[test]
fn an_app_fits_into_a_header() {
    assert_eq!(basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuJTIwc2VzYW1l");
    assert_eq!(basic("a", "bc"), "Basic YTpiYw==");
    assert_eq!(basic("a", "b"), "Basic YTpi");
}

#[test]
fn a_doubt_that_comes_up_while_somebody_waits_is_not_dared() {
    let fake = Fake::default();
    let tokens = fake.tokens(expired());
    let asked = ask(&tokens);
    let revoking = Later::of({
        let tokens = tokens.clone();
        async move { tokens.revoke().await.is_ok() }
    });
    // Asked for before anything was in doubt.
    let waiting = refuse(&tokens, None);
    fake.answer(Err(broken()));
    assert!(matches!(failure(&asked), RefreshError::Unknown(_)));
    answer(&fake.revoked.borrow()[0].1, Err(refusal(500)));
    run();
    assert_eq!(revoking.take(), Some(false));
    assert!(matches!(failure(&waiting), RefreshError::Unknown(_)));
    assert_eq!(fake.count(), 1);
}
