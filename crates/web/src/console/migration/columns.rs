//! `/console/migrations/{id}/columns`: old columns set against new ones, all in one form.

use std::collections::{BTreeMap, HashMap};

use app::{
    AppError,
    migration::{ColumnChoice, ColumnRow},
};
use axum::extract::Path;
use domain::{column::Column, ids::ColumnId, ids::MigrationId, migration::ColumnDecision, resource::ResourceKind};
use minijinja::Value;
use serde_json::json;

use super::frame::{column_name, head};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/migration/columns.html";

/// The form.
pub async fn show(page: Page, Path(id): Path<MigrationId>) -> WebResult {
    let view = the_view(&page, id, &BTreeMap::new(), &[]).await?;
    page.render_form(TEMPLATE, view, &FormView::blank())
}

/// Saves all of it, or nothing: then everything typed is still there.
pub async fn save(page: Page, Path(id): Path<MigrationId>, submitted: Submitted) -> WebResult {
    let choices: Vec<ColumnChoice> = submitted
        .group("key")
        .into_iter()
        .map(|(number, key)| {
            let field = |name: &str| submitted.text(&format!("{name}.{number}")).to_owned();
            ColumnChoice {
                key: key.to_owned(),
                decision: field("decision"),
                target: field("target"),
                kind: field("kind"),
                reason: field("reason"),
            }
        })
        .collect();
    match app::migration::decide_columns(page.app(), &page.actor, id, &choices).await {
        Ok(changed) => {
            let message = format!("栏目对应已保存，{changed} 个旧页面的去向随之改变。");
            page.done(&format!("/console/migrations/{id}/columns"), &message)
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let problems = match &error {
                AppError::Invalid(problems) => problems.clone(),
                _ => Vec::new(),
            };
            let problems: Vec<(&str, &str)> = problems
                .iter()
                .filter_map(|problem| Some((problem.field.strip_prefix("column:")?, problem.message.as_str())))
                .collect();
            let typed = choices.iter().map(|choice| (choice.key.clone(), choice.clone())).collect();
            let view = the_view(&page, id, &typed, &problems).await?;
            // The links of the summary lead to the numbered rows.
            let numbers: HashMap<&str, &str> =
                submitted.group("key").into_iter().map(|(number, key)| (key, number)).collect();
            let error = match error {
                AppError::Invalid(problems) => AppError::Invalid(
                    problems
                        .iter()
                        .map(|problem| {
                            let key = problem.field.strip_prefix("column:");
                            let number = key.and_then(|key| numbers.get(key)).copied().unwrap_or_default();
                            domain::problem::FieldProblem::new(format!("decision.{number}"), problem.message.clone())
                        })
                        .collect(),
                ),
                other => other,
            };
            page.ask_again(TEMPLATE, view, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn the_view(
    page: &Page,
    id: MigrationId,
    typed: &BTreeMap<String, ColumnChoice>,
    problems: &[(&str, &str)],
) -> Result<Value, AppError> {
    let (_, head) = head(page, id).await?;
    let (mut rows, targets) = app::migration::columns(page.app(), &page.actor, id).await?;
    rows.sort_by_key(|row| row.column.decision != ColumnDecision::Undecided);
    let undecided = rows.iter().filter(|row| row.column.decision == ColumnDecision::Undecided).count();
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let problem = problems.iter().find(|(key, _)| *key == row.column.key).map(|(_, message)| *message);
            row_of(row, typed.get(&row.column.key), problem)
        })
        .collect();
    let decisions = ColumnDecision::ALL.map(|decision| (decision.as_str(), decision.chinese()));
    let kinds = ResourceKind::ALL.map(|kind| (kind.as_str(), kind.chinese()));
    Ok(view! { head, rows, undecided, targets => names(&targets), decisions, kinds })
}

fn row_of(row: &ColumnRow, typed: Option<&ColumnChoice>, problem: Option<&str>) -> serde_json::Value {
    let column = &row.column;
    let by_person = column.decided_by.is_some();
    let (decision, target, kind, reason) = match typed {
        Some(typed) => (typed.decision.clone(), typed.target.clone(), typed.kind.clone(), typed.reason.clone()),
        None => (
            column.decision.as_str().to_owned(),
            column.target.map(|target| target.to_string()).unwrap_or_default(),
            column.kind.as_str().to_owned(),
            if by_person { column.reason.clone() } else { String::new() },
        ),
    };
    json!({
        "key": column.key,
        "name": column_name(&column.key),
        "texts": row.texts,
        "blocked": row.blocked,
        "days": row.days.map(|(first, last)| (first.to_string(), last.to_string())),
        "examples": row.examples,
        "decided_by": row.decided_by,
        "undecided": column.decision == ColumnDecision::Undecided,
        "proposal": if by_person { "" } else { column.reason.as_str() },
        "confidence": column.confidence,
        "decision": decision,
        "target": target,
        "kind": kind,
        "reason": reason,
        "problem": problem,
    })
}

/// The new columns with the names above them, in the order of the site.
fn names(columns: &[Column]) -> Vec<(ColumnId, String)> {
    let by_id: HashMap<ColumnId, &Column> = columns.iter().map(|column| (column.id, column)).collect();
    let mut named: Vec<(ColumnId, String)> = columns
        .iter()
        .map(|column| {
            let (mut names, mut at) = (vec![column.name.as_str()], column.parent);
            // A site has few levels; the bound only guards against a circle.
            while let Some(above) = at.and_then(|parent| by_id.get(&parent)).filter(|_| names.len() < 10) {
                names.push(&above.name);
                at = above.parent;
            }
            names.reverse();
            (column.id, names.join(" / "))
        })
        .collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}
