//! What is refused, by name.

use super::*;

fn refusal(terms: &DeadlineTerms, case: &DeadlineCase) -> DeadlineError {
    compute(terms, case, &WorkCalendar::builtin()).unwrap_err()
}

#[test]
fn extensions_are_granted_once_and_within_bounds() {
    let with = |extensions| DeadlineCase { extensions, ..case("2021-09-17", &[]) };
    let error = refusal(&disclosure(), &with(vec![extension(20), extension(1)]));
    assert_eq!(error, DeadlineError::SecondExtension("依申请公开答复".to_owned()));
    let error = refusal(&disclosure(), &with(vec![extension(21)]));
    assert_eq!(error.to_string(), "延长21个工作日超过规定：最多延长20个工作日，请改正");
    assert_eq!(refusal(&disclosure(), &with(vec![extension(0)])), DeadlineError::EmptyExtension);
    let error = refusal(&working_days(3), &with(vec![extension(1)]));
    assert_eq!(error, DeadlineError::NotExtendable("测试".to_owned()));
}

#[test]
fn pauses_are_allowed_in_order_and_apart() {
    let terms = DeadlineTerms::new("解读", Counting::WorkingDays { amount: 3 });
    let error = refusal(&terms, &case("2021-09-17", &[("2021-09-22", "2021-09-23")]));
    assert_eq!(error, DeadlineError::PauseNotAllowed("解读".to_owned()));
    let error = refusal(&disclosure(), &case("2021-09-17", &[("2021-09-23", "2021-09-22")]));
    assert!(matches!(error, DeadlineError::PauseEndsBeforeItBegins { .. }), "{error}");
    assert_eq!(error.to_string(), "暂停的结束（2021年9月22日）早于开始（2021年9月23日）：请改正");
    for pauses in [
        [("2021-09-22", "2021-09-24"), ("2021-09-24", "2021-09-26")],
        [("2021-09-23", "2021-09-23"), ("2021-09-22", "2021-09-30")],
        [("2021-09-22", ""), ("2021-09-24", "2021-09-26")],
        [("2021-09-22", "2021-09-22"), ("2021-09-22", "2021-09-22")],
    ] {
        let error = refusal(&disclosure(), &case("2021-09-17", &pauses));
        assert!(matches!(error, DeadlineError::PausesOverlap(_)), "{pauses:?}: {error}");
    }
    let apart = case("2021-09-17", &[("2021-09-22", "2021-09-23"), ("2021-09-24", "2021-09-24")]);
    assert!(compute(&disclosure(), &apart, &WorkCalendar::builtin()).is_ok());
}

#[test]
fn a_correction_comes_after_the_request_and_only_where_there_are_corrections() {
    let restart = |at_: &str| DeadlineCase {
        restarts: vec![Restart { at: at(at_), reason: "补正".to_owned() }],
        ..case("2021-09-17", &[])
    };
    let error = refusal(&disclosure(), &restart("2021-09-16"));
    assert!(matches!(error, DeadlineError::RestartBeforeStart { .. }));
    assert_eq!(error.to_string(), "补正（2021年9月16日）早于收到（2021年9月17日）：请改正日期");
    let error = refusal(&working_days(3), &restart("2021-09-18"));
    assert_eq!(error, DeadlineError::RestartNotAllowed("测试".to_owned()));
}

#[test]
fn absurd_lengths_are_refused() {
    assert_eq!(refusal(&working_days(10_001), &case("2021-09-17", &[])), DeadlineError::TooLong);
    let endless = case("2021-09-17", &[("2021-09-18", "9000-01-01")]);
    assert_eq!(refusal(&working_days(3), &endless), DeadlineError::TooLong);
    let hours = DeadlineTerms { pausable: true, ..DeadlineTerms::new("舆情", Counting::NaturalHours { amount: 5 }) };
    assert_eq!(refusal(&hours, &endless), DeadlineError::TooLong);
}
