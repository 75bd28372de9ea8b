//! 机审接口: connected systems have a text screened by the packs of their unit. Nothing of the text is kept; that it was
//! screened, and how much was found, is recorded.

use domain::{element::Elements, problem::FieldProblem, resource::ResourceKind};
use screen::{AttachmentText, Finding, Report, Severity, Subject};
use serde::Deserialize;

use crate::{App, AppError, AppResult, api_token::Caller, lexicon, record};

/// Attachments of one request at most.
pub const MOST_ATTACHMENTS: usize = 20;
/// Characters of a title at most.
pub const LONGEST_TITLE: usize = 200;

/// What is to be screened.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreeningRequest {
    /// 标题
    #[serde(default)]
    pub title: String,
    /// 正文, HTML.
    pub body_html: Option<String>,
    /// 正文, plain text; instead of `body_html`.
    pub text: Option<String>,
    /// `article`, `policy` or `interpretation`; `article` when absent.
    pub kind: Option<String>,
    /// Element table, names as in the platform's documentation. Without it, missing elements are not reported.
    pub elements: Option<serde_json::Value>,
    /// Texts of the attachments.
    #[serde(default)]
    pub attachments: Vec<RequestedAttachment>,
}

/// The text of an attachment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestedAttachment {
    /// File name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Screens a text by the engine of the caller's unit.
///
/// # Errors
/// [`AppError::Forbidden`] without `screening:run`, [`AppError::Invalid`] naming the field that is wrong.
pub async fn screening(app: &App, caller: &Caller, request: ScreeningRequest) -> AppResult<Report> {
    caller.require("screening:run")?;
    let known_elements = request.elements.is_some();
    let subject = subject(app, request)?;
    let engine = lexicon::engine_of(app, &app.store.read(), caller.token.unit).await?;
    let run = tokio::task::spawn_blocking(move || {
        let characters = subject.title.chars().count() + subject.body_html.chars().count();
        (engine.screen(&subject), characters)
    });
    let (mut report, characters) = run.await.map_err(AppError::internal)?;
    if !known_elements {
        report.findings.retain(|finding: &Finding| finding.category != screen::Category::Completeness);
    }
    let counts = serde_json::json!({
        "characters": characters,
        "blocks": report.count(Severity::Block),
        "warnings": report.count(Severity::Warn),
        "hints": report.count(Severity::Hint),
        "engine": report.engine_version,
    });
    let origin = domain::actor::Origin { channel: "api".into(), address: "interface".into(), request_id: None };
    let (counts, origin) = (&counts, &origin);
    app.store
        .write(|tx| async move {
            record::event("screening.request", caller.token.id, &caller.token.name)
                .unit(caller.token.unit)
                .after(counts)
                .write_as(&tx, None, &caller.token.name, origin)
                .await
        })
        .await?;
    Ok(report)
}

fn subject(app: &App, request: ScreeningRequest) -> AppResult<Subject> {
    let mut problems = Vec::new();
    if request.title.chars().count() > LONGEST_TITLE {
        problems.push(FieldProblem::new("title", format!("标题超过 {LONGEST_TITLE} 字。")));
    }
    let body = match (request.body_html, request.text) {
        (Some(html), None) => html,
        (None, Some(text)) => paragraphs(&text),
        (None, None) => {
            problems.push(FieldProblem::new("body_html", "请提供 body_html 或 text 其中之一。"));
            String::new()
        }
        (Some(_), Some(_)) => {
            problems.push(FieldProblem::new("text", "body_html 和 text 只能提供一个。"));
            String::new()
        }
    };
    let kind = match request.kind.as_deref() {
        None => Some(ResourceKind::Article),
        Some(word) => ResourceKind::parse(word),
    };
    if kind.is_none() {
        problems.push(FieldProblem::new("kind", "kind 应为 article、policy 或 interpretation。"));
    }
    let elements = elements(request.elements).unwrap_or_else(|message| {
        problems.push(FieldProblem::new("elements", message));
        Elements::default()
    });
    if request.attachments.len() > MOST_ATTACHMENTS {
        problems.push(FieldProblem::new("attachments", format!("附件最多 {MOST_ATTACHMENTS} 个，请分几次提交。")));
    }
    if let Some(place) = request.attachments.iter().position(|one| one.name.trim().is_empty()) {
        problems.push(FieldProblem::new(format!("attachments[{place}].name"), "请提供附件的文件名。"));
    }
    let Some(kind) = kind.filter(|_| problems.is_empty()) else { return Err(AppError::Invalid(problems)) };
    Ok(Subject {
        elements,
        attachments: request
            .attachments
            .into_iter()
            .map(|one| AttachmentText { name: one.name, text: one.text })
            .collect(),
        // Texts of other systems may have been published there long ago.
        imported: true,
        ..Subject::new(kind, request.title, body, app.now())
    })
}

/// The element table that was sent, laid over an empty one.
fn elements(sent: Option<serde_json::Value>) -> Result<Elements, String> {
    let Some(sent) = sent else { return Ok(Elements::default()) };
    let serde_json::Value::Object(sent) = sent else { return Err("elements 应为一个对象。".to_owned()) };
    let mut whole = serde_json::to_value(Elements::default()).map_err(|error| error.to_string())?;
    for (name, value) in sent {
        match whole.get_mut(&name) {
            Some(place) => *place = value,
            None => return Err(format!("要素表里没有“{name}”，字段名见接口文档。")),
        }
    }
    serde_json::from_value(whole).map_err(|error| format!("要素的值无法识别（{error}），格式见接口文档。"))
}

fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.lines().map(|line| format!("<p>{line}</p>")).collect()
}
