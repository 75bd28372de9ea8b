//! `/console/rules/{id}/amend`: another value for a parameter.

use app::{AppError, rule::NewAmendment};
use axum::extract::Path;
use domain::rule::Judgement;

use super::rule_path;
use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

const TEMPLATE: &str = "console/rule/amend.html";

/// The form, for the place and parameter of the address.
pub async fn form(page: Page, Path(id): Path<String>, query: ListQuery) -> WebResult {
    let context = context(&page, &id, query.filter("division")).await?;
    let form = FormView::blank().with("key", query.filter("key").unwrap_or_default());
    page.render_form(TEMPLATE, context, &form)
}

/// Proposes the value.
pub async fn amend(page: Page, Path(id): Path<String>, submitted: Submitted) -> WebResult {
    let new = submitted.parse::<NewAmendment>();
    let division = submitted.text("division").to_owned();
    let done = match new {
        Ok(new) => app::rule::amend(page.app(), &page.actor, &id, &new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok((_, judgement @ Judgement::Stricter { .. })) => {
            page.done(&rule_path(&id, &division), &format!("调整已记录：{}。", judgement.chinese()))
        }
        Ok((_, judgement @ Judgement::Looser { .. })) => {
            page.done(&rule_path(&id, &division), &format!("调整已提出：{}。", judgement.chinese()))
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let context = context(&page, &id, Some(&division)).await?;
            page.ask_again(TEMPLATE, context, &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

async fn context(page: &Page, id: &str, division: Option<&str>) -> Result<minijinja::Value, crate::WebError> {
    let rule = app::rule::show(page.app(), &page.actor, id, division, None).await?;
    if !rule.may_amend {
        return Err(AppError::Forbidden(
            "您不能在这里调整这条规则：参数由自治区或盟市政府办公厅（室）的主管巡检员调整，有的参数不可调整。".into(),
        )
        .into());
    }
    let choices: Vec<(String, String)> = rule
        .on_day
        .iter()
        .flat_map(|row| &row.parameters)
        .filter(|parameter| parameter.adjustable)
        .map(|parameter| {
            let words =
                format!("{}：现值 {}{}，{}", parameter.name, parameter.value, parameter.unit, parameter.direction);
            (parameter.key.clone(), words)
        })
        .collect();
    Ok(view! { rule, choices })
}
