//! 答复异议: adopted or not, with a reason, by somebody who did not appeal.

use domain::{
    actor::Actor,
    appeal::{Appeal, AppealState, FollowUp},
    ids::AppealId,
};
use policy::{Action, Target};
use store::deadline::DeadlineProgress;

use super::{
    follow_up::{NewFollowUp, read},
    list::is_party,
    not_found,
};
use crate::{App, AppError, AppResult, authorise, deadline, record};

/// What the office says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 采纳
    Adopt,
    /// 不采纳
    Refuse,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Adopted or not.
    pub verdict: Verdict,
    /// Why.
    pub opinion: String,
    /// What was changed; required when it is adopted.
    pub follow_up: NewFollowUp,
}

/// Answers an appeal; all who joined it are told.
///
/// # Errors
/// [`AppError::NotFound`] for people who are neither party nor office, [`AppError::Forbidden`] for parties,
/// [`AppError::Invalid`] without a reason or, when adopted, without what was changed, [`AppError::Conflict`] when
/// somebody else answered first.
pub async fn decide(app: &App, actor: &Actor, id: AppealId, answer: &Answer) -> AppResult<()> {
    super::show::visible(app, actor, id).await?;
    authorise::require(app, actor, Action::AppealDecide, &Target::Platform)?;
    let opinion = answer.opinion.trim();
    if !(4..=1000).contains(&opinion.chars().count()) {
        return Err(AppError::invalid("opinion", "请写明采纳或不采纳的理由（4至1000字），提出异议的人会看到。"));
    }
    let follow_up = match answer.verdict {
        Verdict::Adopt => Some(read(&answer.follow_up)?),
        Verdict::Refuse => None,
    };
    let follow_up = follow_up.as_ref();
    app.store
        .write(|tx| async move {
            let before = store::appeal::lock(&tx, id).await?.ok_or_else(not_found)?;
            if is_party(&tx, actor, id).await? {
                return Err(AppError::Forbidden("您是本异议的提出人，须由其他人答复。".into()));
            }
            if before.state != AppealState::Open {
                return Err(AppError::Conflict(format!(
                    "这项异议已答复：{}。请刷新页面查看。",
                    before.state.chinese()
                )));
            }
            let after = Appeal {
                state: if answer.verdict == Verdict::Adopt { AppealState::Adopted } else { AppealState::Refused },
                decided_by: Some(actor.person),
                decided_at: Some(tx.now()),
                opinion: Some(opinion.to_owned()),
                ..before.clone()
            };
            store::appeal::update(&tx, &after).await?;
            if let Some((kind, text, link)) = follow_up {
                let entry = FollowUp {
                    kind: *kind,
                    text: text.clone(),
                    link: link.clone(),
                    noted_by: actor.person,
                    noted_at: tx.now(),
                };
                store::appeal::note_follow_up(&tx, id, &entry).await?;
            }
            if let Some(clock) = after.deadline {
                match deadline::finish_in(&tx, clock, DeadlineProgress::Met).await {
                    // It may have been ended by hand.
                    Ok(_) | Err(AppError::Conflict(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            let action = if answer.verdict == Verdict::Adopt { "appeal.adopt" } else { "appeal.refuse" };
            record::event(action, id, after.rule.clone())
                .unit(after.office)
                .before(&before)
                .after(serde_json::json!({
                    "appeal": after,
                    "follow_up": follow_up.map(|(kind, text, link)| {
                        serde_json::json!({ "kind": kind, "text": text, "link": link })
                    }),
                }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}
