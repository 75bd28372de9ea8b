//! The calendar that verbs count with: what ships, what two people confirmed, and the local days of the place.

use domain::{
    calendar::{LocalDay, LocalDayUse, WorkCalendar},
    identifier::DivisionCode,
};
use store::holiday_arrangement::{Entered, EnteredArrangement};

use crate::AppResult;

/// All calendars of one moment: one for the years, laid over with the local days of whatever place is asked about.
#[derive(Debug, Clone)]
pub struct Calendars {
    years: WorkCalendar,
    local: Vec<(DivisionCode, LocalDay)>,
}

impl Calendars {
    /// Reads what holds now.
    pub async fn load(read: &store::Read) -> AppResult<Self> {
        Ok(Self::of(store::holiday_arrangement::in_force(read).await?))
    }

    /// From confirmed entries.
    pub(super) fn of(entries: Vec<EnteredArrangement>) -> Self {
        let mut calendars = Self { years: WorkCalendar::builtin(), local: Vec::new() };
        for entry in entries {
            match entry.entered {
                Entered::Year(arrangement) => calendars.years = calendars.years.with_arrangement(arrangement),
                Entered::Local(division, day) => calendars.local.push((division, day)),
            }
        }
        calendars
    }

    /// As it was before `entry` was confirmed: for telling what a confirmation changed.
    pub(crate) async fn before(read: &store::Read, entry: &EnteredArrangement) -> AppResult<Self> {
        let mut entries = store::holiday_arrangement::in_force(read).await?;
        entries.retain(|one| one.id != entry.id);
        entries.extend(store::holiday_arrangement::last_superseded(read, &entry.entered.occasion()).await?);
        Ok(Self::of(entries))
    }

    /// The years alone, nationwide.
    pub fn years(&self) -> &WorkCalendar {
        &self.years
    }

    /// The calendar of a place, with its local days and those of the region above as far as `purpose` lets them apply.
    pub fn at(&self, place: Option<&DivisionCode>, purpose: LocalDayUse) -> WorkCalendar {
        let Some(place) = place else { return self.years.clone() };
        let mut days: Vec<&(DivisionCode, LocalDay)> =
            self.local.iter().filter(|(division, _)| division.contains(place)).collect();
        // The nearer division has the last word about a day.
        days.sort_by_key(|(division, _)| division.level());
        self.years.clone().with_local_days(days.into_iter().map(|(_, day)| day.clone()), purpose)
    }
}

/// The calendar of a place (`None`: nationwide) for deadlines set by law or for an office's own promises.
pub async fn work_calendar(
    read: &store::Read,
    place: Option<&DivisionCode>,
    purpose: LocalDayUse,
) -> AppResult<WorkCalendar> {
    Ok(Calendars::load(read).await?.at(place, purpose))
}
