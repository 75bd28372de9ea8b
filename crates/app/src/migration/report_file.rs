//! Reports as files to download.

use bytes::Bytes;
use domain::{actor::Actor, ids::MigrationId};

use super::documents::{ReportKind, document};
use crate::{App, AppError, AppResult};

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// A web page that needs nothing else.
    Html,
    /// A workbook.
    Xlsx,
}

impl ReportFormat {
    /// Reads the ending of a file name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "html" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// A report, ready to be saved.
#[derive(Debug, Clone)]
pub struct ReportFile {
    /// File name with its ending.
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// Content.
    pub bytes: Bytes,
}

/// Makes a report and writes it out.
///
/// # Errors
/// As [`document`].
pub async fn report_file(
    app: &App,
    actor: &Actor,
    id: MigrationId,
    kind: ReportKind,
    format: ReportFormat,
) -> AppResult<ReportFile> {
    let document = document(app, actor, id, kind).await?;
    let name = document.title.replace(['/', '\\', '：', ':'], "-");
    // Reports of large sites take a while to write.
    let written = tokio::task::spawn_blocking(move || match format {
        ReportFormat::Html => Ok(report::html(&document).into_bytes()),
        ReportFormat::Xlsx => report::xlsx(&document),
    });
    let bytes = written.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let (ending, media_type) = match format {
        ReportFormat::Html => ("html", "text/html; charset=utf-8"),
        ReportFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    };
    Ok(ReportFile { name: format!("{name}.{ending}"), media_type, bytes: bytes.into() })
}
