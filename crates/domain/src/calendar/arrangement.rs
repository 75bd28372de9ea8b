//! What one yearly notice arranges: the days off and the working days made up for.

use super::{ArrangementProblem, chinese_date, chinese_weekday, date_ranges, wording::is_weekend};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The arrangement of one year (某年部分节假日安排), as the State Council's General Office gives it: only what differs
/// from, or names, the ordinary week. A notice of year Y may also arrange days of December Y−1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearArrangement {
    /// The year in the title of the notice.
    pub year: i16,
    /// Addresses of the notices, the first one and later changes.
    #[serde(default)]
    pub papers: Vec<String>,
    /// In the order of the notice.
    #[serde(rename = "holiday", default)]
    pub holidays: Vec<HolidayArrangement>,
}

/// One numbered item of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayArrangement {
    /// Its name, e.g. 国庆节、中秋节.
    pub name: String,
    /// Days off, sorted; Saturdays and Sundays inside the holiday are listed when the notice lists them.
    #[serde(with = "date_ranges")]
    pub off: Vec<Date>,
    /// Saturdays and Sundays worked instead (调休上班), sorted.
    #[serde(with = "date_ranges", default)]
    pub work: Vec<Date>,
}

impl YearArrangement {
    /// An arrangement of `year` without any item yet.
    pub fn empty(year: i16) -> Self {
        Self { year, papers: Vec::new(), holidays: Vec::new() }
    }

    /// Every arranged day: its date, whether it is off, and the holiday it belongs to.
    pub fn days(&self) -> impl Iterator<Item = (Date, bool, &HolidayArrangement)> {
        self.holidays.iter().flat_map(|holiday| {
            let off = holiday.off.iter().map(move |date| (*date, true, holiday));
            off.chain(holiday.work.iter().map(move |date| (*date, false, holiday)))
        })
    }

    /// This arrangement as a later notice of the same year changes it (2015: an added commemoration day; 2019: a longer
    /// Labour Day; 2020: a prolonged Spring Festival): the later notice wins day by day.
    pub fn amended_by(&self, later: &Self) -> Self {
        let changed: BTreeMap<Date, bool> = later.days().map(|(date, off, _)| (date, off)).collect();
        let mut result = self.clone();
        for holiday in &mut result.holidays {
            holiday.off.retain(|date| !changed.contains_key(date));
            holiday.work.retain(|date| !changed.contains_key(date));
        }
        for item in &later.holidays {
            match result.holidays.iter_mut().find(|holiday| holiday.name == item.name) {
                Some(same) => {
                    same.off.extend(&item.off);
                    same.work.extend(&item.work);
                    same.off.sort_unstable();
                    same.work.sort_unstable();
                }
                None => result.holidays.push(item.clone()),
            }
        }
        result.papers.extend(later.papers.iter().filter(|paper| !self.papers.contains(paper)).cloned());
        result.holidays.retain(|holiday| !(holiday.off.is_empty() && holiday.work.is_empty()));
        result
    }

    /// Contradictions inside the arrangement, for the two people who check it. An empty list does not make it right,
    /// only consistent.
    pub fn contradictions(&self) -> Vec<ArrangementProblem> {
        let mut problems = Vec::new();
        let mut seen: BTreeMap<Date, (bool, &str)> = BTreeMap::new();
        for (date, off, holiday) in self.days() {
            let (day, weekday, name) = (chinese_date(date), chinese_weekday(date.weekday()), holiday.name.as_str());
            if !self.may_arrange(date) {
                problems.push(ArrangementProblem::of_date(
                    date,
                    format!("{name}：{day}不在{}年，也不在上一年12月，不属于这一年的安排", self.year),
                ));
            }
            if !off && !is_weekend(date) {
                problems.push(ArrangementProblem::of_date(
                    date,
                    format!("{name}：{day}是{weekday}，本来就是工作日，不需要调休上班，请核对日期"),
                ));
            }
            match seen.insert(date, (off, name)) {
                Some((before, _)) if before != off => problems
                    .push(ArrangementProblem::of_date(date, format!("{name}：{day}既写为放假又写为上班，请核对"))),
                Some((_, other)) if other != name => problems
                    .push(ArrangementProblem::of_date(date, format!("{day}同时列在“{other}”和“{name}”之下，请核对"))),
                _ => {}
            }
        }
        problems
    }

    /// Whether a notice of this year may arrange `date`: the year itself and December before it.
    pub fn may_arrange(&self, date: Date) -> bool {
        date.year() == self.year || (date.year() == self.year.saturating_sub(1) && date.month() == 12)
    }
}
