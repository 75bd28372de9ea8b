//! What holds for every deadline.

use super::*;
use jiff::ToSpan;
use proptest::prelude::*;

fn counting(unit: u8, amount: u32) -> Counting {
    match unit {
        0 => Counting::WorkingDays { amount },
        1 => Counting::NaturalDays { amount },
        2 => Counting::WorkingHours { amount },
        3 => Counting::NaturalHours { amount },
        _ => Counting::Months { amount: amount % 12 + 1 },
    }
}

fn terms(unit: u8, amount: u32) -> DeadlineTerms {
    DeadlineTerms {
        extension: Some(60),
        pausable: true,
        restartable: true,
        ..DeadlineTerms::new("性质", counting(unit, amount))
    }
}

fn moment() -> impl Strategy<Value = DateTime> {
    (0..6_000_i32, 0..1_440_i32).prop_map(|(days, minutes)| at("2008-01-01T00:00") + days.days().minutes(minutes))
}

fn last_moment(terms: &DeadlineTerms, case: &DeadlineCase) -> DateTime {
    compute(terms, case, &WorkCalendar::builtin()).unwrap().due.unwrap()
}

proptest! {
    #[test]
    fn a_smaller_amount_is_never_due_later(unit in 0..5_u8, received in moment(), amount in 1..60_u32, less in 0..60_u32) {
        let case = DeadlineCase::received(received);
        let (unit, less) = (unit, amount.saturating_sub(less).max(1));
        // Months wrap in the helper; compare them only in order.
        prop_assume!(unit < 4);
        prop_assert!(last_moment(&terms(unit, less), &case) <= last_moment(&terms(unit, amount), &case));
    }

    #[test]
    fn a_pause_or_an_extension_never_makes_it_due_earlier(
        unit in 0..5_u8, received in moment(), amount in 1..60_u32, after in -10..100_i32, length in 0..40_i32, more in 1..60_u32,
    ) {
        let terms = terms(unit, amount);
        let plain = DeadlineCase::received(received);
        let from = received.date() + after.days();
        let paused = DeadlineCase { pauses: vec![Pause::days(from, Some(from + length.days()), "询")], ..plain.clone() };
        let extended = DeadlineCase { extensions: vec![extension(more)], ..paused.clone() };
        let open = DeadlineCase { pauses: vec![Pause::days(from, None, "询")], ..plain.clone() };
        let (first, second) = (last_moment(&terms, &plain), last_moment(&terms, &paused));
        prop_assert!(first <= second);
        prop_assert!(second < last_moment(&terms, &extended));
        let open = compute(&terms, &open, &WorkCalendar::builtin()).unwrap();
        prop_assert_eq!(open.due.is_none(), open.counted < open.total);
        prop_assert!(open.due.is_none_or(|due| due == first));
    }

    #[test]
    fn working_days_end_on_a_working_day_with_exactly_so_many_counted(received in moment(), amount in 1..90_u32) {
        let calendar = WorkCalendar::builtin();
        let sum = compute(&terms(0, amount), &DeadlineCase::received(received), &calendar).unwrap();
        let due = sum.due.unwrap().date();
        prop_assert!(calendar.is_workday(due).unwrap());
        prop_assert_eq!(due, calendar.add_workdays(received.date(), amount as i32).unwrap());
        prop_assert_eq!(sum.lines.iter().filter(|line| line.counted.is_some()).count(), amount as usize);
        // Every day between appears exactly once.
        let days: Vec<Date> = sum.lines.iter().map(|line| line.date).collect();
        let expected: Vec<Date> = received.date().series(1.day()).take_while(|date| *date <= due).collect();
        prop_assert_eq!(days, expected);
    }

    #[test]
    fn nothing_panics_and_every_state_can_be_told(
        unit in 0..5_u8, year in -9_000..9_000_i16, amount in any::<u32>(), from in -400..400_i32, length in -5..400_i32,
        restart in -3..300_i32, now in -500..2_000_i32,
    ) {
        let received = Date::constant(year, 6, 15).at(12, 0, 0, 0);
        let day = received.date() + from.days();
        let case = DeadlineCase {
            pauses: vec![Pause::days(day, Some(day + length.days()), "询")],
            restarts: vec![Restart { at: received + restart.days(), reason: "补正".to_owned() }],
            ..DeadlineCase::received(received)
        };
        let calendar = WorkCalendar::builtin();
        for amount in [amount, amount % 50] {
            if let Ok(sum) = compute(&terms(unit, amount), &case, &calendar) {
                let _ = (sum.explain(), sum.state(received + now.days(), &calendar));
            }
        }
    }
}
