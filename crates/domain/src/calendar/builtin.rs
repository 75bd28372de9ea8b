//! The arrangements that ship with the product: `rules/calendar/2007.toml` … `2026.toml`.

use super::{WorkCalendar, YearArrangement};
use std::sync::LazyLock;

/// Years 2007 to 2026, read once.
pub(super) static BUILTIN: LazyLock<WorkCalendar> = LazyLock::new(|| {
    let years = FILES.iter().map(|(year, text)| {
        // Proved for every file by the tests; the files are part of the program.
        let arrangement: YearArrangement = toml::from_str(text).expect("an embedded arrangement is well formed");
        assert_eq!(arrangement.year, *year, "an embedded arrangement is of the year in its file name");
        arrangement
    });
    years.fold(WorkCalendar::empty(), WorkCalendar::with_arrangement)
});

macro_rules! files {
    ($($year:literal),+ $(,)?) => {
        &[$(($year, include_str!(concat!("../../../../rules/calendar/", $year, ".toml")))),+]
    };
}

pub(super) static FILES: &[(i16, &str)] = files![
    2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025,
    2026,
];
