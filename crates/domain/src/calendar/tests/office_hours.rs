//! Working hours.

use super::super::*;
use jiff::civil::{DateTime, time};
use proptest::prelude::*;

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn hours() -> OfficeHours {
    let interval = |from, to| OfficeInterval { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
    OfficeHours::new(vec![interval(9, 12), interval(14, 17)]).unwrap()
}

#[test]
fn working_hours_run_across_lunch_nights_days_off_and_made_up_days() {
    let (calendar, hours) = (WorkCalendar::builtin(), hours());
    for (from, minutes, to) in [
        ("2021-09-16T10:00", 60, "2021-09-16T11:00"),
        ("2021-09-16T11:00", 120, "2021-09-16T15:00"),
        ("2021-09-16T11:00", 60, "2021-09-16T12:00"),
        ("2021-09-16T16:30", 60, "2021-09-17T09:30"),
        ("2021-09-16T20:00", 60, "2021-09-17T10:00"),
        ("2021-09-16T07:00", 360, "2021-09-16T17:00"),
        ("2021-09-17T16:00", 120, "2021-09-18T10:00"),
        ("2021-09-18T16:00", 120, "2021-09-22T10:00"),
        ("2021-10-03T12:00", 30, "2021-10-08T09:30"),
        ("2021-10-03T12:00", 0, "2021-10-03T12:00"),
    ] {
        assert_eq!(calendar.add_working_minutes(&hours, at(from), minutes).unwrap(), at(to), "{from} +{minutes}");
        assert_eq!(calendar.working_minutes_between(&hours, at(from), at(to)).unwrap(), minutes, "{from} – {to}");
    }
    let (_, days) = calendar.add_working_minutes_step_by_step(&hours, at("2021-09-18T16:00"), 120).unwrap();
    assert_eq!(days.iter().map(|day| day.minutes).collect::<Vec<_>>(), [60, 0, 0, 0, 60]);
    let error = calendar.add_working_minutes(&hours, at("2026-12-31T16:30"), 60).unwrap_err();
    assert_eq!(error, CalendarError::UnknownYear(2027));
}

#[test]
fn office_hours_are_data_with_a_mark_and_bad_ones_are_refused() {
    let (source, mark) = OfficeHours::standard().provenance();
    assert!(!source.is_empty());
    assert_eq!(mark, "U");
    let refuse = |text: &str| toml::from_str::<OfficeHours>(text).unwrap_err().to_string();
    assert!(refuse("interval = []").contains("至少要有一段"));
    assert!(refuse("interval = [{ from = \"12:00\", to = \"09:00\" }]").contains("办公时间12:00至09:00有误"));
    assert!(
        refuse("interval = [{ from = \"09:00\", to = \"12:00\" }, { from = \"11:00\", to = \"13:00\" }]")
            .contains("有误")
    );
    let summer = "interval = [{ from = \"09:00\", to = \"12:00\" }]\n[[season]]\nfrom = \"05-01\"\nto = \"09-30\"\n\
                  interval = [{ from = \"08:00\", to = \"12:00\" }]";
    let summer: OfficeHours = toml::from_str(summer).unwrap();
    assert_eq!(summer.on("2021-05-01".parse().unwrap())[0].from, time(8, 0, 0, 0));
    assert_eq!(summer.on("2021-10-01".parse().unwrap())[0].from, time(9, 0, 0, 0));
    let stored = serde_json::to_string(&summer).unwrap();
    assert_eq!(serde_json::from_str::<OfficeHours>(&stored).unwrap(), summer);
}

proptest! {
    #[test]
    fn minutes_added_are_the_minutes_between(day in 0..3_000_i64, minute in 0..1_440_i64, minutes in 1..3_000_u32) {
        let (calendar, hours) = (WorkCalendar::builtin(), hours());
        let from = at("2015-01-01T00:00") + jiff::SignedDuration::from_mins(day * 1_440 + minute);
        let to = calendar.add_working_minutes(&hours, from, minutes).unwrap();
        prop_assert_eq!(calendar.working_minutes_between(&hours, from, to).unwrap(), minutes);
        prop_assert!(calendar.is_workday(to.date()).unwrap());
    }
}
