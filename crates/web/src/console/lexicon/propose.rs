//! Proposing: one word by a form, or the settings of a pack.

use app::{
    AppError,
    lexicon::{NewEntry, PackRef, PackSettings, PackShow},
};
use axum::extract::Path;
use domain::{ids::LexiconPackId, lexicon::ItemAction};

use super::change_path;
use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

const FORM: &str = "console/lexicon/propose.html";
const SETTINGS: &str = "console/lexicon/settings.html";

/// The form; `?word=` and `?action=` fill it.
pub async fn form(page: Page, Path(id): Path<String>, query: ListQuery) -> WebResult {
    let pack = pack(&page, &id).await?;
    let form = FormView::blank()
        .with("action", query.filter("action").unwrap_or("add"))
        .with("word", query.filter("word").unwrap_or_default());
    page.render_form(FORM, context(pack), &form)
}

/// Proposes the change.
pub async fn propose(page: Page, Path(id): Path<String>, submitted: Submitted) -> WebResult {
    let which = PackRef::from(id.as_str());
    let done = match submitted.parse::<NewEntry>() {
        Ok(new) => app::lexicon::propose(page.app(), &page.actor, &which, &new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(change) => page.done(&change_path(change), "变更已提出，等另一位有权人员确认。确认前可以在下面试一试。"),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let pack = pack(&page, &id).await?;
            page.ask_again(FORM, context(pack), &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form for the settings of a pack.
pub async fn settings_form(page: Page, Path(id): Path<LexiconPackId>) -> WebResult {
    let pack = pack(&page, &id.to_string()).await?;
    let form = FormView::blank()
        .with("name", &pack.row.name)
        .with("severity", &pack.severity_word)
        .with("message", &pack.message)
        .with("source", &pack.source)
        .with("active", if pack.row.active { "true" } else { "" });
    page.render_form(SETTINGS, context(pack), &form)
}

/// Proposes other settings.
pub async fn settings(page: Page, Path(id): Path<LexiconPackId>, submitted: Submitted) -> WebResult {
    let done = match submitted.parse::<PackSettings>() {
        Ok(new) => app::lexicon::propose_settings(page.app(), &page.actor, id, &new, submitted.text("reason")).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(change) => page.done(&change_path(change), "变更已提出，等另一位有权人员确认。"),
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => {
            let pack = pack(&page, &id.to_string()).await?;
            page.ask_again(SETTINGS, context(pack), &submitted, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// The pack, for those who may propose changes of it.
pub(super) async fn pack(page: &Page, id: &str) -> Result<PackShow, crate::WebError> {
    let which = PackRef::from(id);
    let pack = app::lexicon::show(page.app(), &page.actor, &which, false, None, 0, 1).await?;
    if !pack.may_propose && !pack.may_correct {
        return Err(AppError::Forbidden(
            "您不能在这里提出变更：单位的词库由编辑、审核人员和主办管理员提出，办公厅（室）的词库由主管巡检员提出。"
                .into(),
        )
        .into());
    }
    Ok(pack)
}

fn context(pack: PackShow) -> minijinja::Value {
    // Entries that ship can be switched off or made milder, nothing else.
    let shipped = pack.row.id.is_none() || pack.row.corrects.is_some();
    let actions: Vec<(&str, &str)> = match shipped {
        true => vec![("change", "调整严重程度（只能调轻或恢复）"), ("withdraw", "停用")],
        false => ItemAction::ALL.into_iter().map(|action| (action.as_str(), action.chinese())).collect(),
    };
    view! { pack, actions, shipped, severities => app::lexicon::severities() }
}
