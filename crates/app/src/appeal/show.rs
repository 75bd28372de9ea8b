//! One appeal: what was contested, by whom, what the office said, and what was changed.

use domain::{
    actor::Actor,
    appeal::{Appeal, AppealState, FollowUp},
    ids::AppealId,
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    answers,
    list::{AppealRow, is_party, rows},
    not_found,
};
use crate::{App, AppResult, names};

/// An appeal as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct AppealView {
    /// As in the list.
    pub row: AppealRow,
    /// Who appealed, the first one first.
    pub parties: Vec<PartyView>,
    /// What was changed.
    pub follow_ups: Vec<FollowUpView>,
    /// The actor may answer it now.
    pub may_decide: bool,
    /// The actor may note what was changed.
    pub may_follow_up: bool,
}

/// Somebody who appealed.
#[derive(Debug, Clone, Serialize)]
pub struct PartyView {
    /// Name.
    pub name: String,
    /// Of which unit's text.
    pub unit_name: String,
    /// What they say.
    pub text: String,
    /// When.
    pub joined_at: Timestamp,
}

/// What was changed.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUpView {
    /// The entry.
    #[serde(flatten)]
    pub entry: FollowUp,
    /// The kind in words.
    pub kind_words: &'static str,
    /// Who noted it.
    pub noted_by_name: String,
}

/// The appeal, for its parties and the office.
///
/// # Errors
/// [`crate::AppError::NotFound`] for everybody else.
pub async fn show(app: &App, actor: &Actor, id: AppealId) -> AppResult<AppealView> {
    let appeal = visible(app, actor, id).await?;
    let read = app.store.read();
    let parties = store::appeal::parties(&read, &[id]).await?;
    let follow_ups = store::appeal::follow_ups(&read, id).await?;
    let people = parties.iter().map(|party| party.person).chain(follow_ups.iter().map(|entry| entry.noted_by));
    let people = names::people(app, people.collect::<Vec<_>>()).await?;
    let units = names::units(app, parties.iter().map(|party| party.unit).collect::<Vec<_>>()).await?;
    let (open, adopted) = (appeal.state == AppealState::Open, appeal.state == AppealState::Adopted);
    let row = rows(app, actor, vec![appeal]).await?.into_iter().next().ok_or_else(not_found)?;
    let office = answers(app, actor);
    Ok(AppealView {
        may_decide: office && open && !row.own,
        may_follow_up: office && adopted,
        row,
        parties: parties
            .into_iter()
            .map(|party| PartyView {
                name: people.get(&party.person).cloned().unwrap_or_default(),
                unit_name: units.get(&party.unit).cloned().unwrap_or_default(),
                text: party.text,
                joined_at: party.joined_at,
            })
            .collect(),
        follow_ups: follow_ups
            .into_iter()
            .map(|entry| FollowUpView {
                kind_words: entry.kind.chinese(),
                noted_by_name: people.get(&entry.noted_by).cloned().unwrap_or_default(),
                entry,
            })
            .collect(),
    })
}

/// The appeal, if the actor is a party or answers appeals.
pub(super) async fn visible(app: &App, actor: &Actor, id: AppealId) -> AppResult<Appeal> {
    let read = app.store.read();
    let appeal = store::appeal::by_id(&read, id).await?.ok_or_else(not_found)?;
    if answers(app, actor) || is_party(&read, actor, id).await? { Ok(appeal) } else { Err(not_found()) }
}
