//! Counting working days.

use super::{super::*, date};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

#[test]
fn working_days_are_counted_from_the_next_day() {
    let calendar = WorkCalendar::builtin();
    for (from, n, to) in [
        ("2021-09-17", 20, "2021-10-21"),
        ("2021-09-30", 3, "2021-10-11"),
        ("2021-09-17", 1, "2021-09-18"),
        ("2021-10-01", 0, "2021-10-01"),
        ("2021-10-11", -3, "2021-09-30"),
        ("2021-10-21", -20, "2021-09-17"),
        ("2018-12-28", 1, "2018-12-29"),
        ("2018-12-29", 1, "2019-01-02"),
    ] {
        assert_eq!(calendar.add_workdays(date(from), n).unwrap(), date(to), "{from} {n:+}");
        assert_eq!(calendar.add_workdays_step_by_step(date(from), n).unwrap().len() as i64, {
            (date(to) - date(from)).get_days().unsigned_abs() as i64
        });
    }
    assert_eq!(calendar.next_workday_on_or_after(date("2021-10-01")).unwrap(), date("2021-10-08"));
    assert_eq!(calendar.next_workday_on_or_after(date("2021-10-08")).unwrap(), date("2021-10-08"));
}

#[test]
fn every_passed_day_is_shown_with_its_number_or_without() {
    let steps = WorkCalendar::builtin().add_workdays_step_by_step(date("2021-09-17"), 3).unwrap();
    let shown: Vec<_> = steps.iter().map(|step| (step.day.date.day(), step.counted)).collect();
    assert_eq!(shown, [(18, Some(1)), (19, None), (20, None), (21, None), (22, Some(2)), (23, Some(3))]);
    assert_eq!(
        steps[0].sentence(),
        "2021年9月18日　第1个工作日：星期六，中秋节调休上班（国务院办公厅2021年节假日安排）"
    );
    assert_eq!(steps[1].sentence(), "2021年9月19日　不计：星期日，中秋节放假（国务院办公厅2021年节假日安排）");
}

#[test]
fn local_days_apply_only_where_they_are_asked_for() {
    let local = |statutory| LocalDay {
        date: date("2021-08-04"),
        name: "那达慕".to_owned(),
        effect: LocalDayEffect::Off,
        source: "某旗放假通知".to_owned(),
        counts_for_statutory_deadlines: statutory,
    };
    let calendar = WorkCalendar::builtin();
    assert!(calendar.is_workday(date("2021-08-04")).unwrap());
    let ours = calendar.clone().with_local_days([local(false)], LocalDayUse::OwnPromise);
    let day = ours.day(date("2021-08-04")).unwrap();
    assert_eq!(day.reason, "星期三，那达慕地方放假（某旗放假通知）");
    assert_eq!(day.kind, DayKind::LocalDayOff("那达慕".to_owned()));
    assert!(
        calendar
            .clone()
            .with_local_days([local(false)], LocalDayUse::Statutory)
            .is_workday(date("2021-08-04"))
            .unwrap()
    );
    assert!(!calendar.with_local_days([local(true)], LocalDayUse::Statutory).is_workday(date("2021-08-04")).unwrap());
}

fn known_day() -> impl Strategy<Value = Date> {
    (0..6_800_i32).prop_map(|days| date("2007-06-01").saturating_add(days.days()))
}

proptest! {
    #[test]
    fn adding_working_days_never_lands_on_a_day_off_and_can_be_undone(from in known_day(), n in 1..90_i32) {
        let calendar = WorkCalendar::builtin();
        let to = calendar.add_workdays(from, n).unwrap();
        prop_assert!(calendar.is_workday(to).unwrap());
        prop_assert_eq!(calendar.count_between(from, to).unwrap(), n);
        let back = calendar.add_workdays(to, -n).unwrap();
        prop_assert!(calendar.is_workday(back).unwrap());
        prop_assert_eq!(calendar.count_between(to, back).unwrap(), -n);
        // From a working day the way back ends where it began; from a day off at the working day before it.
        if calendar.is_workday(from).unwrap() {
            prop_assert_eq!(back, from);
        } else {
            prop_assert!(back < from);
        }
        prop_assert!(calendar.add_workdays(from, n + 1).unwrap() > to);
    }

    #[test]
    fn nothing_panics_at_the_ends_of_time(year in -9999..=9999_i16, month in 1..=12_i8, n in any::<i32>()) {
        let calendar = WorkCalendar::builtin();
        let day = Date::constant(year, month, 28);
        let _ = (calendar.day(day), calendar.add_workdays(day, n), calendar.provisional(day));
    }
}
