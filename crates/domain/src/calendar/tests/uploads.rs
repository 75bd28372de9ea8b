//! Tables, JSON and amendments.

use super::{super::*, date};
use proptest::prelude::*;

fn messages(read: &ReadArrangement) -> Vec<String> {
    read.problems.iter().map(ArrangementProblem::sentence).collect()
}

#[test]
fn a_table_is_read_with_or_without_heading_in_commas_or_tabs() {
    for text in [
        "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-02,上班,元旦\n",
        "2027-01-01\t放假\t元旦\n\n2027-01-02\t上班\t元旦\n",
        "\u{feff}日期，类型，名称\r\n2027年1月1日，休，元旦\r\n2027/1/2，班，元旦\r\n",
    ] {
        let read = read_arrangement(text, Some(2027));
        assert!(read.is_sound(), "{:?}", messages(&read));
        let arrangement = read.arrangement.unwrap();
        assert_eq!(arrangement.holidays.len(), 1);
        assert_eq!(arrangement.holidays[0].off, [date("2027-01-01")]);
        assert_eq!(arrangement.holidays[0].work, [date("2027-01-02")]);
    }
}

#[test]
fn a_bad_table_names_each_line() {
    let text = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-02-30,放假,春节\n2027-01-04,上班,元旦\n2027-05-01,随便,劳动节\n\
                2028-03-01,放假,未知\n2027-01-01,上班,元旦\n2027-06-09,放假,\n";
    let read = read_arrangement(text, Some(2027));
    assert!(!read.is_sound());
    assert_eq!(
        messages(&read),
        [
            "第2行：元旦：2027年1月1日是星期五，本来就是工作日，不需要调休上班，请核对日期",
            "第2行：元旦：2027年1月1日既写为放假又写为上班，请核对",
            "第3行：“2027-02-30”不是日期：请写成 2026-01-01",
            "第4行：元旦：2027年1月4日是星期一，本来就是工作日，不需要调休上班，请核对日期",
            "第5行：类型“随便”不认识：请写“放假”或者“上班”",
            "第6行：未知：2028年3月1日不在2027年，也不在上一年12月，不属于这一年的安排",
            "第8行：没有写节日名称：请在第三列填写，如“国庆节”",
        ]
    );
}

#[test]
fn json_is_read_in_both_forms_and_the_year_must_be_the_one_asked_for() {
    let text = r#"{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}"#;
    let read = read_arrangement(text, Some(2027));
    assert!(read.is_sound());
    let arrangement = read.arrangement.unwrap();
    let stored = serde_json::to_string(&arrangement).unwrap();
    assert_eq!(stored, r#"{"year":2027,"papers":[],"holiday":[{"name":"元旦","off":["2027-01-01"],"work":[]}]}"#);
    assert_eq!(read_arrangement(&stored, Some(2027)).arrangement, Some(arrangement));
    let other = read_arrangement(text, Some(2028));
    assert_eq!(messages(&other), ["文中是2027年的安排，要录入的是2028年：请核对年份"]);
    let broken = read_arrangement("{\"year\": 2027,\n \"days\": [}", None);
    assert_eq!((broken.arrangement.is_none(), broken.problems[0].line), (true, Some(2)));
}

#[test]
fn a_later_notice_of_the_same_year_wins_day_by_day() {
    let first = read_arrangement("2019-05-01,放假,劳动节\n2019-06-07,放假,端午节\n", Some(2019)).arrangement.unwrap();
    let change = "2019-04-28,上班,劳动节\n2019-05-01,放假,劳动节\n2019-05-02,放假,劳动节\n2019-05-05,上班,劳动节\n";
    let both = first.amended_by(&read_arrangement(change, Some(2019)).arrangement.unwrap());
    assert_eq!(both.holidays.len(), 2);
    let calendar = WorkCalendar::empty().with_arrangement(both);
    let workdays = ["2019-04-28", "2019-05-01", "2019-05-02", "2019-05-03", "2019-05-05", "2019-06-07"]
        .map(|text| calendar.is_workday(date(text)).unwrap());
    assert_eq!(workdays, [true, false, false, true, true, false]);
}

proptest! {
    #[test]
    fn nothing_panics_on_any_upload(text in "([一二三]、|元旦：|[0-9]{1,4}[年月日号]|[0-9]{1,2}月[0-9]{1,2}日|至|、|。|，|（|）|（星期六）|放假|上班|调至|共[0-9]天|\n|,|\t|-|\\{|.){0,40}", year in proptest::option::of(1990..2100_i16)) {
        let read = read_arrangement(&text, year);
        if let Some(arrangement) = read.arrangement {
            let _ = WorkCalendar::empty().with_arrangement(arrangement.clone()).day(date("2020-01-01"));
            // What was read survives being stored.
            let stored = serde_json::to_string(&arrangement).unwrap();
            prop_assert_eq!(serde_json::from_str::<YearArrangement>(&stored).unwrap(), arrangement);
        }
    }
}
