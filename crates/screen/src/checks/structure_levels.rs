//! Numbers of the levels of an official document: 一、（一）1.（1）, and 第一条 of regulations. A number that is skipped
//! or repeated mostly means a lost or pasted paragraph.

use std::sync::LazyLock;

use domain::identifier::chinese_number::counted;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// Skipped and repeated numbers of levels.
pub struct StructureLevels;

const RULE: Rule<'static> = Rule::builtin("form.levels", "GB/T 9704-2012 7.3.3（结构层次序数）");

/// One alternative and one group for each level, from the highest.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[\s#　]*(?:第([一二三四五六七八九十百千零〇]{1,8})条[\s　]|([一二三四五六七八九十百]{1,4})、|[（(]([一二三四五六七八九十]{1,3})[）)]|([0-9]{1,2})[.．、]|[（(]([0-9]{1,2})[）)])",
    )
    .expect("a constant expression")
});
/// 第…条 counts through the whole text; the others begin anew below each higher number.
const ARTICLE: usize = 0;
const LEVELS: usize = 5;

impl Check for StructureLevels {
    fn id(&self) -> &'static str {
        "structure_levels"
    }
    fn name(&self) -> &'static str {
        "层次序号跳号、重号"
    }
    fn category(&self) -> Category {
        Category::Form
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let Some(text) = view.text(Field::Body) else { return };
        let mut last: [Option<u32>; LEVELS] = [None; LEVELS];
        let mut start = 0;
        for line in text.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let Some(found) = HEAD.captures(line) else { continue };
            let Some((level, mark)) = (0..LEVELS).find_map(|level| Some((level, found.get(level + 1)?))) else {
                continue;
            };
            let Some(number) = mark.as_str().parse().ok().or_else(|| counted(mark.as_str())) else { continue };
            // 1.5亿元 begins a sentence, no item.
            if level == 3 && line[mark.end()..].chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
                continue;
            }
            if let Some(before) = last[level]
                && number != before + 1
                && number != 1
                && (number == before || number > before + 1)
            {
                let message = if number == before {
                    format!("序号“{}”重复，请核对是否重复粘贴或者编错序号。", mark.as_str())
                } else {
                    format!("序号从“{before}”跳到“{number}”，请核对是否遗漏内容或者编错序号。")
                };
                let note = Note { rule: RULE, severity: Severity::Hint, message, suggestion: None, masked: None };
                out.at(text, at + mark.start()..at + mark.end(), note);
            }
            last[level] = Some(number);
            // A new article or a new higher number begins the lower ones anew.
            last[level + 1..].fill(None);
            if level != ARTICLE {
                continue;
            }
            last[1..].fill(None);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn skipped_and_repeated_numbers_are_found() {
        for (text, places) in [
            ("一、甲\n二、乙\n三、丙", vec![]),
            ("一、甲\n三、丙", vec![4]),
            ("一、甲\n二、乙\n二、丙", vec![8]),
            ("一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊", vec![]),
            ("（一）乙\n（三）丙", vec![6]),
            ("1.甲\n2.乙\n4.丁", vec![8]),
            ("1.5亿元\n3.8亿元", vec![]),
            ("一、甲\n二、乙\n附件\n一、丙", vec![]),
            ("第一条 甲\n第二条 乙\n第四条 丁", vec![13]),
            ("第十条 甲\n（一）乙\n第十一条 丙\n（一）丁", vec![]),
        ] {
            assert_eq!(crate::check_places(&super::StructureLevels, text), places, "{text}");
        }
    }
}
