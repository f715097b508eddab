//! Tokens that renew themselves, for Rust users.

use super::authority::{Api, App};
use super::renewal::{Kept, Refusal, Renewal, State, Surroundings, Wish};
use super::tokens::Tokens;
use crate::client::Client;
use crate::error::Error;
use crate::options::TokenSource;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::rc::Rc;
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

impl From<Refusal<Rc<Error>>> for RefreshError {
    fn from(refusal: Refusal<Rc<Error>>) -> Self {
        match refusal {
            Refusal::Nothing | Refusal::Revoked => RefreshError::SignIn(None),
            Refusal::SignIn(error) => RefreshError::SignIn(Some(error)),
            Refusal::Unknown(error) => RefreshError::Unknown(error),
            Refusal::Failed(error) => RefreshError::Failed(error),
            Refusal::Storing(cause) => RefreshError::Storing(cause),
        }
    }
}

impl fmt::Display for RefreshError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RefreshError::SignIn(None) => formatter.write_str("the tokens were revoked, the user must sign in again"),
            RefreshError::SignIn(Some(error)) => write!(formatter, "{error}; the tokens cannot be renewed, the user must sign in again"),
            RefreshError::Unknown(error) => {
                write!(formatter, "{error}; the refresh token may be used up: refresh(None) tries it again, or let the user sign in")
            }
            RefreshError::Failed(error) => write!(formatter, "{error}"),
            RefreshError::Storing(_) => formatter.write_str("new tokens could not be stored"),
        }
    }
}

impl fmt::Debug for RefreshError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RefreshError({self})")
    }
}

impl std::error::Error for RefreshError {}

/// What a call's [`ErrorKind::Token`](crate::ErrorKind::Token) has for a cause: an `Error` with the words, or what the hook failed with.
impl From<RefreshError> for JsValue {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Storing(cause) => cause,
            error => js_sys::Error::new(&error.to_string()).into(),
        }
    }
}

/// Tokens of a user that renew themselves: before they end, and when a server refuses one. Cloning it is cheap; all clones are one.
///
/// However many calls wait, there is one refresh at a time, and it is never repeated blindly, as a refresh token works once:
/// [`RefreshError`] says what follows from which failure. A refresh goes on when the call that began it is dropped.
#[derive(Clone)]
pub struct RefreshingTokens(Renewal<Api>);

impl RefreshingTokens {
    /// Tokens as they were given or stored. The client asks for new ones: it must not be the one that uses these.
    pub fn new(client: &Client, app: App, tokens: Tokens) -> Self {
        let around = Surroundings {
            authority: Api { client: client.clone(), app },
            store: RefCell::default(),
            before_seconds: Cell::new(60.0),
            now: Box::new(js_sys::Date::now),
            spawn: wasm_bindgen_futures::spawn_local,
            on_change: None,
        };
        let current = Some(Kept { tokens: tokens.kept(js_sys::Date::now()), answer: () });
        RefreshingTokens(Renewal::new(around, State { current, ..State::default() }))
    }

    /// Stores new tokens. It is awaited before anybody gets them; where it fails, the next call asks it again. It must not use a client that
    /// waits for these tokens.
    pub fn on_tokens<F: Future<Output = Result<(), JsValue>> + 'static>(self, store: impl Fn(Tokens) -> F + 'static) -> Self {
        *self.0.surroundings().store.borrow_mut() = Some(Rc::new(move |kept| Box::pin(store(kept.tokens))));
        self
    }

    /// Seconds before the end of the access token from which on it is renewed, but never in the first half of its life. Default: 60.
    pub fn refresh_before_seconds(self, seconds: u32) -> Self {
        self.0.surroundings().before_seconds.set(seconds.into());
        self
    }

    /// A token that works, as far as is known.
    ///
    /// # Errors
    /// What the refresh failed with, where there had to be one.
    pub async fn token(&self) -> Result<String, RefreshError> {
        Ok(self.0.give(Wish::Any).await?)
    }

    /// Another token than the refused one, by a refresh unless there was one since. Without one it refreshes whatever is known, also after a
    /// failure of unknown outcome.
    ///
    /// # Errors
    /// What the refresh failed with.
    pub async fn refresh(&self, refused: Option<&str>) -> Result<String, RefreshError> {
        Ok(self.0.give(refused.map_or(Wish::New, Wish::Another)).await?)
    }

    /// The newest tokens, also where the hook has failed to store them. None once they are revoked.
    pub fn tokens(&self) -> Option<Tokens> {
        self.0.tokens().map(|kept| kept.tokens)
    }

    /// Revokes what the user has granted, together with the tokens. From then on there is no token.
    ///
    /// # Errors
    /// As the call `oauth.revoke`; the tokens then stay as they were.
    pub async fn revoke(&self) -> Result<(), Error> {
        match self.0.revoke().await {
            // What is not there need not be revoked.
            Ok(()) | Err(Refusal::Nothing | Refusal::Revoked | Refusal::Storing(_)) => Ok(()),
            Err(Refusal::SignIn(error) | Refusal::Unknown(error) | Refusal::Failed(error)) => Err(Rc::unwrap_or_clone(error)),
        }
    }

    /// These tokens as a client takes them.
    pub fn into_source(self) -> TokenSource {
        TokenSource::refreshing(move |refused| {
            let tokens = self.clone();
            async move {
                let wish = refused.as_deref().map_or(Wish::Any, Wish::Another);
                tokens.0.give(wish).await.map_err(|refusal| RefreshError::from(refusal).into())
            }
        })
    }
}

impl fmt::Debug for RefreshingTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RefreshingTokens(…)")
    }
}
