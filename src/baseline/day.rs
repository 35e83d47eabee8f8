//! A calendar day. The baseline knows no hours and no time zones.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day, `YYYY-MM-DD`, of the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

/// The text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is written YYYY-MM-DD, such as 2026-11-20")
    }
}

impl std::error::Error for NoDay {}

impl Day {
    /// The day it is, in UTC. The one place where this room asks a clock; a
    /// clock before 1970 counts as 1970-01-01.
    pub fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        Self::of_unix(seconds)
    }

    /// The day, in UTC, of a number of seconds since 1970.
    pub fn of_unix(seconds: u64) -> Self {
        // No clock shows a day after 9999-12-31.
        Self::from_unix_days((seconds / 86_400).min(2_932_896))
    }

    /// The day that lies `days` after this one; the last day there is at most.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        let mut day = self;
        for _ in 0..days {
            match day.next() {
                Some(next) => day = next,
                None => return day,
            }
        }
        day
    }

    fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day);
        valid.then_some(Self { year, month, of_month: day })
    }

    fn next(self) -> Option<Self> {
        let Self { year, month, of_month: day } = self;
        Self::new(year, month, day + 1)
            .or_else(|| Self::new(year, month + 1, 1))
            .or_else(|| Self::new(year + 1, 1, 1))
    }

    /// Days are counted from 1970-01-01.
    fn from_unix_days(days: u64) -> Self {
        // 400 years of the Gregorian calendar have 146,097 days.
        let mut left = days % 146_097;
        let mut year = 1970 + 400 * (days / 146_097) as u16;
        loop {
            let of_year = if is_leap(year) { 366 } else { 365 };
            if left < of_year {
                break;
            }
            left -= of_year;
            year += 1;
        }
        let mut month = 1;
        while left >= u64::from(days_of_month(year, month)) {
            left -= u64::from(days_of_month(year, month));
            month += 1;
        }
        Self { year, month, of_month: left as u8 + 1 }
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let number = |range: std::ops::Range<usize>| {
            let digits = text.get(range).ok_or(NoDay)?;
            if digits.bytes().all(|b| b.is_ascii_digit()) {
                digits.parse::<u16>().map_err(|_| NoDay)
            } else {
                Err(NoDay)
            }
        };
        if text.len() != 10 || &text.as_bytes()[4..5] != b"-" || &text.as_bytes()[7..8] != b"-" {
            return Err(NoDay);
        }
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        Self::new(year, month as u8, day as u8).ok_or(NoDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn only_real_days_are_days() {
        for text in ["2026-11-20", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-1",
            "20261120",
            "2026-11-20T00",
            "0000-01-01",
            "+026-01-01",
            "2026-é1-1",
        ] {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }

    #[test]
    fn unix_days_are_counted_as_date_does() {
        // `date -u -d @$((days * 86400)) +%F`
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_777, "2026-11-20"),
            (146_096, "2369-12-31"),
            (146_097, "2370-01-01"),
        ] {
            assert_eq!(Day::from_unix_days(days).to_string(), text);
        }
    }

    #[test]
    fn days_go_on_over_months_and_years() {
        assert_eq!(day("2026-11-20").plus(90), day("2027-02-18"));
        assert_eq!(day("2024-02-28").plus(1), day("2024-02-29"));
        assert_eq!(day("9999-12-31").plus(1), day("9999-12-31"));
        assert_eq!(Day::of_unix(u64::MAX), day("9999-12-31"));
    }
}
