//! An original as people look at it: a page as text in UTF-8, whatever it was written in; a record as a page of its
//! fields; anything else as a file.

use bytes::Bytes;
use domain::{
    actor::Actor,
    ids::{MigrationId, OldPageId},
};
use extract::page::Hint;

use super::{pages::original, reading, reading::RECORD_MEDIA};
use crate::{App, AppError, AppResult};

/// An original, ready to be shown where nothing of it may run.
#[derive(Debug, Clone)]
pub enum Original {
    /// A page as it was collected, decoded.
    Page(String),
    /// A record that came with its fields.
    Record {
        /// Title.
        title: String,
        /// Label and value of its other fields.
        fields: Vec<(String, String)>,
        /// Clean text.
        html: String,
    },
    /// Anything else.
    File {
        /// File name.
        name: String,
        /// Media type, as the old server said.
        media_type: String,
        /// Content.
        bytes: Bytes,
    },
}

/// The original of a page.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration, and when nothing was collected.
pub async fn original_shown(app: &App, actor: &Actor, id: MigrationId, page: OldPageId) -> AppResult<Original> {
    let (page, bytes) = original(app, actor, id, page).await?;
    let declared = page.media_type.clone().unwrap_or_default();
    let media_type = declared.split(';').next().unwrap_or_default().trim().to_lowercase();
    if media_type != RECORD_MEDIA && !matches!(media_type.as_str(), "text/html" | "application/xhtml+xml") {
        let path = page.address.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        return Ok(Original::File { name, media_type, bytes });
    }
    let shown = tokio::task::spawn_blocking(move || {
        if media_type == RECORD_MEDIA {
            let reading = reading::read(&bytes, &page.address, Some(RECORD_MEDIA), None);
            let fields = reading.found.into_iter().filter(|found| found.field != "title");
            return Original::Record {
                fields: fields.map(|found| (found.label, found.value)).collect(),
                html: render::rich_text::clean(&reading.html).html,
                title: reading.title,
            };
        }
        let hint = Hint { address: Some(&page.address), content_type: Some(&declared) };
        let encoding = extract::page::read(&bytes, &hint, None).encoding;
        let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        Original::Page(encoding.decode(&bytes).0.into_owned())
    });
    shown.await.map_err(AppError::internal)
}
