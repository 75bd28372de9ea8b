//! The shipped arrangements against two independent sources, day by day.

use super::{super::*, date};
use crate::calendar::builtin::FILES;
use chinese_holiday::chinese_holiday as independent;
use jiff::{Span, civil::Date};
use std::{collections::BTreeMap, path::PathBuf};

fn every_day_of(from: i16, to: i16) -> impl Iterator<Item = Date> {
    let last = Date::constant(to, 12, 31);
    Date::constant(from, 1, 1).series(Span::new().days(1)).take_while(move |date| *date <= last)
}

#[test]
fn every_embedded_year_is_well_formed_consistent_and_names_its_notice() {
    for (year, text) in FILES {
        let arrangement: YearArrangement = toml::from_str(text).unwrap();
        assert_eq!(arrangement.year, *year);
        assert_eq!(arrangement.contradictions(), vec![], "{year}");
        assert!(!arrangement.papers.is_empty() && arrangement.papers.iter().all(|paper| paper.contains("gov.cn/")));
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/calendar");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut years: Vec<i16> = names.filter_map(|name| name.trim_end_matches(".toml").parse().ok()).collect();
    years.sort_unstable();
    assert_eq!(years, FILES.iter().map(|(year, _)| *year).collect::<Vec<_>>(), "a file of the folder does not ship");
    assert_eq!(WorkCalendar::builtin().known_years().collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
}

#[test]
fn every_day_is_as_an_independent_library_says() {
    let calendar = WorkCalendar::builtin();
    let last = date("2026-12-25"); // The library ends there.
    let (mut compared, mut different) = (0, Vec::new());
    for day in every_day_of(2007, 2026).take_while(|day| *day <= last) {
        let theirs = independent((day.year() as u16, day.month() as u8, day.day() as u8));
        let theirs = format!("{theirs:?}").contains("Workday");
        compared += 1;
        if calendar.is_workday(day).unwrap() != theirs {
            different.push(day.to_string());
        }
    }
    assert_eq!(compared, 7_299);
    // Two slips of the library, none of the notices: 2016 arranged “10月8日（星期六）、10月9日（星期日）上班”, and the notice
    // of 2017 leaves Friday 2016-12-30 alone (1月1日放假，1月2日补休).
    assert_eq!(different, ["2016-10-09", "2016-12-30"]);
}

#[test]
fn every_day_is_as_the_published_day_lists_say() {
    let folder =
        std::env::var_os("ZHENGTONG_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let folder = folder.join("09-calendar");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no day lists at {} (set ZHENGTONG_DATA)", folder.display());
        return;
    }
    let mut listed: BTreeMap<Date, bool> = BTreeMap::new();
    for year in 2007..=2026 {
        let text = std::fs::read_to_string(folder.join(format!("holiday-cn-{year}.json"))).unwrap();
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        for day in file["days"].as_array().unwrap() {
            listed.insert(date(day["date"].as_str().unwrap()), day["isOffDay"].as_bool().unwrap());
        }
        // The same file is accepted as an upload and means the same. 2020 lists one ordinary Monday as worked.
        let read = read_arrangement(&text, Some(year));
        assert_eq!(read.problems.iter().filter(|problem| problem.serious).count(), usize::from(year == 2020), "{year}");
    }
    let calendar = WorkCalendar::builtin();
    for day in every_day_of(2007, 2026) {
        let theirs = listed.get(&day).map_or(day.weekday().to_monday_zero_offset() < 5, |off| !off);
        assert_eq!(calendar.is_workday(day).unwrap(), theirs, "{day}");
    }
}

#[test]
fn each_year_has_the_working_days_that_were_counted_independently() {
    let calendar = WorkCalendar::builtin();
    let expected =
        [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)];
    for (year, workdays) in expected {
        let counted = every_day_of(year, year).filter(|day| calendar.is_workday(*day).unwrap()).count();
        assert_eq!(counted, workdays, "{year}");
    }
}

#[test]
fn a_december_day_is_judged_by_the_notice_of_the_next_year_too() {
    let day = WorkCalendar::builtin().day(date("2018-12-29")).unwrap();
    assert_eq!(day.kind, DayKind::MakeUpWorkday("元旦".to_owned()));
    assert_eq!(day.sentence(), "2018年12月29日是工作日：星期六，元旦调休上班（国务院办公厅2019年节假日安排）。");
    let reasons = ["2018-12-31", "2021-10-01", "2021-09-17", "2021-09-19", "2021-09-12"]
        .map(|text| WorkCalendar::builtin().day(date(text)).unwrap().reason);
    assert_eq!(
        reasons,
        [
            "星期一，元旦放假（国务院办公厅2019年节假日安排）",
            "星期五，国庆节放假（国务院办公厅2021年节假日安排）",
            "星期五，工作日",
            "星期日，中秋节放假（国务院办公厅2021年节假日安排）",
            "星期日，公休日",
        ]
    );
}

#[test]
fn late_december_says_that_the_next_notice_may_move_it_until_that_notice_is_known() {
    let calendar = WorkCalendar::builtin();
    let day = calendar.day(date("2026-12-30")).unwrap();
    assert!(day.workday);
    assert_eq!(day.reason, "星期三，工作日；2027年安排公布后可能调整");
    assert_eq!(calendar.day(date("2026-12-18")).unwrap().provisional_until_notice_of, None);
    assert_eq!(calendar.day(date("2025-12-30")).unwrap().provisional_until_notice_of, None);
    let later = calendar.with_arrangement(YearArrangement::empty(2027));
    assert_eq!(later.day(date("2026-12-30")).unwrap().reason, "星期三，工作日");
}

#[test]
fn an_unknown_year_is_an_error_that_names_the_year_and_what_to_do() {
    let calendar = WorkCalendar::builtin();
    for (text, year) in [("2006-12-31", 2006), ("2027-01-01", 2027), ("1999-06-01", 1999)] {
        let error = calendar.day(date(text)).unwrap_err();
        assert_eq!(error, CalendarError::UnknownYear(year));
        assert!(error.to_string().contains(&format!("没有{year}年的节假日安排")), "{error}");
    }
    assert_eq!(calendar.add_workdays(date("2026-12-20"), 20), Err(CalendarError::UnknownYear(2027)));
    assert_eq!(calendar.count_between(date("2026-12-20"), date("2027-01-02")), Err(CalendarError::UnknownYear(2027)));
    assert_eq!(calendar.next_workday_on_or_after(date("2006-12-30")), Err(CalendarError::UnknownYear(2006)));
}
