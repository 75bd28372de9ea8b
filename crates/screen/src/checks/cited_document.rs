//! Laws and documents cited by a wrong name or number, or cited as in force after they were repealed.

use std::{ops::Range, sync::LazyLock};

use domain::{element::Validity, identifier::OfficialDate, resource::ResourceKind, time::beijing_date};
use jiff::civil::Date;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    citation::{Cited, cited, compact_title},
    collector::{Collector, Note},
    facts::KnownDocument,
    finding::{Category, Severity},
    laws::{COUNTRY, KnownLaw, LAWS, short, slip},
    view::{TextField, View},
};

/// Citations held against the list of laws and against what the caller found in its library.
pub struct CitedDocument;

const REPEALED: Rule<'static> = Rule::builtin(
    "citation.repealed",
    "政府信息公开条例第六条（准确）；国办发〔2017〕47号（修改、废止、失效及时标注）",
);
const NAME: Rule<'static> =
    Rule::builtin("citation.name", "党政机关公文处理工作条例第十九条（引用公文应当先引标题，后引发文字号）");
const NUMBER: Rule<'static> =
    Rule::builtin("citation.number", "党政机关公文处理工作条例第十九条（引用公文应当先引标题，后引发文字号）");

/// The text speaks of a document as of the past.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("废止|失效|停止执行|取代|代替|替代|不再执行|不再施行|清理|修改前|历史").expect("a constant expression")
});
/// … shortly before it.
static FORMER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:原|旧|曾|当时|此前|过去)[^，。；《》]{0,8}$|(?:19|20)[0-9]{2}年[^。；]{0,12}$")
        .expect("a constant expression")
});
/// … or right after it.
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^》?[（(]?(?:已|颁布|出台|通过|公布|诞生|首次|(?:19|20)[0-9]{2}年)").expect("a constant expression")
});

/// Characters of a sentence that are looked at on each side.
const SENTENCE: usize = 80;

impl Check for CitedDocument {
    fn id(&self) -> &'static str {
        "cited_document"
    }
    fn name(&self) -> &'static str {
        "引用的法规、文件（名称、文号、是否有效）"
    }
    fn category(&self) -> Category {
        Category::Citation
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let about_repeal = PAST.is_match(&view.subject.title);
        let (dated, imported, undated) = (date_of(view), view.subject.imported, is_undated(view));
        let documents = &view.subject.facts.documents;
        let titles: Vec<String> = documents.iter().map(|document| compact_title(&document.title)).collect();
        for text in view.prose() {
            for citation in cited(&text.text) {
                let place = Place { text, citation: &citation, dated, imported, undated, silent: about_repeal };
                let title = citation.title.clone().map(|range| compact_title(&text.text[range]));
                let number = citation.number.as_ref().map(|(_, number)| number.as_str());
                let by_title = title.as_ref().and_then(|title| titles.iter().position(|known| same(known, title)));
                let by_number = number.and_then(|number| documents.iter().position(|known| has_number(known, number)));
                match (
                    title.as_deref(),
                    by_title.and_then(|at| documents.get(at)),
                    by_number.and_then(|at| documents.get(at)),
                ) {
                    (_, Some(known), _) => {
                        judge_number(&place, known, number, out);
                        judge_state(&place, known, out);
                    }
                    (Some(title), None, Some(known)) => {
                        judge_title(&place, title, known, out);
                        judge_state(&place, known, out);
                    }
                    (None, None, Some(known)) => judge_state(&place, known, out),
                    (Some(title), None, None) if !judge_law(&place, title, out) => {
                        judge_name(&place, title, &titles, out)
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The day as of which a citation must hold.
fn date_of(view: &View<'_>) -> Date {
    let subject = view.subject;
    let written = subject.elements.written_on.filter(|_| subject.kind == ResourceKind::Policy);
    written
        .unwrap_or_else(|| beijing_date(subject.elements.published_on.or(subject.scheduled_at).unwrap_or(subject.now)))
}

/// Taken over from elsewhere without any date: whether the law was in force when it was written, nobody can tell.
fn is_undated(view: &View<'_>) -> bool {
    let elements = &view.subject.elements;
    view.subject.imported && elements.written_on.is_none() && elements.published_on.is_none()
}

struct Place<'a> {
    text: &'a TextField<'a>,
    citation: &'a Cited,
    dated: Date,
    imported: bool,
    undated: bool,
    silent: bool,
}

impl Place<'_> {
    fn range(&self) -> Range<usize> {
        let number = self.citation.number.as_ref().map(|(range, _)| range.clone());
        self.citation.title.clone().or(number).unwrap_or_default()
    }

    /// Mentioned as something of the past, or within the title of another document.
    fn is_past(&self) -> bool {
        let range = self.range();
        let before = self.text.before(range.start, SENTENCE).trim_end_matches('《');
        let after = self.text.after(range.end, SENTENCE);
        let stop = ['。', '\n', '；'];
        let before = before.rsplit(stop).next().unwrap_or(before);
        let sentence_end = after.split(stop).next().unwrap_or(after);
        self.silent
            || self.citation.nested
            || PAST.is_match(before)
            || PAST.is_match(sentence_end)
            || FORMER.is_match(before)
            || MADE.is_match(after)
    }

    fn report(
        &self,
        rule: Rule<'static>,
        severity: Severity,
        message: String,
        suggestion: Option<String>,
        out: &mut Collector<'_>,
    ) {
        let evidence = message.clone();
        out.at_because_of(
            self.text,
            self.range(),
            &evidence,
            Note { rule, severity, message, suggestion, masked: None },
        );
    }

    /// What to write instead of a repealed title: articles have other numbers in what took its place.
    fn replacement(&self, by: Option<&str>) -> Option<String> {
        let by = by?;
        let range = self.range();
        let cites_article = self.text.after(range.end, 3).trim_start_matches('》').starts_with('第');
        if cites_article || self.citation.title.is_none() {
            return Some(format!("请改引《{by}》的相应条款。"));
        }
        let full = self.text.text[range].contains(COUNTRY);
        Some(if full { by } else { short(by) }.to_owned())
    }

    fn repealed(&self, title: &str, until: Option<Date>, by: Option<&str>, why: Option<&str>, out: &mut Collector<'_>) {
        if until.is_some_and(|until| self.dated < until) || self.is_past() {
            return;
        }
        // Without a day only a text that is being written now is surely later than the repeal.
        let certain = until.is_some() && !self.undated || !self.imported;
        let severity = if certain { Severity::Warn } else { Severity::Hint };
        let when = until.map(|day| format!("自{}起", OfficialDate::new(day))).unwrap_or_default();
        let why = why.map(|why| format!("（{why}）")).unwrap_or_default();
        let instead = by.map(|by| format!("，现行的是《{by}》")).unwrap_or_default();
        let message = format!(
            "《{title}》{when}已不再有效{why}{instead}。作为依据引用的应改引现行文件；说明历史情况的可以保留。"
        );
        self.report(REPEALED, severity, message, self.replacement(by), out);
    }
}

fn judge_state(place: &Place<'_>, known: &KnownDocument, out: &mut Collector<'_>) {
    match known.validity {
        Validity::Lapsed | Validity::Repealed => {
            place.repealed(&known.title, known.until, known.replaced_by.as_deref(), known.why.as_deref(), out);
        }
        Validity::PartlyLapsed if !place.is_past() => {
            let message = format!("《{}》部分条款已失效，请核对引用的条款是否仍然有效。", known.title);
            place.report(REPEALED, Severity::Hint, message, None, out);
        }
        Validity::NotYetInForce if !place.is_past() => {
            let message = format!("《{}》尚未施行，请核对是否可以作为依据。", known.title);
            place.report(REPEALED, Severity::Hint, message, None, out);
        }
        _ => {}
    }
}

fn has_number(known: &KnownDocument, number: &str) -> bool {
    let own = known.document_number.as_deref();
    own.is_some_and(|own| {
        own == number || domain::identifier::DocumentNumber::correct(own).is_some_and(|own| own.as_str() == number)
    })
}

/// The right title with the number of another document.
fn judge_number(place: &Place<'_>, known: &KnownDocument, number: Option<&str>, out: &mut Collector<'_>) {
    let (Some(number), Some(own), Some((range, _))) =
        (number, known.document_number.as_deref(), &place.citation.number)
    else {
        return;
    };
    if has_number(known, number) {
        return;
    }
    let message = format!("《{}》的发文字号是{own}，这里写的是{number}，请核对。", known.title);
    let note = Note { rule: NUMBER, severity: Severity::Warn, message, suggestion: Some(own.to_owned()), masked: None };
    out.at_because_of(place.text, range.clone(), own, note);
}

/// The right number with another title.
fn judge_title(place: &Place<'_>, title: &str, known: &KnownDocument, out: &mut Collector<'_>) {
    let own = compact_title(&known.title);
    // 《通知》 and titles without the issuer are ways of citing, no faults.
    if title.chars().count() <= 6 || own.ends_with(title) || own.contains(title) || title.contains(&own) {
        return;
    }
    let number = known.document_number.as_deref().unwrap_or_default();
    let message = format!("{number}的标题是《{}》，与这里写的标题不一致，请核对标题和文号。", known.title);
    place.report(NAME, Severity::Warn, message, Some(known.title.clone()), out);
}

/// True when the title is that of a national law, right or nearly so.
fn judge_law(place: &Place<'_>, title: &str, out: &mut Collector<'_>) -> bool {
    let name = title.split('（').next().unwrap_or(title);
    match LAWS.find(name) {
        Some(KnownLaw::Named(_)) => true,
        Some(KnownLaw::Repealed(law)) => {
            place.repealed(&law.title, law.until, law.replaced_by.as_deref(), None, out);
            true
        }
        None => match LAWS.meant_by(name) {
            Some(meant) => {
                let right = if name.starts_with(COUNTRY) { meant } else { short(meant) };
                let right = format!("{right}{}", &title[name.len()..]);
                let message = format!("没有名为《{title}》的法律法规，可能是《{right}》，请核对名称。");
                place.report(NAME, Severity::Warn, message, Some(right), out);
                true
            }
            None => false,
        },
    }
}

/// A title that differs from one of the library in one place only.
fn judge_name(place: &Place<'_>, title: &str, known: &[String], out: &mut Collector<'_>) {
    let written: Vec<char> = title.chars().collect();
    if written.len() < 8 || place.citation.nested {
        return;
    }
    let near = known.iter().find(|known| {
        let characters: Vec<char> = known.chars().collect();
        slip(&written, &characters, true).is_some() && !differs_in_number(&written, &characters)
    });
    if let Some(near) = near {
        let message = format!("库中没有《{title}》，可能是《{near}》，请核对标题。");
        place.report(NAME, Severity::Warn, message, Some(near.clone()), out);
    }
}

/// 2021年工作要点 and 2022年工作要点 are two documents.
fn differs_in_number(a: &[char], b: &[char]) -> bool {
    let numbers = |text: &[char]| {
        text.iter().filter(|c| c.is_numeric() || "一二三四五六七八九十".contains(**c)).collect::<String>()
    };
    numbers(a) != numbers(b)
}

fn same(known: &str, title: &str) -> bool {
    known == title || short(known) == short(title)
}
