//! The package that `wasm-pack build` makes of the crate by itself, without `npm run build`: the same class of clients and the same types, around the
//! one instance of the wasm that wasm-bindgen loads.
//!
//! Modules of `pkg/` become what wasm-bindgen calls snippets. A snippet cannot name the file of the exports in a way that suits all targets, so there
//! are no exports: it is handed one function that calls them by name.

use super::{calls, clients, errors, options, pages, records, token_options, tokens, waits, writable};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/wasm-pack.js")]
extern "C" {
    /// Hands over what calls the functions of this crate.
    fn connect(invoke: JsValue);
}

/// What the package exports. Its types are written by hand, below.
macro_rules! reexports {
    ($($file:literal { $($name:ident)* })*) => { $(
        #[wasm_bindgen(module = $file)]
        extern "C" { $(
            #[allow(non_snake_case, dead_code)]
            #[wasm_bindgen(reexport, skip_typescript)]
            fn $name();
        )* }
    )* };
}
reexports! {
    "/pkg/wasm-pack.js" { SupabaseManagement createTokenSource waitUntil writable }
    "/pkg/errors.js" {
        ApiError ConnectionError DecodeError InputError OutcomeUnknownError RateLimitError SupabaseManagementError TimeoutError WaitError
        isApiError isConnectionError isDecodeError isInputError isOutcomeUnknownError isRateLimitError isSupabaseManagementError isTimeoutError isWaitError
    }
}

/// What those files import: a file comes along only where a function of it is declared.
macro_rules! imported_by_them {
    ($($file:literal $name:ident)*) => { $(
        #[wasm_bindgen(module = $file)]
        extern "C" {
            #[allow(non_snake_case, dead_code)]
            fn $name();
        }
    )* };
}
imported_by_them! {
    "/pkg/client.js" defineClient
    "/pkg/environment.js" environment
    "/pkg/json.js" stringify
    "/pkg/oauth.js" addOauth
    "/pkg/pending.js" Pending
    "/pkg/token-source.js" defineTokenSource
    "/pkg/waits.js" addWaiters
    "/pkg/writable.js" defineWritable
}

/// The types that are written by hand, without what comes before them: imports, and a function that this package does not have.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = after("export declare function init(): Promise<void>;\n", include_str!("../../pkg/index.d.ts"));

/// What comes after the mark, which must be there.
#[allow(dead_code, reason = "only a section of the wasm uses it, which rustc does not see")]
const fn after(mark: &str, text: &'static str) -> &'static str {
    let (mark, bytes) = (mark.as_bytes(), text.as_bytes());
    let (mut at, mut same) = (0, 0);
    while same < mark.len() {
        assert!(at < bytes.len(), "pkg/index.d.ts does not have the line after which its types begin");
        same = if bytes[at] == mark[same] { same + 1 } else { (bytes[at] == mark[0]) as usize };
        at += 1;
    }
    text.split_at(at).1
}

#[wasm_bindgen(start, private, skip_typescript)]
fn start() {
    let invoke = Closure::<dyn Fn(String, Array) -> JsValue>::new(|name: String, arguments: Array| invoke(&name, &arguments));
    connect(invoke.into_js_value());
}

/// Calls a function by the name that it has in JavaScript.
fn invoke(name: &str, given: &Array) -> JsValue {
    match name {
        "address" => return calls::address(at(given, 0)),
        "basicAuthorization" => return tokens::basic_authorization(&text(given, 0), &text(given, 1)).into(),
        "call" => calls::call(at(given, 0)),
        "checkGrant" => return token_options::check_grant(&given.get(0)),
        "checkOptions" => return options::check_options(&given.get(0), &given.get(1)),
        "checkTokenOptions" => return token_options::check_token_options(&given.get(0)),
        "createPkce" => tokens::create_pkce(at(given, 0)),
        "createState" => return tokens::create_state(),
        "exchangeCode" => tokens::exchange_code(&at(given, 0), at(given, 1), given.get(2)),
        "giveToken" => tokens::give_token(&at(given, 0), at(given, 1), given.get(2)),
        "inputError" => return errors::input_error(number(given, 0), text(given, 1), text(given, 2), text(given, 3), text(given, 4)),
        "keepTokens" => tokens::keep_tokens(&at(given, 0), &given.get(1)),
        "makeWritable" => return writable::make_writable(&given.get(0), given.get(1).as_string()),
        "rateLimits" => return clients::rate_limits(&at(given, 0)),
        "readHeaders" => return calls::read_headers(given.get(0)),
        "refuseAnswer" => return writable::refuse_answer(&given.get(0), text(given, 1), text(given, 2), text(given, 3)),
        "routeOf" => return calls::route_of(&at(given, 0)).into(),
        "revokeTokens" => tokens::revoke_tokens(&at(given, 0), at(given, 1)),
        "table" => return records::table(),
        "turnPage" => {
            let (status, attempts) = (number(given, 3).unwrap_or_default() as u16, number(given, 4).unwrap_or_default() as u32);
            return pages::turn_page(&at(given, 0), &given.get(1), &at(given, 2), status, attempts);
        }
        "wait" => waits::wait(at(given, 0), &at(given, 1), number(given, 2).unwrap_or_default(), &at(given, 3)),
        "waiters" => return waits::waiters(),
        "waitUntil" => waits::wait_until(at(given, 0), &at(given, 1)),
        _ => wasm_bindgen::throw_str(name),
    }
    JsValue::UNDEFINED
}

fn at<T: JsCast>(given: &Array, at: u32) -> T {
    given.get(at).unchecked_into()
}

fn text(given: &Array, at: u32) -> String {
    given.get(at).as_string().unwrap_or_default()
}

fn number(given: &Array, at: u32) -> Option<usize> {
    given.get(at).as_f64().map(|number| number as usize)
}
