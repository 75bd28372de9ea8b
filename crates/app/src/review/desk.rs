//! The work desk (工作台): what waits for this person, oldest first, and what is overdue.

use domain::{actor::Actor, duty::Duty, edition::EditionState, ids::PersonId};
use store::{
    desk::{DeskDuty, DeskRow},
    library::{LibraryFilter, LibraryRow, LibraryScope},
};

use crate::{App, AppResult};

/// One waiting step.
#[derive(Debug, Clone)]
pub struct DeskItem {
    /// The line.
    pub row: DeskRow,
    /// Past its hour.
    pub overdue: bool,
    /// The actor may not decide it (own text, own step); it waits for a colleague.
    pub blocked_by_four_eyes: bool,
    /// Decided for an absent colleague.
    pub delegated: bool,
}

/// What the desk shows.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Steps to decide, oldest first.
    pub to_review: Vec<DeskItem>,
    /// Reviews owed after urgent publication.
    pub owed: Vec<DeskItem>,
    /// The actor's drafts that were returned.
    pub returned: Vec<LibraryRow>,
    /// The actor's drafts.
    pub drafts: Vec<LibraryRow>,
    /// The actor's texts that others are reviewing.
    pub in_review: Vec<LibraryRow>,
}

impl Desk {
    /// Things that wait for the actor's own hand.
    pub fn pending(&self) -> usize {
        let mine = |items: &[DeskItem]| items.iter().filter(|item| !item.blocked_by_four_eyes).count();
        mine(&self.to_review) + mine(&self.owed) + self.returned.len()
    }
}

/// How many lines a list of the desk shows; the full lists are elsewhere.
const MOST: u64 = 200;

/// The actor's desk.
pub async fn desk(app: &App, actor: &Actor) -> AppResult<Desk> {
    let read = app.store.read();
    let duties: Vec<DeskDuty> = actor
        .duties
        .iter()
        .filter(|held| matches!(held.duty, Duty::Reviewer1 | Duty::Reviewer2 | Duty::Reviewer3 | Duty::Reviewer4))
        .map(|held| DeskDuty { duty: held.duty, unit: held.unit })
        .collect();
    let to_review = items(app, &read, actor, store::desk::waiting(&read, &duties, MOST).await?).await?;
    let owed = items(app, &read, actor, store::desk::owed(&read, &duties, MOST).await?).await?;
    let mine = |state| own(&read, actor, state);
    Ok(Desk {
        to_review,
        owed,
        returned: mine(EditionState::Returned).await?,
        drafts: mine(EditionState::Draft).await?,
        in_review: mine(EditionState::InReview).await?,
    })
}

async fn own(read: &store::Read, actor: &Actor, state: EditionState) -> AppResult<Vec<LibraryRow>> {
    let scope = LibraryScope {
        units: actor.duties.iter().filter(|held| held.duty == Duty::Editor).map(|held| held.unit).collect(),
        ..LibraryScope::default()
    };
    let filter = LibraryFilter {
        states: vec![state],
        written_by: Some(actor.person),
        oldest_first: true,
        ..LibraryFilter::default()
    };
    Ok(store::library::list(read, &scope, &filter, 0, MOST).await?.0)
}

async fn items(app: &App, read: &store::Read, actor: &Actor, rows: Vec<DeskRow>) -> AppResult<Vec<DeskItem>> {
    let now = app.now();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let seats: Vec<Option<PersonId>> = actor
            .duties
            .iter()
            .filter(|held| held.duty == row.duty && held.unit == row.unit)
            .map(|held| held.on_behalf_of)
            .collect();
        let on_behalf_of = if seats.contains(&None) { None } else { seats.first().copied().flatten() };
        let edition = store::edition::by_id(read, row.edition).await?;
        let review = store::review::by_id(read, row.review).await?;
        let objection = edition.zip(review).and_then(|(edition, review)| {
            domain::review::four_eyes_objection(&edition, &review, actor.person, on_behalf_of)
        });
        items.push(DeskItem {
            overdue: row.due_at.is_some_and(|due| due < now),
            blocked_by_four_eyes: objection.is_some(),
            delegated: on_behalf_of.is_some(),
            row,
        });
    }
    Ok(items)
}
