//! The named fields at the start of a WARC record.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Fields of one record.
#[derive(Debug, Default)]
pub(super) struct WarcHead {
    fields: Vec<(String, String)>,
}

impl WarcHead {
    pub fn push(&mut self, line: &[u8]) {
        crate::source::http::push_header(&mut self.fields, line);
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The address the record is about, without the brackets some versions of wget put around it.
    pub fn target(&self) -> Option<String> {
        self.get("WARC-Target-URI").map(crate::source::address::clean).filter(|address| !address.is_empty())
    }

    pub fn date(&self) -> Option<Timestamp> {
        self.get("WARC-Date").and_then(date)
    }
}

/// A date of the W3C profile: whole, or cut behind the year, the month, the day, the minute.
pub(super) fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(timestamp) = text.parse() {
        return Some(timestamp);
    }
    if let Ok(civil) = text.trim_end_matches('Z').parse::<DateTime>() {
        return Offset::UTC.to_timestamp(civil).ok();
    }
    let mut parts = text.splitn(2, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = match parts.next() {
        Some(month) if month.len() == 2 => month.parse().ok()?,
        Some(_) => return None,
        None => 1,
    };
    let day = Date::new(year, month, 1).ok()?;
    Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
}
