//! Numbers of passports and of permits of residents of Hong Kong, Macao and Taiwan. Their shapes are common, so a word
//! must announce them: shortly before the number, or anywhere in a text in which the number fills a cell or a line.

use std::{ops::Range, sync::LazyLock};

use domain::identifier::masked::star_middle;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Passports (护照), 港澳居民来往内地通行证, 往来港澳通行证, 台湾居民来往大陆通行证.
pub struct TravelDocument;

const RULE: Rule<'static> =
    Rule::builtin("privacy.travel_document", "个人信息保护法第六条、第三十四条；出境入境管理法");

/// E00000000, EA0000000, G00000000, H00000000(00), C00000000, CA0000000; eight digits for residents of Taiwan.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[EGDSPHMCWegdsphmcw][A-HJ-NP-Za-hj-np-z]?[0-9]{7,10}|[0-9]{8}").expect("a constant expression")
});
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("护照|通行证|台胞证|回乡证|旅行证").expect("a constant expression"));

impl Check for TravelDocument {
    fn id(&self) -> &'static str {
        "travel_document"
    }
    fn name(&self) -> &'static str {
        "护照、港澳台通行证号码"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts().iter().filter(|text| WORD.is_match(&text.text)) {
            for found in NUMBER.find_iter(&text.text) {
                let range = found.range();
                if !is_number(text, &range) {
                    continue;
                }
                let masked = star_middle(found.as_str(), 2, 2);
                let note = Note {
                    rule: RULE,
                    severity: Severity::Block,
                    message: "出现完整的护照或者通行证号码，公开前必须删除或遮盖中间各位。".to_owned(),
                    suggestion: Some(masked.clone()),
                    masked: Some(masked),
                };
                out.at(text, range, note);
            }
        }
    }
}

fn is_number(text: &TextField<'_>, range: &Range<usize>) -> bool {
    let number = &text.text[range.clone()];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let fits = match (number.len() - digits, number.bytes().next()) {
        (0, _) => digits == 8 && !is_day(number),
        (1, Some(b'H' | b'M' | b'h' | b'm')) => matches!(digits, 8 | 10),
        (1, _) => digits == 8,
        (_, Some(b'E' | b'C' | b'e' | b'c')) => digits == 7,
        _ => false,
    };
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '=' | '.');
    let before = text.text[..range.start].chars().next_back();
    let after = text.text[range.end..].chars().next();
    let alone = !before.is_some_and(joined) && !after.is_some_and(|c| joined(c) && c != '.' || c == '年');
    let cell = |c: Option<char>| matches!(c, None | Some('\t' | '\n'));
    // Eight digits alone are as likely a date.
    let in_table = digits < number.len() && cell(before) && cell(after);
    fits && alone && (in_table || announced(text, range.start))
}

/// 20301231 is a day, not a permit.
fn is_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    (1900..2100).contains(&part(0..4)) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

fn announced(text: &TextField<'_>, at: usize) -> bool {
    let before = text.before(at, 16);
    let clause = before.rsplit(['。', '；', '\n']).next().unwrap_or(before);
    WORD.is_match(clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn numbers(text: &str) -> usize {
        let field = TextField::new(Field::Body, text);
        if !WORD.is_match(text) {
            return 0;
        }
        NUMBER.find_iter(text).filter(|found| is_number(&field, &found.range())).count()
    }

    #[test]
    fn announced_numbers_are_found_and_others_are_not() {
        for (text, count) in [
            ("护照号码：E00000000。", 1),
            ("普通护照EA0000000，", 1),
            ("港澳居民来往内地通行证H00000000", 1),
            ("通行证号H0000000000", 1),
            ("台胞证号00000000", 1),
            ("姓名\t护照号\n甲\tE00000000\n乙\tG00000000", 2),
            ("型号E00000000", 0),
            ("护照已办好。产品型号为普通型，E00000000", 0),
            ("护照E000000001", 0),
            ("护照号E0*****00", 0),
            ("通行证有效期至20301231日前", 0),
            ("护照2021年办理", 0),
        ] {
            assert_eq!(numbers(text), count, "{text}");
        }
    }
}
