//! What a new holiday notice does to running deadlines.

use super::{DeadlineCase, DeadlineSum, DeadlineTerms, compute, error::moment};
use crate::calendar::{WorkCalendar, chinese_date};
use jiff::{
    Span,
    civil::{Date, DateTime},
};
use serde::Serialize;

/// A deadline that is still running; `key` is the caller's own name for it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningDeadline<K> {
    /// The caller's name for it.
    pub key: K,
    /// How it is counted.
    pub terms: DeadlineTerms,
    /// What happened.
    pub case: DeadlineCase,
}

/// What a calendar makes of a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum DeadlineOutcome {
    /// Due then.
    Due {
        /// The last moment.
        at: DateTime,
    },
    /// An open pause keeps it unknown.
    Paused {
        /// What is left, in days or for hours minutes.
        left: u32,
    },
    /// The calendar gives no answer; the sentence says why.
    Unknown {
        /// Why, in Chinese.
        why: String,
    },
}

/// A deadline that comes out differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineChange<K> {
    /// The caller's name for it.
    pub key: K,
    /// By the old calendar.
    pub before: DeadlineOutcome,
    /// By the new calendar.
    pub after: DeadlineOutcome,
    /// Why, in Chinese, for its owner.
    pub reason: String,
}

/// The deadlines that the new calendar changes, each with the reason to tell its owner.
pub fn recompute<K: Clone>(
    deadlines: &[RunningDeadline<K>],
    old: &WorkCalendar,
    new: &WorkCalendar,
) -> Vec<DeadlineChange<K>> {
    let changes = |deadline: &RunningDeadline<K>| {
        let (before, after) = (outcome(deadline, old), outcome(deadline, new));
        (before != after).then(|| DeadlineChange {
            key: deadline.key.clone(),
            reason: reason(deadline, &before, &after, old, new),
            before,
            after,
        })
    };
    deadlines.iter().filter_map(changes).collect()
}

fn outcome<K>(deadline: &RunningDeadline<K>, calendar: &WorkCalendar) -> DeadlineOutcome {
    match compute(&deadline.terms, &deadline.case, calendar) {
        Ok(DeadlineSum { due: Some(at), .. }) => DeadlineOutcome::Due { at },
        Ok(sum) => DeadlineOutcome::Paused { left: sum.total.saturating_sub(sum.counted) },
        Err(error) => DeadlineOutcome::Unknown { why: error.to_string() },
    }
}

fn reason<K>(
    deadline: &RunningDeadline<K>,
    before: &DeadlineOutcome,
    after: &DeadlineOutcome,
    old: &WorkCalendar,
    new: &WorkCalendar,
) -> String {
    let name = &deadline.terms.name;
    let words = |outcome: &DeadlineOutcome| match outcome {
        DeadlineOutcome::Due { at } => moment(*at),
        DeadlineOutcome::Paused { left } => {
            format!("暂停中，还剩{}", deadline.terms.counting.small_amount_in_chinese(*left))
        }
        DeadlineOutcome::Unknown { .. } => "不能推算".to_owned(),
    };
    let mut text = format!("“{name}”的到期日由{}变为{}", words(before), words(after));
    if let DeadlineOutcome::Unknown { why } = after {
        text.push_str(&format!("：{why}"));
    }
    let last = [before, after].into_iter().filter_map(|outcome| match outcome {
        DeadlineOutcome::Due { at } => Some(at.date()),
        _ => None,
    });
    let moved = last.max().map_or_else(Vec::new, |last| changed_days(deadline.case.begins().date(), last, old, new));
    if !moved.is_empty() {
        text.push_str(&format!("。节假日安排有变：{}", moved.join("；")));
    }
    text
}

/// Days that are worked by one calendar and off by the other, in words; at most a handful.
fn changed_days(from: Date, to: Date, old: &WorkCalendar, new: &WorkCalendar) -> Vec<String> {
    const SHOWN: usize = 10;
    let mut words = Vec::new();
    for date in from.series(Span::new().days(1)).take_while(|date| *date <= to) {
        let sides = (old.day(date).ok(), new.day(date).ok());
        let text = match sides {
            (Some(before), Some(after)) if before.workday != after.workday => {
                format!("{}由“{}”改为“{}”", chinese_date(date), before.reason, after.reason)
            }
            (None, Some(_)) if date == from || old.day(date.yesterday().unwrap_or(date)).is_ok() => {
                format!("{}年安排已经公布", date.year())
            }
            _ => continue,
        };
        if words.len() == SHOWN {
            words.push("等".to_owned());
            break;
        }
        words.push(text);
    }
    words
}
