//! Document numbers written against GB/T 9704-2012: in the element itself and wherever one is cited.

use std::{ops::Range, sync::LazyLock};

use domain::identifier::{DocumentNumber, normalise::is_han};
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Wrong brackets around the year, padded serials, 第 before the serial.
pub struct DocumentNumberCheck;

const RULE: Rule<'static> =
    Rule::builtin("form.document_number", "GB/T 9704-2012 7.2.5；党政机关公文处理工作条例第九条");

/// Year in any brackets, serial, 号. The organ mark before it is looked at by hand: where it begins nobody can tell.
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[\[［【(（﹝「〔〖〈＜<{]\s?[0-9０-９]{4}\s?年?\s?[\]］】)）﹞」〕〗〉＞>}]\s?第?\s?[0-9０-９]{1,5}\s?号",
    )
    .expect("a constant expression")
});

/// Words before a number of the same shape that is no document number: licences, maps, cases, contracts.
static OTHER_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:证字?|准字|登字|许可|权字?|审图号[:：]?.{0,4}|GS.?|[检验鉴]字|合同|案号[:：]?.{0,4}|民初|行初|刑初|[终执裁]字?)$")
        .expect("a constant expression")
});

/// What follows 号 when it counts houses, plots and machines.
const THINGS: &str = "楼线院机井店门桥库坝厂标地宗车船房间段";

impl Check for DocumentNumberCheck {
    fn id(&self) -> &'static str {
        "document_number"
    }
    fn name(&self) -> &'static str {
        "发文字号写法（六角括号、虚位、“第”字）"
    }
    fn category(&self) -> Category {
        Category::Form
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        if let Some(number) = view.subject.elements.document_number.as_deref().filter(|text| !text.trim().is_empty())
            && let Err(error) = DocumentNumber::parse(number)
        {
            let note = note(error.message, error.suggestion);
            out.on(Field::DocumentNumber, number, note);
        }
        for text in view.prose() {
            for found in CITED.find_iter(&text.text) {
                let range = found.range();
                if !is_cited_number(text, &range) {
                    continue;
                }
                // Any mark will do: only what follows it is judged, and cut off again.
                let Err(error) = DocumentNumber::parse(&format!("某某{}", found.as_str())) else { continue };
                let suggestion = error.suggestion.and_then(|full| full.strip_prefix("某某").map(str::to_owned));
                if suggestion.is_some() {
                    out.at(text, range, note(error.message, suggestion));
                }
            }
        }
    }
}

fn note(message: String, suggestion: Option<String>) -> Note<'static> {
    Note { rule: RULE, severity: Severity::Warn, message, suggestion, masked: None }
}

/// Preceded by the Chinese characters of an organ mark and not counting things.
fn is_cited_number(text: &TextField<'_>, range: &Range<usize>) -> bool {
    let before = text.before(range.start, 12).trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let mark = before.chars().rev().take_while(|c| is_han(*c)).count();
    let thing = text.text[range.end..].chars().next().is_some_and(|c| THINGS.contains(c));
    mark >= 2 && !thing && !OTHER_NUMBER.is_match(before)
}
