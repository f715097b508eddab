//! The names of options.

use crate::text::same_letters;

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
    "bigint",
    "onDeviation",
    "onRequest",
    "onResponse",
    "onRetry",
    "signal",
];

/// What other clients call an option, as people type it out of habit: octokit, openai, stripe, ky, axios, got, supabase-js, googleapis. Case, underscores and
/// hyphens do not count. Where several fit, the first option that there is at this place is meant.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "accessToken",
        "token apiKey auth authToken bearer bearerToken bearerAuth key apiToken secretKey secret pat personalAccessToken credentials authorization \
         supabaseKey supabaseAccessToken authProvider authStrategy",
    ),
    (
        "baseUrl",
        "baseUri basePath host hostname endpoint url uri apiUrl apiBase apiHost serverUrl server origin prefix prefixUrl rootUrl supabaseUrl",
    ),
    ("headers", "header defaultHeaders customHeaders extraHeaders requestHeaders globalHeaders global userAgent"),
    ("timeoutMs", "timeout requestTimeout timeoutMillis timeoutMilliseconds timeoutSeconds connectTimeout responseTimeout"),
    ("deadlineMs", "deadline overallTimeout totalTimeout maxDuration maxWaitMs maxWait timeoutTotal"),
    ("maxRetries", "retry retries retryCount retryLimit retryOptions retryConfig maxNetworkRetries maxAttempts attempts numRetries maxRetryCount"),
    ("maxConcurrent", "concurrency maxConcurrency maxConcurrentRequests maxConnections maxSockets parallel"),
    ("rateLimit", "throttle throttling rateLimiting limiter"),
    ("fetch", "fetcher fetchFn customFetch fetchImpl fetchImplementation httpClient httpAgent agent adapter transport dispatcher request"),
    ("signal", "abort abortSignal abortController cancel cancelToken cancellationToken"),
    ("validation", "validate validator strict strictMode schema validateResponse"),
    ("bigint", "bigints bigIntegers int8 parseBigInt useBigInt bigNumbers supportBigNumbers bigNumberStrings"),
    ("idempotencyKey", "idempotency idempotent idempotencyToken"),
    ("pollMs", "interval intervalMs pollInterval pollIntervalMs pollingInterval delay"),
    ("dedupe", "deduplicate dedup deduplication singleFlight"),
    ("allowInsecure", "insecure insecureHttp allowHttp"),
    ("onRequest", "beforeRequest requestInterceptor interceptors hooks log logger debug logLevel"),
    ("onResponse", "afterResponse responseInterceptor"),
    ("onRetry", "beforeRetry"),
    ("onTokens", "onRefresh onTokenRefresh onTokenRefreshed onTokensRefreshed saveTokens"),
    ("clientId", "id appId"),
    ("clientSecret", "appSecret secret"),
    ("refreshBeforeSeconds", "leeway expiryMargin eagerRefreshThreshold"),
];

/// The option that somebody meant who is used to the names of another client.
pub(super) fn known_elsewhere(name: &str, names: &[&str]) -> Option<&'static str> {
    let fits = |(ours, theirs): &&(&str, &str)| names.contains(ours) && theirs.split_ascii_whitespace().any(|known| same_letters(known, name));
    ELSEWHERE.iter().find(fits).map(|(ours, _)| *ours)
}

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
