//! What a question of the field is answered from: rule packs, and what people recorded in the database.

use std::sync::Arc;

use app::calendar::Calendars;
use domain::{
    calendar::{LocalDayUse, WorkCalendar},
    division::register,
    identifier::DivisionCode,
    rule::{Amendment, RuleBook, RulesInForce},
    time::{Clock, beijing_date},
};
use jiff::civil::Date;

use crate::{
    config::Config,
    instance::{self, Database},
    refusal::Refusal,
    rule_book,
    system::SystemClock,
};

/// All of it, as of now.
pub struct Knowledge {
    /// The packs.
    pub book: RuleBook,
    /// Today in Beijing.
    pub today: Date,
    amendments: Vec<Amendment>,
    calendars: Option<Calendars>,
}

impl Knowledge {
    /// The packs, and what was recorded in the database if there is one and `builtin` does not forbid it. A question
    /// never makes or changes a database.
    ///
    /// # Errors
    /// A refusal that says what to do; an unreadable database is never passed over in silence.
    pub async fn load(config: &Config, builtin: bool) -> Result<Self, Refusal> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let today = beijing_date(clock.now());
        let book = rule_book::load(config)?;
        // An instance on SQLite is where its file is; without one there is nothing recorded to ask.
        let recorded = !builtin && config.sqlite_file().is_none_or(|file| file.is_file());
        if !recorded {
            return Ok(Self { book, today, amendments: Vec::new(), calendars: None });
        }
        let (amendments, calendars) = recorded_in(config, clock).await.map_err(|refusal| {
            // Without what is recorded there the question cannot be decided, which is exit code 2.
            Refusal::configuration(format!("{} 如只用内置数据回答，请加 --builtin。", refusal.message()))
        })?;
        Ok(Self { book, today, amendments, calendars: Some(calendars) })
    }

    /// The rules in force at a place (the region, if none is named) on a day.
    pub fn rules(&self, division: Option<&DivisionCode>, date: Date) -> RulesInForce<'_> {
        let region = register::all().first().map(|registered| &registered.code);
        self.book.in_force(&self.amendments, division.or(region), date)
    }

    /// The working-day calendar of a place, with the local days that `purpose` lets apply.
    pub fn calendar_for(&self, division: Option<&DivisionCode>, purpose: LocalDayUse) -> WorkCalendar {
        self.calendars.as_ref().map_or_else(WorkCalendar::builtin, |calendars| calendars.at(division, purpose))
    }
}

async fn recorded_in(config: &Config, clock: Arc<dyn Clock>) -> Result<(Vec<Amendment>, Calendars), Refusal> {
    let store = instance::connect(config, Database::MustExist, clock).await?;
    instance::require_current_schema(&store).await?;
    let read = store.read();
    let amendments = store::rule_amendment::in_force(&read).await?;
    let calendars = Calendars::load(&read).await?;
    store.close().await;
    Ok((amendments, calendars))
}
