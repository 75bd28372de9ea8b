//! Starting a new edition of an admitted resource (修订).

use domain::{
    actor::Actor,
    attachment::Attachment,
    edition::{Edition, EditionState},
    ids::EditionId,
};
use policy::Action;

use crate::{App, AppError, AppResult, edition::load::lock_for, record};

/// Copies the admitted edition (with its files) into a new draft. The admitted one stays live until the new one is
/// admitted. A recalled edition may be revised too: it must pass the whole review again.
///
/// # Errors
/// [`AppError::Conflict`] when an unfinished edition exists already.
pub async fn revise(app: &App, actor: &Actor, id: EditionId) -> AppResult<Edition> {
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::EditionEdit).await?;
            let from = loaded.edition;
            if !matches!(from.state, EditionState::Admitted | EditionState::Recalled) {
                return Err(AppError::Conflict("只有已入库或已撤回的稿件才能新建修订版。".into()));
            }
            if let Some(open) = store::edition::open_of(&tx, from.resource, &from.language).await? {
                return Err(AppError::Conflict(format!(
                    "已有第{}版正在{}，请在该版上继续。",
                    open.number,
                    open.state.chinese()
                )));
            }
            let last = store::edition::of_resource(&tx, from.resource).await?;
            let number = last.iter().map(|edition| edition.number).max().unwrap_or(0) + 1;
            let edition = Edition {
                id: tx.ids().fresh(),
                number,
                state: EditionState::Draft,
                change_note: None,
                written_by: actor.person,
                writers: vec![actor.person],
                submitted_by: None,
                submitted_at: None,
                admitted_at: None,
                created_at: tx.now(),
                updated_at: tx.now(),
                content_hash: None,
                lock_version: 1,
                ..from.clone()
            };
            let edition = Edition { body: copy_attachments(&tx, &from, &edition).await?, ..edition };
            store::edition::insert(&tx, &edition).await?;
            copy_rows(&tx, &from, &edition).await?;
            store::interpretation_link::replace(&tx, edition.id, &edition.elements.interprets).await?;
            record::event("edition.revise", edition.id, &edition.title)
                .unit(loaded.resource.unit)
                .before(serde_json::json!({ "edition": from.id, "number": from.number }))
                .after(serde_json::json!({ "edition": edition.id, "number": edition.number }))
                .write(&tx, Some(actor))
                .await?;
            Ok(edition)
        })
        .await
}

/// Key of the copy of a file: derived from both, so that the body can name it before the row is written.
fn copy_key(original: &Attachment, copy: &Edition) -> uuid::Uuid {
    uuid::Uuid::from_u128(original.id.0.as_u128() ^ copy.id.0.as_u128().rotate_left(64))
}

/// The body with its pictures pointing at the copies.
async fn copy_attachments(tx: &store::Tx, from: &Edition, to: &Edition) -> AppResult<String> {
    let mut body = from.body.clone();
    for attachment in store::attachment::of_edition(tx, from.id).await? {
        let (old, new) = (attachment.id.to_string(), copy_key(&attachment, to).to_string());
        body = body.replace(&format!("attachment:{old}"), &format!("attachment:{new}"));
    }
    Ok(body)
}

async fn copy_rows(tx: &store::Tx, from: &Edition, to: &Edition) -> AppResult<()> {
    for attachment in store::attachment::of_edition(tx, from.id).await? {
        let copy = Attachment { id: copy_key(&attachment, to).into(), edition: to.id, ..attachment };
        store::attachment::insert(tx, &copy).await?;
    }
    Ok(())
}
