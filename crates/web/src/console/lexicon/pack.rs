//! `/console/lexicons`: every pack, one pack with its words, one word with its history.

use app::lexicon::{NewPack, PackRef, PackRow};
use axum::extract::Path;
use domain::ids::LexiconPackId;

use crate::{ListQuery, Page, Submitted, WebResult, export, form_view::FormView, view};

const LIST: &str = "console/lexicon/list.html";
const NEW: &str = "console/lexicon/new.html";

/// The list; few enough for one page per office, cut all the same.
pub async fn list(page: Page, query: ListQuery) -> WebResult {
    let mut found = app::lexicon::list(page.app(), &page.actor).await?;
    let may_begin = !app::lexicon::places(page.app(), &page.actor).await?.is_empty();
    if let Some(words) = query.search() {
        found.retain(|row| {
            let text = format!("{} {} {} {}", row.name, row.keeper, row.category, row.level);
            words.split_whitespace().all(|word| text.contains(word))
        });
    }
    if let Some(level) = query.filter("level") {
        found.retain(|row| row.level == level);
    }
    if query.wants_csv() {
        let header = ["词库", "维护单位", "层级", "类别", "严重程度", "版本", "词数", "状态", "待确认变更单"];
        return Ok(export::csv("词库", &header, found.iter().map(table_row)));
    }
    let list = query.view(found.len() as u64);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(query.per_page).unwrap_or(usize::MAX);
    let rows: Vec<PackRow> = found.into_iter().skip(skip).take(take).collect();
    let levels: Vec<(&str, &str)> =
        ["随平台提供", "自治区级", "盟市级", "旗县级", "本单位"].into_iter().map(|level| (level, level)).collect();
    page.render(LIST, view! { rows, list, levels, may_begin })
}

fn table_row(row: &PackRow) -> Vec<String> {
    vec![
        row.name.clone(),
        row.keeper.clone(),
        row.level.to_owned(),
        row.category.to_owned(),
        row.severity.to_owned(),
        row.version.clone(),
        row.entries.to_string(),
        if row.active { "在用" } else { "停用" }.to_owned(),
        row.waiting.to_string(),
    ]
}

/// The form for a new pack.
pub async fn new(page: Page) -> WebResult {
    let context = new_context(&page).await?;
    page.render_form(NEW, context, &FormView::blank())
}

/// Begins a pack.
pub async fn create(page: Page, submitted: Submitted) -> WebResult {
    let done = match submitted.parse::<NewPack>() {
        Ok(new) => app::lexicon::create(page.app(), &page.actor, &new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(id) => page
            .done(&format!("/console/lexicons/{id}"), "词库已建立，现在还是空的。词语由一人提出、另一人确认后生效。"),
        Err(error) => {
            let context = new_context(&page).await?;
            page.ask_again(NEW, context, &submitted, error)
        }
    }
}

async fn new_context(page: &Page) -> Result<minijinja::Value, crate::WebError> {
    let places = app::lexicon::places(page.app(), &page.actor).await?;
    if places.is_empty() {
        return Err(app::AppError::Forbidden(
            "您不能建立词库：单位的词库由编辑、审核人员和主办管理员提出，办公厅（室）的词库由主管巡检员提出。".into(),
        )
        .into());
    }
    let units: Vec<(String, String)> =
        places.iter().map(|(unit, level)| (unit.id.to_string(), format!("{}（{level}）", unit.name))).collect();
    Ok(view! { units, categories => app::lexicon::categories(), severities => app::lexicon::severities() })
}

/// One pack with a page of its words.
pub async fn show(page: Page, Path(id): Path<String>, query: ListQuery) -> WebResult {
    let which = PackRef::from(id.as_str());
    let ended = query.filter("state") == Some("ended");
    let pack =
        app::lexicon::show(page.app(), &page.actor, &which, ended, query.search(), query.offset(), query.per_page)
            .await?;
    let recent = match pack.row.id {
        Some(id) => app::lexicon::changes(page.app(), &page.actor, Some(id), None, 0, 5).await?.0,
        None => Vec::new(),
    };
    let list = query.view(pack.total);
    let states = [("ended", "已停用的")];
    page.render("console/lexicon/show.html", view! { pack, list, states, recent, ended })
}

/// The words in force as a table.
pub async fn export(page: Page, Path(id): Path<LexiconPackId>) -> WebResult {
    let (name, header, rows) = app::lexicon::export(page.app(), &page.actor, id).await?;
    Ok(export::csv(&name, &header, rows))
}

/// One word.
pub async fn entry(page: Page, Path((id, key)): Path<(LexiconPackId, String)>) -> WebResult {
    let found = app::lexicon::entry(page.app(), &page.actor, id, &key).await?;
    page.render("console/lexicon/entry.html", view! { found })
}

/// One word, unmasked; recorded.
pub async fn reveal(page: Page, Path((id, key)): Path<(LexiconPackId, String)>) -> WebResult {
    let found = app::lexicon::reveal_entry(page.app(), &page.actor, id, &key).await?;
    page.render("console/lexicon/entry.html", view! { found })
}
