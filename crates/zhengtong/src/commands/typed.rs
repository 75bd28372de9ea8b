//! Dates and moments as people type them, in Beijing time.

use domain::identifier::OfficialDate;
use jiff::civil::{Date, DateTime, Time};

/// A date: 2021-09-17, 2021/9/17, 2021年9月17日, 20210917.
pub fn read_day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Ok(date);
    }
    OfficialDate::parse(text).map(|date| date.date()).map_err(|error| error.to_string())
}

/// A date, or a date and a time: 2021-09-17T15:30 or “2021-09-17 15:30”. A date alone means its first minute.
pub fn read_moment(text: &str) -> Result<DateTime, String> {
    read_moment_or_day(text).map(|(moment, _)| moment)
}

/// As [`read_moment`], and whether it was a date alone.
pub fn read_moment_or_day(text: &str) -> Result<(DateTime, bool), String> {
    let text = text.trim();
    let Some((date, time)) = text.split_once(['T', ' ']).filter(|(_, time)| time.contains(':')) else {
        return read_day(text).map(|date| (date.at(0, 0, 0, 0), true));
    };
    let time: Time = time
        .trim()
        .parse()
        .map_err(|_| format!("“{text}”的时间部分不对，应写成 2021-09-17T15:30（北京时间，不带时区）。"))?;
    read_day(date).map(|date| (date.to_datetime(time), false))
}
