//! The names of options.

/// What an error says of an option that there is not.
pub(super) const UNKNOWN_OPTION: &str = "an unknown option";

/// Options of a call, in the order in which errors list them.
pub(super) const CALL_OPTIONS: &[&str] = &[
    "accessToken",
    "baseUrl",
    "fetch",
    "headers",
    "timeoutMs",
    "deadlineMs",
    "maxRetries",
    "rateLimit",
    "dedupe",
    "allowInsecure",
    "validation",
    "onDeviation",
    "onRequest",
    "onResponse",
    "onRetry",
    "signal",
];

/// Names that stand in a body or a query by mistake.
pub(super) static OPTION_NAMES: [&str; CALL_OPTIONS.len() + 1] = {
    let mut names = [""; CALL_OPTIONS.len() + 1];
    let mut at = 0;
    while at < CALL_OPTIONS.len() {
        names[at] = CALL_OPTIONS[at];
        at += 1;
    }
    names[at] = "idempotencyKey";
    names
};
