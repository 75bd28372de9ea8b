//! 时限的计算过程: each counted and each skipped day with its reason.

use domain::{actor::Actor, calendar::chinese_weekday, deadline::LineKind, ids::DeadlineId};
use jiff::{Timestamp, civil::Date};
use policy::{Action, Target};
use serde::Serialize;
use store::deadline::{DeadlineProgress, notice::DeadlineNotice};

use super::{
    handle::not_found,
    list::{Light, light},
    sum::{calendar_for, instant, reckon},
};
use crate::{App, AppResult, authorise, calendar::Calendars, names};

/// A deadline as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineShow {
    /// Key.
    pub id: DeadlineId,
    /// Name of the thing.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Name of the deadline.
    pub name: String,
    /// The rule, for its page.
    pub rule: String,
    /// 文号 and clause.
    pub citation: String,
    /// 20个工作日 …
    pub length: String,
    /// Its numbers are still to be compared with the original.
    pub to_confirm: bool,
    /// Whose it is.
    pub unit_name: String,
    /// Who does it.
    pub owner_name: Option<String>,
    /// The event it runs from.
    pub received_at: Option<Timestamp>,
    /// The last moment.
    pub due_at: Option<Timestamp>,
    /// Whether it still runs.
    pub progress: DeadlineProgress,
    /// When it was done.
    pub finished_at: Option<Timestamp>,
    /// The light.
    pub light: Light,
    /// 还剩 4 个工作日 …
    pub words: String,
    /// The last sentence of the sum, or why there is none.
    pub conclusion: String,
    /// Every day.
    pub lines: Vec<SumLine>,
    /// What else people should know.
    pub remarks: Vec<String>,
    /// What the owner was told, the newest first.
    pub notices: Vec<DeadlineNotice>,
    /// The actor may pause, extend, end and acknowledge.
    pub may_handle: bool,
}

/// One day of the sum.
#[derive(Debug, Clone, Serialize)]
pub struct SumLine {
    /// The day.
    pub date: Date,
    /// 星期一 …
    pub weekday: &'static str,
    /// 起算, 计入, 不计, 暂停, 顺延, 到期.
    pub what: &'static str,
    /// Its running number, when it counts.
    pub number: Option<u32>,
    /// Why.
    pub reason: String,
}

/// The deadline with its sum.
///
/// # Errors
/// [`crate::AppError::NotFound`] for deadlines of units that are none of the actor's business.
pub async fn show(app: &App, actor: &Actor, id: DeadlineId) -> AppResult<DeadlineShow> {
    let read = app.store.read();
    let deadline = store::deadline::by_id(&read, id).await?.ok_or_else(not_found)?;
    let unit = store::unit::by_id(&read, deadline.unit).await?.ok_or_else(not_found)?;
    let target = Target::Unit { path: &unit.path };
    authorise::visible(app, actor, Action::DeadlineRead, &target, "办理时限")?;
    let may_handle = app.policy.decide(actor, Action::DeadlineHandle, &target).allowed;
    let calendars = Calendars::load(&read).await?;
    let calendar = calendar_for(&calendars, Some(&unit.division), &deadline.terms);
    let (light, words) = light(&deadline, &calendar, app.now());
    let (mut lines, mut remarks) = (Vec::new(), Vec::new());
    let conclusion = match reckon(&deadline.terms, &deadline.case, &calendar)?.sum {
        Ok(sum) => {
            lines = sum.lines.iter().map(sum_line).collect();
            remarks = sum.remarks.iter().map(|remark| format!("{remark}。")).collect();
            sum.conclusion()
        }
        Err(error) => format!("到期日暂不能推算：{error}。"),
    };
    let owner_name = names::people(app, deadline.owner).await?.into_values().next();
    Ok(DeadlineShow {
        id,
        name: deadline.terms.name.clone(),
        citation: deadline.terms.citation.clone(),
        length: deadline.terms.length(),
        to_confirm: deadline.terms.to_be_confirmed,
        unit_name: unit.name,
        owner_name,
        received_at: instant(deadline.case.received),
        notices: store::deadline::notice::of(&read, &[id], false).await?,
        title: deadline.title,
        path: deadline.path,
        rule: deadline.rule,
        due_at: deadline.due_at,
        progress: deadline.state,
        finished_at: deadline.finished_at,
        light,
        words,
        conclusion,
        lines,
        remarks,
        may_handle,
    })
}

fn sum_line(line: &domain::deadline::Line) -> SumLine {
    SumLine {
        date: line.date,
        weekday: chinese_weekday(line.date.weekday()),
        what: match line.kind {
            LineKind::Start => "起算",
            LineKind::Counted => "计入",
            LineKind::DayOff => "不计",
            LineKind::Paused => "暂停",
            LineKind::Moved => "顺延",
            LineKind::Due => "到期",
        },
        number: line.counted,
        reason: line.reason.clone(),
    }
}
