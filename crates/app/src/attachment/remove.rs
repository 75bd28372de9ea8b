//! Taking a file off a draft.

use domain::{actor::Actor, ids::AttachmentId};
use policy::Action;

use crate::{
    App, AppError, AppResult,
    edition::{lock_for, require_editable},
    record,
};

/// Takes the file off; editions that were admitted with it keep it.
///
/// # Errors
/// [`AppError::Conflict`] when the edition is under review or admitted.
pub async fn remove(app: &App, actor: &Actor, id: AttachmentId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let missing = || AppError::NotFound("附件".into());
            let attachment = store::attachment::by_id(&tx, id).await?.ok_or_else(missing)?;
            let loaded = lock_for(app, &tx, actor, attachment.edition, Action::AttachmentUpload).await?;
            require_editable(&loaded.edition)?;
            store::attachment::delete(&tx, id).await?;
            record::event("attachment.remove", id, &attachment.file_name)
                .unit(loaded.resource.unit)
                .before(&attachment)
                .write(&tx, Some(actor))
                .await
        })
        .await
}
