//! Learning how the pages of this site are to be read, from two or three that a person marked (识别规则).

use domain::{actor::Actor, ids::MigrationId, ids::OldPageId, migration::OldPageKind};
use extract::page::{Field, Marked};
use policy::Action;
use serde::Serialize;

use super::{
    collect::CollectMigration,
    reach::{hold, missing, reach},
};
use crate::{App, AppError, AppResult, record};

/// What a person says stands on a page; blank = not said.
#[derive(Debug, Clone, Default)]
pub struct MarkedPage {
    /// Key of the page.
    pub page: Option<OldPageId>,
    /// Values by field: `title`, `published`, `source`, `body` (its first words), …
    pub values: Vec<(String, String)>,
}

/// What was learned.
#[derive(Debug, Clone, Serialize)]
pub struct Learned {
    /// Fields for which a place was found that is right on every marked page, with the place.
    pub fields: Vec<(String, String)>,
    /// Fields for which none was found.
    pub not_learned: Vec<String>,
}

/// Learns rules and reads every page again by them.
///
/// # Errors
/// [`AppError::Invalid`] when nothing was marked or nothing could be learned; then the rules stay as they are.
pub async fn learn(app: &App, actor: &Actor, id: MigrationId, marked: &[MarkedPage]) -> AppResult<Learned> {
    let read = app.store.read();
    reach(app, &read, actor, id, Action::MigrationRun).await?;
    let mut pages = Vec::new();
    for one in marked {
        let values: Vec<(Field, String)> = one
            .values
            .iter()
            .filter_map(|(field, value)| field_of(field).map(|field| (field, value.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let (Some(page), false) = (one.page, values.is_empty()) else { continue };
        let page = store::migration::page::by_id(&read, page).await?.filter(|page| page.migration == id);
        let page = page.ok_or_else(missing)?;
        let bytes = match &page.hash {
            Some(hash) => app.files.get(hash).await?,
            None => None,
        };
        let bytes = bytes.ok_or_else(|| AppError::invalid("page", format!("“{}”没有采集到原件。", page.address)))?;
        pages.push((page.address, bytes, values));
    }
    if pages.is_empty() {
        return Err(AppError::invalid("page", "请至少在一个页面上填写正确的内容。"));
    }
    let (rules, learned) = tokio::task::spawn_blocking(move || {
        let values: Vec<Vec<(Field, &str)>> = pages
            .iter()
            .map(|(.., values)| values.iter().map(|(field, value)| (*field, value.as_str())).collect())
            .collect();
        let marked: Vec<Marked<'_>> = pages
            .iter()
            .zip(&values)
            .map(|((address, bytes, _), values)| Marked { bytes, address: Some(address), values })
            .collect();
        let rules = extract::page::learn(&marked);
        let learned = in_words(&rules);
        (rules, learned)
    })
    .await
    .map_err(AppError::internal)?;
    if learned.fields.is_empty() {
        return Err(AppError::invalid(
            "page",
            "在标出的页面上没有找到这些内容的共同位置，请核对填写的内容与页面文字一致，或换一个页面。",
        ));
    }
    let rules = serde_json::to_string(&rules).map_err(AppError::internal)?;
    let (rules, learned_ref) = (&rules, &learned);
    app.store
        .write(|tx| async move {
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            super::control::reopen(&mut reached)?;
            let before = reached.migration.rules.replace(rules.clone());
            store::migration::project::update(&tx, &reached.migration).await?;
            let mut after = None;
            loop {
                let pages = store::migration::page::after(&tx, id, READ, after, 500).await?;
                let Some(last) = pages.last() else { break };
                after = Some(last.id);
                for page in pages.into_iter().filter(|page| page.hash.is_some() && page.resource.is_none()) {
                    let page = domain::migration::OldPage { kind: OldPageKind::Unread, ..page };
                    store::migration::page::update(&tx, &page).await?;
                }
            }
            jobs::enqueue(&tx, &CollectMigration { migration: id }, jobs::EnqueueOptions::default()).await?;
            record::event("migration.learn", id, &reached.migration.name)
                .unit(reached.unit.id)
                .before(serde_json::json!({ "rules": before }))
                .after(serde_json::json!({ "rules": rules, "fields": learned_ref.fields }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(learned)
}

/// The rules that the pages of this site are read by now, in words; `None` before anything was learned.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration.
pub async fn learned_before(app: &App, actor: &Actor, id: MigrationId) -> AppResult<Option<Learned>> {
    let reached = reach(app, &app.store.read(), actor, id, Action::MigrationRead).await?;
    Ok(super::read::rules_of(&reached.migration)?.as_ref().map(in_words))
}

fn in_words(rules: &extract::page::SiteRules) -> Learned {
    let fields = rules.fields.iter();
    Learned {
        fields: fields.map(|(field, rule)| (label(*field).to_owned(), rule.selectors.join("，"))).collect(),
        not_learned: rules.not_learned.iter().map(|field| label(*field).to_owned()).collect(),
    }
}

const READ: &[OldPageKind] =
    &[OldPageKind::Home, OldPageKind::List, OldPageKind::Article, OldPageKind::Guide, OldPageKind::Other];

/// Fields that a person may mark: stable word, field, words shown.
const FIELDS: &[(&str, Field, &str)] = &[
    ("title", Field::Title, "标题"),
    ("published", Field::Published, "发布时间"),
    ("source", Field::Source, "来源"),
    ("author", Field::Author, "作者"),
    ("document_number", Field::DocumentNumber, "发文字号"),
    ("index_number", Field::IndexNumber, "索引号"),
    ("organ", Field::Organ, "发文机关"),
    ("body", Field::Body, "正文"),
];

fn field_of(word: &str) -> Option<Field> {
    FIELDS.iter().find(|(stable, ..)| *stable == word).map(|(_, field, _)| *field)
}

fn label(field: Field) -> &'static str {
    FIELDS.iter().find(|(_, known, _)| *known == field).map_or("其他", |(.., words)| *words)
}
