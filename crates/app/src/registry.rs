//! Every job body of the platform with its schedule: what a worker can do.

use std::time::Duration;

use jobs::{Registry, Rule};

use crate::{
    App,
    calendar::RemindCalendar,
    deadline::RecomputeDeadlines,
    migration::{CollectMigration, TryMigration},
    placement::TurnDue,
    release::PublishSite,
    session::SweepSessions,
    stock::{RescreenStock, ScreenDaily, ScreenStock, SketchStock},
};

/// The jobs and schedules of this version.
pub fn registry() -> Registry<App> {
    Registry::new()
        .job::<PublishSite>()
        .job::<TurnDue>()
        .job::<SweepSessions>()
        .job::<RemindCalendar>()
        .job::<RecomputeDeadlines>()
        .job::<RescreenStock>()
        .job::<ScreenStock>()
        .job::<ScreenDaily>()
        .job::<SketchStock>()
        .job::<CollectMigration>()
        .job::<TryMigration>()
        .schedule("calendar.remind", Rule::DailyAt(jiff::civil::time(8, 30, 0, 0)), || RemindCalendar {})
        .schedule("placement.turn_due", Rule::Every(Duration::from_secs(15)), || TurnDue {})
        .schedule("stock.sketch", Rule::DailyAt(jiff::civil::time(1, 40, 0, 0)), || SketchStock {})
        .schedule("stock.daily", Rule::DailyAt(jiff::civil::time(2, 10, 0, 0)), || ScreenDaily {})
        .schedule("session.sweep", Rule::DailyAt(jiff::civil::time(3, 20, 0, 0)), || SweepSessions {})
}
