//! Tokens that renew themselves, for Rust users.

use super::authority::{Api, App, Grant};
use super::renewal::{Kept, NEEDS, NEEDS_TO_REVOKE, Refusal, Renewal, State, Surroundings, Wish};
use super::tokens::Tokens;
use crate::cause::Cause;
use crate::client::Client;
use crate::clock::now;
use crate::error::Error;
use crate::fault::Fault;
use crate::options::TokenSource;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

/// Why there is no token. It holds no token and no secret; all calls that waited for one refresh get the same.
#[derive(Clone)]
#[non_exhaustive]
pub enum RefreshError {
    /// The refresh was refused for good (4xx), or the tokens were revoked: then there is no error. The user must sign in again.
    SignIn(Option<Arc<Error>>),
    /// It is unknown whether the refresh token was used up. So it stays until [`RefreshingTokens::refresh`] without an argument.
    Unknown(Arc<Error>),
    /// Nothing was sent, as there are no tokens yet for instance, or the server failed (408, 429, 5xx). The next call tries again.
    Failed(Arc<Error>),
    /// The hook that stores tokens failed. The next call asks it again; there is no second refresh.
    Storing(Cause),
}

impl From<Refusal<Arc<Error>>> for RefreshError {
    fn from(refusal: Refusal<Arc<Error>>) -> Self {
        match refusal {
            Refusal::Nothing => {
                RefreshError::Failed(Arc::new(Error::input("oauth.token", "POST /v1/oauth/token", Fault::new("tokens", NEEDS, "nothing"))))
            }
            Refusal::Revoked => RefreshError::SignIn(None),
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

/// What a call's [`ErrorKind::Token`](crate::ErrorKind::Token) has for a cause: this error, or what the hook failed with.
impl From<RefreshError> for Cause {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Storing(cause) => cause,
            error => Cause::new(error),
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
        Self::of(client, app, Some(tokens))
    }

    /// No tokens yet: [`RefreshingTokens::exchange`] comes first. The client asks for them: it must not be the one that uses them.
    pub fn without_tokens(client: &Client, app: App) -> Self {
        Self::of(client, app, None)
    }

    fn of(client: &Client, app: App, tokens: Option<Tokens>) -> Self {
        let around = Surroundings {
            authority: Api { client: client.clone(), app },
            store: RefCell::default(),
            before_seconds: Cell::new(60.0),
            now: Box::new(now),
            spawn: wasm_bindgen_futures::spawn_local,
            on_change: None,
        };
        let current = tokens.map(|tokens| Kept { tokens: tokens.kept(now()), answer: () });
        RefreshingTokens(Renewal::new(around, State { current, ..State::default() }))
    }

    /// Stores new tokens. It is awaited before anybody gets them; where it fails, the next call asks it again. It must not use a client that
    /// waits for these tokens.
    #[must_use]
    pub fn on_tokens<F: Future<Output = Result<(), Cause>> + 'static>(self, store: impl Fn(Tokens) -> F + 'static) -> Self {
        *self.0.surroundings().store.borrow_mut() = Some(Rc::new(move |kept| Box::pin(store(kept.tokens))));
        self
    }

    /// Seconds before the end of the access token from which on it is renewed, but never in the first half of its life. Default: 60.
    #[must_use]
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

    /// Exchanges the code that came back after consent, stores the tokens as [`RefreshingTokens::on_tokens`] says, and gives them. Where the tokens before
    /// were refused or revoked, these are used from now on.
    ///
    /// ```
    /// use supabase_management_wasm::Client;
    /// use supabase_management_wasm::oauth::{App, Grant, Pkce, RefreshError, RefreshingTokens};
    ///
    /// /// A client of the user, of the code that came back with the right state.
    /// async fn signed_in(app: App, code: String, pkce: Pkce, redirect_uri: String) -> Result<Client, RefreshError> {
    ///     let tokens = RefreshingTokens::without_tokens(&Client::with(Default::default()), app);
    ///     tokens.exchange(Grant { code, code_verifier: Some(pkce.code_verifier), redirect_uri: Some(redirect_uri), resource: None }).await?;
    ///     Ok(Client::new(tokens.into_source()))
    /// }
    /// # let _ = signed_in;
    /// ```
    ///
    /// # Errors
    /// `Failed` as the call `oauth.token`, `Storing` where the hook fails. A code works once: after the latter the next call asks the hook again.
    pub async fn exchange(&self, grant: Grant) -> Result<Tokens, RefreshError> {
        Ok(self.0.exchange(move |api| api.exchange(grant)).await?.tokens)
    }

    /// The newest tokens, also where the hook has failed to store them. None once they are revoked.
    pub fn tokens(&self) -> Option<Tokens> {
        self.0.tokens().map(|kept| kept.tokens)
    }

    /// Revokes what the user has granted, together with the tokens. From then on there is no token.
    ///
    /// # Errors
    /// As the call `oauth.revoke`; the tokens then stay as they were. An input error where there are none, as nothing can be revoked then.
    pub async fn revoke(&self) -> Result<(), Error> {
        match self.0.revoke().await {
            Ok(()) => Ok(()),
            // Revoking gives no tokens, so nothing is stored.
            Err(Refusal::Nothing | Refusal::Revoked | Refusal::Storing(_)) => {
                Err(Error::input("oauth.revoke", "POST /v1/oauth/revoke", Fault::new("tokens", NEEDS_TO_REVOKE, "nothing")))
            }
            Err(Refusal::SignIn(error) | Refusal::Unknown(error) | Refusal::Failed(error)) => Err(Arc::unwrap_or_clone(error)),
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
