//! Days that no calendar has: 2月30日, 2021年2月29日, 二〇二一年六月三十一日.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Impossible dates of the solar calendar in texts.
pub struct ImpossibleDate;

const RULE: Rule = Rule {
    id: "date.impossible",
    basis: "GB/T 15835-2011（出版物上数字用法）；国办秘函〔2019〕19号（内容准确）",
};

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:([12][0-9]{3})\s?年\s?)?([0-9]{1,2})\s?月\s?([0-9]{1,3})\s?日").expect("a constant expression")
});
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"((?:19|20)[0-9]{2})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2}))")
        .expect("a constant expression")
});
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
        .expect("a constant expression")
});

/// Calendars in which the second month may have thirty days.
const OTHER_CALENDARS: &[&str] = &["农历", "阴历", "夏历", "旧历", "藏历", "回历", "伊历", "闰"];

impl Check for ImpossibleDate {
    fn id(&self) -> &'static str {
        "impossible_date"
    }
    fn name(&self) -> &'static str {
        "不存在的日期"
    }
    fn category(&self) -> Category {
        Category::Date
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            for found in DIGITS.captures_iter(&text.text) {
                let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<i16>().ok());
                let (Some(whole), Some(month), Some(day)) = (found.get(0), number(2), number(3)) else { continue };
                // Without a year a month beyond twelve is a span or a count, not a date.
                if number(1).is_none() && !(1..=12).contains(&month) {
                    continue;
                }
                report(text, whole.range(), number(1), month, day, out);
            }
            for found in ISO.captures_iter(&text.text) {
                let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<i16>().ok());
                let month = number(2).or_else(|| number(4));
                let (Some(whole), Some(month), Some(day)) = (found.get(0), month, number(3).or_else(|| number(5)))
                else {
                    continue;
                };
                // Anything else in this shape is more likely a serial number than a date.
                if (1..=12).contains(&month) && (29..=31).contains(&day) && stands_alone(text, &whole.range()) {
                    report(text, whole.range(), number(1), month, day, out);
                }
            }
            for found in CHINESE.captures_iter(&text.text) {
                let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
                let (Some(whole), Some(month), Some(day)) = (found.get(0), tens(part(2)), tens(part(3))) else {
                    continue;
                };
                report(text, whole.range(), Some(year(part(1))), month, day, out);
            }
        }
    }
}

fn report(
    text: &TextField<'_>,
    range: std::ops::Range<usize>,
    year: Option<i16>,
    month: i16,
    day: i16,
    out: &mut Collector<'_>,
) {
    // Without a year the date may lie in a leap year.
    let exists = i8::try_from(month)
        .ok()
        .zip(i8::try_from(day).ok())
        .is_some_and(|(month, day)| Date::new(year.unwrap_or(2000), month, day).is_ok());
    let before = text.before(range.start, 6);
    let digit_before = before.chars().next_back().is_some_and(|c| c.is_ascii_digit() || c == '.');
    if exists || digit_before || OTHER_CALENDARS.iter().any(|word| before.contains(word)) {
        return;
    }
    let message = "这个日期不存在，请核对年、月、日。".to_owned();
    out.at(text, range, Note { rule: RULE, severity: Severity::Warn, message, suggestion: None, masked: None });
}

fn stands_alone(text: &TextField<'_>, range: &std::ops::Range<usize>) -> bool {
    let part_of_more = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_' | '.' | '=');
    !text.before(range.start, 1).contains(part_of_more)
        && !text.after(range.end, 1).contains(|c: char| c != '.' && part_of_more(c))
}

/// 二〇二一 → 2021.
fn year(text: &str) -> i16 {
    text.chars().fold(0, |year, c| year * 10 + digit(c))
}

/// 三 → 3, 十二 → 12, 二十 → 20, 三十一 → 31; `None` for what is no number below 100.
fn tens(text: &str) -> Option<i16> {
    let characters: Vec<char> = text.chars().collect();
    match characters.as_slice() {
        ['十'] => Some(10),
        [one] => Some(digit(*one)),
        ['十', one] if *one != '十' => Some(10 + digit(*one)),
        [ten, '十'] if *ten != '十' => Some(digit(*ten) * 10),
        [ten, '十', one] if *ten != '十' && *one != '十' => Some(digit(*ten) * 10 + digit(*one)),
        _ => None,
    }
}

fn digit(character: char) -> i16 {
    let place = "一二三四五六七八九".chars().position(|known| known == character);
    place.and_then(|place| i16::try_from(place + 1).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_read() {
        for (text, number) in [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31)] {
            assert_eq!(tens(text), Some(number));
        }
        assert_eq!((tens("十十"), tens(""), tens("一二三")), (None, None, None));
        assert_eq!(year("二〇二一"), 2021);
    }
}
