//! 采纳后的处理: what was changed because an appeal was adopted, in words and with a link.

use domain::{
    actor::Actor,
    appeal::{AppealState, FollowUp, FollowUpKind},
    ids::AppealId,
    problem::FieldProblem,
};
use policy::{Action, Target};

use super::not_found;
use crate::{App, AppError, AppResult, authorise, record};

/// What was changed, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewFollowUp {
    /// Stable word of the kind.
    pub kind: String,
    /// What was changed.
    pub text: String,
    /// Page of the console where it can be seen.
    pub link: Option<String>,
}

/// Notes a further step after an adopted appeal.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] as usual; [`AppError::Conflict`] unless it
/// was adopted.
pub async fn follow_up(app: &App, actor: &Actor, id: AppealId, new: &NewFollowUp) -> AppResult<()> {
    super::show::visible(app, actor, id).await?;
    authorise::require(app, actor, Action::AppealDecide, &Target::Platform)?;
    let (kind, text, link) = &read(new)?;
    app.store
        .write(|tx| async move {
            let appeal = store::appeal::lock(&tx, id).await?.ok_or_else(not_found)?;
            if appeal.state != AppealState::Adopted {
                return Err(AppError::Conflict("只有已采纳的异议才登记处理情况。".into()));
            }
            let entry = FollowUp {
                kind: *kind,
                text: text.clone(),
                link: link.clone(),
                noted_by: actor.person,
                noted_at: tx.now(),
            };
            store::appeal::note_follow_up(&tx, id, &entry).await?;
            record::event("appeal.follow_up", id, appeal.rule.clone())
                .unit(appeal.office)
                .after(&entry)
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// What was typed, checked.
pub(super) fn read(new: &NewFollowUp) -> AppResult<(FollowUpKind, String, Option<String>)> {
    let mut problems = Vec::new();
    let kind = FollowUpKind::parse(new.kind.trim());
    if kind.is_none() {
        problems.push(FieldProblem::new("follow_kind", "请选择采纳后怎样处理。"));
    }
    let text = new.text.trim();
    if !(4..=500).contains(&text.chars().count()) {
        problems
            .push(FieldProblem::new("follow_text", "请写明改了什么（4至500字），例如停用了哪条规则、允许了哪些词。"));
    }
    let link = new.link.as_deref().map(str::trim).filter(|link| !link.is_empty());
    // Only the console's own pages: a link is shown to many and must lead nowhere else.
    if link.is_some_and(|link| !link.starts_with("/console/") || link.contains("//") || link.chars().count() > 300) {
        problems.push(FieldProblem::new("follow_link", "链接请填写本平台的页面地址，以 /console/ 开头。"));
    }
    match (kind, problems.is_empty()) {
        (Some(kind), true) => Ok((kind, text.to_owned(), link.map(str::to_owned))),
        _ => Err(AppError::Invalid(problems)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_console_only() {
        let new = |link: &str| NewFollowUp {
            kind: "words_allowed".into(),
            text: "已列入允许词语".into(),
            link: Some(link.into()),
        };
        for (link, fine) in [
            ("", true),
            ("/console/rules", true),
            ("/console//example.com", false),
            ("https://example.com/", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(read(&new(link)).is_ok(), fine, "{link}");
        }
    }
}
