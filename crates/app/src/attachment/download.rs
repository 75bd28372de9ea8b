//! Reading a file of an edition in the console, for those who may see the edition.

use bytes::Bytes;
use domain::{actor::Actor, attachment::Attachment, ids::AttachmentId};

use crate::{App, AppError, AppResult, edition::load};

/// A file with its bytes.
#[derive(Debug, Clone)]
pub struct Download {
    /// The record.
    pub attachment: Attachment,
    /// The bytes.
    pub bytes: Bytes,
}

/// The file, if the actor may see its edition.
///
/// # Errors
/// [`AppError::NotFound`] for another office's draft, exactly as for a file that does not exist.
pub async fn download(app: &App, actor: &Actor, id: AttachmentId) -> AppResult<Download> {
    let missing = || AppError::NotFound("附件".into());
    let attachment = store::attachment::by_id(&app.store.read(), id).await?.ok_or_else(missing)?;
    load(app, actor, attachment.edition).await.map_err(|error| match error {
        AppError::NotFound(_) => missing(),
        other => other,
    })?;
    let bytes = app.files.get(&attachment.hash).await?;
    let bytes = bytes.ok_or_else(|| AppError::Internal(format!("bytes of attachment {id} are missing")))?;
    Ok(Download { attachment, bytes })
}
