//! The rules that hold at a place on a day, for every verb that judges.

use std::sync::Arc;

use domain::{
    identifier::DivisionCode,
    rule::{Amendment, RuleBook, RulesInForce},
};
use jiff::civil::Date;

use crate::{App, AppResult};

/// Book and amendments of one moment; [`Self::rules`] borrows from it, so keep it as long as you judge.
#[derive(Debug, Clone)]
pub struct RulesSnapshot {
    book: Arc<RuleBook>,
    amendments: Vec<Amendment>,
    place: Option<DivisionCode>,
    date: Date,
}

impl RulesSnapshot {
    /// The rules of the place on the day.
    pub fn rules(&self) -> RulesInForce<'_> {
        self.on(self.date)
    }

    /// The rules of the place on another day.
    pub fn on(&self, date: Date) -> RulesInForce<'_> {
        self.book.in_force(&self.amendments, self.place.as_ref(), date)
    }
}

/// What holds at `place` (`None`: nationwide) on `date`. No permission is asked: rules are no secret to a verb.
pub async fn in_force(
    app: &App,
    read: &store::Read,
    place: Option<&DivisionCode>,
    date: Date,
) -> AppResult<RulesSnapshot> {
    let amendments = store::rule_amendment::in_force(read).await?;
    Ok(RulesSnapshot { book: app.rules.clone(), amendments, place: place.cloned(), date })
}
