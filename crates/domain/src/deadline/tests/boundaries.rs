//! Days on the boundary.

use super::*;
use crate::calendar::{CalendarError, LocalDay, LocalDayEffect, LocalDayUse};

#[test]
fn deadlines_are_due_on_the_days_that_were_worked_out_by_hand() {
    let restart = |received: &str, restart: &str, pauses: &[(&str, &str)]| DeadlineCase {
        restarts: vec![Restart { at: at(restart), reason: "收到补正材料".to_owned() }],
        ..case(received, pauses)
    };
    let extended = |received: &str, by: u32| DeadlineCase { extensions: vec![extension(by)], ..case(received, &[]) };
    for (why, terms, case, expected) in [
        ("over Mid-Autumn and National Day", disclosure(), case("2021-09-17", &[]), "2021-10-21"),
        ("on the eve of National Day", working_days(3), case("2021-09-30", &[]), "2021-10-11"),
        ("received on a day off", working_days(1), case("2021-10-03", &[]), "2021-10-08"),
        ("received on the last day off", working_days(1), case("2021-10-07", &[]), "2021-10-08"),
        ("received on a Friday before a worked Saturday", working_days(1), case("2021-09-17", &[]), "2021-09-18"),
        ("received on a worked Saturday", working_days(1), case("2021-10-09", &[]), "2021-10-11"),
        ("received late at night", working_days(1), case("2021-09-15T23:59", &[]), "2021-09-16"),
        ("paused one day", working_days(3), case("2021-11-01", &[("2021-11-02", "2021-11-02")]), "2021-11-05"),
        (
            "paused from before the first counted day",
            working_days(3),
            case("2021-11-01", &[("2021-10-28", "2021-11-03")]),
            "2021-11-08",
        ),
        (
            "paused only on the day of receipt",
            working_days(3),
            case("2021-11-01", &[("2021-11-01", "2021-11-01")]),
            "2021-11-04",
        ),
        (
            "paused over days off only",
            working_days(3),
            case("2021-11-04", &[("2021-11-06", "2021-11-07")]),
            "2021-11-09",
        ),
        ("paused on the last day", working_days(3), case("2021-11-01", &[("2021-11-04", "2021-11-04")]), "2021-11-05"),
        (
            "paused after the last day",
            working_days(3),
            case("2021-11-01", &[("2021-11-05", "2021-11-30")]),
            "2021-11-04",
        ),
        (
            "paused for good after the last day",
            working_days(3),
            case("2021-11-01", &[("2021-11-05", "")]),
            "2021-11-04",
        ),
        (
            "paused twice",
            working_days(3),
            case("2021-11-01", &[("2021-11-04", "2021-11-04"), ("2021-11-02", "2021-11-02")]),
            "2021-11-08",
        ),
        (
            "paused over the end of the year",
            working_days(3),
            case("2021-12-30", &[("2021-12-31", "2022-01-05")]),
            "2022-01-10",
        ),
        ("pause still open", working_days(3), case("2021-11-01", &[("2021-11-04", "")]), "open, 1 left"),
        ("pause open from the start", working_days(3), case("2021-11-01", &[("2021-11-01", "")]), "open, 3 left"),
        ("begun anew", disclosure(), restart("2021-09-01", "2021-09-17", &[]), "2021-10-21"),
        (
            "begun anew on the day of receipt",
            disclosure(),
            restart("2021-09-17", "2021-09-17T10:00", &[]),
            "2021-10-21",
        ),
        (
            "begun anew during a pause",
            disclosure(),
            restart("2021-09-01", "2021-09-17", &[("2021-09-10", "2021-09-18")]),
            "2021-10-22",
        ),
        (
            "begun anew after a pause",
            disclosure(),
            restart("2021-09-01", "2021-09-17", &[("2021-09-03", "2021-09-10")]),
            "2021-10-21",
        ),
        ("extended by the most", disclosure(), extended("2021-09-17", 20), "2021-11-18"),
        ("extended by one", disclosure(), extended("2021-09-17", 1), "2021-10-22"),
    ] {
        assert_eq!(due(&terms, &case), expected, "{why}");
    }
}

#[test]
fn an_extension_into_an_unknown_year_is_an_error_that_names_the_year() {
    let received = case("2026-12-01", &[]);
    let calendar = WorkCalendar::builtin();
    assert_eq!(compute(&disclosure(), &received, &calendar).unwrap().due.unwrap().date(), date("2026-12-29"));
    let extended = DeadlineCase { extensions: vec![extension(5)], ..received };
    let error = compute(&disclosure(), &extended, &calendar).unwrap_err();
    assert_eq!(error, DeadlineError::Calendar(CalendarError::UnknownYear(2027)));
    assert!(error.to_string().contains("没有2027年的节假日安排"), "{error}");
}

#[test]
fn a_due_day_in_late_december_says_that_the_next_notice_may_move_it() {
    let sum = compute(&working_days(3), &case("2026-12-25", &[]), &WorkCalendar::builtin()).unwrap();
    assert_eq!(sum.due.unwrap().date(), date("2026-12-30"));
    assert!(sum.explain().contains("2027年节假日安排公布后，到期日可能调整"), "{}", sum.explain());
}

#[test]
fn the_sum_shows_every_day_with_its_reason() {
    let mut facts = case("2021-09-17T16:30", &[("2021-09-22", "2021-09-23")]);
    facts.extensions.push(Extension { amount: 1, approved_at: at("2021-09-24T10:00"), ..extension(1) });
    let terms = DeadlineTerms {
        extension: Some(2),
        citation: "国令第711号 第三十三条".to_owned(),
        event: "收到申请".to_owned(),
        ..working_days(2)
    };
    let sum = compute(&terms, &facts, &WorkCalendar::builtin()).unwrap();
    assert_eq!(
        sum.explain(),
        "测试：2个工作日，延长1个工作日（国令第711号 第三十三条）\n\
         2021年9月17日　收到申请（16:30），次日起算\n\
         2021年9月18日　第1个工作日：星期六，中秋节调休上班（国务院办公厅2021年节假日安排）\n\
         2021年9月19日　不计：星期日，中秋节放假（国务院办公厅2021年节假日安排）\n\
         2021年9月20日　不计：星期一，中秋节放假（国务院办公厅2021年节假日安排）\n\
         2021年9月21日　不计：星期二，中秋节放假（国务院办公厅2021年节假日安排）\n\
         2021年9月22日　暂停计算：征求第三方意见\n\
         2021年9月23日　暂停计算：征求第三方意见\n\
         2021年9月24日　第2个工作日：星期五，工作日\n\
         2021年9月25日　不计：星期六，公休日\n\
         2021年9月26日　第3个工作日：星期日，国庆节调休上班（国务院办公厅2021年节假日安排），延长期\n\
         到期：2021年9月26日（当日24时前）。\n\
         说明：2021年9月24日 10:00经机构负责人批准延长1个工作日：情况复杂。"
    );
    assert_eq!(sum.due_before_extension.unwrap().date(), date("2021-09-24"));
    let json = serde_json::to_value(&sum).unwrap();
    assert_eq!(json["due"], "2021-09-26T23:59:59");
    assert_eq!(json["lines"][1]["counted"], 1);
    assert_eq!(json["lines"][2]["kind"], "day_off");
}

#[test]
fn an_open_pause_tells_what_is_left_instead_of_a_day() {
    let sum = compute(&disclosure(), &case("2021-09-17", &[("2021-10-08", "")]), &WorkCalendar::builtin()).unwrap();
    assert_eq!(sum.due, None);
    assert_eq!(sum.left_after_pause().as_deref(), Some("11个工作日"));
    assert!(
        sum.explain().contains("到期：暂停计算中，暂停结束后还剩11个工作日，届时才能确定到期日。"),
        "{}",
        sum.explain()
    );
    assert!(sum.explain().contains("尚未结束"));
}

#[test]
fn an_extension_granted_after_the_end_and_pauses_without_effect_are_remarked() {
    let facts = DeadlineCase { extensions: vec![extension(1)], ..case("2021-09-01", &[("2021-08-01", "2021-08-02")]) };
    let text = compute(&disclosure(), &facts, &WorkCalendar::builtin()).unwrap().explain();
    assert!(text.contains("原期限已于2021年9月29日届满"), "{text}");
    assert!(text.contains("从2021年8月1日开始的暂停（征求第三方意见）在起算之前，不影响期限"), "{text}");
}

#[test]
fn states_follow_the_days_left() {
    let calendar = WorkCalendar::builtin();
    let sum = compute(&disclosure(), &case("2021-09-17", &[("2021-09-27", "2021-09-28")]), &calendar).unwrap();
    assert_eq!(sum.due.unwrap().date(), date("2021-10-25"));
    for (now, expected, words) in [
        ("2021-09-17T10:00", DeadlineState::Running { left: 20 }, "进行中，今日之后还剩20个工作日"),
        ("2021-09-18T10:00", DeadlineState::Running { left: 19 }, "进行中，今日之后还剩19个工作日"),
        ("2021-09-19T10:00", DeadlineState::Running { left: 19 }, "进行中，今日之后还剩19个工作日"),
        (
            "2021-09-27T00:00",
            DeadlineState::Paused {
                since: at("2021-09-27T00:00"), reason: "征求第三方意见".to_owned(), left: 15
            },
            "自2021年9月27日起暂停计算（征求第三方意见），还剩15个工作日",
        ),
        ("2021-10-18T10:00", DeadlineState::Running { left: 5 }, "进行中，今日之后还剩5个工作日"),
        ("2021-10-19T10:00", DeadlineState::Yellow { left: 4 }, "即将到期，还剩4个工作日"),
        ("2021-10-25T23:59:59", DeadlineState::Yellow { left: 0 }, "即将到期：今日为最后期限"),
        (
            "2021-10-26T00:00",
            DeadlineState::Overdue { since: at("2021-10-25T23:59:59"), working_days: Some(1), days: 1 },
            "已超期1个工作日（2021年10月25日到期）",
        ),
        (
            "2021-10-31T00:00",
            DeadlineState::Overdue { since: at("2021-10-25T23:59:59"), working_days: Some(4), days: 6 },
            "已超期4个工作日（2021年10月25日到期）",
        ),
    ] {
        let state = sum.state(at(now), &calendar);
        assert_eq!(state, expected, "{now}");
        assert_eq!(sum.state_in_chinese(&state), words);
    }
    // Late is told even where the working days since cannot be counted.
    let unknown = sum.state(at("2027-01-05"), &calendar);
    assert_eq!(sum.state_in_chinese(&unknown), "已超期1898日（2021年10月25日到期；缺少节假日安排，工作日数待算）");
}

#[test]
fn a_short_deadline_is_yellow_on_its_last_day_only() {
    let calendar = WorkCalendar::builtin();
    let sum = compute(&working_days(1), &case("2021-11-01", &[]), &calendar).unwrap();
    assert_eq!(sum.state(at("2021-11-01T10:00"), &calendar), DeadlineState::Running { left: 1 });
    assert_eq!(sum.state(at("2021-11-02T10:00"), &calendar), DeadlineState::Yellow { left: 0 });
}

#[test]
fn local_days_move_a_deadline_only_when_the_caller_lays_them_over() {
    let local = LocalDay {
        date: date("2021-11-02"),
        name: "那达慕".to_owned(),
        effect: LocalDayEffect::Off,
        source: "某旗通知".to_owned(),
        counts_for_statutory_deadlines: false,
    };
    let ours = WorkCalendar::builtin().with_local_days([local.clone()], LocalDayUse::OwnPromise);
    let law = WorkCalendar::builtin().with_local_days([local], LocalDayUse::Statutory);
    let facts = case("2021-11-01", &[]);
    assert_eq!(compute(&working_days(1), &facts, &ours).unwrap().due.unwrap().date(), date("2021-11-03"));
    assert_eq!(compute(&working_days(1), &facts, &law).unwrap().due.unwrap().date(), date("2021-11-02"));
}

#[test]
fn the_day_of_receipt_follows_the_way_the_request_came() {
    let (day, later) = (date("2021-09-17"), date("2021-09-22"));
    for (channel, expected) in [
        (ReceiptChannel::InPerson { submitted: day }, day),
        (ReceiptChannel::SignedMail { signed: day }, day),
        (ReceiptChannel::OrdinaryMail { arrived: day, confirmed: Some(later) }, later),
        (ReceiptChannel::Online { submitted: day, confirmed: Some(later) }, later),
        (ReceiptChannel::Fax { arrived: day, confirmed: Some(day) }, day),
    ] {
        let receipt = receipt_of_request(channel).unwrap();
        assert_eq!(receipt.day, expected, "{channel:?}");
        assert!(receipt.basis.contains("国令第711号第三十一条"));
        assert_eq!(receipt.remark.is_some(), matches!(channel, ReceiptChannel::OrdinaryMail { .. }));
    }
    let open = ReceiptChannel::Online { submitted: day, confirmed: None };
    assert_eq!(receipt_of_request(open), Err(ReceiptError::NotConfirmed));
    let early = ReceiptChannel::Fax { arrived: later, confirmed: Some(day) };
    assert!(receipt_of_request(early).unwrap_err().to_string().contains("早于"));
}
