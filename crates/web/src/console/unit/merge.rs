//! `/console/units/{id}/merge`: choose who takes over → see what goes over → confirm.

use app::{
    AppError,
    unit::{MergePreview, Purpose, UnitPage},
};
use axum::extract::Path;
use domain::ids::UnitId;
use serde::Deserialize;

use super::{
    options::{self, opened},
    show::{address, crumbs},
};
use crate::{ListQuery, Submitted, WebResult, console::page::Page, error::WebError, form_view::FormView, view};

const TEMPLATE: &str = "console/unit/merge.html";

#[derive(Deserialize)]
struct Merger {
    target: UnitId,
    lock_version: i64,
    reason: Option<String>,
}

pub(super) async fn form(page: Page, Path(id): Path<UnitId>, query: ListQuery) -> WebResult {
    let unit = opened(&page, id, |may| may.merge).await?;
    let Some(target) = query.filter("target") else {
        return page.render_form(TEMPLATE, about(&page, &unit, None).await?, &FormView::blank());
    };
    let form = FormView::blank().with("target", target);
    let problem = match target.parse::<UnitId>() {
        Err(_) => AppError::invalid("target", "请选择并入哪个单位。"),
        Ok(target) => match app::unit::preview_merge(page.app(), &page.actor, id, target).await {
            Ok(preview) => return page.render_form(TEMPLATE, about(&page, &unit, Some(preview)).await?, &form),
            Err(error) => error,
        },
    };
    match problem {
        AppError::Invalid(problems) => {
            page.render_form(TEMPLATE, about(&page, &unit, None).await?, &form.with_problems(&problems))
        }
        AppError::Conflict(message) => {
            page.render_form(TEMPLATE, about(&page, &unit, None).await?, &form.with_refusal(message))
        }
        other => Err(WebError(other)),
    }
}

pub(super) async fn merge(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    let unit = opened(&page, id, |may| may.merge).await?;
    let merged = match submitted.parse::<Merger>() {
        Ok(wanted) => {
            let reason = wanted.reason.unwrap_or_default();
            app::unit::merge(page.app(), &page.actor, id, wanted.target, wanted.lock_version, &reason).await
        }
        Err(error) => Err(error),
    };
    match merged {
        Ok(done) => {
            let message = format!("“{}”已并入“{}”，名称和沿革保留。", done.from.name, done.to.name);
            page.done(&address(done.to.id), &message)
        }
        Err(error) => page.ask_again(TEMPLATE, about(&page, &unit, None).await?, &submitted, error),
    }
}

async fn about(page: &Page, unit: &UnitPage, preview: Option<MergePreview>) -> WebResult<minijinja::Value> {
    Ok(view! {
        crumbs => crumbs(unit),
        targets => options::units(page, Purpose::Merge, Some(unit.unit.id)).await?,
        unit => unit.unit,
        preview,
    })
}
