//! Days that no calendar has: 2月30日, 2021年2月29日, 二〇二一年六月三十一日.

use std::sync::LazyLock;

use domain::identifier::{
    chinese_number::{counted, digit_by_digit},
    official_date,
};
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Impossible dates of the solar calendar in texts.
pub struct ImpossibleDate;

const RULE: Rule<'static> =
    Rule::builtin("date.impossible", "GB/T 15835-2011（出版物上数字用法）；国办秘函〔2019〕19号（内容准确）");

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
                let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<u32>().ok());
                let (Some(whole), Some(month), Some(day)) = (found.get(0), number(2), number(3)) else { continue };
                // Without a year a month beyond twelve is a span or a count, not a date.
                if number(1).is_none() && !(1..=12).contains(&month) {
                    continue;
                }
                report(text, whole.range(), year_of(&found), month, day, out);
            }
            for found in ISO.captures_iter(&text.text) {
                let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<u32>().ok());
                let month = number(2).or_else(|| number(4));
                let (Some(whole), Some(month), Some(day)) = (found.get(0), month, number(3).or_else(|| number(5)))
                else {
                    continue;
                };
                // Anything else in this shape is more likely a serial number than a date.
                if (1..=12).contains(&month) && (29..=31).contains(&day) && stands_alone(text, &whole.range()) {
                    report(text, whole.range(), year_of(&found), month, day, out);
                }
            }
            for found in CHINESE.captures_iter(&text.text) {
                // 三五日 is a span of days.
                let plain = |text: &str| text.chars().count() == 1 || text.contains('十');
                let number = |group: usize| {
                    found.get(group).map(|part| part.as_str()).filter(|text| plain(text)).and_then(counted)
                };
                // A circle for 〇 is a fault of its own; the day is judged all the same.
                let year = found.get(1).and_then(|part| digit_by_digit(&part.as_str().replace('○', "〇")));
                let (Some(whole), Some(month), Some(day)) = (found.get(0), number(2), number(3)) else { continue };
                report(text, whole.range(), year.and_then(|year| i16::try_from(year).ok()), month, day, out);
            }
        }
    }
}

fn year_of(found: &regex::Captures<'_>) -> Option<i16> {
    found.get(1).and_then(|part| part.as_str().parse().ok())
}

fn report(
    text: &TextField<'_>,
    range: std::ops::Range<usize>,
    year: Option<i16>,
    month: u32,
    day: u32,
    out: &mut Collector<'_>,
) {
    let exists = official_date::exists(year, month, day);
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
