//! Working days and identifiers beside plain library calls: the crate `chinese_holiday`, and `regex` with the form of a
//! document number as the facts give it. Prints one JSON object; `make bench` puts it into its table.

use std::{hint::black_box, time::Instant};

use domain::{calendar::WorkCalendar, identifier::DocumentNumber};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use regex::Regex;

fn main() {
    let figures = serde_json::json!({
        "is it a working day": { "crate chinese_holiday": theirs(), "domain::calendar": ours() },
        "the 20th working day after": { "crate chinese_holiday": their_addition(), "domain::calendar": our_addition() },
        "document numbers": { "crate regex": regex(), "domain::identifier": numbers() },
    });
    println!("{figures}");
}

/// How often a second `once` runs over `count` questions.
fn per_second(count: usize, mut once: impl FnMut(usize)) -> f64 {
    (0..count / 10).for_each(&mut once);
    let started = Instant::now();
    (0..count).for_each(&mut once);
    count as f64 / started.elapsed().as_secs_f64()
}

const DAYS: usize = 6_900;

fn theirs() -> f64 {
    let days = days();
    per_second(200_000, |n| {
        black_box(is_workday(days[n % DAYS]));
    })
}

fn ours() -> f64 {
    let calendar = WorkCalendar::builtin();
    let days = days();
    per_second(200_000, |n| {
        black_box(calendar.is_workday(days[n % DAYS]).is_ok());
    })
}

fn their_addition() -> f64 {
    per_second(20_000, |n| {
        let (mut day, mut left) = (date(2007, 1, 1) + ((n % DAYS) as i64).days(), 20);
        while left > 0 {
            day = day.tomorrow().expect("within the library's years");
            left -= i32::from(is_workday(day));
        }
        black_box(day);
    })
}

fn our_addition() -> f64 {
    let calendar = WorkCalendar::builtin();
    per_second(20_000, |n| {
        let from = date(2007, 1, 1) + ((n % DAYS) as i64).days();
        black_box(calendar.add_workdays(from, 20).is_ok());
    })
}

fn regex() -> f64 {
    let form =
        Regex::new(r"^(?<org>[\p{Han}]{2,12})〔(?<y>(?:19|20)\d{2})〕(?<n>[1-9]\d{0,4})号$").expect("a good pattern");
    let numbers = samples();
    per_second(200_000, |n| {
        black_box(form.captures(&numbers[n % numbers.len()]).is_some());
    })
}

fn numbers() -> f64 {
    let numbers = samples();
    per_second(200_000, |n| {
        black_box(DocumentNumber::parse(&numbers[n % numbers.len()]).is_ok());
    })
}

fn samples() -> Vec<String> {
    (0..1_000).map(|n| format!("内政办字〔{}〕{}号", 2000 + n % 27, 1 + n)).collect()
}

fn days() -> Vec<Date> {
    (0..DAYS).map(|day| date(2007, 1, 1) + (day as i64).days()).collect()
}

fn is_workday(day: Date) -> bool {
    let part = |number: i8| u8::try_from(number).expect("months and days are positive");
    let year = u16::try_from(day.year()).expect("years since 2007 are positive");
    chinese_holiday::chinese_holiday(chinese_holiday::Ymd::new(year, part(day.month()), part(day.day()))).is_workday()
}
