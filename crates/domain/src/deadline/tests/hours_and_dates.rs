//! Hours, natural days, months, yearly dates and ends of periods.

use super::*;

fn plain(counting: Counting) -> DeadlineTerms {
    DeadlineTerms { pausable: true, ..DeadlineTerms::new("测试", counting) }
}

fn due_at(terms: &DeadlineTerms, case: &DeadlineCase) -> DateTime {
    compute(terms, case, &WorkCalendar::builtin()).unwrap().due.unwrap()
}

#[test]
fn hours_of_the_clock_run_day_and_night_and_need_no_calendar() {
    let hours = |amount| DeadlineTerms { start: DeadlineStart::AtOnce, ..plain(Counting::NaturalHours { amount }) };
    for (from, amount, to) in [
        ("2021-10-01T22:30", 5, "2021-10-02T03:30"),
        ("2021-10-01T22:30", 24, "2021-10-02T22:30"),
        ("2026-12-31T12:00", 48, "2027-01-02T12:00"),
        ("1999-12-31T00:00", 24, "2000-01-01T00:00"),
    ] {
        let sum = compute(&hours(amount), &DeadlineCase::received(at(from)), &WorkCalendar::empty()).unwrap();
        assert_eq!(sum.due.unwrap(), at(to), "{from} +{amount}");
    }
    let next_day = plain(Counting::NaturalHours { amount: 5 });
    assert_eq!(due_at(&next_day, &case("2021-10-01T22:30", &[])), at("2021-10-02T05:00"));
    assert_eq!(due_at(&hours(5), &case("2021-10-01T22:30", &[("2021-10-02", "2021-10-03")])), at("2021-10-04T03:30"));
    let sum = compute(&hours(5), &case("2021-10-01T22:30", &[("2021-10-02", "")]), &WorkCalendar::empty()).unwrap();
    assert_eq!((sum.due, sum.left_after_pause().as_deref()), (None, Some("3个小时30分钟")));
}

#[test]
fn working_hours_run_only_while_the_office_is_open() {
    let terms = DeadlineTerms { start: DeadlineStart::AtOnce, ..plain(Counting::WorkingHours { amount: 4 }) };
    // The standard hours are 08:30–12:00 and 14:30–17:30, to be confirmed.
    for (from, to) in [
        ("2021-09-16T08:30", "2021-09-16T15:00"),
        ("2021-09-16T16:30", "2021-09-17T11:30"),
        ("2021-09-17T17:30", "2021-09-18T15:00"),
        ("2021-09-30T16:30", "2021-10-08T11:30"),
    ] {
        assert_eq!(due_at(&terms, &case(from, &[])), at(to), "{from}");
    }
    let mut paused = case("2021-09-16T08:30", &[]);
    let pause = |from: &str, to: &str| Pause { from: at(from), to: Some(at(to)), reason: "核实".to_owned() };
    paused.pauses = vec![pause("2021-09-16T09:00", "2021-09-16T10:00")];
    assert_eq!(due_at(&terms, &paused), at("2021-09-16T16:00"));
    let sum = compute(&terms, &case("2021-09-30T16:30", &[]), &WorkCalendar::builtin()).unwrap();
    assert!(
        sum.explain().contains("2021年9月30日　星期四，工作日，计1个工作小时，累计1个工作小时"),
        "{}",
        sum.explain()
    );
    assert!(sum.explain().ends_with("到期：2021年10月8日 11:30。"));
    let calendar = WorkCalendar::builtin();
    assert_eq!(sum.state(at("2021-10-08T10:00"), &calendar), DeadlineState::Running { left: 90 });
    assert_eq!(sum.state(at("2021-10-08T10:42"), &calendar), DeadlineState::Yellow { left: 48 });
    assert!(matches!(
        sum.state(at("2021-10-08T11:31"), &calendar),
        DeadlineState::Overdue { working_days: Some(0), .. }
    ));
}

#[test]
fn natural_days_count_days_off_and_may_end_on_one() {
    let stay = plain(Counting::NaturalDays { amount: 15 });
    assert_eq!(due(&stay, &case("2021-09-17", &[])), "2021-10-02");
    let moved = DeadlineTerms { end_on_day_off: EndOnDayOff::NextWorkday, ..stay.clone() };
    assert_eq!(due(&moved, &case("2021-09-17", &[])), "2021-10-08");
    let text = compute(&moved, &case("2021-09-17", &[]), &WorkCalendar::builtin()).unwrap().explain();
    assert!(
        text.contains("2021年10月2日　星期六，国庆节放假（国务院办公厅2021年节假日安排），最后一日不是工作日，顺延"),
        "{text}"
    );
    assert!(text.contains("顺延至此日\n到期：2021年10月8日"), "{text}");
    // Without moving, natural days need no arrangement of the year.
    assert_eq!(due(&stay, &case("2026-12-25", &[])), "2027-01-09");
    assert!(compute(&moved, &case("2026-12-25", &[]), &WorkCalendar::builtin()).is_err());
}

#[test]
fn months_end_on_the_same_number_or_the_last_day() {
    for (from, amount, to) in [
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2021-03-15", 3, "2021-06-15"),
        ("2021-11-30", 3, "2022-02-28"),
        ("2021-08-31", 12, "2022-08-31"),
    ] {
        assert_eq!(due(&plain(Counting::Months { amount }), &case(from, &[])), to, "{from} +{amount}");
    }
    let sum =
        compute(&plain(Counting::Years { amount: 2 }), &case("2020-02-29", &[]), &WorkCalendar::builtin()).unwrap();
    assert!(
        sum.explain().ends_with("2022年2月28日　星期一，2年届满\n到期：2022年2月28日（当日24时前）。"),
        "{}",
        sum.explain()
    );
    let paused = case("2021-03-15", &[("2021-04-01", "2021-04-10")]);
    assert_eq!(due(&plain(Counting::Months { amount: 1 }), &paused), "2021-04-25");
    assert_eq!(due(&plain(Counting::Months { amount: 1 }), &case("2021-03-15", &[("2021-04-15", "")])), "open, 1 left");
}

#[test]
fn yearly_dates_and_ends_of_periods_are_the_next_ones() {
    let yearly = |month, day| plain(Counting::YearlyDate { month, day });
    assert_eq!(due(&yearly(1, 31), &case("2021-01-01", &[])), "2021-01-31");
    assert_eq!(due(&yearly(1, 31), &case("2021-01-31", &[])), "2021-01-31");
    assert_eq!(due(&yearly(1, 31), &case("2021-02-01", &[])), "2022-01-31");
    assert_eq!(due(&yearly(2, 29), &case("2021-02-01", &[])), "2021-02-28");
    for (period, from, to) in [
        (Period::Day, "2021-05-01", "2021-05-01"),
        (Period::Month, "2021-02-03", "2021-02-28"),
        (Period::Quarter, "2021-01-01", "2021-03-31"),
        (Period::Quarter, "2021-12-31", "2021-12-31"),
        (Period::HalfYear, "2021-06-30", "2021-06-30"),
        (Period::HalfYear, "2021-07-01", "2021-12-31"),
        (Period::Year, "2021-03-01", "2021-12-31"),
    ] {
        assert_eq!(due(&plain(Counting::PeriodEnd { period }), &case(from, &[])), to, "{period:?} {from}");
    }
}

#[test]
fn something_to_be_kept_is_never_late_but_free_after_its_time() {
    let calendar = WorkCalendar::builtin();
    let terms = DeadlineTerms { sense: DeadlineSense::AtLeast, ..plain(Counting::NaturalDays { amount: 30 }) };
    let sum = compute(&terms, &case("2021-03-01", &[]), &calendar).unwrap();
    assert!(sum.explain().ends_with("至少到：2021年3月31日。"), "{}", sum.explain());
    assert_eq!(sum.state(at("2021-03-31"), &calendar), DeadlineState::Running { left: 0 });
    let after = sum.state(at("2021-04-01"), &calendar);
    assert_eq!(sum.state_in_chinese(&after), "已满最低期限（2021年3月31日）");
}
