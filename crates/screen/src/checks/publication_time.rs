//! Publication times that cannot be true. A forged one fails the whole site (单项否决), so it blocks.

use domain::time::{beijing_date, beijing_minutes};
use jiff::{Timestamp, ToSpan};

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// Back-dated, unscheduled future and far-future publication; documents written after their publication.
pub struct PublicationTime;

const FORGED: Rule<'static> =
    Rule::builtin("date.back_dated", "国办秘函〔2019〕19号 单项否决“安全、泄密事故等严重问题”第5项（伪造发稿日期）");
const FUTURE: Rule<'static> = Rule::builtin("date.future_publication", "国办发〔2017〕47号 附件2（发布时间）");
const ORDER: Rule<'static> =
    Rule::builtin("date.written_after_publication", "GB/T 9704-2012 7.3.5（成文日期）；政府信息公开条例第二十六条");

/// Grace between writing the time and passing the review.
const GRACE_HOURS: i64 = 24;

impl Check for PublicationTime {
    fn id(&self) -> &'static str {
        "publication_time"
    }
    fn name(&self) -> &'static str {
        "发布时间（倒签、未来时间、早于成文日期）"
    }
    fn category(&self) -> Category {
        Category::Date
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let subject = view.subject;
        if let Some(stated) = subject.elements.published_on {
            if !subject.imported {
                check_back_dating(stated, subject.first_published_at, subject.now, out);
            }
            if stated > subject.now && subject.scheduled_at.is_none() {
                report_future(stated, subject.now, false, out);
            }
        }
        if let Some(scheduled) = subject.scheduled_at.filter(|scheduled| is_beyond_a_year(*scheduled, subject.now)) {
            report_future(scheduled, subject.now, true, out);
        }
        check_order(view, out);
    }
}

fn check_back_dating(stated: Timestamp, first: Option<Timestamp>, now: Timestamp, out: &mut Collector<'_>) {
    let earliest_true = first.unwrap_or(now).min(now);
    if earliest_true.checked_sub(GRACE_HOURS.hours()).is_ok_and(|limit| stated < limit) {
        let message = match first {
            Some(first) => format!(
                "发布时间早于本条信息的首次发布时间（{}），属于伪造发稿日期，不得发布。",
                beijing_minutes(first)
            ),
            None => {
                "发布时间早于当前时间24小时以上。稿件尚未发布，不能倒填发布时间（伪造发稿日期为单项否决）。".to_owned()
            }
        };
        let suggestion = Some("清空发布时间，由系统按实际发布时间填写。".to_owned());
        let note = Note { rule: FORGED, severity: Severity::Block, message, suggestion, masked: None };
        out.on(Field::PublishedOn, &beijing_minutes(stated), note);
    }
}

fn report_future(at: Timestamp, now: Timestamp, scheduled: bool, out: &mut Collector<'_>) {
    let (severity, message) = if is_beyond_a_year(at, now) {
        (Severity::Warn, "发布时间在一年以后，请核对年份是否写错。")
    } else {
        (Severity::Hint, "发布时间晚于当前时间，但没有设置定时发布；审核通过后会立即发布。")
    };
    let suggestion = (!scheduled).then(|| "需要定时发布的，请在提交时选择定时发布；否则清空发布时间。".to_owned());
    let note = Note { rule: FUTURE, severity, message: message.to_owned(), suggestion, masked: None };
    out.on(Field::PublishedOn, &beijing_minutes(at), note);
}

fn is_beyond_a_year(at: Timestamp, now: Timestamp) -> bool {
    now.checked_add((366 * 24).hours()).is_ok_and(|limit| at > limit)
}

fn check_order(view: &View<'_>, out: &mut Collector<'_>) {
    let subject = view.subject;
    let elements = &subject.elements;
    let Some(written) = elements.written_on else { return };
    let published = beijing_date(elements.published_on.or(subject.scheduled_at).unwrap_or(subject.now));
    if written > published {
        let message = format!("成文日期（{written}）晚于发布日期（{published}），请核对。");
        let note = Note { rule: ORDER, severity: Severity::Warn, message, suggestion: None, masked: None };
        out.on(Field::WrittenOn, &format!("{written} {published}"), note);
    }
    if let Some(repealed) = elements.repealed_on.filter(|repealed| *repealed < written) {
        let message = format!("废止（失效）日期（{repealed}）早于成文日期（{written}），请核对。");
        let note = Note { rule: ORDER, severity: Severity::Warn, message, suggestion: None, masked: None };
        out.on(Field::WrittenOn, &format!("{written} {repealed}"), note);
    }
    if let Some(effective) = elements.effective_on.filter(|effective| *effective < written) {
        let message = format!("施行日期（{effective}）早于成文日期（{written}），请核对。");
        let note = Note { rule: ORDER, severity: Severity::Hint, message, suggestion: None, masked: None };
        out.on(Field::EffectiveOn, &format!("{effective} {written}"), note);
    }
}
