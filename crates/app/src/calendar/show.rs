//! 全年日历: twelve months with days off and make-up days, and where they come from.

use domain::{
    actor::Actor,
    calendar::{Day, DayKind, LocalDayUse},
    time::beijing_date,
};
use jiff::{Span, civil::Date};
use policy::{Action, Target};
use serde::Serialize;

use super::{
    waiting::{EntryView, views},
    work_calendar::Calendars,
};
use crate::{
    App, AppError, AppResult, authorise,
    rule::{self, Place},
};

/// A year as its page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarShow {
    /// The year.
    pub year: i16,
    /// Its arrangement is known.
    pub known: bool,
    /// Years whose arrangement is known, the last one first.
    pub known_years: Vec<i16>,
    /// Whose local days are shown.
    pub place: Place,
    /// Whose local days may be looked at.
    pub places: Vec<Place>,
    /// January to December; empty when the year is unknown.
    pub months: Vec<MonthView>,
    /// Addresses of the notices.
    pub papers: Vec<String>,
    /// How many working days the year has.
    pub workdays: usize,
    /// What people entered for this year, the newest first.
    pub entries: Vec<EntryView>,
    /// The actor may enter the arrangement of a year.
    pub may_upload: bool,
    /// The actor may enter a local day for the place.
    pub may_add_local_day: bool,
    /// Today in Beijing.
    pub today: Date,
}

/// One month.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// 1–12.
    pub number: i8,
    /// Weeks from Monday; `None` outside the month.
    pub weeks: Vec<Vec<Option<DayCell>>>,
}

/// One day.
#[derive(Debug, Clone, Serialize)]
pub struct DayCell {
    /// Day of the month.
    pub number: i8,
    /// 休 for arranged days off, 班 for make-up days, blank for ordinary ones.
    pub mark: &'static str,
    /// Worked.
    pub workday: bool,
    /// Why, with its source.
    pub reason: String,
    /// It is today.
    pub today: bool,
}

/// The year (this one when `None`) at a place (the own one when `None`).
///
/// # Errors
/// [`AppError::NotFound`] for places that are none of the actor's business and years before 2007.
pub async fn show(app: &App, actor: &Actor, year: Option<i16>, division: Option<&str>) -> AppResult<CalendarShow> {
    authorise::require(app, actor, Action::CalendarRead, &Target::Platform)?;
    let today = beijing_date(app.now());
    let year = year.unwrap_or_else(|| today.year());
    if !(2007..=2100).contains(&year) {
        return Err(AppError::NotFound("该年的工作日历".to_owned()));
    }
    let places = rule::places(app, actor).await?;
    let place = match division {
        None => places.first(),
        Some(code) => places.iter().find(|place| place.code.as_str() == code),
    };
    let place = place.cloned().ok_or_else(|| AppError::NotFound("该地区的工作日历".to_owned()))?;
    let read = app.store.read();
    // Everybody's own rota shows all local days; deadlines set by law take only those confirmed for them.
    let calendar = Calendars::load(&read).await?.at(Some(&place.code), LocalDayUse::OwnPromise);
    let mut known_years: Vec<i16> = calendar.known_years().collect();
    known_years.reverse();
    let known = calendar.arrangement(year).is_some();
    let mut days: Vec<Day> = Vec::new();
    if known {
        let first = Date::constant(year, 1, 1);
        days = first
            .series(Span::new().days(1))
            .take_while(|date| date.year() == year)
            .filter_map(|date| calendar.day(date).ok())
            .collect();
    }
    let mut entries = views(app, actor, store::holiday_arrangement::of_year(&read, year).await?).await?;
    entries.reverse();
    let may_add_local_day = match rule::office_of(&read, &place.code).await {
        Ok(office) => app.policy.decide(actor, Action::LocalDayPropose, &Target::Unit { path: &office.path }).allowed,
        Err(AppError::Conflict(_)) => false,
        Err(error) => return Err(error),
    };
    Ok(CalendarShow {
        year,
        known,
        known_years,
        months: months(&days, today),
        papers: calendar.arrangement(year).map(|arrangement| arrangement.papers.clone()).unwrap_or_default(),
        workdays: days.iter().filter(|day| day.workday).count(),
        entries,
        may_upload: app.policy.decide(actor, Action::CalendarUpload, &Target::Platform).allowed,
        may_add_local_day,
        place,
        places,
        today,
    })
}

fn months(days: &[Day], today: Date) -> Vec<MonthView> {
    let mut months: Vec<MonthView> = Vec::new();
    for day in days {
        let (month, column) = (day.date.month(), day.date.weekday().to_monday_zero_offset());
        if months.last().is_none_or(|last| last.number != month) {
            months.push(MonthView { number: month, weeks: Vec::new() });
        }
        let Some(last) = months.last_mut() else { continue };
        if column == 0 || last.weeks.is_empty() {
            last.weeks.push(vec![None; 7]);
        }
        let cell = DayCell {
            number: day.date.day(),
            mark: match day.kind {
                DayKind::Holiday(_) | DayKind::LocalDayOff(_) => "休",
                DayKind::MakeUpWorkday(_) | DayKind::LocalWorkday(_) => "班",
                DayKind::Workday | DayKind::Weekend => "",
            },
            workday: day.workday,
            reason: day.reason.clone(),
            today: day.date == today,
        };
        if let Some(week) = last.weeks.last_mut() {
            week[usize::try_from(column).unwrap_or(0)] = Some(cell);
        }
    }
    months
}
