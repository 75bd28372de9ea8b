//! Steps that wait for somebody, as desk and review lists show them.

use std::collections::HashMap;

use app::{AppResult, review::DeskItem};
use domain::ids::{PersonId, UnitId};
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingView {
    /// `review.step`, the value of the tick box.
    pub id: String,
    /// Address of the review page.
    pub path: String,
    /// Title.
    pub title: String,
    /// Type, in Chinese.
    pub kind: &'static str,
    /// 初审, 复审 …
    pub step: String,
    /// The unit whose reviewers decide.
    pub unit: String,
    /// Who submitted it.
    pub submitted_by: String,
    /// Since when it waits.
    pub since: Option<Timestamp>,
    /// How long, in words.
    pub age: String,
    /// Past its hour.
    pub overdue: bool,
    /// Urgent path.
    pub urgent: bool,
    /// The person has had a hand in it: a colleague decides.
    pub blocked: bool,
    /// Decided for an absent colleague.
    pub delegated: bool,
}

/// Lines with the names that people know.
pub async fn waiting(page: &Page, items: &[DeskItem]) -> AppResult<Vec<WaitingView>> {
    let units = app::names::units(page.app(), items.iter().map(|item| item.row.unit)).await?;
    let people = app::names::people(page.app(), items.iter().filter_map(|item| item.row.submitted_by)).await?;
    let now = page.app().now();
    Ok(items.iter().map(|item| line(item, &units, &people, now)).collect())
}

fn line(
    item: &DeskItem,
    units: &HashMap<UnitId, String>,
    people: &HashMap<PersonId, String>,
    now: Timestamp,
) -> WaitingView {
    let row = &item.row;
    let submitted_by = row.submitted_by.and_then(|person| people.get(&person)).cloned().unwrap_or_default();
    WaitingView {
        id: row_key(item),
        path: format!("/console/reviews/{}", row.review),
        title: if row.title.is_empty() { "（未填写标题）".into() } else { row.title.clone() },
        kind: row.kind.chinese(),
        step: row.step_name.clone(),
        unit: units.get(&row.unit).cloned().unwrap_or_default(),
        submitted_by,
        since: row.waiting_since,
        age: row.waiting_since.map(|since| duration_words(since, now)).unwrap_or_default(),
        overdue: item.overdue,
        urgent: row.urgent,
        blocked: item.blocked_by_four_eyes,
        delegated: item.delegated,
    }
}

/// The key of the step that a line stands for: the review, and the step as the person saw it.
fn row_key(item: &DeskItem) -> String {
    format!("{}.{}", item.row.review, item.row.step)
}

/// A span of time in the largest unit that fits: 刚刚, 20 分钟, 3 小时, 2 天.
pub fn duration_words(from: Timestamp, to: Timestamp) -> String {
    let minutes = to.duration_since(from).as_secs().max(0) / 60;
    match minutes {
        0 => "刚刚".into(),
        1..60 => format!("{minutes} 分钟"),
        60..1440 => format!("{} 小时", minutes / 60),
        _ => format!("{} 天", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_unit_that_fits() {
        let from: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
        for (to, words) in [
            ("2026-11-20T00:00:30Z", "刚刚"),
            ("2026-11-20T00:59:59Z", "59 分钟"),
            ("2026-11-20T23:00:00Z", "23 小时"),
            ("2026-11-23T01:00:00Z", "3 天"),
            ("2026-11-19T01:00:00Z", "刚刚"),
        ] {
            assert_eq!(duration_words(from, to.parse().unwrap()), words);
        }
    }
}
