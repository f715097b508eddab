//! Retries: what is sent again, and how long it waits until then.

use super::runner::hold;
use proptest::collection::btree_map;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Repeat, Verb};
use supabase_management_wasm::probe::{again, answered, back_off_ms, error, repeat, spread_ms};
use supabase_management_wasm::{ErrorKind, Fault};

/// How an attempt ends.
#[derive(Debug, Clone)]
enum End {
    Status(u16),
    Network { status: Option<u16>, lost: bool },
    Timeout { sent: bool, status: Option<u16>, overall: bool },
    Undecodable(u16),
    Spent(f64),
    Input,
    Aborted { sent: bool, status: Option<u16> },
    Token,
}

impl End {
    fn kind(&self) -> ErrorKind {
        let fault = Fault::new("", "", "");
        match *self {
            End::Status(status) => answered(status, ""),
            End::Network { status, lost } => ErrorKind::Network { cause: "refused".into(), status, lost },
            End::Timeout { sent, status, overall } => ErrorKind::Timeout { timeout_ms: 1, sent, status, overall },
            End::Undecodable(status) => ErrorKind::Decode { fault, status, text: String::new() },
            End::Spent(wait_ms) => ErrorKind::RateLimit { wait_ms },
            End::Input => ErrorKind::Input(fault),
            End::Aborted { sent, status } => ErrorKind::Aborted { reason: "why".into(), sent, status },
            End::Token => ErrorKind::Token { cause: "no vault".into() },
        }
    }

    /// Whether the request may do its work now, or have done it, though nobody was told.
    fn is_open(&self) -> bool {
        match self {
            End::Network { status: None, lost: true } => true,
            // An answer that has begun says that it was done.
            End::Timeout { sent: true, status: None, .. } | End::Aborted { sent: true, status: None } => true,
            // Those of gateways say nothing of the server behind.
            End::Status(status) | End::Aborted { status: Some(status), .. } => PASSING.contains(status),
            _ => false,
        }
    }
}

/// Statuses that pass, as the contract lists them.
const PASSING: [u16; 11] = [408, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526];

fn ends() -> impl Strategy<Value = End> {
    let status = || prop_oneof![2 => 100u16..1000, 2 => select(PASSING.to_vec()), 1 => Just(429), 1 => Just(401)];
    prop_oneof![
        4 => status().prop_map(End::Status),
        2 => (proptest::option::of(200u16..300), any::<bool>()).prop_map(|(status, lost)| End::Network { status, lost }),
        2 => (any::<bool>(), proptest::option::of(200u16..300), any::<bool>())
            .prop_map(|(sent, status, overall)| End::Timeout { sent, status: status.filter(|_| sent), overall }),
        1 => (200u16..300).prop_map(End::Undecodable),
        1 => (0.0..1e6).prop_map(End::Spent),
        1 => select(vec![End::Input, End::Token]),
        1 => (any::<bool>(), proptest::option::of(status())).prop_map(|(sent, status)| End::Aborted { sent, status: status.filter(|_| sent) }),
    ]
}

#[test]
fn what_is_sent_again_is_what_the_rule_names() {
    hold("what_is_sent_again_is_what_the_rule_names", &(ends(), any::<bool>(), any::<bool>()), |(end, safe, reads)| {
        let class = if safe { Repeat::Safe } else { Repeat::Unsafe };
        let kind = end.kind();
        let repeated = again(class, &kind);
        let expected = match end {
            End::Status(429) => true,
            End::Status(status) => safe && PASSING.contains(&status),
            End::Network { lost, .. } => safe && lost,
            End::Timeout { sent, overall, .. } => safe && sent && !overall,
            _ => false,
        };
        prop_assert_eq!(repeated, expected);
        // What is not safe is repeated where it was refused before any work, and nowhere else.
        prop_assert!(safe || !repeated || matches!(end, End::Status(429)));
        let error = error(kind, safe, reads);
        prop_assert_eq!(error.outcome_unknown(), !reads && end.is_open());
        // What the client repeats by itself it also calls repeatable; and it never does where the outcome is open and repeating is not safe.
        prop_assert!(!repeated || error.is_retryable());
        prop_assert!(safe || !end.is_open() || !error.is_retryable());
        Ok(())
    });
}

#[test]
fn waits_are_within_their_bounds() {
    let failures = prop_oneof![4 => 1u32..12, 1 => 12u32..102];
    let asked = prop_oneof![Just(0.0), 0.0..1e7, (0u32..100_000).prop_map(|seconds| f64::from(seconds) * 1000.0)];
    hold("waits_are_within_their_bounds", &(failures, asked, 0.0..1.0f64, 0.0..1.0f64), |(failures, asked, one, other)| {
        let most = (500.0 * 2f64.powi(failures as i32 - 1)).min(8000.0);
        let wait = back_off_ms(failures, one);
        prop_assert!((0.0..=most).contains(&wait), "{wait}");
        // All of the room is used, evenly: the jitter is a full one.
        prop_assert!((wait - most * one).abs() < 1e-6, "{wait} of {most}");
        prop_assert!(back_off_ms(failures + 1, one) >= wait);
        prop_assert_eq!(back_off_ms(failures, one) < back_off_ms(failures, other), one < other);
        let wait = spread_ms(asked, one);
        prop_assert!(wait >= asked && wait <= asked * 1.1, "{wait} of {asked}");
        Ok(())
    });
}

#[test]
fn a_key_makes_safe_what_takes_one_and_only_as_a_header() {
    let text = prop_oneof![
        select(vec!["idempotency-key", "\"idempotency-key\":", "\",\"idempotency-key\":\"x", "idempotency-key\":", "\\", "\"", "x-idempotency-key"])
            .prop_map(String::from),
        "[ -~]{0,12}",
    ];
    let name = prop_oneof![1 => select(vec!["idempotency-key", "Idempotency-Key"]).prop_map(String::from), 3 => "[a-z-]{1,8}", 1 => "[a-z-]{0,2}idempotency-key[a-z-]{0,2}"];
    let headers = btree_map(name, text, 0..4);
    hold("a_key_makes_safe_what_takes_one_and_only_as_a_header", &(any::<Index>(), any::<bool>(), headers), |(index, keyed, headers)| {
        let candidates: Vec<_> = endpoints().iter().filter(|row| row.keyed == keyed && !row.id.is_empty()).collect();
        let row = index.get(&candidates);
        // An empty one is refused before the call, and makes nothing safe.
        let given = headers.iter().any(|(name, value)| name.to_lowercase() == "idempotency-key" && !value.is_empty());
        let headers: Vec<(String, String)> = headers.into_iter().collect();
        let class = repeat(row, &headers);
        prop_assert_eq!(class == Repeat::Safe, row.repeat == Repeat::Safe || row.keyed && given, "{} {:?}", row.id, headers);
        // A verb that says it all.
        prop_assert!(!matches!(row.verb, Verb::Get | Verb::Head) || class == Repeat::Safe, "{}", row.id);
        Ok(())
    });
}
