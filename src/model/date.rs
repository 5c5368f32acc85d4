// SPDX-License-Identifier: EUPL-1.2
//! Calendar dates and moments with the offset that their author wrote.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar date.
pub type Date = jiff::civil::Date;

/// An instant with the offset in which it was written, as Git keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Offset from UTC, seconds, east positive.
    pub offset: i32,
}

impl Moment {
    /// Midnight UTC of a date.
    pub fn at(date: Date) -> Self {
        Self {
            seconds: i64::from(days_since_epoch(date)) * 86_400,
            offset: 0,
        }
    }

    /// The calendar date at the moment's own offset; out-of-range moments answer the nearest date.
    pub fn date(self) -> Date {
        let local = self.seconds.saturating_add(i64::from(self.offset));
        date_of_day(local.div_euclid(86_400))
    }
}

impl fmt::Display for Moment {
    /// ISO 8601 with offset, seconds precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.seconds.saturating_add(i64::from(self.offset));
        let second = local.rem_euclid(86_400);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}",
            self.date(),
            second / 3600,
            second / 60 % 60,
            second % 60
        )?;
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let minutes = self.offset.abs() / 60;
        let sign = if self.offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Whole days from `from` to `to`; negative when `to` comes first.
pub fn days_between(from: Date, to: Date) -> i32 {
    days_since_epoch(to) - days_since_epoch(from)
}

/// The date `months` whole months later, on the same day or the last of the month.
pub fn months_later(date: Date, months: i32) -> Date {
    date.checked_add(jiff::Span::new().months(months))
        .unwrap_or(date)
}

fn days_since_epoch(date: Date) -> i32 {
    (date - jiff::civil::date(1970, 1, 1)).get_days()
}

fn date_of_day(day: i64) -> Date {
    let span = jiff::Span::new();
    let epoch = jiff::civil::date(1970, 1, 1);
    match span.try_days(day) {
        Ok(span) => epoch
            .checked_add(span)
            .unwrap_or(if day < 0 { Date::MIN } else { Date::MAX }),
        Err(_) => {
            if day < 0 {
                Date::MIN
            } else {
                Date::MAX
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn moments_print_in_their_own_offset() {
        let moment = Moment {
            seconds: 1_662_393_521,
            offset: 7200,
        };
        assert_eq!(moment.to_string(), "2022-09-05T17:58:41+02:00");
        assert_eq!(moment.date(), date(2022, 9, 5));
        let utc = Moment {
            offset: 0,
            ..moment
        };
        assert_eq!(utc.to_string(), "2022-09-05T15:58:41Z");
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(days_between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(days_between(date(1970, 1, 1), date(2026, 11, 23)), 20_780);
        assert_eq!(days_between(date(2026, 1, 1), date(2025, 12, 31)), -1);
    }

    #[test]
    fn absurd_moments_do_not_panic() {
        for seconds in [i64::MIN, i64::MAX, -99_999_999_999_999] {
            let _ = Moment { seconds, offset: 0 }.to_string();
        }
    }
}
