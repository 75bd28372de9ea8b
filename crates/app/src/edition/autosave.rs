//! Autosaving: the browser's periodic save, which must never take a person's typing away.

use domain::{actor::Actor, edition::Edition, ids::EditionId};

use crate::{
    App, AppResult,
    edition::save::{DraftChange, apply},
    record,
};

/// Saves like [`super::save`], but leaves a short audit event: a long afternoon of typing would drown the trail.
///
/// # Errors
/// As [`super::save`].
pub async fn autosave(app: &App, actor: &Actor, id: EditionId, change: &DraftChange) -> AppResult<Edition> {
    app.store
        .write(|tx| async move {
            let (_, after) = apply(app, &tx, actor, id, change).await?;
            record::event("edition.autosave", id, &after.title)
                .after(serde_json::json!({
                    "body_sha256": crate::files::hash_of(after.body.as_bytes()),
                    "version": after.lock_version,
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(after)
        })
        .await
}
