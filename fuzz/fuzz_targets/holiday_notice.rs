//! Whatever is uploaded as a year's arrangement is read or refused, never more than it says, and survives being stored.
#![no_main]

use domain::calendar::{WorkCalendar, YearArrangement, read_arrangement};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, Option<i16>)| {
    let (text, year) = input;
    let read = read_arrangement(text, year);
    for problem in &read.problems {
        assert!(!problem.message.is_empty() && problem.line.is_none_or(|line| line >= 1));
    }
    let sound = read.is_sound();
    let Some(arrangement) = read.arrangement else { return };
    let stored = serde_json::to_string(&arrangement).expect("an arrangement can be stored");
    let again: YearArrangement = serde_json::from_str(&stored).expect("what was stored is read");
    assert_eq!(again, arrangement);
    let calendar = WorkCalendar::builtin().with_arrangement(arrangement.clone());
    for (date, off, _) in arrangement.days() {
        let day = calendar.day(date);
        // A sound arrangement is what the calendar then says, unless the notice of the next year moves December.
        if sound && date.year() == arrangement.year && date.month() != 12 {
            assert_eq!(day.expect("the year is known").workday, !off);
        }
    }
});
