//! Time as a parameter: nothing in the house asks the operating system what time it is except the binary's wiring.

use jiff::{Timestamp, tz::TimeZone};

/// Source of the current time. The binary wires the system clock, tests wire a clock they move by hand.
pub trait Clock: Send + Sync + 'static {
    /// The current instant, cut to milliseconds so that it survives both databases unchanged.
    fn now(&self) -> Timestamp;
}

/// Source of unpredictable bytes (tokens, salts, the random part of ids).
pub trait Entropy: Send + Sync + 'static {
    /// Fills `buffer` with bytes that nobody can predict.
    fn fill(&self, buffer: &mut [u8]);
}

/// Cuts an instant to whole milliseconds: PostgreSQL keeps microseconds and SQLite keeps text,
/// so anything finer would compare unequal after a round trip.
pub fn truncate_to_millis(instant: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(instant.as_millisecond()).unwrap_or(instant)
}

/// The time zone of every date and time that people read (北京时间).
pub fn beijing() -> TimeZone {
    // A fixed offset: China has observed no daylight saving since 1991, and no file of zones is needed at run time.
    TimeZone::fixed(jiff::tz::offset(8))
}

/// The civil date in Beijing at `instant`.
pub fn beijing_date(instant: Timestamp) -> jiff::civil::Date {
    instant.to_zoned(beijing()).date()
}

/// `YYYY-MM-DD HH:MM` in Beijing time, the format that 国办发〔2017〕47号 附件2 prescribes for publication times.
pub fn beijing_minutes(instant: Timestamp) -> String {
    instant.to_zoned(beijing()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Reads `YYYY-MM-DD`, `YYYY-MM-DD HH:MM`, `YYYY-MM-DD HH:MM:SS` or `YYYY-MM-DDTHH:MM[:SS]` as Beijing time.
/// A date alone means its first minute. Returns `None` for anything else.
pub fn parse_beijing(text: &str) -> Option<Timestamp> {
    let text = text.trim().replace('T', " ");
    let (date, time) = text.split_once(' ').unwrap_or((text.as_str(), "00:00"));
    let date: jiff::civil::Date = date.parse().ok()?;
    let time: jiff::civil::Time = time.trim().parse().ok()?;
    date.to_datetime(time).to_zoned(beijing()).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beijing_time_is_read_and_printed_the_same() {
        for text in ["2026-11-23 08:05", "2021-07-08 00:00", "1999-12-31 23:59"] {
            assert_eq!(beijing_minutes(parse_beijing(text).unwrap()), text);
        }
        assert_eq!(beijing_minutes(parse_beijing("2021-07-08").unwrap()), "2021-07-08 00:00");
        assert_eq!(beijing_minutes(parse_beijing("2021-07-08T09:30").unwrap()), "2021-07-08 09:30");
        assert_eq!(parse_beijing("2021-13-08"), None);
        assert_eq!(parse_beijing("8日"), None);
    }
}
