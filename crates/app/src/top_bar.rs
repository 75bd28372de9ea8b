//! What the frame around every console page shows of the person: the unit, and how much waits for them.

use domain::actor::Actor;
use serde::Serialize;

use crate::{App, AppResult, appeal, calendar, clearance, lexicon, review, rule, screening_exception};

/// The person's corner of the frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopBar {
    /// Name of the home unit.
    pub unit_name: String,
    /// Everything that waits for the person's own hand.
    pub pending: usize,
    /// Review steps to decide.
    pub to_review: usize,
    /// Reviews owed after urgent publication.
    pub owed: usize,
}

/// Counts as the work desk counts, so that both always say the same.
pub async fn top_bar(app: &App, actor: &Actor) -> AppResult<TopBar> {
    let unit = store::person::unit_of(&app.store.read(), actor.home_unit).await?;
    let desk = review::desk(app, actor).await?;
    let mine = |items: &[review::DeskItem]| items.iter().filter(|item| !item.blocked_by_four_eyes).count();
    Ok(TopBar {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        pending: desk.pending()
            + rule::waiting(app, actor).await?.len()
            + calendar::waiting(app, actor).await?.len()
            + clearance::waiting(app, actor).await?.len()
            + screening_exception::waiting(app, actor).await?.len()
            + appeal::waiting(app, actor).await?.len()
            + appeal::answered(app, actor).await?.len()
            + lexicon::waiting(app, actor).await?.len(),
        to_review: mine(&desk.to_review),
        owed: mine(&desk.owed),
    })
}
