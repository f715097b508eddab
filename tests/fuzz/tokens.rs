//! Tokens that renew themselves, with a server that is played: calls come, are refused and given up, answers and the hook that stores take their
//! time or fail, and whatever the order, no refresh token that was used up is sent again, and everybody is told.

use super::authority::{Api, App, Tokens};
use super::refreshing::{RefreshError, RefreshingTokens};
use super::tasks::{Local, Slot, clear, kill, run, spawn, start};
use crate::error::{Error, ErrorKind};
use crate::runner::hold;
use crate::stand_ins::{Client, Server};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use supabase_management_wasm::probe::answered;
use wasm_bindgen::JsValue;

/// How the server answers a refresh.
#[derive(Debug, Clone, Copy)]
enum Reply {
    /// With tokens that live so many seconds, and another refresh token or none.
    Good { seconds: Option<u32>, another: bool },
    /// For good.
    Refused(u16),
    /// As one that has done nothing.
    Failed(u16),
    /// The connection breaks, and nobody knows whether it was done.
    Lost { done: bool },
    /// Out of time, likewise.
    Late { done: bool },
    /// Nothing was sent.
    Unsent,
    /// With something that is no token.
    Nonsense,
}

#[derive(Debug, Clone, Copy)]
enum Act {
    Ask,
    /// A token was refused: the newest one, or one before it.
    Refuse(usize),
    Renew,
    Revoke,
    GiveUp(usize),
    Answer(Reply),
    Store(bool),
    Pass(u32),
}

fn replies() -> impl Strategy<Value = Reply> {
    let seconds = prop_oneof![Just(None), Just(Some(3600)), Just(Some(0)), (1u32..200).prop_map(Some)];
    prop_oneof![
        6 => (seconds, any::<bool>()).prop_map(|(seconds, another)| Reply::Good { seconds, another }),
        1 => select(vec![400u16, 401, 403, 404, 422]).prop_map(Reply::Refused),
        2 => select(vec![302u16, 408, 429, 500, 503, 599]).prop_map(Reply::Failed),
        1 => any::<bool>().prop_map(|done| Reply::Lost { done }),
        1 => any::<bool>().prop_map(|done| Reply::Late { done }),
        1 => Just(Reply::Unsent),
        1 => Just(Reply::Nonsense),
    ]
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => Just(Act::Ask),
        3 => (0usize..3).prop_map(Act::Refuse),
        2 => Just(Act::Renew),
        1 => Just(Act::Revoke),
        2 => (0usize..40).prop_map(Act::GiveUp),
        6 => replies().prop_map(Act::Answer),
        4 => prop_oneof![3 => Just(true), 1 => Just(false)].prop_map(Act::Store),
        3 => prop_oneof![1u32..2000, 0u32..4_000_000].prop_map(Act::Pass),
    ]
}

type Storing = Rc<Slot<Result<(), JsValue>>>;
type Answer<T> = Rc<Slot<crate::error::Result<T>>>;

enum Pending {
    Token(String, Answer<Value>),
    Revoke(Answer<()>),
}

/// All that is known on the side of the server and of the hook.
#[derive(Default)]
struct Play {
    now: Cell<f64>,
    pending: RefCell<Option<Pending>>,
    /// The refresh token that works.
    valid: RefCell<Option<String>>,
    /// Those that an answer has told to be used up.
    spent: RefCell<Vec<String>>,
    /// Whether it is unknown if the last one was used up, and whether somebody asked to try it all the same.
    doubt: Cell<bool>,
    dared: Cell<bool>,
    /// Whether the user must sign in again.
    over: Cell<bool>,
    count: Cell<u32>,
    /// Access tokens that calls may get, the newest last.
    given: RefCell<Vec<String>>,
    storing: RefCell<Option<(String, Storing)>>,
    stores: Cell<bool>,
    /// What happened since a call came: failures that leave the old token in use.
    failures: Cell<u32>,
    unstored: Cell<u32>,
    wrong: RefCell<Option<String>>,
}

impl Play {
    fn note(&self, wrong: String) {
        self.wrong.borrow_mut().get_or_insert(wrong);
    }

    fn take(&self, pending: Pending) {
        let asks = matches!(pending, Pending::Token(..));
        if self.pending.replace(Some(pending)).is_some() {
            self.note("two requests at once".into());
        }
        if self.storing.borrow().is_some() {
            self.note("a request while tokens are stored".into());
        }
        if asks && self.over.get() {
            self.note("a request with tokens that are no good".into());
        }
    }

    fn answer(&self, reply: Reply) {
        let Some(pending) = self.pending.take() else { return };
        let (token, slot) = match pending {
            Pending::Token(token, slot) => (token, slot),
            Pending::Revoke(slot) => {
                let done = matches!(reply, Reply::Good { .. });
                if done {
                    self.over.set(true);
                }
                return slot.fill(if done { Ok(()) } else { Err(Error::new(answered(500, ""))) });
            }
        };
        self.dared.set(false);
        let right = self.valid.borrow().as_ref() == Some(&token);
        let done = match reply {
            Reply::Good { another, .. } => another,
            Reply::Lost { done } | Reply::Late { done } => done,
            Reply::Nonsense => true,
            _ => false,
        };
        self.count.set(self.count.get() + 1);
        let (access, refresh) = (format!("access_{}", self.count.get()), format!("refresh_{}", self.count.get()));
        if done && right {
            *self.valid.borrow_mut() = Some(refresh.clone());
        }
        let cause = JsValue::UNDEFINED;
        let result = match reply {
            Reply::Good { .. } if !right => Err(answered(404, "")),
            Reply::Good { seconds, another } => {
                if another {
                    self.spent.borrow_mut().push(token);
                }
                let mut tokens = json!({ "access_token": format!(" {access} "), "token_type": "Bearer" });
                if let Some(seconds) = seconds {
                    tokens["expires_in"] = seconds.into();
                }
                if another {
                    tokens["refresh_token"] = refresh.into();
                }
                Ok(tokens)
            }
            Reply::Refused(status) | Reply::Failed(status) => Err(answered(status, "")),
            Reply::Lost { .. } => Err(ErrorKind::Network { cause, status: None, lost: true }),
            Reply::Late { .. } => Err(ErrorKind::Timeout { timeout_ms: 1, sent: true, status: None, overall: false }),
            Reply::Unsent => Err(ErrorKind::Timeout { timeout_ms: 1, sent: false, status: None, overall: false }),
            Reply::Nonsense => Ok(json!({ "access_token": " " })),
        };
        match reply {
            Reply::Lost { .. } | Reply::Late { .. } | Reply::Nonsense => self.doubt.set(true),
            Reply::Good { .. } if right => self.doubt.set(false),
            Reply::Refused(_) | Reply::Good { .. } => self.over.set(true),
            Reply::Failed(_) | Reply::Unsent => self.failures.set(self.failures.get() + 1),
        }
        slot.fill(result.map_err(Error::new));
    }

    fn store(&self, well: bool) {
        let Some((token, slot)) = self.storing.take() else { return };
        if well {
            self.given.borrow_mut().push(token);
        } else {
            self.unstored.set(self.unstored.get() + 1);
        }
        slot.fill(if well { Ok(()) } else { Err(JsValue::NULL) });
    }
}

struct Played(Rc<Play>);

impl Server for Played {
    fn token(&self, refresh_token: &str) -> Local<crate::error::Result<Value>> {
        let play = &self.0;
        if play.spent.borrow().iter().any(|spent| spent == refresh_token) {
            play.note(format!("{refresh_token} was used up, and an answer said so"));
        }
        if play.doubt.get() && !play.dared.get() {
            play.note(format!("{refresh_token} may be used up, and nobody asked for it to be tried again"));
        }
        let slot = Slot::new();
        play.take(Pending::Token(refresh_token.into(), Rc::clone(&slot)));
        slot.wait()
    }

    fn revoke(&self, _: &str) -> Local<crate::error::Result<()>> {
        let slot = Slot::new();
        self.0.take(Pending::Revoke(Rc::clone(&slot)));
        slot.wait()
    }
}

/// A call of a user.
struct Caller {
    task: usize,
    done: Rc<Cell<bool>>,
}

struct Stage {
    play: Rc<Play>,
    tokens: RefreshingTokens,
    callers: Vec<Caller>,
}

impl Stage {
    fn new(stores: bool, seconds: Option<u32>) -> Self {
        let play = Rc::new(Play { stores: Cell::new(stores), ..Play::default() });
        *play.valid.borrow_mut() = Some("refresh_0".into());
        play.given.borrow_mut().push("access_0".into());
        let app = App { client_id: "app".into(), client_secret: Some("secret".into()), in_header: stores };
        let api = Api { client: Client(Rc::new(Played(Rc::clone(&play)))), app };
        let old =
            Tokens { access_token: "access_0".into(), refresh_token: "refresh_0".into(), expires_in: seconds.map(f64::from), expires_at_ms: None };
        let (clock, hook) = (Rc::clone(&play), Rc::clone(&play));
        let tokens = RefreshingTokens::with(Box::new(api), old, Box::new(move || clock.now.get()), spawn).on_tokens(move |tokens: Tokens| {
            let slot = Slot::new();
            if hook.storing.replace(Some((tokens.access_token, Rc::clone(&slot)))).is_some() {
                hook.note("tokens are stored twice at once".into());
            }
            if !hook.stores.get() {
                hook.store(true);
            }
            slot.wait()
        });
        Stage { play, tokens, callers: Vec::new() }
    }

    fn call(&mut self, what: impl AsyncFnOnce(RefreshingTokens, &Play) + 'static) {
        let (tokens, play, done) = (self.tokens.clone(), Rc::clone(&self.play), Rc::new(Cell::new(false)));
        let told = Rc::clone(&done);
        let task = start(Box::pin(async move {
            what(tokens, &play).await;
            told.set(true);
        }));
        self.callers.push(Caller { task, done });
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Ask => self.call(async |tokens, play| judge(play, None, [play.failures.get(), play.unstored.get()], tokens.token().await)),
            Act::Renew => {
                self.play.dared.set(true);
                self.call(async |tokens, play| judge(play, None, [play.failures.get(), play.unstored.get()], tokens.refresh(None).await));
            }
            Act::Refuse(back) => {
                let refused = self.play.given.borrow().iter().rev().nth(back).cloned();
                let Some(refused) = refused else { return };
                self.call(async move |tokens, play| {
                    let before = [play.failures.get(), play.unstored.get()];
                    let result = tokens.refresh(Some(&refused)).await;
                    judge(play, Some(&refused), before, result);
                });
            }
            Act::Revoke => self.call(async |tokens, _| drop(tokens.revoke().await)),
            Act::GiveUp(at) => {
                let Some(caller) = self.callers.get(at) else { return };
                caller.done.set(true);
                kill(caller.task);
            }
            Act::Answer(reply) => self.play.answer(reply),
            Act::Store(well) => self.play.store(well),
            Act::Pass(milliseconds) => self.play.now.set(self.play.now.get() + f64::from(milliseconds)),
        }
    }
}

/// What a call may be told.
fn judge(play: &Play, refused: Option<&str>, before: [u32; 2], result: Result<String, RefreshError>) {
    let fine = match &result {
        // Never one that is not stored, and never the refused one unless there is no other.
        Ok(token) => play.given.borrow().last() == Some(token) && (refused != Some(token) || play.failures.get() > before[0]),
        Err(RefreshError::SignIn(_)) => play.over.get(),
        Err(RefreshError::Unknown(_)) => play.doubt.get(),
        Err(RefreshError::Failed(_)) => play.failures.get() > before[0],
        Err(RefreshError::Storing(_)) => play.unstored.get() > before[1],
    };
    if !fine {
        play.note(format!("a call got {result:?}, where the tokens that may be used are {:?}", play.given.borrow()));
    }
}

#[test]
fn no_token_is_used_twice_and_everybody_is_told() {
    let cases = (vec(acts(), 0..60), any::<bool>(), proptest::option::of(1u32..200), vec(any::<u8>(), 0..40));
    hold("no_token_is_used_twice_and_everybody_is_told", &cases, |(acts, stores, seconds, order)| {
        clear();
        let mut words = order.into_iter();
        let mut order = |count: usize| usize::from(words.next().unwrap_or(0)) % count;
        let mut stage = Stage::new(stores, seconds);
        for act in acts {
            stage.act(act);
            run(&mut order);
            let wrong = stage.play.wrong.borrow().clone();
            prop_assert!(wrong.is_none(), "{act:?}: {}", wrong.unwrap_or_default());
        }
        // Then all goes well, and nobody may be left; nor anything that goes on although its callers have given up.
        for _ in 0..200 {
            let idle = stage.play.pending.borrow().is_none() && stage.play.storing.borrow().is_none();
            if idle && stage.callers.iter().all(|caller| caller.done.get()) {
                break;
            }
            stage.act(Act::Answer(Reply::Good { seconds: None, another: true }));
            stage.act(Act::Store(true));
            run(&mut order);
        }
        let left = stage.callers.iter().filter(|caller| !caller.done.get()).count();
        prop_assert_eq!(left, 0, "calls that nobody told anything");
        let usable = !stage.play.over.get() && !stage.play.doubt.get();
        stage.act(Act::Ask);
        run(&mut order);
        stage.act(Act::Answer(Reply::Good { seconds: None, another: true }));
        run(&mut order);
        stage.act(Act::Store(true));
        run(&mut order);
        prop_assert!(stage.callers.last().is_some_and(|caller| caller.done.get()));
        // And there is a token, unless there cannot be one.
        prop_assert!(
            !usable || stage.tokens.tokens().is_some_and(|tokens| tokens.refresh_token == *stage.play.valid.borrow().as_deref().unwrap_or(""))
        );
        let wrong = stage.play.wrong.borrow().clone();
        prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
        // Tokens in the tasks of this case must not be dropped into the next one.
        clear();
        Ok(())
    });
}
