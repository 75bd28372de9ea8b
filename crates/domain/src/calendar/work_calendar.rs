//! The calendar itself: arrangements of known years and, where asked for, local days.

use super::{
    CalendarError, Day, LocalDay, LocalDayUse, YearArrangement, builtin::BUILTIN, day::Verdict, wording::is_weekend,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// From this day of December on, the notice of the next year has moved days in the past (earliest so far: 29 December).
const LATE_DECEMBER: i8 = 25;

/// A working-day calendar. Cheap to clone; never changed in place, so that a result can be compared before and after.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    years: BTreeMap<i16, Arc<YearTable>>,
    local: Arc<BTreeMap<Date, LocalDay>>,
}

#[derive(Debug)]
struct YearTable {
    arrangement: YearArrangement,
    /// Date → off or worked, and the index of the holiday.
    days: HashMap<Date, (bool, usize)>,
}

impl WorkCalendar {
    /// The arrangements that ship with the product (2007–2026).
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// A calendar that knows no year.
    pub fn empty() -> Self {
        Self { years: BTreeMap::new(), local: Arc::default() }
    }

    /// This calendar with the arrangement of one more year; an arrangement of a known year replaces the earlier one.
    #[must_use]
    pub fn with_arrangement(mut self, arrangement: YearArrangement) -> Self {
        let mut days = HashMap::new();
        for (index, holiday) in arrangement.holidays.iter().enumerate() {
            days.extend(holiday.work.iter().map(|date| (*date, (false, index))));
            days.extend(holiday.off.iter().map(|date| (*date, (true, index))));
        }
        self.years.insert(arrangement.year, Arc::new(YearTable { arrangement, days }));
        self
    }

    /// This calendar with local days laid over, as far as `purpose` lets them apply.
    #[must_use]
    pub fn with_local_days(mut self, days: impl IntoIterator<Item = LocalDay>, purpose: LocalDayUse) -> Self {
        let added = days.into_iter().filter(|day| day.applies_to(purpose)).map(|day| (day.date, day));
        let mut local = BTreeMap::clone(&self.local);
        local.extend(added);
        self.local = Arc::new(local);
        self
    }

    /// The years whose arrangement is known, in order.
    pub fn known_years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// The arrangement of `year`, when known.
    pub fn arrangement(&self, year: i16) -> Option<&YearArrangement> {
        self.years.get(&year).map(|table| &table.arrangement)
    }

    /// What `date` is and why.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] when the year of `date` has no arrangement.
    pub fn day(&self, date: Date) -> Result<Day, CalendarError> {
        Ok(self.verdict(date)?.day(date, self.provisional(date)))
    }

    /// Whether `date` is a working day.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn is_workday(&self, date: Date) -> Result<bool, CalendarError> {
        Ok(self.verdict(date)?.is_workday())
    }

    /// The next year, when `date` lies in late December and that year's notice is not known yet.
    pub fn provisional(&self, date: Date) -> Option<i16> {
        let next = date.year().checked_add(1)?;
        let open = date.month() == 12 && date.day() >= LATE_DECEMBER && !self.years.contains_key(&next);
        open.then_some(next)
    }

    fn verdict(&self, date: Date) -> Result<Verdict<'_>, CalendarError> {
        let year = date.year();
        let own = self.years.get(&year).ok_or(CalendarError::UnknownYear(year))?;
        if let Some(local) = self.local.get(&date) {
            return Ok(Verdict::Local(local));
        }
        // The notice of the next year is the later word about December.
        let later = (date.month() == 12).then(|| year.checked_add(1).and_then(|next| self.years.get(&next))).flatten();
        for table in later.into_iter().chain([own]) {
            if let Some(&(off, index)) = table.days.get(&date) {
                let YearArrangement { year, papers, holidays } = &table.arrangement;
                return Ok(Verdict::Arranged { off, name: &holidays[index].name, year: *year, papers });
            }
        }
        Ok(Verdict::Ordinary { workday: !is_weekend(date) })
    }
}
