//! Years and zeros written against GB/T 15835-2011 and GB/T 9704-2012: 21年3月5日, 二○二一年, 二零二一年.

use std::sync::LazyLock;

use domain::identifier::chinese_number::WRONG_ZEROS;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::View,
};

/// Years of two digits; circles, letters and digits in years of Chinese numerals.
pub struct NumberStyle;

const SHORT: Rule<'static> =
    Rule::builtin("form.short_year", "GB/T 15835-2011 5.1.3（年份不应简写）；GB/T 9704-2012 7.3.5");
const ZERO: Rule<'static> = Rule::builtin("form.zero", "GB/T 15835-2011 5.2.3（“零”和“〇”）");

/// Two digits, month and day; or after an apostrophe.
static SHORT_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[’']?([0-9]{2})年[0-9]{1,2}月[0-9]{1,2}[日号]").expect("a constant expression"));
static CHINESE_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[一二][〇○◯零Oo0一二三四五六七八九]{3}年").expect("a constant expression"));

impl Check for NumberStyle {
    fn id(&self) -> &'static str {
        "number_style"
    }
    fn name(&self) -> &'static str {
        "年份简写、“〇”的写法"
    }
    fn category(&self) -> Category {
        Category::Form
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let hint = |rule, message: &str, suggestion| Note {
            rule,
            severity: Severity::Hint,
            message: message.to_owned(),
            suggestion: Some(suggestion),
            masked: None,
        };
        for text in view.prose() {
            for found in SHORT_YEAR.captures_iter(&text.text) {
                let (Some(whole), Some(digits)) = (found.get(0), found.get(1)) else { continue };
                let before = text.before(whole.start(), 1);
                let joined =
                    |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '第' | '满' | '共' | '前' | '后');
                let Ok(short) = digits.as_str().parse::<i16>() else { continue };
                if !before.contains(joined) {
                    let year = if short >= 49 { 1900 + short } else { 2000 + short };
                    let range = whole.start()..digits.end();
                    out.at(text, range, hint(SHORT, "年份应写全四位数字，不应简写。", year.to_string()));
                }
            }
            for found in CHINESE_YEAR.find_iter(&text.text) {
                let written = found.as_str();
                if written.contains(WRONG_ZEROS) {
                    let proper = written.replace(WRONG_ZEROS, "〇");
                    let message = "年份用汉字数字时，“0”应写成“〇”，不写圆圈、“零”、字母或者数字。";
                    out.at(text, found.range(), hint(ZERO, message, proper));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_years_and_wrong_zeros_are_found() {
        for (text, places) in [
            ("21年3月5日召开", vec![0]),
            ("’21年3月5日", vec![0]),
            ("2021年3月5日", vec![]),
            ("判处10年6个月", vec![]),
            ("2019-21年3月5日", vec![]),
            ("二○二一年", vec![0]),
            ("二零二一年", vec![0]),
            ("二0二一年三月", vec![0]),
            ("二〇二一年", vec![]),
            ("一九四九年", vec![]),
        ] {
            assert_eq!(crate::check_places(&super::NumberStyle, text), places, "{text}");
        }
    }
}
