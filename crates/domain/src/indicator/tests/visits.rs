use jiff::{ToSpan, civil::Date};

use super::{AT, judged, letter, sentences};
use crate::{
    indicator::{
        Observed,
        unreachable::{Visit, VisitOutcome, Visits},
    },
    time::parse_beijing,
};

/// `per_day` visits on each of the last `days` days, `gap` minutes apart; the first `failed` of all wait 15 seconds.
fn watch(days: i64, per_day: i64, gap: i64, failed: usize) -> Vec<Visit> {
    let mut visits = Vec::new();
    for day in 0..days {
        let date = AT.checked_sub(day.days()).unwrap();
        for number in 0..per_day {
            let at = parse_beijing(&date.to_string()).unwrap() + (number * gap).minutes();
            let (duration_ms, outcome) =
                if visits.len() < failed { (15_000, VisitOutcome::Opened) } else { (900, VisitOutcome::Opened) };
            visits.push(Visit { at, duration_ms, outcome });
        }
    }
    visits
}

fn verdict(until: Date, visits: Vec<Visit>) -> crate::indicator::Verdict {
    judged("site.veto.unreachable", &Observed::Visits(Visits { until, visits }))
}

#[test]
fn five_in_a_hundred_of_a_week_of_twenty_visits_a_day_is_the_limit() {
    for (days, per_day, gap, failed, said) in [
        (7, 20, 60, 0, 'c'),
        (7, 20, 60, 6, 'c'),
        (7, 20, 60, 7, 'f'),
        (7, 20, 60, 140, 'f'),
        (7, 19, 60, 133, 'n'),
        (6, 20, 60, 120, 'n'),
        (7, 21, 60, 7, 'c'),
        (7, 21, 60, 8, 'f'),
        // Twenty visits within five hours are not spread over the day.
        (7, 20, 20, 7, 'f'),
        (7, 20, 15, 140, 'n'),
        // Of visits four minutes apart every second one counts.
        (7, 38, 10, 13, 'c'),
        (7, 38, 10, 14, 'f'),
        (7, 38, 4, 266, 'n'),
        (7, 100, 4, 0, 'c'),
        (0, 0, 1, 0, 'n'),
    ] {
        let verdict = verdict(AT, watch(days, per_day, gap, failed));
        assert_eq!(letter(&verdict), said, "{days} {per_day} {gap} {failed}: {verdict:?}");
    }
}

#[test]
fn fifteen_seconds_are_not_open_and_one_millisecond_less_is() {
    for (duration_ms, outcome, said) in [
        (15_000, VisitOutcome::Opened, 'f'),
        (14_999, VisitOutcome::Opened, 'c'),
        (3, VisitOutcome::Failed, 'f'),
        (15_000, VisitOutcome::StillWaiting, 'f'),
        // Who stops waiting early knows nothing: 20 of that day are then too few.
        (14_999, VisitOutcome::StillWaiting, 'n'),
    ] {
        let mut visits = watch(7, 20, 60, 0);
        for visit in visits.iter_mut().take(7) {
            (visit.duration_ms, visit.outcome) = (duration_ms, outcome);
        }
        assert_eq!(letter(&verdict(AT, visits)), said, "{duration_ms} {outcome:?}");
    }
}

#[test]
fn a_burst_of_retries_is_one_visit_and_other_days_do_not_count() {
    let mut visits = watch(7, 20, 60, 0);
    let burst = Visit { duration_ms: 20_000, outcome: VisitOutcome::Failed, ..visits[5] };
    visits.extend((1..60).map(|second| Visit { at: burst.at + (second * 5).seconds(), ..burst }));
    assert_eq!(letter(&verdict(AT, visits)), 'c');
    let visits = watch(14, 20, 60, 0);
    let mut failing_before = visits.clone();
    for visit in failing_before.iter_mut().skip(140) {
        visit.outcome = VisitOutcome::Failed;
    }
    assert_eq!(letter(&verdict(AT, failing_before)), 'c');
}

#[test]
fn sentences_tell_period_numbers_and_limits() {
    assert_eq!(
        sentences(&verdict(AT, watch(7, 20, 60, 7))),
        ["2026-06-24至2026-06-30间隔访问首页140次，等待满15秒仍打不开的有7次，占5%，达到5%的限度。"]
    );
    let mut visits = watch(7, 20, 60, 7);
    visits.pop();
    assert_eq!(sentences(&verdict(AT, visits)), ["2026-06-24只有19次有效访问，应间隔开访问20次以上。"]);
}
