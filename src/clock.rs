//! The time and chance. In a JavaScript engine both are the engine's. Natively they are the operating system's, and a test may let time jump: see
//! [`virtual_time`].

pub(crate) use platform::*;

/// A date of HTTP in the one form that all engines of JavaScript read alike: `06 Nov 1994 08:49:37 GMT`. They take nearly any text with a number in it
/// for a date, so whatever has none of the three forms of RFC 9110 is nothing.
#[cfg(any(target_family = "wasm", test))]
fn plain_date(text: &str) -> Option<String> {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let dashed: Vec<_>;
    let (weekday, day, month, year, time) = match *words {
        [weekday, day, month, year, time, "GMT"] => (weekday.strip_suffix(',')?, day, month, year, time),
        // The two that are obsolete: with the century left out, and as C prints it.
        [weekday, date, time, "GMT"] => {
            dashed = date.split('-').collect();
            let [day, month, year] = *dashed else { return None };
            (weekday.strip_suffix(',')?, day, month, year, time)
        }
        [weekday, month, day, time, year] => (weekday, day, month, year, time),
        _ => return None,
    };
    let digits = |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let named = weekday.len() >= 3 && weekday.bytes().all(|byte| byte.is_ascii_alphabetic());
    let clock: Vec<_> = time.split(':').collect();
    let known = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains(&month);
    let fits = named && known && digits(day, &[1, 2]) && digits(year, &[2, 4]) && clock.len() == 3 && clock.iter().all(|part| digits(part, &[2]));
    let century = match year {
        _ if year.len() == 4 => "",
        year if year < "70" => "20",
        _ => "19",
    };
    fits.then(|| format!("{day} {month} {century}{year} {time} GMT"))
}

#[cfg(target_family = "wasm")]
mod platform {
    /// Milliseconds since 1970.
    pub(crate) fn now() -> f64 {
        js_sys::Date::now()
    }

    /// A number from 0 to 1, which is never 1.
    pub(crate) fn random() -> f64 {
        js_sys::Math::random()
    }

    /// The time of a date as HTTP writes it, in milliseconds since 1970.
    pub(crate) fn parse_date(text: &str) -> Option<f64> {
        Some(js_sys::Date::parse(&super::plain_date(text)?)).filter(|time| !time.is_nan())
    }
}

#[cfg(not(target_family = "wasm"))]
mod platform {
    use std::cell::{Cell, RefCell};
    use std::collections::hash_map::RandomState;
    use std::hash::BuildHasher;
    use std::rc::Rc;
    use std::task::Waker;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    type Alarm = (f64, u64, Rc<dyn Fn()>);

    thread_local! {
        /// How many [`VirtualTime`]s there are.
        static VIRTUAL: Cell<u32> = const { Cell::new(0) };
        /// Milliseconds that were skipped so far.
        static SKIPPED_MS: Cell<f64> = const { Cell::new(0.0) };
        static ALARMS: RefCell<Vec<Alarm>> = const { RefCell::new(Vec::new()) };
        static LAST_ALARM: Cell<u64> = const { Cell::new(0) };
    }

    /// Milliseconds since 1970.
    pub(crate) fn now() -> f64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        since_1970.as_secs_f64() * 1000.0 + SKIPPED_MS.get()
    }

    /// A number from 0 to 1, which is never 1.
    pub(crate) fn random() -> f64 {
        (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The time of a date as HTTP writes it, in milliseconds since 1970.
    pub(crate) fn parse_date(text: &str) -> Option<f64> {
        let time = httpdate::parse_http_date(text.trim_ascii()).ok()?;
        Some(time.duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1000.0)
    }

    /// As long as one of these lives, waits of this thread take no time: whoever waits lets the clock jump to the next alarm.
    #[derive(Debug)]
    pub(crate) struct VirtualTime(());

    /// Makes the time of this thread virtual.
    pub(crate) fn virtual_time() -> VirtualTime {
        VIRTUAL.set(VIRTUAL.get() + 1);
        VirtualTime(())
    }

    impl Drop for VirtualTime {
        fn drop(&mut self) {
            VIRTUAL.set(VIRTUAL.get() - 1);
        }
    }

    /// Has a function called in that many milliseconds, once; see [`park`] for who calls it. Gives its number.
    pub(crate) fn set_alarm(milliseconds: f64, ring: impl Fn() + 'static) -> u64 {
        LAST_ALARM.set(LAST_ALARM.get() + 1);
        ALARMS.with_borrow_mut(|alarms| alarms.push((now() + milliseconds, LAST_ALARM.get(), Rc::new(ring))));
        LAST_ALARM.get()
    }

    /// Takes an alarm back.
    pub(crate) fn clear_alarm(number: u64) {
        ALARMS.with_borrow_mut(|alarms| alarms.retain(|(_, other, _)| *other != number));
    }

    /// Whoever waits calls this whenever there is nothing to do: it rings what is due, and wakes the waker when the next alarm is.
    pub(crate) fn park(waker: &Waker) {
        let next = || ALARMS.with_borrow(|alarms| alarms.iter().map(|(at, ..)| *at).min_by(f64::total_cmp));
        let Some(mut at) = next() else { return };
        if VIRTUAL.get() > 0 {
            SKIPPED_MS.set(SKIPPED_MS.get() + (at - now()).max(0.0));
        }
        while at <= now() {
            let due = ALARMS.with_borrow_mut(|alarms| {
                let found = alarms.iter().position(|(time, ..)| *time == at)?;
                Some(alarms.swap_remove(found))
            });
            if let Some((_, _, ring)) = due {
                ring();
            }
            match next() {
                Some(later) if VIRTUAL.get() == 0 => at = later,
                _ => break,
            }
        }
        if VIRTUAL.get() > 0 {
            // Others may have to go on first.
            return waker.wake_by_ref();
        }
        let (waker, left) = (waker.clone(), Duration::from_secs_f64((at - now()).max(0.0) / 1000.0));
        // There is no engine with timers, and no runtime that this crate could ask for one.
        std::thread::spawn(move || {
            std::thread::sleep(left);
            waker.wake();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_date, plain_date};

    #[test]
    fn a_date_is_one_of_the_three_forms_of_http() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", " Sun, 06 Nov 1994 08:49:37 GMT "]
        {
            let plain = plain_date(text).unwrap_or_else(|| panic!("{text} is a date"));
            assert!(plain.ends_with(" Nov 1994 08:49:37 GMT"), "{plain}");
            assert_eq!(parse_date(text), Some(784_111_777_000.0), "{text}");
        }
        assert_eq!(plain_date("Wednesday, 01-Jan-69 00:00:00 GMT").as_deref(), Some("01 Jan 2069 00:00:00 GMT"));
        for text in [
            "",
            "2999",
            "1e3",
            "0x10",
            "in 2999",
            "x 1e3",
            "Sun 2999",
            "Jan 1, 2999",
            "2999-01-01T00:00:00Z",
            "Tue, 01 Jan 2999",
            "Tue, 01 Jan 2999 00:00:00",
            "Tue, 01 Jan 2999 00:00:00 +0000",
            "Tue, 01 Jan 2999 0x1:00:00 GMT",
            "Tue, 1e Jan 2999 00:00:00 GMT",
            "01 Jan 2999 00:00:00 GMT",
        ] {
            assert_eq!((plain_date(text), parse_date(text)), (None, None), "{text}");
        }
    }
}
