//! `POST /api/v1/screenings`: has a text screened before it is published elsewhere. Nothing of it is kept.

use app::interface::{RequestedAttachment, ScreeningRequest};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bearer::Bearer;
use crate::{error::Problem, state::WebState};

/// Bytes of a request at most.
pub(super) const LARGEST: usize = 1024 * 1024;

/// A text to be screened. Either `body_html` or `text` must be there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningBody {
    /// 标题, at most 200 characters.
    #[serde(default)]
    title: String,
    /// 正文 as HTML.
    body_html: Option<String>,
    /// 正文 as plain text, instead of `body_html`.
    text: Option<String>,
    /// `article` (default), `policy` or `interpretation`.
    kind: Option<String>,
    /// Element table as `content.elements` of a resource. When absent, missing elements are not reported.
    #[schema(value_type = Option<Object>)]
    elements: Option<serde_json::Value>,
    /// Texts of the attachments, at most 20.
    #[serde(default)]
    attachments: Vec<AttachmentTextBody>,
}

/// The text of an attachment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentTextBody {
    /// File name.
    name: String,
    /// Its text: cells of a row separated by tabs, rows by line ends.
    text: String,
}

/// What was found. An empty list means that nothing was noticed, not that nothing is wrong.
#[derive(Serialize, ToSchema)]
pub struct ScreeningAnswer {
    /// Something must be corrected before publication.
    blocks: bool,
    /// Version of the engine.
    engine_version: String,
    /// When, RFC 3339.
    checked_at: String,
    /// Grave ones first, then by field and place.
    findings: Vec<FindingBody>,
}

/// One finding.
#[derive(Serialize, ToSchema)]
pub struct FindingBody {
    /// `title`, `body`, `attachment:0` …
    field: String,
    /// Place in the field's plain text; `null` when the field as a whole is meant.
    range: Option<RangeBody>,
    /// Stable word of the kind of fault.
    #[schema(value_type = String)]
    category: serde_json::Value,
    /// The same in Chinese.
    category_name: &'static str,
    /// `block`, `warn` or `hint`.
    severity: &'static str,
    /// The words in question, personal data masked.
    excerpt: String,
    /// Plain Chinese: what is wrong.
    message: String,
    /// Text to put in place of the range, or advice.
    suggestion: Option<String>,
    /// Suggestions one by one, the best first.
    suggestions: Vec<String>,
    /// Rule that was applied.
    rule_id: String,
    /// Version of the rules or of the lexicon pack.
    pack_version: String,
    /// 文号 and clause.
    basis: String,
    /// Stays the same while the words do.
    fingerprint: String,
}

/// Characters (Unicode scalar values), the end not included.
#[derive(Serialize, ToSchema)]
pub struct RangeBody {
    /// First character.
    start: usize,
    /// One past the last.
    end: usize,
}

/// Screens a text with the rules and lexicons of the token's unit.
#[utoipa::path(
    post, path = "/api/v1/screenings", tag = "screening",
    request_body = ScreeningBody,
    responses(
        (status = 200, description = "What was found", body = ScreeningAnswer),
        (status = 400, description = "Not JSON, or unknown or missing fields"),
        (status = 401, description = "No valid token"),
        (status = 403, description = "The token lacks `screening:run`"),
        (status = 413, description = "More than 1 MB"),
        (status = 422, description = "A field is wrong; `error.fields` names it"),
        (status = 429, description = "Too many requests"),
    ),
    security(("token" = ["screening:run"]))
)]
pub(super) async fn screen(State(web): State<WebState>, Bearer(caller): Bearer, request: Request) -> Response {
    let body = match read(request.into_body()).await {
        Ok(body) => body,
        Err(problem) => return problem.into_bare_response(),
    };
    let attachments =
        body.attachments.into_iter().map(|one| RequestedAttachment { name: one.name, text: one.text }).collect();
    let wanted = ScreeningRequest {
        title: body.title,
        body_html: body.body_html,
        text: body.text,
        kind: body.kind,
        elements: body.elements,
        attachments,
    };
    match app::interface::screening(&web.app, &caller, wanted).await {
        Ok(report) => {
            let blocks = report.blocks();
            let findings = report
                .findings
                .into_iter()
                .map(|finding| FindingBody {
                    field: finding.field.to_string(),
                    range: finding.range.map(|range| RangeBody { start: range.start, end: range.end }),
                    category: serde_json::to_value(finding.category).unwrap_or_default(),
                    category_name: finding.category.chinese(),
                    severity: finding.severity.as_str(),
                    excerpt: finding.excerpt,
                    message: finding.message,
                    suggestions: suggestions(finding.suggestion.as_deref()),
                    suggestion: finding.suggestion,
                    rule_id: finding.rule_id,
                    pack_version: finding.pack_version,
                    basis: finding.basis,
                    fingerprint: finding.fingerprint,
                })
                .collect();
            Json(ScreeningAnswer {
                blocks,
                engine_version: report.engine_version,
                checked_at: report.checked_at.to_string(),
                findings,
            })
            .into_response()
        }
        Err(error) => crate::error::WebError(error).into_response(),
    }
}

async fn read(body: Body) -> Result<ScreeningBody, Problem> {
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| {
        let message = "请求超过 1 MB。请去掉图片等内嵌数据，或把附件文字分几次提交。";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "提交的内容太大", message)
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!("请求应为 JSON，字段见接口文档（/api/openapi.json）。第 {} 行：{error}", error.line());
        Problem::new(StatusCode::BAD_REQUEST, "bad_request", "请求无法识别", message)
    })
}

/// Several replacements are parted by `|`; advice ends in 。 and is one.
fn suggestions(text: Option<&str>) -> Vec<String> {
    match text {
        None => Vec::new(),
        Some(advice) if advice.ends_with('。') => vec![advice.to_owned()],
        Some(several) => several.split('|').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect(),
    }
}
