//! Times of the API as values of the crate `time`, behind the feature of the same name.

use time::error::Parse;
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{OffsetDateTime, PrimitiveDateTime};

/// A time of an answer, such as `created_at` of a project. Needs the feature `time`.
///
/// Models keep times as the text that the API has sent, so that nothing of it is lost and none that is odd makes an answer unreadable. This reads
/// such a text: RFC 3339, as `2026-01-31T12:00:00Z`, and ISO 8601 without an offset, which the API means as UTC.
///
/// ```
/// use supabase_management_wasm::timestamp;
///
/// let created_at = timestamp("2026-04-15T10:46:16.546327+00:00")?;
/// assert_eq!((created_at.year(), created_at.microsecond()), (2026, 546_327));
/// # Ok::<_, time::error::Parse>(())
/// ```
///
/// # Errors
/// What is wrong with a text that is no time.
pub fn timestamp(text: &str) -> Result<OffsetDateTime, Parse> {
    let error = match OffsetDateTime::parse(text, &Rfc3339) {
        Ok(time) => return Ok(time),
        Err(error) => error,
    };
    PrimitiveDateTime::parse(text, &Iso8601::PARSING).map(PrimitiveDateTime::assume_utc).map_err(|_| error)
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn times_of_the_api_are_read() {
        for (text, seconds) in [
            ("2000-01-01T00:00:00Z", 946_684_800),
            ("2000-01-01T02:00:00.5+02:00", 946_684_800),
            ("2000-01-01T00:00:00.123456", 946_684_800),
            ("2000-01-01T00:00:00", 946_684_800),
        ] {
            assert_eq!(timestamp(text).expect(text).unix_timestamp(), seconds, "{text}");
        }
        for text in ["", "yesterday", "2000-13-01T00:00:00Z", "2000-01-01T00:00:00+02:00:00:00", "2000-01-01"] {
            assert!(timestamp(text).is_err(), "{text}");
        }
    }
}
