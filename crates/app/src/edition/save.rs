//! Saving a draft, under an optimistic lock.

use domain::{
    actor::Actor,
    edition::Edition,
    element::Elements,
    ids::{EditionId, ResourceId},
};
use policy::Action;

use crate::{
    App, AppError, AppResult,
    edition::load::{lock_for, require_editable},
    record,
};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct DraftChange {
    /// The version the person started from.
    pub lock_version: i64,
    /// Title.
    pub title: String,
    /// Body as HTML from the editor.
    pub body: String,
    /// Element table.
    pub elements: Elements,
    /// What changed against the edition before.
    pub change_note: Option<String>,
}

/// Saves a draft; the saved edition is returned.
///
/// # Errors
/// [`AppError::Conflict`] when somebody else saved it first or it is under review; nothing typed is lost, the form
/// keeps it. [`AppError::Forbidden`] unless the actor is an editor of the unit.
pub async fn save(app: &App, actor: &Actor, id: EditionId, change: &DraftChange) -> AppResult<Edition> {
    app.store
        .write(|tx| async move {
            let (before, after) = apply(app, &tx, actor, id, change).await?;
            record::event("edition.save", id, &after.title)
                .before(digest(&before))
                .after(digest(&after))
                .write(&tx, Some(actor))
                .await?;
            Ok(after)
        })
        .await
}

/// Applies the change inside the caller's transaction; returns the edition before and after.
pub(super) async fn apply(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    id: EditionId,
    change: &DraftChange,
) -> AppResult<(Edition, Edition)> {
    let loaded = lock_for(app, tx, actor, id, Action::EditionEdit).await?;
    require_editable(&loaded.edition)?;
    let before = loaded.edition;
    if before.lock_version != change.lock_version {
        return Err(conflict_with(tx, &before).await?);
    }
    check_policies_exist(tx, loaded.resource.id, &change.elements.interprets).await?;
    let (title, body, elements) = tidy(&change.title, &change.body, &change.elements);
    let mut after = Edition {
        title,
        body,
        elements,
        change_note: change.change_note.clone().filter(|note| !note.trim().is_empty()),
        written_by: actor.person,
        updated_at: tx.now(),
        ..before.clone()
    };
    after.lock_version = store::edition::update(tx, &after).await?;
    store::edition::add_writer(tx, id, actor.person).await?;
    if !after.writers.contains(&actor.person) {
        after.writers.push(actor.person);
    }
    store::interpretation_link::replace(tx, id, &after.elements.interprets).await?;
    Ok((before, after))
}

/// Cleans what was typed: safe HTML, trimmed texts, empty strings as absent.
pub(crate) fn tidy(title: &str, body: &str, elements: &Elements) -> (String, String, Elements) {
    let title = one_line(title);
    let body = render::rich_text::clean(body).html;
    let mut elements = elements.clone();
    for text in [
        &mut elements.subtitle,
        &mut elements.summary,
        &mut elements.source,
        &mut elements.original_url,
        &mut elements.author,
        &mut elements.editor,
        &mut elements.open_basis,
        &mut elements.index_number,
        &mut elements.subject_class,
        &mut elements.issuer,
        &mut elements.document_number,
        &mut elements.document_type,
        &mut elements.map_approval_number,
    ] {
        *text = text.take().map(|text| without_controls(&text)).filter(|text| !text.is_empty());
    }
    for list in [&mut elements.keywords, &mut elements.joint_issuers, &mut elements.subject_words] {
        *list = list.iter().map(|word| without_controls(word)).filter(|word| !word.is_empty()).collect();
    }
    elements.published_on = elements.published_on.map(domain::time::truncate_to_millis);
    elements.expires_at = elements.expires_at.map(domain::time::truncate_to_millis);
    (title, body, elements)
}

/// Words on one line, one blank between them.
pub(crate) fn one_line(text: &str) -> String {
    without_controls(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Trimmed, without characters that only steer old machines; line ends and tabs stay.
fn without_controls(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    kept.trim().to_owned()
}

/// What the audit event keeps of an edition: everything but the body, of which it keeps the digest and the length.
pub(crate) fn digest(edition: &Edition) -> serde_json::Value {
    serde_json::json!({
        "title": edition.title,
        "state": edition.state,
        "elements": edition.elements,
        "body_sha256": crate::files::hash_of(edition.body.as_bytes()),
        "body_characters": edition.body.chars().count(),
        "version": edition.lock_version,
    })
}

async fn conflict_with(read: &store::Read, current: &Edition) -> AppResult<AppError> {
    let names = store::person::names(read, &[current.written_by]).await?;
    let name = names.get(&current.written_by).map_or("其他人", String::as_str);
    Ok(AppError::Conflict(format!(
        "{name}已于{}保存了本稿的新版本。您填写的内容没有丢失：请对照最新内容合并后再保存。",
        domain::time::beijing_minutes(current.updated_at)
    )))
}

async fn check_policies_exist(read: &store::Read, own: ResourceId, policies: &[ResourceId]) -> AppResult<()> {
    let found = store::resource::by_ids(read, policies).await?;
    let wrong = policies.iter().any(|id| {
        *id == own
            || !found
                .iter()
                .any(|owned| owned.resource.id == *id && owned.resource.kind == domain::resource::ResourceKind::Policy)
    });
    if wrong {
        return Err(AppError::invalid("interprets", "所选的政策文件不存在或不是政策文件，请重新选择。"));
    }
    Ok(())
}
