//! The same text in the library, or nearly so.

use domain::identifier::OfficialDate;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    facts::SimilarText,
    field::Field,
    finding::{Category, Severity},
    similarity::Shingles,
    view::View,
};

/// Near duplicates among the texts that the caller found by signature.
pub struct Duplicate;

const RULE: Rule<'static> =
    Rule::builtin("duplicate.near", "国办发〔2017〕47号（避免重复发布）；集约化平台一次发布、多处使用");

/// Share of the longer text from which on two texts are called near duplicates.
pub const NEAR: f64 = 0.8;
/// Share from which on two texts are worth comparing: among 240,000 pairs of distinct documents there was none.
pub const ALIKE: f64 = 0.65;
/// Share of the shorter text from which on it is called part of the other.
pub const CONTAINED: f64 = 0.9;
/// Shingles below which a text is too short for its likeness to mean anything: notices of one sentence are all alike.
const SHORTEST: usize = 60;

impl Check for Duplicate {
    fn id(&self) -> &'static str {
        "duplicate"
    }
    fn name(&self) -> &'static str {
        "与已入库内容重复"
    }
    fn category(&self) -> Category {
        Category::Duplicate
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        if view.subject.facts.similar.is_empty() {
            return;
        }
        let Some(body) = view.text(Field::Body) else { return };
        let own = Shingles::of(&body.text);
        if own.len() < SHORTEST {
            return;
        }
        for other in &view.subject.facts.similar {
            let theirs = Shingles::of(&other.text);
            let Some((severity, message)) = message(&own, &theirs, other) else { continue };
            let suggestion =
                Some("内容确属相同的，请引用库内已有内容，不要重复发布；属于修订的，请在原内容上修改。".to_owned());
            let masked = Some(format!("《{}》", other.title.chars().take(60).collect::<String>()));
            let note = Note { rule: RULE, severity, message, suggestion, masked };
            out.on_about(Field::Body, &other.key, note);
        }
    }
}

fn message(own: &Shingles, theirs: &Shingles, other: &SimilarText) -> Option<(Severity, String)> {
    if theirs.len() < SHORTEST {
        return None;
    }
    let unit = if other.unit.is_empty() { String::new() } else { format!("（{}）", other.unit) };
    let day = other.published.map(|day| format!("，{}发布", OfficialDate::new(day))).unwrap_or_default();
    let what = format!("已入库的《{}》{unit}{day}", other.title);
    let similarity = own.similarity(theirs);
    if own == theirs {
        return Some((Severity::Warn, format!("正文与{what}完全相同，属于重复内容，请核对是否重复发布。")));
    }
    if similarity >= NEAR {
        return Some((
            Severity::Warn,
            format!("与{what}内容相似度{:.0}%，请核对是否重复发布。", (similarity * 100.0).floor()),
        ));
    }
    if own.containment(theirs) >= CONTAINED {
        let message = if own.len() < theirs.len() {
            format!("正文基本包含在{what}之中，请核对是否重复发布。")
        } else {
            format!("正文基本包含了{what}的全文，请核对是否重复发布。")
        };
        return Some((Severity::Warn, message));
    }
    let message =
        format!("与{what}有较多相同内容（相似度{:.0}%），请核对是否同一内容的修订。", (similarity * 100.0).floor());
    (similarity >= ALIKE).then_some((Severity::Hint, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(range: std::ops::Range<u32>) -> String {
        range.map(|i| char::from_u32(0x4E00 + i * 31 % 6007).unwrap()).collect()
    }

    #[test]
    fn equal_near_contained_and_other_texts_are_told_apart() {
        let other = SimilarText { title: "示例".into(), unit: "示例局".into(), ..SimilarText::default() };
        for (own, theirs, said) in [
            (text(0..500), text(0..500), Some("完全相同")),
            (text(0..500), text(20..520), Some("相似度95%")),
            (text(100..300), text(0..500), Some("基本包含在")),
            (text(0..500), text(100..300), Some("基本包含了")),
            (text(0..500), text(150..650), Some("较多相同内容（相似度69%）")),
            (text(0..500), text(200..700), None),
            (text(0..500), text(600..1100), None),
            (text(0..30), text(0..30), None),
        ] {
            let message = message(&Shingles::of(&own), &Shingles::of(&theirs), &other).map(|(_, message)| message);
            let unit_named = message.as_ref().is_none_or(|message| message.contains("《示例》（示例局）"));
            assert!(unit_named);
            match said {
                Some(said) => assert!(message.as_ref().is_some_and(|message| message.contains(said)), "{message:?}"),
                None => assert_eq!(message, None),
            }
        }
    }
}
