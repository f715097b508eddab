//! A Worker that lists the projects of an account, with workers-rs: `/projects` asks the API itself, `/bound/projects` another Worker, which stands
//! between.

use supabase_management_wasm::{Cause, Client, Fetch, Options};
use worker::js_sys::Uint8Array;
use worker::{AbortController, Context, Env, Request, RequestInit, RequestRedirect, Response, Result, event};

/// Answers a request. Client and transport are made for it and end with it: a Worker must not use what belongs to another request.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> Result<Response> {
    let fetch = match request.path().as_str() {
        "/projects" => Fetch::new(|request| async { answer_of_api(request).await.map_err(cause) }),
        "/bound/projects" => {
            let service = env.service("API")?;
            Fetch::new(move |request| {
                let service = service.clone();
                async move { answer_of(service, request).await.map_err(cause) }
            })
        }
        _ => return Response::error("there is no such page", 404),
    };
    let token = env.secret("SUPABASE_ACCESS_TOKEN")?.to_string();
    let client = Client::with(Options { access_token: token.into(), fetch: Some(fetch), ..Options::default() });
    match client.projects().list().timeout_ms(5_000).await {
        Ok(projects) => Response::from_json(&projects),
        // What the client says never has the token in it.
        Err(error) => Response::error(error.to_string(), error.status().filter(|status| *status >= 400).unwrap_or(502)),
    }
}

/// Asks the API.
async fn answer_of_api(request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>> {
    let controller = AbortController::default();
    let signal = controller.signal();
    let _end = EndOnDrop(Some(controller));
    incoming(worker::Fetch::Request(outgoing(request)?).send_with_signal(&signal).await?).await
}

/// Asks a Worker that is bound to this one.
async fn answer_of(service: worker::Fetcher, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>> {
    incoming(service.fetch_request(outgoing(request)?).await?).await
}

/// A request as workers-rs has it.
fn outgoing(request: http::Request<Vec<u8>>) -> Result<Request> {
    let mut init = RequestInit::new();
    init.with_method(request.method().to_string().into()).with_headers(request.headers().into());
    // The token would go along.
    init.with_redirect(RequestRedirect::Manual);
    if !request.body().is_empty() {
        init.with_body(Some(Uint8Array::from(request.body().as_slice()).into()));
    }
    Request::new_with_init(&request.uri().to_string(), &init)
}

/// An answer as the client takes it.
async fn incoming(mut response: Response) -> Result<http::Response<Vec<u8>>> {
    let mut answer = http::Response::new(response.bytes().await?);
    *answer.status_mut() = http::StatusCode::from_u16(response.status_code()).map_err(|error| error.to_string())?;
    *answer.headers_mut() = response.headers().into();
    Ok(answer)
}

/// Why there is no answer. An error of workers-rs may hold a value of JavaScript, so its words have to do.
fn cause(error: worker::Error) -> Cause {
    error.to_string().into()
}

/// Ends a request that nobody waits for any more: a call that has run out of time drops it.
struct EndOnDrop(Option<AbortController>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}
