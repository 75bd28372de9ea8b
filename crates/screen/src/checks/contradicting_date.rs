//! Dates that contradict each other or the calendar: 2021年9月17日（星期六）, a span that ends before it begins, a
//! signature later than the publication or other than the stated date of the document.

use std::sync::LazyLock;

use domain::{
    identifier::{OfficialDate, official_date},
    resource::ResourceKind,
    time::beijing_date,
};
use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::{TextField, View},
};

/// Days of the week, spans, signatures and datelines.
pub struct ContradictingDate;

const WEEKDAY: Rule<'static> = Rule::builtin("date.weekday", "国办秘函〔2019〕19号（内容准确）");
const SPAN: Rule<'static> = Rule::builtin("date.span", "国办秘函〔2019〕19号（内容准确）");
const SIGNATURE: Rule<'static> = Rule::builtin("date.signature", "GB/T 9704-2012 7.3.5（成文日期）");
const EFFECT: Rule<'static> = Rule::builtin("date.effect_before_written", "立法法第一百零四条（不溯及既往）");

static NAMED_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([12][0-9]{3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日\s?[（(]?\s?(?:星期|周|礼拜)([一二三四五六日天])",
    )
    .expect("a constant expression")
});
static NEAR_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^年\s0-9])\s?([0-9]{1,2})月([0-9]{1,2})日\s?[（(]?\s?(?:星期|周|礼拜)([一二三四五六日天])")
        .expect("a constant expression")
});
static SPANS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([12][0-9]{3})\s?年(?:\s?([0-9]{1,2})\s?月(?:\s?([0-9]{1,2})\s?日)?)?\s?(?:至|到|—|－|–|-|~|～|——)\s?([12][0-9]{3})\s?年(?:\s?([0-9]{1,2})\s?月(?:\s?([0-9]{1,2})\s?日)?)?",
    )
    .expect("a constant expression")
});
static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"本[^，。；\n]{1,8}自\s?([12][0-9]{3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日起(?:施行|生效)")
        .expect("a constant expression")
});
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:社|报|网|台)[\p{Han}]{2,6}([12][0-9]{3}年)?([0-9]{1,2})月([0-9]{1,2})日电")
        .expect("a constant expression")
});

/// Days beyond which an earlier day of effect is that of the first version of what was amended since.
const AMENDED_SINCE: i32 = 366;

impl Check for ContradictingDate {
    fn id(&self) -> &'static str {
        "contradicting_date"
    }
    fn name(&self) -> &'static str {
        "前后矛盾的日期（星期、起止、落款）"
    }
    fn category(&self) -> Category {
        Category::Date
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.prose() {
            for found in NAMED_DAY.captures_iter(&text.text) {
                weekday(text, &found, out);
            }
            for found in NEAR_DAY.captures_iter(&text.text) {
                near_weekday(view, text, &found, out);
            }
            for found in SPANS.captures_iter(&text.text) {
                span(text, &found, out);
            }
        }
        let Some(body) = view.text(Field::Body) else { return };
        signature(view, body, out);
        dateline(view, body, out);
        effect(view, body, out);
    }
}

fn number(found: &Captures<'_>, group: usize) -> Option<i16> {
    found.get(group).and_then(|part| part.as_str().trim_end_matches('年').parse().ok())
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn note(rule: Rule<'static>, severity: Severity, message: String, suggestion: Option<String>) -> Note<'static> {
    Note { rule, severity, message, suggestion, masked: None }
}

const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

fn weekday(text: &TextField<'_>, found: &Captures<'_>, out: &mut Collector<'_>) {
    let (Some(year), Some(month), Some(of_month), Some(named)) =
        (number(found, 1), number(found, 2), number(found, 3), found.get(4))
    else {
        return;
    };
    let Some(date) = day(year, month, of_month) else { return };
    let true_name = DAYS[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()];
    let stated = if named.as_str() == "天" { "日" } else { named.as_str() };
    if stated != true_name {
        let message = format!("{}是星期{true_name}，不是星期{stated}，请核对日期和星期。", OfficialDate::new(date));
        out.at(text, named.range(), note(WEEKDAY, Severity::Warn, message, Some(true_name.to_owned())));
    }
}

/// A day without its year is the one nearest to the publication.
fn near_weekday(view: &View<'_>, text: &TextField<'_>, found: &Captures<'_>, out: &mut Collector<'_>) {
    let (Some(month), Some(of_month), Some(named)) = (number(found, 1), number(found, 2), found.get(3)) else { return };
    let published = published_on(view);
    let years = [published.year() - 1, published.year(), published.year().saturating_add(1)];
    let near = years.into_iter().filter_map(|year| day(year, month, of_month));
    let Some(date) = near.min_by_key(|date| (*date - published).get_days().abs()) else { return };
    let true_name = DAYS[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()];
    let stated = if named.as_str() == "天" { "日" } else { named.as_str() };
    if stated != true_name {
        let message = format!("{}是星期{true_name}，请核对日期和星期。", OfficialDate::new(date));
        out.at(text, named.range(), note(WEEKDAY, Severity::Hint, message, Some(true_name.to_owned())));
    }
}

fn published_on(view: &View<'_>) -> Date {
    let subject = view.subject;
    beijing_date(subject.elements.published_on.or(subject.scheduled_at).unwrap_or(subject.now))
}

fn span(text: &TextField<'_>, found: &Captures<'_>, out: &mut Collector<'_>) {
    let part = |group: usize| number(found, group);
    let (Some(whole), Some(from_year), Some(to_year)) = (found.get(0), part(1), part(4)) else { return };
    // Only what both ends state can be compared: 2021年9月至2021年.
    let ends = [(Some(from_year), Some(to_year)), (part(2), part(5)), (part(3), part(6))];
    let stated = ends.into_iter().map_while(|(from, to)| Some((from?, to?)));
    let (from, to): (Vec<i16>, Vec<i16>) = stated.unzip();
    // 2021年-2019年 compares; 1998-2021年 and the like never reach here.
    let compares = text.after(whole.end(), 4).starts_with(['比', '增', '下', '同'])
        || text.before(whole.start(), 3).contains('比');
    if to < from && !compares {
        let message = "起止日期颠倒：结束的时间早于开始的时间，请核对年、月、日。".to_owned();
        out.at(text, whole.range(), note(SPAN, Severity::Warn, message, None));
    }
}

/// The lines that hold nothing but a date. A forwarded document brings its own, so one true one is enough.
fn signature(view: &View<'_>, body: &TextField<'_>, out: &mut Collector<'_>) {
    let subject = view.subject;
    let mut signatures = Vec::new();
    let mut end = body.text.len();
    for line in body.text.rsplit('\n') {
        let start = end - line.len();
        end = start.saturating_sub(1);
        let bare = line.trim().trim_matches(['（', '）', '(', ')']);
        if (9..=40).contains(&bare.len())
            && bare.ends_with('日')
            && let Some(date) = OfficialDate::parse(bare).ok()
        {
            let at = start + line.find(bare).unwrap_or_default();
            signatures.push((at..at + bare.len(), date.date()));
        }
    }
    let written = subject.elements.written_on.filter(|_| subject.kind == ResourceKind::Policy);
    let published = published_on(view);
    if let Some((range, date)) = signatures.iter().find(|(_, date)| *date > published) {
        let message = format!(
            "落款日期（{}）晚于发布日期（{}），请核对。",
            OfficialDate::new(*date),
            OfficialDate::new(published)
        );
        out.at_because_of(body, range.clone(), &published.to_string(), note(SIGNATURE, Severity::Warn, message, None));
        return;
    }
    if let Some(written) = written
        && !signatures.is_empty()
        && signatures.iter().all(|(_, date)| *date != written)
        && let Some((range, date)) = signatures.first()
    {
        let stated = OfficialDate::new(written);
        let message = format!("落款日期（{}）与填写的成文日期（{stated}）不一致，请核对。", OfficialDate::new(*date));
        out.at_because_of(body, range.clone(), &stated.iso(), note(SIGNATURE, Severity::Warn, message, None));
    }
}

/// 新华社北京9月17日电 cannot be published before that day.
fn dateline(view: &View<'_>, body: &TextField<'_>, out: &mut Collector<'_>) {
    let published = published_on(view);
    for found in DATELINE.captures_iter(&body.text).take(3) {
        let (Some(whole), Some(month), Some(of_month)) = (found.get(0), number(&found, 2), number(&found, 3)) else {
            continue;
        };
        let year = number(&found, 1);
        let Some(date) = day(year.unwrap_or(published.year()), month, of_month) else { continue };
        // Without a year December read in January is last year's.
        let ahead = (date - published).get_days();
        if date > published && (year.is_some() || (1..=60).contains(&ahead)) {
            let message =
                format!("电头日期（{month}月{of_month}日）晚于发布日期（{}），请核对。", OfficialDate::new(published));
            out.at_because_of(
                body,
                whole.range(),
                &published.to_string(),
                note(SIGNATURE, Severity::Warn, message, None),
            );
        }
    }
}

fn effect(view: &View<'_>, body: &TextField<'_>, out: &mut Collector<'_>) {
    let Some(written) = view.subject.elements.written_on.filter(|_| view.subject.kind == ResourceKind::Policy) else {
        return;
    };
    for found in EFFECTIVE.captures_iter(&body.text) {
        let (Some(whole), Some(year), Some(month), Some(of_month)) =
            (found.get(0), number(&found, 1), number(&found, 2), number(&found, 3))
        else {
            continue;
        };
        if !official_date::exists(Some(year), u32::try_from(month).unwrap_or(0), u32::try_from(of_month).unwrap_or(0)) {
            continue;
        }
        if let Some(date) =
            day(year, month, of_month).filter(|date| (1..=AMENDED_SINCE).contains(&(written - *date).get_days()))
        {
            let message = format!(
                "文中写明的施行日期（{}）早于成文日期（{}），请核对。",
                OfficialDate::new(date),
                OfficialDate::new(written)
            );
            out.at_because_of(body, whole.range(), &written.to_string(), note(EFFECT, Severity::Hint, message, None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_and_spans_are_held_to_the_calendar() {
        for (text, places) in [
            ("2021年9月17日（星期五）", vec![]),
            ("2021年9月17日（星期六）", vec![13]),
            ("2021年9月19日（星期天）", vec![]),
            ("2021年9月19日 周一上午", vec![12]),
            ("2021年2月30日（星期六）", vec![]),
            ("定于11月20日（星期五）", vec![]),
            ("定于11月20日（星期四）", vec![11]),
            ("定于11月18日（星期三）", vec![]),
            ("2021年9月至2021年3月", vec![0]),
            ("2021年9月至2022年3月", vec![]),
            ("2021年至2019年", vec![0]),
            ("2021年9月3日—2021年9月1日", vec![0]),
            ("2021年9月3日至2021年9月", vec![]),
            ("2021年9月至2021年", vec![]),
            ("比2021年-2019年平均", vec![]),
        ] {
            assert_eq!(crate::check_places(&ContradictingDate, text), places, "{text}");
        }
    }
}
