//! Deadline rules as data: what the documents say, read from the packs that ship.

use super::*;
use crate::{
    identifier::DivisionCode,
    rule::{Mark, Pack, Quantity, RuleBook, RulesInForce, builtin::book},
};

fn region() -> DivisionCode {
    DivisionCode::parse("150000").unwrap()
}

fn in_force(day: &str) -> RulesInForce<'static> {
    book().in_force(&[], Some(&region()), date(day))
}

#[test]
fn every_period_of_the_documents_has_its_length_and_mark() {
    let rules = in_force("2026-11-23");
    let mut expected = vec![];
    for (id, length, extension, mark) in [
        ("disclosure.reply", "20个工作日", Some(20), Mark::V),
        ("disclosure.correction_notice", "7个工作日", None, Mark::V),
        ("disclosure.third_party", "15个工作日", None, Mark::V),
        ("disclosure.joint_agency", "15个工作日", None, Mark::V),
        ("disclosure.confirm_receipt", "每日", None, Mark::V),
        ("disclosure.fee_notice", "20个工作日", None, Mark::U),
        ("disclosure.fee_payment", "20个工作日", None, Mark::U),
        ("disclosure.proactive", "20个工作日", None, Mark::V),
        ("disclosure.budget", "20日", None, Mark::VTilde),
        ("publish.reprint", "24小时", None, Mark::VTilde),
        ("interpretation.publish", "3个工作日", None, Mark::H),
        ("opinion.first_release", "5小时", None, Mark::H),
        ("opinion.press_conference", "24小时", None, Mark::H),
        ("opinion.response", "48小时", None, Mark::H),
        ("error_report.transfer", "1个工作日", None, Mark::H),
        ("error_report.reply", "3个工作日", None, Mark::VTilde),
        ("oversight.deduct.error_reports", "1个月", None, Mark::VTilde),
        ("site.veto.no_response", "3个月", None, Mark::V),
        ("site.deduct.letters_public", "2个月", None, Mark::V),
        ("site.deduct.replies", "5个工作日", None, Mark::U),
        ("letter.reply.ordinary", "3个工作日", None, Mark::VTilde),
        ("letter.reply.complex", "10个工作日", None, Mark::VTilde),
        ("mailbox.check", "每日", None, Mark::H),
        ("petition.transfer", "15日", None, Mark::V),
        ("petition.handle", "60日", Some(30), Mark::V),
        ("petition.review_request", "30日", None, Mark::V),
        ("petition.review", "30日", None, Mark::V),
        ("petition.recheck_request", "30日", None, Mark::V),
        ("petition.recheck", "30日", None, Mark::V),
        ("annual_report.publish", "每年1月31日前", None, Mark::V),
        ("annual_report.oversight", "每年1月31日前", None, Mark::V),
        ("annual_report.region", "每年1月31日前", None, Mark::V),
        ("disclosure_report.department", "每年1月31日前", None, Mark::V),
        ("disclosure_report.government", "每年3月31日前", None, Mark::V),
        ("site.closure.temporary", "30日", None, Mark::H),
        ("site.closure.notice", "30日", None, Mark::H),
        ("domain.registration", "3个工作日", None, Mark::VTilde),
        ("domain.update", "30日", None, Mark::U),
        ("oversight.quarterly_check", "每季度", None, Mark::H),
        ("region.quarterly_inspection", "每季度", None, Mark::V),
        ("rectification.report", "10个工作日", None, Mark::V),
        ("region.daily_scan", "每日", None, Mark::V),
        ("security.yearly_test", "12个月", None, Mark::V),
        ("security.logs", "365日", None, Mark::V),
        ("security.log_retention.law", "6个月", None, Mark::V),
        ("security.cipher_assessment", "每年", None, Mark::H),
        ("licence.decide", "20个工作日", Some(10), Mark::V),
        ("licence.deliver", "10个工作日", None, Mark::V),
        ("rating.poor", "15个工作日", None, Mark::VTilde),
        ("rating.contact", "1个工作日", None, Mark::U),
        ("personal.request", "30日", None, Mark::H),
        ("personal.account_cancel", "15个工作日", None, Mark::H),
        ("privacy.assessment_records", "3年", None, Mark::V),
        ("maps.review_time", "20个工作日", None, Mark::V),
        ("maps.review_time.news", "7个工作日", None, Mark::V),
        ("maps.validity", "2年", None, Mark::H),
        ("maps.new_labels", "6个月", None, Mark::H),
        ("screening.appeal", "10个工作日", None, Mark::D),
    ] {
        let terms = DeadlineTerms::for_rule(&rules, id).unwrap();
        assert_eq!((terms.length().as_str(), terms.extension), (length, extension), "{id}");
        let rule = rules.rule(id).unwrap().rule;
        let key = rule.deadline.as_ref().and_then(|spec| spec.keys().next());
        let of_number = key.map_or(rule.mark, |key| rule.parameter(key).unwrap().mark);
        assert_eq!((of_number, terms.to_be_confirmed), (mark, mark.needs_confirmation()), "{id}");
        assert!(!terms.citation.is_empty() && !terms.event.is_empty(), "{id}");
        assert_eq!(terms.warn_share, Quantity::parse("0.2").unwrap());
        let sum = compute(&terms, &case("2026-03-02", &[]), &WorkCalendar::builtin()).unwrap();
        assert!(sum.due.is_some(), "{id}");
        expected.push(id);
    }
    let shipped = rules.all().filter(|rule| rule.rule.deadline.is_some()).map(|rule| rule.rule.id.as_str());
    let missing: Vec<&str> = shipped.filter(|id| !expected.contains(id)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "deadline rules without a line in this table");
}

#[test]
fn only_the_reply_to_a_request_pauses_and_begins_anew() {
    let rules = in_force("2021-10-01");
    for rule in rules.all().filter(|rule| rule.rule.deadline.is_some()) {
        let terms = DeadlineTerms::of(&rule).unwrap();
        let reply = rule.rule.id.as_str() == "disclosure.reply";
        assert_eq!((terms.pausable, terms.restartable), (reply, reply), "{}", rule.rule.id);
    }
}

#[test]
fn rules_answer_by_date_and_place_and_name_what_is_missing() {
    let reply = DeadlineTerms::for_rule(&in_force("2021-09-17"), "disclosure.reply").unwrap();
    assert_eq!(due(&reply, &case("2021-09-17", &[])), "2021-10-21");
    assert_eq!(reply.citation, "国令第711号 第三十三条");
    let interpretation = DeadlineTerms::for_rule(&in_force("2021-09-30"), "interpretation.publish").unwrap();
    assert_eq!(due(&interpretation, &case("2021-09-30", &[])), "2021-10-11");
    let early = DeadlineTerms::for_rule(&in_force("2019-05-14"), "disclosure.reply").unwrap_err();
    assert_eq!(early, TermsError::NoRule("disclosure.reply".to_owned()));
    let warning = DeadlineTerms::for_rule(&in_force("2021-09-17"), "deadline.warning").unwrap_err();
    assert_eq!(warning, TermsError::NoDeadline("deadline.warning".to_owned()));
    let nationwide = RulesInForce::plain(book(), date("2021-09-17"));
    assert!(DeadlineTerms::for_rule(&nationwide, "rectification.report").is_err(), "the notice is the region's own");
}

const SAMPLE: &str = r#"
[pack]
id = "sample"
title = "示例"
version = "1"
dated = "2026-11-01"
level = "national"

[[rule]]
id = "sample.deadline"
name = "示例"
document = "示例"
mark = "V"
from = "2019-04-01"
finding = "超过{days}日。"

[rule.deadline]
unit = "working_days"
event = "收到"
amount = "days"

[[rule.parameter]]
key = "days"
name = "期限"
unit = "个工作日"
value = 5
stricter = "lower"
"#;

#[test]
fn a_wrong_deadline_table_is_refused_with_its_line() {
    RuleBook::from_files([("sample.toml", SAMPLE)]).unwrap();
    for (from, to, said) in [
        ("amount = \"days\"", "amount = \"weeks\"", "参数“weeks”不存在"),
        ("amount = \"days\"", "", "要用 amount"),
        ("value = 5", "value = 0", "1 至 10000"),
        ("value = 5", "value = 2.5", "整数"),
        ("event = \"收到\"", "event = \" \"", "event"),
        ("amount = \"days\"", "amount = \"days\"\nperiod = \"year\"", "period"),
        ("amount = \"days\"", "amount = \"days\"\nmonth = \"days\"", "month"),
        ("amount = \"days\"", "amount = \"days\"\nend_on_day_off = \"next_workday\"", "节假日顺延"),
        ("unit = \"working_days\"", "unit = \"weeks\"", "weeks"),
        ("amount = \"days\"", "amount = \"days\"\npausible = true", "pausible"),
        (
            "unit = \"working_days\"\nevent = \"收到\"\namount = \"days\"",
            "unit = \"period_end\"\nevent = \"收到\"\nperiod = \"year\"\npausable = true",
            "不能暂停",
        ),
        (
            "unit = \"working_days\"\nevent = \"收到\"\namount = \"days\"",
            "unit = \"yearly_date\"\nevent = \"收到\"\nmonth = \"days\"\nday = \"days\"\nextension = \"days\"",
            "延长",
        ),
    ] {
        let problems = Pack::parse("sample.toml", &SAMPLE.replacen(from, to, 1)).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.reason.contains(said) && problem.line >= 17),
            "{to}: {problems:?}"
        );
    }
}
