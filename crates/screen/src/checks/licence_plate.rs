//! Licence plates of vehicles (GA 36-2018): civil plates of five places, plates of six places of new-energy vehicles,
//! plates of the police, of the armed police and of the forces.

use std::{ops::Range, sync::LazyLock};

use domain::identifier::normalise::half_width;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Plates in texts, tables and attachments.
pub struct LicencePlate;

const RULE: Rule<'static> =
    Rule::builtin("privacy.licence_plate", "个人信息保护法第四条、第六条、第三十四条；GA 36-2018");

/// Province, letter of the office, then five places (the last may be a kind of vehicle) or the six of new energy.
static CIVIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?
          [A-HJ-NP-ZＡ-ＨＪ-ＮＰ-Ｚa-hj-np-z][·•・．.\-\s]?
          (?: [0-9０-９]{5}[DFdf] | [A-HJ-Ka-hj-k][A-HJ-NP-Za-hj-np-z0-9][0-9]{4} | [A-HJ-NP-Za-hj-np-z0-9０-９]{4}[A-HJ-NP-Za-hj-np-z0-9０-９挂学警港澳领] )",
    )
    .expect("a constant expression")
});
/// Armed police, embassies.
static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?[·\s]?[0-9]{4}[0-9TDSHBXJ]|使[0-9]{6}",
    )
    .expect("a constant expression")
});
/// The forces: letters and digits alone say nothing, so a word must announce them.
static FORCES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:车牌|牌照|号牌|军车)[^，。；\n\t]{0,6}?([A-HJ-NP-Z][A-HJ-NP-Z][·\s]?[0-9]{5})")
        .expect("a constant expression")
});
/// Words before a number that is surely something else.
static OTHER_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:证|准|字|审图号|备案|型号|批号|编号|代码|版号|航班|列车|规格|产品)[号:：为是第]{0,2}\\s*$")
        .expect("a constant expression")
});

impl Check for LicencePlate {
    fn id(&self) -> &'static str {
        "licence_plate"
    }
    fn name(&self) -> &'static str {
        "车牌号"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            let mut ranges: Vec<Range<usize>> = CIVIL.find_iter(&text.text).map(|found| found.range()).collect();
            ranges.extend(SPECIAL.find_iter(&text.text).map(|found| found.range()));
            ranges.extend(FORCES.captures_iter(&text.text).filter_map(|found| found.get(1)).map(|found| found.range()));
            ranges.sort_by_key(|range| range.start);
            for range in ranges.into_iter().filter(|range| is_plate(text, range)) {
                let plate = &text.text[range.clone()];
                let service = plate.ends_with('警') || plate.starts_with("WJ");
                let (severity, message) = if service {
                    (Severity::Hint, "出现警用车辆号牌，请确认可以公开。")
                } else {
                    (
                        Severity::Warn,
                        "出现车牌号，能够识别到个人，应删除或遮盖；属于公务用车、公告拍卖车辆的，请确认可以公开。",
                    )
                };
                let masked = masked(plate);
                let message = message.to_owned();
                let note =
                    Note { rule: RULE, severity, message, suggestion: Some(masked.clone()), masked: Some(masked) };
                out.at(text, range, note);
            }
        }
    }
}

/// Stands alone, holds at least three digits, and is not announced as something else.
fn is_plate(text: &TextField<'_>, range: &Range<usize>) -> bool {
    let plate = &text.text[range.clone()];
    let joined = |c: char| {
        let c = half_width(c);
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '=' | '(' | '+' | '.')
    };
    let after = &text.text[range.end..];
    let next = after.chars().next();
    // 。 and a full stop at the end of a sentence are no joint.
    let goes_on = next != Some('.') || after[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let glued = next.is_some_and(joined) && goes_on && !after.starts_with(['(', '（', '/']);
    let counted = after.starts_with('号') && !after.starts_with("号牌") && !after.starts_with("号车");
    let digits = plate.chars().filter(|c| half_width(*c).is_ascii_digit()).count();
    let before = text.before(range.start, 10);
    let latin_before = before.chars().next_back().is_some_and(|c| half_width(c).is_ascii_alphanumeric());
    digits >= 3 && !glued && !counted && !latin_before && !OTHER_NUMBER.is_match(before)
}

/// Province, office and the last two places.
fn masked(plate: &str) -> String {
    let count = plate.chars().count();
    let keep = if count > 5 { 2 } else { 1 };
    plate
        .chars()
        .enumerate()
        .map(|(i, c)| if i < 2 || i >= count - keep || c == '·' || c == ' ' { c } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn plates(text: &str) -> Vec<String> {
        let field = TextField::new(Field::Body, text);
        let all = CIVIL.find_iter(text).chain(SPECIAL.find_iter(text)).map(|found| found.range());
        let forces = FORCES.captures_iter(text).filter_map(|found| found.get(1)).map(|found| found.range());
        all.chain(forces).filter(|range| is_plate(&field, range)).map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn plates_of_every_kind_are_found() {
        for (text, plate) in [
            ("驾驶蒙A00000号牌小型汽车", "蒙A00000"),
            ("车牌号：蒙A·0000B。", "蒙A·0000B"),
            ("蒙A 0000挂", "蒙A 0000挂"),
            ("蒙 A 00000", "蒙 A 00000"),
            ("新能源车京AD00000", "京AD00000"),
            ("新能源货车京A00000F，", "京A00000F"),
            ("蒙AF00000（小型）", "蒙AF00000"),
            ("警车蒙A0000警", "蒙A0000警"),
            ("粤Z0000港", "粤Z0000港"),
            ("WJ蒙0000X", "WJ蒙0000X"),
            ("车牌号为VA00000的车辆", "VA00000"),
            ("姓名\t蒙Ｂ00000\t", "蒙Ｂ00000"),
        ] {
            assert_eq!(plates(text), [plate], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "蒙ICP备00000000号",
            "京B2-20090000",
            "蒙S(2021)001号",
            "粤A20210000",
            "京A2021号",
            "豫D00000号",
            "G6京藏高速",
            "新H7N9",
            "川A级",
            "京A000000000",
            "许可证京B00000",
            "VA00000",
            "蒙A***00",
            "蒙A0***0",
        ] {
            assert_eq!(plates(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_masked_plate_is_no_plate() {
        for plate in ["蒙A00000", "蒙A·00000", "蒙AD00000", "WJ蒙0000X", "使000000"] {
            assert!(plates(&format!("车牌{}", masked(plate))).is_empty(), "{}", masked(plate));
        }
        assert_eq!(masked("蒙A12345"), "蒙A***45");
    }
}
