//! W-V2 站点无法访问: a week's watch, at least twenty spaced visits a day, fifteen seconds and five in a hundred
//! (国办秘函〔2019〕19号 第一部分). Fewer visits are no basis for any verdict. 间隔性 is data too: how far visits are apart,
//! and over how many hours of the day they are spread.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Finding, Verdict, updates::first_day};
use crate::{
    rule::{Quantity, RuleInForce},
    time::beijing,
};

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// The page came; whether in time, the duration says.
    Opened,
    /// Refused, broken off, or answered with an error.
    Failed,
    /// The visitor stopped waiting. A failure only if that was after the limit; else it proves nothing.
    StillWaiting,
}

/// One visit to the home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Begin.
    pub at: Timestamp,
    /// Until it ended, in milliseconds.
    pub duration_ms: u64,
    /// How it ended.
    pub outcome: VisitOutcome,
}

/// The watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// Last day of the watch (Beijing), counted in.
    pub until: Date,
    /// All visits; those outside the watch are left out by the evaluator.
    pub visits: Vec<Visit>,
}

/// 满15秒仍打不开 counts as not open; 以上 includes the number.
pub fn judge(rule: &RuleInForce<'_>, observed: &Visits) -> Option<Verdict> {
    let days = rule.whole("probe.days")?.clamp(1, 366);
    let least = usize::try_from(rule.whole("probe.per_day_min")?).unwrap_or(0).max(1);
    let limit_ms = u64::try_from(rule.whole("probe.timeout_s")?).unwrap_or(0).saturating_mul(1_000);
    let ratio = rule.number("probe.fail_ratio")?;
    let from = first_day(observed.until, days);
    let spaced = spaced(&observed.visits, rule.whole("probe.gap_minutes")?);

    let spread = usize::try_from(rule.whole("probe.spread_hours")?).unwrap_or(0).min(24);
    let mut of_day: BTreeMap<Date, (usize, BTreeSet<i8>)> = BTreeMap::new();
    let (mut total, mut failed) = (0_u64, 0_u64);
    for visit in spaced {
        let begun = visit.at.to_zoned(beijing());
        let date = begun.date();
        let late = visit.duration_ms >= limit_ms;
        let proves_nothing = visit.outcome == VisitOutcome::StillWaiting && !late;
        if date < from || date > observed.until || proves_nothing {
            continue;
        }
        let day = of_day.entry(date).or_default();
        day.0 += 1;
        day.1.insert(begun.hour());
        total += 1;
        failed += u64::from(late || visit.outcome != VisitOutcome::Opened);
    }
    let lacking: Vec<String> = from
        .series(jiff::ToSpan::day(1))
        .take_while(|date| *date <= observed.until)
        .filter_map(|date| {
            let (visits, hours) = of_day.get(&date).map_or((0, 0), |(visits, hours)| (*visits, hours.len()));
            if visits < least {
                return Some(format!("{date}只有{visits}次有效访问，应间隔开访问{least}次以上。"));
            }
            (hours < spread).then(|| format!("{date}的访问只分布在{hours}个钟点，应分布在{spread}个以上的钟点。"))
        })
        .collect();
    let facts = [
        ("from", from.to_string()),
        ("until", observed.until.to_string()),
        ("total", total.to_string()),
        ("failed", failed.to_string()),
        ("share", percent(failed, total)),
        ("limit", format!("{}%", Quantity::ten_thousandths(ratio.as_ten_thousandths().saturating_mul(100)))),
    ];
    if !lacking.is_empty() {
        return Some(Verdict::NotEnough { lacking, seen: Vec::new() });
    }
    if ratio.is_reached_by(failed, total) {
        return Some(Verdict::Found { findings: vec![Finding::new(rule, "finding", &facts)] });
    }
    Some(Verdict::clear(format!(
        "{from}至{}共访问{total}次，打不开{failed}次，占{}，未达到{}。",
        observed.until, facts[4].1, facts[5].1
    )))
}

/// 间隔性: of visits that follow each other faster than the gap only the first counts, so that a burst of retries during
/// one short failure is one visit. Which ones count depends on nothing that may be tightened.
fn spaced(visits: &[Visit], gap_minutes: i64) -> Vec<Visit> {
    let gap = gap_minutes.saturating_mul(60_000);
    let mut sorted: Vec<Visit> = visits.to_vec();
    sorted.sort_by_key(|visit| visit.at);
    let mut last: Option<i64> = None;
    sorted.retain(|visit| {
        let at = visit.at.as_millisecond();
        let counts = last.is_none_or(|last| at.saturating_sub(last) >= gap);
        if counts {
            last = Some(at);
        }
        counts
    });
    sorted
}

/// Cut to two decimals: what is below the limit is not shown as having reached it.
fn percent(part: u64, whole: u64) -> String {
    let hundredths = u128::from(part) * 10_000 / u128::from(whole.max(1));
    format!("{}%", Quantity::ten_thousandths(i64::try_from(hundredths).unwrap_or(0).saturating_mul(100)))
}
