//! `GET /console/migrations/{id}/reports/{kind}?format=html|xlsx`.

use app::{
    AppError,
    migration::{ReportFormat, ReportKind},
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use domain::ids::MigrationId;

use crate::{ListQuery, Page, WebResult, error_page::percent_encode};

/// A report to be saved.
pub async fn report(page: Page, Path((id, kind)): Path<(MigrationId, String)>, query: ListQuery) -> WebResult {
    // Asks first whether there is such a migration.
    app::migration::show(page.app(), &page.actor, id).await?;
    let kind = ReportKind::parse(&kind).ok_or_else(|| AppError::NotFound("报告".into()))?;
    let format = ReportFormat::parse(if query.format.is_empty() { "html" } else { &query.format });
    let format = format.ok_or_else(|| AppError::NotFound("这种格式的报告".into()))?;
    let file = app::migration::report_file(page.app(), &page.actor, id, kind, format).await?;
    let disposition = format!("attachment; filename=\"report\"; filename*=UTF-8''{}", percent_encode(&file.name));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((headers, file.bytes).into_response())
}
