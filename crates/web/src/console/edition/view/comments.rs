//! Remarks (批注) of reviewers at places in the text.

use app::{
    AppResult,
    edition::{EditionView, comment_mark},
};
use domain::review::Comment;
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One remark.
#[derive(Debug, Clone, Serialize)]
pub struct CommentView {
    /// Key.
    pub id: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// 标题, 正文 …
    pub field: &'static str,
    /// The words it refers to.
    pub quote: Option<String>,
    /// The remark.
    pub text: String,
    /// `id` of its mark in the text, when the place is known.
    pub mark: Option<String>,
    /// Dealt with.
    pub resolved: bool,
}

/// All remarks on an edition, open ones first.
pub async fn comments(page: &Page, view: &EditionView) -> AppResult<Vec<CommentView>> {
    let names = app::names::people(page.app(), view.comments.iter().map(|comment| comment.made_by)).await?;
    let mut views: Vec<CommentView> = view
        .comments
        .iter()
        .map(|comment| CommentView {
            id: comment.id.to_string(),
            who: names.get(&comment.made_by).cloned().unwrap_or_default(),
            at: comment.made_at,
            field: field_name(comment),
            quote: comment.quote.clone(),
            text: comment.text.clone(),
            mark: comment
                .range
                .filter(|_| comment.resolved_at.is_none())
                .map(|_| format!("finding-{}", comment_mark(comment))),
            resolved: comment.resolved_at.is_some(),
        })
        .collect();
    views.sort_by_key(|comment| comment.resolved);
    Ok(views)
}

/// Remarks that still wait to be dealt with.
pub async fn open_comments(page: &Page, view: &EditionView) -> AppResult<Vec<CommentView>> {
    Ok(comments(page, view).await?.into_iter().filter(|comment| !comment.resolved).collect())
}

fn field_name(comment: &Comment) -> &'static str {
    match comment.field.as_str() {
        "title" => "标题",
        "body" => "正文",
        field => {
            domain::element::ELEMENT_RULES.iter().find(|rule| rule.field == field).map_or("全文", |rule| rule.label)
        }
    }
}
