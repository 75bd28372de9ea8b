//! Placeholders in the sample documents: dates that stay near the day of filling, and numbers that look private and
//! must not stand in the repository.

use domain::time::{beijing, beijing_date};
use jiff::{Timestamp, ToSpan, civil::Date};

/// Fills `{{YEAR:n}}`, `{{DATE:n}}` (counted from `base`), `{{SAMPLE_ID_CARD}}` and `{{SAMPLE_MOBILE}}`.
pub(super) fn fill(text: &str, base: Date) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        match after.split_once("}}") {
            Some((name, next)) => {
                filled.push_str(&value(name, base).unwrap_or_else(|| format!("{{{{{name}}}}}")));
                rest = next;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The day that lies `days` before the day of filling.
pub(super) fn day_ago(now: Timestamp, days: i64) -> Date {
    let today = beijing_date(now);
    today.checked_sub(days.days()).unwrap_or(today)
}

/// `HH:MM` on a day, in Beijing.
pub(super) fn at(day: Date, time: &str) -> Timestamp {
    let time = time.parse().unwrap_or(jiff::civil::time(9, 0, 0, 0));
    day.to_datetime(time).to_zoned(beijing()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

fn value(name: &str, base: Date) -> Option<String> {
    match name {
        "SAMPLE_ID_CARD" => return Some(sample_id_card()),
        "SAMPLE_MOBILE" => return Some(["139", "0000", "0000"].concat()),
        _ => {}
    }
    let (kind, number) = name.split_once(':')?;
    let number: i64 = number.parse().ok()?;
    match kind {
        "YEAR" => Some((i64::from(base.year()) + number).to_string()),
        "DATE" => {
            let day = base.checked_add(number.days()).ok()?;
            Some(format!("{}年{}月{}日", day.year(), day.month(), day.day()))
        }
        _ => None,
    }
}

/// A well-formed identity number of nobody: the region's own code, which no person bears as place of registration.
fn sample_id_card() -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = ["150000", "19000101", "001"].concat();
    let sum: u32 = digits.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(a, b)| a * b).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
    format!("{digits}{}", check[usize::try_from(sum % 11).unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use domain::identifier::PersonalId;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn years_and_days_count_from_the_base() {
        let base = date(2026, 11, 23);
        assert_eq!(fill("〔{{YEAR:0}}〕，{{YEAR:-1}}年", base), "〔2026〕，2025年");
        assert_eq!(fill("自{{DATE:10}}起", base), "自2026年12月3日起");
        assert_eq!(fill("{{UNKNOWN}} {{", base), "{{UNKNOWN}} {{");
    }

    #[test]
    fn the_sample_identity_number_is_one_that_screening_recognises() {
        assert!(PersonalId::parse(&fill("{{SAMPLE_ID_CARD}}", date(2026, 1, 1))).is_ok());
    }
}
