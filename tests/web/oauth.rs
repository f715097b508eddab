//! OAuth in an engine: Web Crypto, and a client whose tokens renew themselves.

use super::*;
use supabase_management_wasm::oauth::{App, Grant, Pkce, RefreshError, RefreshingTokens, Tokens, create_state};

const CLIENT_ID: &str = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";

fn expired() -> Tokens {
    Tokens { access_token: "sbp_oauth_0".into(), refresh_token: "refresh_0".into(), expires_in: None, expires_at_ms: Some(1.0) }
}

#[wasm_bindgen_test]
async fn a_challenge_is_made_of_another_verifier_every_time() {
    let (first, second) = (Pkce::create().await.expect("a pair"), Pkce::create().await.expect("a pair"));
    assert_ne!(first.code_verifier, second.code_verifier);
    assert_eq!((first.code_verifier.len(), first.code_challenge.len()), (43, 43));
    let hash = js(&format!(
        "crypto.subtle.digest('SHA-256', new TextEncoder().encode('{}')).then((hash) => btoa(String.fromCharCode(...new Uint8Array(hash))))",
        first.code_verifier
    ));
    let hash = JsFuture::from(hash.unchecked_into::<Promise>()).await.expect("a hash").as_string().expect("base64");
    assert_eq!(first.code_challenge, hash.replace('+', "-").replace('/', "_").replace('=', ""));
    assert_ne!(create_state().expect("a state"), create_state().expect("a state"));
}

#[wasm_bindgen_test]
async fn one_refresh_serves_all_calls_and_stores_first() {
    let body = json!({ "access_token": "sbp_oauth_1", "refresh_token": "refresh_1", "expires_in": 3600, "token_type": "Bearer" });
    let authority = Fetch::resolving(move || answer(201, &body));
    let app = App { client_id: CLIENT_ID.into(), client_secret: Some("sba_1".into()), in_header: false };
    let api = Fetch::resolving(move || answer(200, &json!([project()])));
    let (sent, stored) = (api.clone(), Rc::new(Cell::new(0)));
    let storing = Rc::clone(&stored);
    let tokens = RefreshingTokens::new(&authority.client(), app, expired()).on_tokens(move |tokens| {
        assert_eq!((tokens.refresh_token.as_str(), sent.count()), ("refresh_1", 0));
        storing.set(storing.get() + 1);
        async { Ok(()) }
    });
    let client = Client::with(api.options().access_token(tokens.clone().into_source()));
    let calls: Vec<_> = (0..20).map(|_| client.projects().list().into_future()).collect();
    for call in calls {
        assert_eq!(end(call).await.expect("projects").len(), 1);
    }
    assert_eq!((authority.count(), api.count(), stored.get()), (1, 20, 1));
    let (url, init) = authority.last();
    assert_eq!(url, "https://api.supabase.com/v1/oauth/token");
    let form = format!("grant_type=refresh_token&client_id={CLIENT_ID}&client_secret=sba_1&refresh_token=refresh_0");
    assert_eq!(init["body"], json!(form));
    assert_eq!(init["headers"].get("authorization"), None);
    assert_eq!(api.last().1["headers"]["authorization"], json!("Bearer sbp_oauth_1"));
    assert!(tokens.tokens().expect("tokens").expires_at_ms > Some(js_sys::Date::now() + 3_590_000.0));
}

#[wasm_bindgen_test]
async fn a_refusal_is_the_error_of_the_call() {
    let authority = Fetch::resolving(|| answer(404, &json!({ "message": "Refresh token not found" })));
    let app = App { client_id: CLIENT_ID.into(), client_secret: Some("sba_1".into()), in_header: true };
    let tokens = RefreshingTokens::new(&authority.client(), app, expired());
    let client = Client::new(tokens.into_source());
    for _ in 0..2 {
        let error = fails(client.projects().list()).await;
        let ErrorKind::Token { cause } = error.kind() else { panic!("{error}") };
        let words = "oauth.token (POST /v1/oauth/token): 404 Refresh token not found; the tokens cannot be renewed, the user must sign in again";
        assert_eq!(get(&cause.to_js(), "message").as_string().as_deref(), Some(words));
    }
    assert_eq!(authority.count(), 1);
    let (_, init) = authority.last();
    assert_eq!(init["body"], json!("grant_type=refresh_token&refresh_token=refresh_0"));
    let pair = js(&format!("btoa('{CLIENT_ID}:sba_1')")).as_string().expect("base64");
    assert_eq!(init["headers"]["authorization"], json!(format!("Basic {pair}")));
}

#[wasm_bindgen_test]
async fn a_code_is_exchanged_and_stored_before_it_is_used() {
    let body = json!({ "access_token": "sbp_oauth_1", "refresh_token": "refresh_1", "expires_in": 3600, "token_type": "Bearer" });
    let authority = Fetch::resolving(move || answer(201, &body));
    let app = App { client_id: CLIENT_ID.into(), client_secret: Some("sba_1".into()), in_header: false };
    let stored = Rc::new(RefCell::new(Vec::new()));
    let storing = Rc::clone(&stored);
    let tokens = RefreshingTokens::without_tokens(&authority.client(), app).on_tokens(move |tokens| {
        storing.borrow_mut().push(tokens.refresh_token);
        async { Ok(()) }
    });
    let error = tokens.token().await.expect_err("no tokens yet");
    let RefreshError::Failed(error) = error else { panic!("{error}") };
    assert_eq!(
        error.to_string(),
        "oauth.token (POST /v1/oauth/token): tokens: expected tokens, or a code that was exchanged before, received nothing"
    );
    let error = tokens.revoke().await.expect_err("nothing to revoke");
    assert_eq!(error.to_string(), "oauth.revoke (POST /v1/oauth/revoke): tokens: expected tokens, received nothing");
    assert_eq!((authority.count(), tokens.tokens()), (0, None));
    let grant = Grant {
        code: "code_1".into(),
        code_verifier: Some("verifier_1".into()),
        redirect_uri: Some("https://app.example/callback".into()),
        resource: None,
    };
    assert!(!format!("{grant:?}").contains("_1"), "{grant:?}");
    let given = tokens.exchange(grant).await.expect("tokens");
    assert_eq!((given.access_token.as_str(), given.refresh_token.as_str()), ("sbp_oauth_1", "refresh_1"));
    assert_eq!((*stored.borrow()).clone(), ["refresh_1"]);
    let (_, init) = authority.last();
    let form = format!(
        "grant_type=authorization_code&client_id={CLIENT_ID}&client_secret=sba_1&code=code_1&code_verifier=verifier_1&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
    );
    assert_eq!(init["body"], json!(form));
    assert_eq!(tokens.token().await.expect("a token"), "sbp_oauth_1");
    assert_eq!(authority.count(), 1);
}
