//! What attachments say: read once for each different file, outside of any transaction, and kept.

use std::collections::HashMap;

use bytes::Bytes;
use domain::attachment::{Attachment, AttachmentUse};
use extract::attachment::{Limits, extract};
use screen::{AttachmentText, PictureFacts, PictureShape, Subject, UnreadAttachment};
use store::{Read, file_reading::FileReading};

use crate::{App, AppError, AppResult};

/// Raised when reading changes, so that files are read again.
const READER: i64 = 1;

/// Bytes of text kept of one file; what is longer is said to be unread.
const LONGEST: usize = 8 * 1024 * 1024;

/// Reads a file that was just stored.
pub(crate) async fn read_file(app: &App, name: &str, hash: &str, bytes: Bytes) -> AppResult<()> {
    if store::file_reading::of_files(&app.store.read(), &[hash], READER).await?.contains_key(hash) {
        return Ok(());
    }
    let (name, hash) = (name.to_owned(), hash.to_owned());
    let reading =
        tokio::task::spawn_blocking(move || reading(&name, hash, &bytes)).await.map_err(AppError::internal)??;
    let reading = &reading;
    app.store.write(|tx| async move { Ok(store::file_reading::keep(&tx, reading).await?) }).await
}

/// Reads those of these attachments that nobody has read yet (files stored by an earlier version).
pub(crate) async fn read_missing(app: &App, attachments: &[Attachment]) -> AppResult<()> {
    let hashes: Vec<&str> = attachments.iter().map(|one| one.hash.as_str()).collect();
    let known = store::file_reading::of_files(&app.store.read(), &hashes, READER).await?;
    for attachment in attachments.iter().filter(|one| !known.contains_key(&one.hash)) {
        if let Some(bytes) = app.files.get(&attachment.hash).await? {
            read_file(app, &attachment.file_name, &attachment.hash, bytes).await?;
        }
    }
    Ok(())
}

fn reading(name: &str, hash: String, bytes: &[u8]) -> AppResult<FileReading> {
    let shape = PictureShape::of(bytes);
    let (mut text, mut notices) = match extract(name, bytes, &Limits::default()) {
        Ok(found) => (found.all_text(), found.notices),
        Err(error) => (String::new(), vec![error.sentence().to_owned()]),
    };
    if shape.is_some() {
        // That a picture has no text in it that can be read is known to everybody.
        notices.clear();
    }
    if let Some(end) = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).filter(|end| *end < text.len()) {
        text.truncate(end);
        notices.push("文字太多，后面的部分没有检查。".to_owned());
    }
    Ok(FileReading {
        hash,
        // Databases do not keep NUL characters.
        text: text.replace('\0', " "),
        notices: serde_json::to_string(&notices).map_err(AppError::internal)?,
        shape: shape.map(|shape| serde_json::to_string(&shape)).transpose().map_err(AppError::internal)?,
        reader: READER,
    })
}

/// Puts the attachments of an edition into its subject: their names and texts, what could not be read, and the pictures
/// of the body.
pub(crate) async fn with_attachments(read: &Read, subject: &mut Subject, attachments: &[Attachment]) -> AppResult<()> {
    let hashes: Vec<&str> = attachments.iter().map(|one| one.hash.as_str()).collect();
    let readings = store::file_reading::of_files(read, &hashes, READER).await?;
    for attachment in attachments {
        match attachment.usage {
            AttachmentUse::Listed => add_listed(subject, attachment, &readings)?,
            AttachmentUse::Inline => add_picture(subject, attachment, &readings)?,
        }
    }
    Ok(())
}

fn add_listed(
    subject: &mut Subject,
    attachment: &Attachment,
    readings: &HashMap<String, FileReading>,
) -> AppResult<()> {
    let place = subject.attachments.len();
    let mut unread = |reason: String| subject.facts.unread.push(UnreadAttachment { attachment: place, reason });
    let mut text = attachment.file_name.clone();
    match readings.get(&attachment.hash) {
        Some(reading) => {
            let notices: Vec<String> = serde_json::from_str(&reading.notices).map_err(AppError::internal)?;
            notices.into_iter().for_each(&mut unread);
            text.push('\n');
            text.push_str(&reading.text);
        }
        None => unread("文件还没有读取。".to_owned()),
    }
    subject.attachments.push(AttachmentText { name: attachment.file_name.clone(), text });
    Ok(())
}

fn add_picture(
    subject: &mut Subject,
    attachment: &Attachment,
    readings: &HashMap<String, FileReading>,
) -> AppResult<()> {
    let shape = readings.get(&attachment.hash).and_then(|reading| reading.shape.as_deref());
    let alt = attachment.alt_text.as_deref().unwrap_or_default();
    subject.facts.pictures.push(PictureFacts {
        source: format!("attachment:{}", attachment.id),
        name: attachment.file_name.clone(),
        sha256: attachment.hash.clone(),
        shape: shape.map(serde_json::from_str).transpose().map_err(AppError::internal)?,
        map_number: alt
            .split_once("审图号")
            .map(|(_, number)| number.trim_matches(['：', ':', ' ', '）', ')']).to_owned()),
    });
    Ok(())
}
