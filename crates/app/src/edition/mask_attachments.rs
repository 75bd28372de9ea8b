//! Masking the attachments of a draft: a copy without the personal data takes the place of the file.

use bytes::Bytes;
use domain::{
    actor::Actor,
    attachment::{Attachment, AttachmentUse},
};
use screen::{MaskedAttachment, Subject, mask_subject};

use crate::{
    App, AppError, AppResult,
    attachment::{Upload, upload},
    edition::load::Loaded,
};

/// Masks what can be masked; returns how many places were. A file whose kind cannot be masked stays as it is, and the
/// next screening names it.
pub(super) async fn mask_attachments(app: &App, actor: &Actor, loaded: &Loaded) -> AppResult<usize> {
    let read = app.store.read();
    let attachments = store::attachment::of_edition(&read, loaded.edition.id).await?;
    crate::screening::read_missing(app, &attachments).await?;
    let mut subject = Subject::new(loaded.resource.kind, "", "", app.now());
    crate::screening::with_attachments(&read, &mut subject, &attachments).await?;
    if subject.attachments.is_empty() {
        return Ok(0);
    }
    let engine = crate::lexicon::engine_of(app, &read, loaded.resource.unit).await?;
    let found = tokio::task::spawn_blocking(move || {
        let report = engine.screen(&subject);
        mask_subject(&subject, &report).attachments
    });
    let listed: Vec<&Attachment> = attachments.iter().filter(|one| one.usage == AttachmentUse::Listed).collect();
    let mut places = 0;
    for masked in found.await.map_err(AppError::internal)? {
        if let Some(attachment) = listed.get(masked.index) {
            places += mask_one(app, actor, loaded, attachment, masked).await?;
        }
    }
    Ok(places)
}

async fn mask_one(
    app: &App,
    actor: &Actor,
    loaded: &Loaded,
    attachment: &Attachment,
    masked: MaskedAttachment,
) -> AppResult<usize> {
    let Some(bytes) = app.files.get(&attachment.hash).await? else { return Ok(0) };
    let name = attachment.file_name.clone();
    let copy = tokio::task::spawn_blocking(move || extract::attachment::mask(&name, &bytes, &masked.replacements));
    let Ok(copy) = copy.await.map_err(AppError::internal)? else { return Ok(0) };
    let file = Upload {
        file_name: attachment.file_name.clone(),
        bytes: Bytes::from(copy.bytes),
        usage: attachment.usage,
        alt_text: attachment.alt_text.clone(),
        replace: true,
    };
    upload(app, actor, loaded.edition.id, &file).await?;
    Ok(copy.replaced)
}
