//! Uploading a file to a draft.

use bytes::Bytes;
use domain::{
    actor::Actor,
    attachment::{Attachment, AttachmentUse},
    ids::EditionId,
};
use policy::Action;

use crate::{
    App, AppError, AppResult,
    attachment::{
        name::{numbered, safe_name},
        sniff::media_type,
    },
    edition::{lock_for, require_editable},
    record,
};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Name as the browser sent it.
    pub file_name: String,
    /// The bytes.
    pub bytes: Bytes,
    /// Listed below the text, or a picture inside it.
    pub usage: AttachmentUse,
    /// Text alternative of a picture.
    pub alt_text: Option<String>,
    /// Replace the file of the same name instead of adding a second one.
    pub replace: bool,
}

/// Stores a file and lists it with the draft.
///
/// # Errors
/// [`AppError::Invalid`] for a file that is too large, empty, of a type offices do not publish, or not what its name
/// says.
pub async fn upload(app: &App, actor: &Actor, id: EditionId, upload: &Upload) -> AppResult<Attachment> {
    let name =
        safe_name(&upload.file_name).ok_or_else(|| AppError::invalid("file", "文件名不能为空，请重命名后再上传。"))?;
    if upload.bytes.is_empty() {
        return Err(AppError::invalid("file", format!("“{name}”是空文件，请检查后再上传。")));
    }
    let limit = store::setting::in_force(&app.store.read()).await?.value("attachment.max_megabytes");
    let size = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
    if size > limit.saturating_mul(1024 * 1024) {
        return Err(AppError::invalid("file", format!("“{name}”超过{limit}MB的上限，请压缩或拆分后再上传。")));
    }
    let media_type = media_type(&name, &upload.bytes).map_err(|message| AppError::invalid("file", message))?;
    if upload.usage == AttachmentUse::Inline && !media_type.starts_with("image/") {
        return Err(AppError::invalid("file", "正文中只能插入图片（jpg、png、gif、webp）。"));
    }
    // Permission first, bytes second: a stranger's upload must not fill the store.
    let loaded = crate::edition::load(app, actor, id).await?;
    crate::authorise::require(app, actor, Action::AttachmentUpload, &loaded.target())?;
    let hash = app.files.put(upload.bytes.clone()).await?;
    crate::screening::read_file(app, &name, &hash, upload.bytes.clone()).await?;
    let (name, hash) = (&name, &hash);
    app.store
        .write(|tx| async move {
            let loaded = lock_for(app, &tx, actor, id, Action::AttachmentUpload).await?;
            require_editable(&loaded.edition)?;
            let existing = store::attachment::of_edition(&tx, id).await?;
            let mut file_name = name.clone();
            if let Some(same) = existing.iter().find(|one| one.file_name == *name) {
                if upload.replace {
                    store::attachment::delete(&tx, same.id).await?;
                } else {
                    let taken = |candidate: &str| existing.iter().any(|one| one.file_name == candidate);
                    let free = (2..).map(|number| numbered(name, number)).find(|candidate| !taken(candidate));
                    file_name = free.unwrap_or(file_name);
                }
            }
            let attachment = Attachment {
                id: tx.ids().fresh(),
                edition: id,
                file_name,
                media_type: media_type.to_owned(),
                size,
                hash: hash.clone(),
                usage: upload.usage,
                alt_text: upload.alt_text.clone().filter(|text| !text.trim().is_empty()),
                position: existing.iter().map(|one| one.position).max().unwrap_or(0) + 1,
                uploaded_by: actor.person,
                uploaded_at: tx.now(),
            };
            store::attachment::insert(&tx, &attachment).await?;
            store::edition::add_writer(&tx, id, actor.person).await?;
            record::event("attachment.upload", attachment.id, &attachment.file_name)
                .unit(loaded.resource.unit)
                .after(&attachment)
                .write(&tx, Some(actor))
                .await?;
            Ok(attachment)
        })
        .await
}
