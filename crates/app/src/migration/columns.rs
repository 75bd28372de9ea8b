//! Setting old columns against new ones (栏目对应).

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    column::Column,
    ids::{ColumnId, MigrationId},
    migration::{ColumnDecision, MigrationState, OldColumn},
    problem::FieldProblem,
    resource::ResourceKind,
    time::beijing_date,
};
use jiff::civil::Date;
use policy::Action;
use serde::Serialize;

use super::{
    reach::{hold, reach},
    settle::settle,
};
use crate::{App, AppError, AppResult, names, record};

/// Pages read at a time.
const HANDFUL: u64 = 500;

/// An old column as it stands in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnRow {
    /// The column with what becomes of it.
    pub column: OldColumn,
    /// Texts in it.
    pub texts: u64,
    /// Texts of it that are held back by blocking findings.
    pub blocked: u64,
    /// Day of the oldest and of the newest text.
    pub days: Option<(Date, Date)>,
    /// Titles of its first texts.
    pub examples: Vec<String>,
    /// Who decided.
    pub decided_by: Option<String>,
}

/// The form of one column, as typed.
#[derive(Debug, Clone, Default)]
pub struct ColumnChoice {
    /// Key of the old column.
    pub key: String,
    /// Stable word of the decision.
    pub decision: String,
    /// Key of the new column.
    pub target: String,
    /// Stable word of the type.
    pub kind: String,
    /// Why it is dropped.
    pub reason: String,
}

/// The old columns with their pages, and the columns of the new site.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn columns(app: &App, actor: &Actor, id: MigrationId) -> AppResult<(Vec<ColumnRow>, Vec<Column>)> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let columns = store::migration::column::of(&read, id).await?;
    let people = names::people(app, columns.iter().filter_map(|column| column.decided_by)).await?;
    let mut rows: BTreeMap<String, ColumnRow> = columns
        .into_iter()
        .map(|column| {
            let decided_by = column.decided_by.and_then(|person| people.get(&person).cloned());
            let row = ColumnRow { texts: 0, blocked: 0, days: None, examples: Vec::new(), decided_by, column };
            (row.column.key.clone(), row)
        })
        .collect();
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, &[], after, HANDFUL).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        for page in pages.iter().filter(|page| page.kind.is_text()) {
            let Some(row) = rows.get_mut(&page.column_key) else { continue };
            row.texts += 1;
            row.blocked += u64::from(page.blocks > 0);
            if row.examples.len() < 3 {
                row.examples.push(page.title_now().to_owned());
            }
            if let Some(day) = page.published_at.map(beijing_date) {
                row.days = Some(row.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            }
        }
    }
    let target = store::column::of_site(&read, reached.site.id).await?;
    // A column whose pages all went elsewhere after a later collection says nothing any more.
    let rows = rows.into_values().filter(|row| row.texts > 0 || row.column.decided_by.is_some()).collect();
    Ok((rows, target.into_iter().filter(|column| column.active).collect()))
}

/// Keys of the old columns, for choosing one.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn column_keys(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Vec<String>> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRead).await?;
    Ok(store::migration::column::of(&read, id).await?.into_iter().map(|column| column.key).collect())
}

/// Decides about columns; the fates of their pages follow. Returns how many pages changed.
///
/// # Errors
/// [`AppError::Invalid`] naming the columns that are wrong (then nothing changes); [`AppError::Conflict`] in a state in
/// which nothing may be decided.
pub async fn decide_columns(app: &App, actor: &Actor, id: MigrationId, choices: &[ColumnChoice]) -> AppResult<u64> {
    app.store
        .write(|tx| async move {
            let reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            if !reached.migration.state.may_map() {
                reached.require(&[MigrationState::Mapping], "调整栏目对应")?;
            }
            let known = store::migration::column::of(&tx, id).await?;
            let targets = store::column::of_site(&tx, reached.site.id).await?;
            let mut problems = Vec::new();
            let mut changed = Vec::new();
            for choice in choices {
                let Some(before) = known.iter().find(|column| column.key == choice.key) else {
                    problems.push(FieldProblem::new("key", format!("没有名为“{}”的旧栏目，请刷新页面。", choice.key)));
                    continue;
                };
                match chosen(before, choice, &targets) {
                    Ok(after) => {
                        let same = OldColumn {
                            decided_by: before.decided_by,
                            confidence: before.confidence,
                            reason: before.reason.clone(),
                            ..after.clone()
                        } == *before;
                        if !same || before.decided_by.is_none() && before.decision != ColumnDecision::Undecided {
                            changed.push((before.clone(), OldColumn { decided_by: Some(actor.person), ..after }));
                        }
                    }
                    Err(message) => problems.push(FieldProblem::new(format!("column:{}", choice.key), message)),
                }
            }
            if !problems.is_empty() {
                return Err(AppError::Invalid(problems));
            }
            if changed.is_empty() {
                return Ok(());
            }
            for (before, after) in &changed {
                store::migration::column::keep(&tx, after).await?;
                if (before.target, before.kind) != (after.target, after.kind) {
                    store::migration::page::try_again(&tx, id, &after.key).await?;
                }
            }
            let (before, after): (Vec<_>, Vec<_>) = changed.into_iter().unzip();
            record::event("migration.map", id, &reached.migration.name)
                .unit(reached.unit.id)
                .before(before)
                .after(after)
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    settle(app, id).await
}

fn chosen(before: &OldColumn, choice: &ColumnChoice, targets: &[Column]) -> Result<OldColumn, String> {
    let name = if before.key.is_empty() { "（未识别栏目）" } else { &before.key };
    let decision = ColumnDecision::parse(&choice.decision).ok_or_else(|| format!("请选择“{name}”的去向。"))?;
    let kind = ResourceKind::parse(&choice.kind).ok_or_else(|| format!("请选择“{name}”的信息类型。"))?;
    let target = choice.target.trim().parse::<ColumnId>().ok();
    let reason = choice.reason.trim();
    if reason.chars().count() > 200 {
        return Err(format!("“{name}”的说明请控制在 200 字以内。"));
    }
    let target = match decision {
        ColumnDecision::Move => {
            let open = targets.iter().any(|column| Some(column.id) == target && column.active);
            Some(target.filter(|_| open).ok_or_else(|| format!("请为“{name}”选择新网站的栏目。"))?)
        }
        _ => None,
    };
    if decision == ColumnDecision::Drop && reason.is_empty() {
        return Err(format!("“{name}”不迁移，请说明原因：公众访问旧地址时会看到它。"));
    }
    Ok(OldColumn { decision, target, kind, confidence: 100, reason: reason.to_owned(), ..before.clone() })
}
