//! What a new notice does to running deadlines.

use super::*;
use crate::calendar::{CalendarError, read_arrangement};

const NEXT: &str = "2026-12-31,放假,元旦\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-03,上班,元旦\n";

fn running(key: &str, terms: DeadlineTerms, case: DeadlineCase) -> RunningDeadline<String> {
    RunningDeadline { key: key.to_owned(), terms, case }
}

#[test]
fn a_new_notice_changes_only_the_deadlines_it_touches_and_says_why() {
    let old = WorkCalendar::builtin();
    let new = old.clone().with_arrangement(read_arrangement(NEXT, Some(2027)).arrangement.unwrap());
    let deadlines = [
        running("untouched", working_days(3), case("2026-11-02", &[])),
        running("moved", working_days(2), case("2026-12-29", &[])),
        running("known now", working_days(5), case("2026-12-28", &[])),
        running("paused", working_days(5), case("2026-12-01", &[("2026-12-02", "")])),
        running("natural", DeadlineTerms::new("自然日", Counting::NaturalDays { amount: 10 }), case("2026-12-28", &[])),
    ];
    // By the old calendar the second is due on 31 December, by the new one on the worked Sunday after New Year.
    let changes = recompute(&deadlines, &old, &new);
    let keys: Vec<&str> = changes.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["moved", "known now"]);
    assert_eq!(changes[0].before, DeadlineOutcome::Due { at: at("2026-12-31T23:59:59") });
    assert_eq!(changes[0].after, DeadlineOutcome::Due { at: at("2027-01-03T23:59:59") });
    assert_eq!(
        changes[0].reason,
        "“测试”的到期日由2026年12月31日变为2027年1月3日。节假日安排有变：2026年12月31日由“星期四，工作日；\
         2027年安排公布后可能调整”改为“星期四，元旦放假（国务院办公厅2027年节假日安排）”；2027年安排已经公布"
    );
    let why = DeadlineError::Calendar(CalendarError::UnknownYear(2027)).to_string();
    assert_eq!(changes[1].before, DeadlineOutcome::Unknown { why });
    assert_eq!(changes[1].after, DeadlineOutcome::Due { at: at("2027-01-05T23:59:59") });
    assert!(changes[1].reason.starts_with("“测试”的到期日由不能推算变为2027年1月5日"), "{}", changes[1].reason);
    assert_eq!(recompute(&deadlines, &old, &old), vec![]);
}
