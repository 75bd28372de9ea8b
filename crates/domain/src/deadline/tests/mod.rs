//! Tests of deadlines.

mod boundaries;
mod hours_and_dates;
mod properties;
mod recomputed;
mod refusals;
mod rules;

use super::*;
use crate::calendar::WorkCalendar;
use jiff::civil::{Date, DateTime};

pub(super) fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// 依申请公开: 20 working days, once more 20, pausable, restartable.
pub(super) fn disclosure() -> DeadlineTerms {
    DeadlineTerms {
        extension: Some(20),
        pausable: true,
        restartable: true,
        ..DeadlineTerms::new("依申请公开答复", Counting::WorkingDays { amount: 20 })
    }
}

pub(super) fn working_days(amount: u32) -> DeadlineTerms {
    DeadlineTerms { pausable: true, ..DeadlineTerms::new("测试", Counting::WorkingDays { amount }) }
}

pub(super) fn extension(amount: u32) -> Extension {
    Extension {
        amount,
        approved_at: at("2021-10-20"),
        approved_by: "机构负责人".to_owned(),
        reason: "情况复杂".to_owned(),
    }
}

pub(super) fn case(received: &str, pauses: &[(&str, &str)]) -> DeadlineCase {
    let pause =
        |(from, to): &(&str, &str)| Pause::days(date(from), (!to.is_empty()).then(|| date(to)), "征求第三方意见");
    DeadlineCase { pauses: pauses.iter().map(pause).collect(), ..DeadlineCase::received(at(received)) }
}

pub(super) fn due(terms: &DeadlineTerms, case: &DeadlineCase) -> String {
    let sum = compute(terms, case, &WorkCalendar::builtin()).unwrap();
    sum.due.map_or_else(|| format!("open, {} left", sum.total - sum.counted), |due| due.date().to_string())
}
