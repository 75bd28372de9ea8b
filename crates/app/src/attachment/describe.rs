//! Text alternatives of pictures (无障碍).

use domain::{actor::Actor, attachment::Attachment, ids::AttachmentId};
use policy::Action;

use crate::{
    App, AppError, AppResult,
    edition::{lock_for, require_editable},
    record,
};

/// Sets what people hear who cannot see the picture; blank takes it away.
///
/// # Errors
/// [`AppError::Conflict`] when the edition is under review or admitted.
pub async fn describe(app: &App, actor: &Actor, id: AttachmentId, alt_text: &str) -> AppResult<Attachment> {
    let alt_text = Some(alt_text.trim().to_owned()).filter(|text| !text.is_empty());
    if alt_text.as_ref().is_some_and(|text| text.chars().count() > 200) {
        return Err(AppError::invalid("alt_text", "图片说明不能超过200个字，请精简。"));
    }
    let alt_text = &alt_text;
    app.store
        .write(|tx| async move {
            let missing = || AppError::NotFound("附件".into());
            let before = store::attachment::by_id(&tx, id).await?.ok_or_else(missing)?;
            let loaded = lock_for(app, &tx, actor, before.edition, Action::AttachmentUpload).await?;
            require_editable(&loaded.edition)?;
            let after = Attachment { alt_text: alt_text.clone(), ..before.clone() };
            if after == before {
                return Ok(after);
            }
            store::attachment::set_alt_text(&tx, id, alt_text.clone()).await?;
            record::event("attachment.describe", id, &after.file_name)
                .unit(loaded.resource.unit)
                .before(&before)
                .after(&after)
                .write(&tx, Some(actor))
                .await?;
            Ok(after)
        })
        .await
}
