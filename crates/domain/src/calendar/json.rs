//! The JSON form: `{"year": 2026, "papers": ["…"], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}`.

use super::{ArrangementProblem, HolidayArrangement, ReadArrangement, YearArrangement, reading::other_year};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    year: i16,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    name: String,
    date: Date,
    is_off_day: bool,
}

pub(super) fn read(text: &str, year: Option<i16>) -> ReadArrangement {
    // Also the form in which arrangements are stored.
    let file: File = match serde_json::from_str(text) {
        Ok(file) => file,
        Err(error) => match serde_json::from_str::<YearArrangement>(text) {
            Ok(stored) => return finish(stored, year),
            Err(_) => {
                return ReadArrangement::refused(ArrangementProblem::of_line(
                    error.line(),
                    format!("不是可用的 JSON（{error}）：需要 year、days，days 每项有 name、date、isOffDay"),
                ));
            }
        },
    };
    let mut arrangement = YearArrangement { papers: file.papers, ..YearArrangement::empty(file.year) };
    for entry in file.days {
        arrangement.add(&entry.name, entry.date, entry.is_off_day);
    }
    finish(arrangement, year)
}

fn finish(arrangement: YearArrangement, year: Option<i16>) -> ReadArrangement {
    let problems = year.filter(|year| *year != arrangement.year).map(|year| other_year(arrangement.year, year));
    ReadArrangement::finish(arrangement, problems.into_iter().collect(), &BTreeMap::new())
}

impl YearArrangement {
    /// Adds one day under the holiday of that name.
    pub(super) fn add(&mut self, name: &str, date: Date, off: bool) {
        let place = self.holidays.iter().position(|holiday| holiday.name == name).unwrap_or_else(|| {
            self.holidays.push(HolidayArrangement { name: name.to_owned(), off: Vec::new(), work: Vec::new() });
            self.holidays.len() - 1
        });
        let holiday = &mut self.holidays[place];
        if off { &mut holiday.off } else { &mut holiday.work }.push(date);
    }
}
