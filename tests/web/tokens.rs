//! Random sequences around tokens that renew themselves, with a server that is played: calls come, are refused and given up, answers and the hook
//! that stores take their time or fail. Whatever the order, no refresh token that was used up is sent again, and everybody is told.

use super::*;
use supabase_management_wasm::oauth::{App, RefreshError, RefreshingTokens, Tokens};

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
    /// The answer breaks off behind its head, likewise.
    BreaksOff { done: bool },
    /// Nothing was sent.
    Unsent,
    /// With something that is no token.
    Nonsense,
}

#[derive(Debug, Clone, Copy)]
enum Act {
    /// A call of the API, which needs a token.
    Call,
    Ask,
    /// A token was refused: the newest one, or one before it.
    Refuse(usize),
    Renew,
    Revoke,
    /// A call is dropped.
    GiveUp(usize),
    Answer(Reply),
    Store(bool),
    /// The server forgets the access token, as after a refresh by somebody else.
    Forget,
    /// Milliseconds pass.
    Pass(usize),
    /// All happens that needs no time. Without it, the next act comes in the middle of it.
    Settle,
}

impl Reply {
    fn of(lot: &mut Lot) -> Self {
        match lot.below(13) {
            0..=5 => Reply::Good { seconds: lot.pick(&[None, Some(0), Some(1), Some(90), Some(3600)]), another: lot.once_in(2) },
            6 => Reply::Refused(lot.pick(&[400, 401, 403, 404, 422])),
            7 | 8 => Reply::Failed(lot.pick(&[302, 408, 429, 500, 503, 599])),
            9 => Reply::Lost { done: lot.once_in(2) },
            10 => Reply::BreaksOff { done: lot.once_in(2) },
            11 => Reply::Unsent,
            _ => Reply::Nonsense,
        }
    }
}

impl Act {
    fn of(lot: &mut Lot) -> Self {
        match lot.below(34) {
            0..=4 => Act::Call,
            5..=8 => Act::Ask,
            9..=11 => Act::Refuse(lot.below(3)),
            12 | 13 => Act::Renew,
            14 => Act::Revoke,
            15 | 16 => Act::GiveUp(lot.below(40)),
            17..=22 => Act::Answer(Reply::of(lot)),
            23..=26 => Act::Store(!lot.once_in(4)),
            27 => Act::Forget,
            28..=30 => Act::Pass(lot.pick(&[1, 700, 40_000, 2_000_000]) + lot.below(2_000)),
            _ => Act::Settle,
        }
    }
}

/// What resolves a promise, and what rejects it.
type Ends = (Function, Function);

/// A promise, and what ends it.
fn promise() -> (JsValue, Ends) {
    let mut ends = None;
    let promise = Promise::new(&mut |resolve, reject| ends = Some((resolve, reject)));
    (promise.into(), ends.expect("it is called at once"))
}

fn call(function: &Function, value: &JsValue) {
    function.call1(&JsValue::UNDEFINED, value).expect("it does not throw");
}

/// What looks like a Response, and whose body comes without a detour. A body that is undefined breaks off.
fn reply(status: u16, body: &JsValue) -> JsValue {
    let make = js("(status, body) => { const read = async () => { if (body === undefined) throw new TypeError('terminated'); return body; }; \
                   const bytes = async () => new TextEncoder().encode(await read()).buffer; \
                   return { status, headers: new Map(), text: read, arrayBuffer: bytes }; }");
    make.unchecked_into::<Function>().call2(&JsValue::UNDEFINED, &status.into(), body).expect("an answer")
}

fn text(status: u16, body: &serde_json::Value) -> JsValue {
    reply(status, &body.to_string().into())
}

/// A request for tokens that the server has not answered yet.
enum Pending {
    Refresh(String, Ends),
    Revoke(Ends),
}

/// All that is known on the side of the server and of the hook.
#[derive(Default)]
struct Play {
    pending: RefCell<Option<Pending>>,
    /// The refresh token that works, and the access token.
    refresh: RefCell<Option<String>>,
    access: RefCell<Option<String>>,
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
    /// Those that somebody got, and may have been refused with, the newest last.
    got: RefCell<Vec<String>>,
    storing: RefCell<Option<(String, Ends)>>,
    /// What happened so far: failures that leave the old token in use, and tokens that could not be stored.
    failures: Cell<u32>,
    unstored: Cell<u32>,
    wrong: RefCell<Option<String>>,
}

impl Play {
    fn note(&self, wrong: String) {
        self.wrong.borrow_mut().get_or_insert(wrong);
    }

    /// What asks for tokens.
    fn take(&self, url: &str, init: &JsValue) -> JsValue {
        let (promise, ends) = promise();
        let body = get(init, "body").as_string().expect("a text");
        let form: Vec<(&str, &str)> = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let old = form.iter().find_map(|(name, value)| (*name == "refresh_token").then(|| (*value).to_owned()));
        let pending = if url.ends_with("/revoke") { Pending::Revoke(ends) } else { Pending::Refresh(old.unwrap_or_default(), ends) };
        if let Pending::Refresh(old, _) = &pending {
            if self.over.get() {
                self.note("a refresh with tokens that are no good".into());
            }
            if self.spent.borrow().contains(old) {
                self.note(format!("{old} was used up, and an answer said so"));
            }
            if self.doubt.get() && !self.dared.get() {
                self.note(format!("{old} may be used up, and nobody asked for it to be tried again"));
            }
        }
        if self.pending.replace(Some(pending)).is_some() {
            self.note("two requests at once".into());
        }
        if self.storing.borrow().is_some() {
            self.note("a request while tokens are stored".into());
        }
        promise
    }

    fn answer(&self, how: Reply) {
        let Some(pending) = self.pending.take() else { return };
        let (old, (resolve, reject)) = match pending {
            Pending::Refresh(old, ends) => (old, ends),
            Pending::Revoke((resolve, _)) => {
                let done = matches!(how, Reply::Good { .. });
                if done {
                    self.over.set(true);
                    self.refresh.take();
                    self.access.take();
                }
                return call(&resolve, &if done { reply(204, &"".into()) } else { text(500, &json!({})) });
            }
        };
        self.dared.set(false);
        let right = self.refresh.borrow().as_ref() == Some(&old);
        self.count.set(self.count.get() + 1);
        let (access, refresh) = (format!("access_{}", self.count.get()), format!("refresh_{}", self.count.get()));
        let another = !matches!(how, Reply::Good { another: false, .. });
        let works = match how {
            Reply::Good { .. } | Reply::Nonsense => true,
            Reply::Lost { done } | Reply::BreaksOff { done } => done,
            _ => false,
        };
        if works && right {
            *self.access.borrow_mut() = Some(access.clone());
            if another {
                *self.refresh.borrow_mut() = Some(refresh.clone());
            }
        }
        match how {
            Reply::Good { seconds, .. } if right => {
                if another {
                    self.spent.borrow_mut().push(old);
                }
                self.doubt.set(false);
                let mut tokens = json!({ "access_token": format!(" {access} "), "token_type": "Bearer", "expires_in": seconds });
                if another {
                    tokens["refresh_token"] = refresh.into();
                }
                call(&resolve, &text(201, &tokens));
            }
            Reply::Good { .. } => {
                self.over.set(true);
                call(&resolve, &text(404, &json!({ "message": "Refresh token not found" })));
            }
            Reply::Refused(status) => {
                self.over.set(true);
                call(&resolve, &text(status, &json!({ "message": "no" })));
            }
            Reply::Failed(status) => {
                self.failures.set(self.failures.get() + 1);
                call(&resolve, &text(status, &json!({ "message": "no" })));
            }
            Reply::Unsent => {
                self.failures.set(self.failures.get() + 1);
                call(&reject, &js("Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })"));
            }
            Reply::Lost { .. } => {
                self.doubt.set(true);
                call(&reject, &js("new TypeError('fetch failed')"));
            }
            Reply::BreaksOff { .. } => {
                self.doubt.set(true);
                call(&resolve, &reply(201, &JsValue::UNDEFINED));
            }
            Reply::Nonsense => {
                self.doubt.set(true);
                call(&resolve, &text(201, &json!({ "access_token": " " })));
            }
        }
    }

    fn store(&self, well: bool) {
        let Some((token, (resolve, reject))) = self.storing.take() else { return };
        if well {
            self.given.borrow_mut().push(token);
            call(&resolve, &JsValue::UNDEFINED);
        } else {
            self.unstored.set(self.unstored.get() + 1);
            call(&reject, &js("new RangeError('the disk is full')"));
        }
    }

    /// The API: it takes the access token that works.
    fn serve(&self, init: &JsValue) -> JsValue {
        let header = get(&get(init, "headers"), "authorization").as_string().unwrap_or_default();
        let token = header.trim_start_matches("Bearer ").to_owned();
        if !self.given.borrow().contains(&token) {
            self.note(format!("{token:?} is used before it is stored"));
        }
        let fine = self.access.borrow().as_ref() == Some(&token);
        self.note_got(&token);
        Promise::resolve(&if fine { text(200, &json!([])) } else { text(401, &json!({ "message": "Unauthorized" })) }).into()
    }

    fn note_got(&self, token: &str) {
        let mut got = self.got.borrow_mut();
        if !got.iter().any(|known| known == token) {
            got.push(token.into());
        }
    }

    /// Judges what a call for a token was told; `before` are failures and unstored tokens that it cannot have been told of.
    fn judge(&self, refused: Option<&str>, before: [u32; 2], result: &Result<String, RefreshError>) {
        if let Ok(token) = result {
            self.note_got(token);
        }
        let fine = match result {
            // Never one that is not stored, and never the refused one unless there is no other.
            Ok(token) => self.given.borrow().last() == Some(token) && (refused != Some(token) || self.failures.get() > before[0]),
            Err(RefreshError::SignIn(_)) => self.over.get(),
            Err(RefreshError::Unknown(_)) => self.doubt.get(),
            Err(RefreshError::Failed(_)) => self.failures.get() > before[0],
            Err(RefreshError::Storing(_)) => self.unstored.get() > before[1],
            _ => false,
        };
        if !fine {
            self.note(format!("a call got {result:?}, where the tokens that may be used are {:?}", self.given.borrow()));
        }
    }
}

/// A call under way: gone once it is dropped or has ended.
type Caller = Rc<RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>>;

fn start(work: impl Future<Output = ()> + 'static) -> Caller {
    let caller: Caller = Rc::new(RefCell::new(Some(Box::pin(work))));
    let polled = Rc::clone(&caller);
    wasm_bindgen_futures::spawn_local(std::future::poll_fn(move |context| {
        // Outside while it is polled, as it may drop others.
        let Some(mut work) = polled.take() else { return std::task::Poll::Ready(()) };
        let poll = work.as_mut().poll(context);
        if poll.is_pending() {
            *polled.borrow_mut() = Some(work);
        }
        poll
    }));
    caller
}

struct Stage {
    play: Rc<Play>,
    tokens: RefreshingTokens,
    client: Client,
    callers: Vec<Caller>,
    /// Failures and unstored tokens of which nothing is on its way any more.
    calm: [u32; 2],
    /// Lets time pass, and ends that.
    clock: JsValue,
}

impl Stage {
    fn new(stores: bool, in_header: bool, seconds: Option<u32>) -> Self {
        let play: Rc<Play> = Rc::default();
        *play.refresh.borrow_mut() = Some("refresh_0".into());
        *play.access.borrow_mut() = Some("access_0".into());
        play.given.borrow_mut().push("access_0".into());
        play.note_got("access_0");
        let clock = js("(() => { const real = Date.now; let passed = 0; Date.now = () => real() + passed; \
                        return { pass: (ms) => { passed += ms; }, end: () => { Date.now = real; } }; })()");
        let (asked, served, hook) = (Rc::clone(&play), Rc::clone(&play), Rc::clone(&play));
        let authority = Fetch::asked(move |url, init| Ok(asked.take(url, init)));
        let api = Fetch::asked(move |_, init| Ok(served.serve(init)));
        let app = App { client_id: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d".into(), client_secret: Some("secret".into()), in_header };
        let old =
            Tokens { access_token: "access_0".into(), refresh_token: "refresh_0".into(), expires_in: seconds.map(f64::from), expires_at_ms: None };
        let asking = Client::with(authority.options().max_retries(0));
        let tokens = RefreshingTokens::new(&asking, app, old).on_tokens(move |tokens: Tokens| {
            let (promise, ends) = promise();
            if hook.storing.replace(Some((tokens.access_token, ends))).is_some() {
                hook.note("tokens are stored twice at once".into());
            }
            if !stores {
                hook.store(true);
            }
            async move {
                JsFuture::from(promise.unchecked_into::<Promise>()).await?;
                Ok(())
            }
        });
        let source = tokens.clone().into_source();
        let client = Client::with(api.options().access_token(source).max_retries(0).max_concurrent(100));
        Stage { play, tokens, client, callers: Vec::new(), calm: [0; 2], clock }
    }

    fn ask(&mut self, what: impl AsyncFnOnce(RefreshingTokens) -> Result<String, RefreshError> + 'static, refused: Option<String>) {
        let (tokens, play, before) = (self.tokens.clone(), Rc::clone(&self.play), self.calm);
        self.callers.push(start(async move {
            let result = what(tokens).await;
            play.judge(refused.as_deref(), before, &result);
        }));
    }

    async fn act(&mut self, act: Act) {
        match act {
            Act::Call => {
                let (list, play) = (self.client.projects().list().into_future(), Rc::clone(&self.play));
                self.callers.push(start(async move {
                    match list.await {
                        Ok(_) => {}
                        Err(error) if matches!(error.kind(), ErrorKind::Token { .. }) || error.status() == Some(401) => {}
                        Err(error) => play.note(format!("a call got {error}")),
                    }
                }));
            }
            Act::Ask => self.ask(async |tokens| tokens.token().await, None),
            Act::Renew => {
                self.play.dared.set(true);
                self.ask(async |tokens| tokens.refresh(None).await, None);
            }
            Act::Refuse(back) => {
                let refused = self.play.got.borrow().iter().rev().nth(back).cloned();
                if let Some(refused) = refused {
                    let token = refused.clone();
                    self.ask(async move |tokens| tokens.refresh(Some(&token)).await, Some(refused));
                }
            }
            Act::Revoke => {
                let tokens = self.tokens.clone();
                self.callers.push(start(async move { drop(tokens.revoke().await) }));
            }
            Act::GiveUp(at) => {
                let given_up = self.callers.get(at).and_then(|caller| caller.take());
                drop(given_up);
            }
            Act::Answer(how) => self.play.answer(how),
            Act::Store(well) => self.play.store(well),
            Act::Forget => drop(self.play.access.take()),
            Act::Pass(milliseconds) => call(&get(&self.clock, "pass").unchecked_into(), &(milliseconds as f64).into()),
            Act::Settle => {
                turns(60).await;
                self.calm = [self.play.failures.get(), self.play.unstored.get()];
            }
        }
    }

    /// Calls that nobody has told anything.
    fn left(&self) -> usize {
        self.callers.iter().filter(|caller| caller.borrow().is_some()).count()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        get(&self.clock, "end").unchecked_into::<Function>().call0(&JsValue::UNDEFINED).expect("it does not throw");
    }
}

/// Lets so many rounds of what waits for no timer happen.
async fn turns(count: usize) {
    for _ in 0..count {
        JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await.expect("it does not reject");
    }
}

async fn sequence(mut lot: Lot) -> Result<(), String> {
    let (stores, in_header) = (lot.once_in(2), lot.once_in(2));
    let seconds = lot.pick(&[None, Some(1), Some(90), Some(3600)]);
    let mut stage = Stage::new(stores, in_header, seconds);
    let mut done = Vec::new();
    let case = |done: &[Act]| format!("stores {stores}, in_header {in_header}, {seconds:?} s, {done:?}");
    for _ in 0..lot.below(40) {
        let act = Act::of(&mut lot);
        done.push(act);
        stage.act(act).await;
        turns(lot.below(6)).await;
        let wrong = stage.play.wrong.take();
        require(wrong.is_none(), || format!("{}: {}", wrong.unwrap_or_default(), case(&done)))?;
    }
    // Then all goes well, and nobody may be left; nor anything that goes on although its callers have given up.
    let idle = |stage: &Stage| stage.play.pending.borrow().is_none() && stage.play.storing.borrow().is_none();
    for _ in 0..100 {
        turns(60).await;
        if idle(&stage) && stage.left() == 0 {
            break;
        }
        stage.act(Act::Answer(Reply::Good { seconds: None, another: true })).await;
        turns(60).await;
        stage.act(Act::Store(true)).await;
    }
    require(stage.left() == 0, || format!("{} calls were told nothing: {}", stage.left(), case(&done)))?;
    // And there is a token, unless there cannot be one.
    let usable = !stage.play.over.get() && !stage.play.doubt.get();
    stage.act(Act::Ask).await;
    for _ in 0..2 {
        turns(60).await;
        stage.act(Act::Answer(Reply::Good { seconds: None, another: true })).await;
        turns(60).await;
        stage.act(Act::Store(true)).await;
    }
    turns(60).await;
    require(stage.left() == 0, || format!("the last call was told nothing: {}", case(&done)))?;
    let (kept, valid) = (stage.tokens.tokens().map(|tokens| tokens.refresh_token), stage.play.refresh.borrow().clone());
    require(!usable || kept == valid, || format!("{kept:?} is kept, and {valid:?} works: {}", case(&done)))?;
    let wrong = stage.play.wrong.take();
    require(wrong.is_none(), || format!("{}: {}", wrong.unwrap_or_default(), case(&done)))
}

#[wasm_bindgen_test]
async fn no_token_is_used_twice_and_everybody_is_told() {
    hold("Rust: no token is used twice, and everybody is told", sequence).await;
}
