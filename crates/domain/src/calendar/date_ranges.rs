//! Dates written compactly: `"2021-10-01"` or `"2021-10-01..2021-10-07"` (both ends included).

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A year has no more days; a longer range is a slip of the pen.
const LONGEST: usize = 366;

/// Writes sorted dates, runs of neighbours as ranges.
pub(super) fn serialize<S: Serializer>(dates: &[Date], serializer: S) -> Result<S::Ok, S::Error> {
    print(dates).serialize(serializer)
}

/// Reads dates and ranges; the result is sorted and without repeats.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
    let mut dates = Vec::new();
    for text in Vec::<String>::deserialize(deserializer)? {
        dates.extend(parse(&text).map_err(D::Error::custom)?);
    }
    dates.sort_unstable();
    dates.dedup();
    Ok(dates)
}

fn print(dates: &[Date]) -> Vec<String> {
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for &date in dates {
        match runs.last_mut() {
            // January begins a new run, so that no run is longer than a year.
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == date) && last.year() == date.year() => {
                *last = date
            }
            _ => runs.push((date, date)),
        }
    }
    let text = |(from, to): (Date, Date)| if from == to { from.to_string() } else { format!("{from}..{to}") };
    runs.into_iter().map(text).collect()
}

fn parse(text: &str) -> Result<Vec<Date>, String> {
    let one = |part: &str| {
        part.trim()
            .parse::<Date>()
            .map_err(|_| format!("“{text}”不是日期：请写成 2021-10-01 或 2021-10-01..2021-10-07"))
    };
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (one(from)?, one(to)?);
    if to < from {
        return Err(format!("“{text}”的截止日期早于起始日期"));
    }
    let dates: Vec<Date> =
        from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to).take(LONGEST + 1).collect();
    if dates.len() > LONGEST { Err(format!("“{text}”超过{LONGEST}天，请检查")) } else { Ok(dates) }
}
