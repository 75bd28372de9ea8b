//! What every division code since 1980 stood for, and what became of it (`rules/divisions/register.csv`).
//!
//! 废码不用: a void code is never given out again for the same division, but old codes live on in site codes, credit
//! codes and files. This register answers whether a code is in use, since when it is not, and what replaces it.
//! Years are exact to the year: in the year of a change both the old and the new code count as in use.

mod load;
mod story;

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DivisionCode, error::IdentifierError};

/// What ended the use of a code, or of a name under the same code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionChange {
    /// 更名: another name, the code stayed.
    Renamed,
    /// 改码: another code, the division stayed.
    Recoded,
    /// 改设: another kind of division, for example a county that became a district.
    Converted,
    /// 并入: joined with others.
    Merged,
    /// 撤销: no single successor; the division above is named instead.
    Abolished,
}

impl DivisionChange {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Renamed => "更名",
            Self::Recoded => "改码",
            Self::Converted => "改设",
            Self::Merged => "并入",
            Self::Abolished => "撤销",
        }
    }

    /// Stable word of the register.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Recoded => "recoded",
            Self::Converted => "converted",
            Self::Merged => "merged",
            Self::Abolished => "abolished",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Renamed, Self::Recoded, Self::Converted, Self::Merged, Self::Abolished]
            .into_iter()
            .find(|change| change.as_str() == text)
    }
}

/// One division under one code and one name, from its first year to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionRecord {
    /// The six digits.
    pub code: DivisionCode,
    /// The full name, e.g. 集宁区.
    pub name: String,
    /// The year of the first edition of GB/T 2260 with this code and name; `None` for 1980 and before.
    pub since: Option<i16>,
    /// The year in which code or name ended, and how; `None` while in use.
    pub ended: Option<(i16, DivisionChange)>,
    /// What follows, directly.
    pub successors: Vec<DivisionCode>,
    /// 批复文号, when known.
    pub document: Option<String>,
    /// A functional zone with a code of its own making (statistics, site codes): not a legal division.
    pub zone: bool,
}

impl DivisionRecord {
    /// Whether the code stands for this division now.
    pub fn is_in_use(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether the code stood for this division in a year; years of change count for both sides.
    pub fn covers(&self, year: i16) -> bool {
        self.since.is_none_or(|since| since <= year) && self.ended.is_none_or(|(ended, _)| year <= ended)
    }
}

/// What a code is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DivisionStatus<'a> {
    /// In use.
    Current(&'a DivisionRecord),
    /// Void; the last division that had it.
    Void(&'a DivisionRecord),
    /// A functional zone, outside GB/T 2260.
    Zone(&'a DivisionRecord),
    /// Never given out, as far as the register knows.
    Unknown,
}

/// All records, by code and by name.
#[derive(Debug)]
pub struct DivisionRegister {
    records: Vec<DivisionRecord>,
    by_code: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

static REGISTER: LazyLock<DivisionRegister> = LazyLock::new(load::embedded);

impl DivisionRegister {
    /// The register that ships with the product, read once.
    pub fn embedded() -> &'static Self {
        &REGISTER
    }

    /// All records, by code and then by time.
    pub fn records(&self) -> &[DivisionRecord] {
        &self.records
    }

    /// Every division that had the code, oldest first.
    pub fn of_code<'a>(&'a self, code: &str) -> impl DoubleEndedIterator<Item = &'a DivisionRecord> + use<'a> {
        self.at(self.by_code.get(code))
    }

    /// Every division that had the name, now or before: 集宁市 → the record that became 集宁区.
    pub fn of_name<'a>(&'a self, name: &str) -> impl DoubleEndedIterator<Item = &'a DivisionRecord> + use<'a> {
        self.at(self.by_name.get(name))
    }

    /// What a code is today.
    pub fn status(&self, code: &str) -> DivisionStatus<'_> {
        match self.of_code(code).next_back() {
            None => DivisionStatus::Unknown,
            Some(record) if record.zone => DivisionStatus::Zone(record),
            Some(record) if record.is_in_use() => DivisionStatus::Current(record),
            Some(record) => DivisionStatus::Void(record),
        }
    }

    /// The division that has the code now.
    pub fn current(&self, code: &str) -> Option<&DivisionRecord> {
        self.of_code(code).find(|record| record.is_in_use() && !record.zone)
    }

    /// The division that had the code on a day (to the year; the later one in a year of change).
    pub fn on(&self, code: &str, day: Date) -> Option<&DivisionRecord> {
        self.of_code(code).filter(|record| !record.zone).rfind(|record| record.covers(day.year()))
    }

    /// What a division has become by now: itself while in use, else the ends of all its chains of changes. Empty
    /// when nothing replaced it.
    pub fn became<'a>(&'a self, record: &'a DivisionRecord) -> Vec<&'a DivisionRecord> {
        let mut found = Vec::new();
        self.follow(record, 0, &mut found);
        found
    }

    /// The division's name with those of the divisions above it at that time: 内蒙古自治区乌兰察布市集宁区.
    pub fn full_name(&self, record: &DivisionRecord) -> String {
        let year = record.ended.map_or(i16::MAX, |(year, _)| year - 1);
        let mut names = vec![record.name.as_str()];
        let mut above = record.code.parent();
        while let Some(code) = above {
            let at_that_time = self.of_code(code.as_str()).filter(|record| !record.zone).rfind(|r| r.covers(year));
            if let Some(parent) = at_that_time.or_else(|| self.of_code(code.as_str()).next_back()) {
                names.push(parent.name.as_str());
            }
            above = code.parent();
        }
        names.reverse();
        names.concat()
    }

    /// Reads a code and proves that it is in use now. A void code is refused with the year, what happened, what
    /// replaces it, and its code as suggestion. Zones are accepted: they are codes in use, although no divisions.
    pub fn check(&self, text: &str) -> Result<&DivisionRecord, IdentifierError> {
        let code = DivisionCode::parse(text)?;
        match self.status(code.as_str()) {
            DivisionStatus::Current(record) | DivisionStatus::Zone(record) => Ok(record),
            DivisionStatus::Void(record) => Err(self.void(record)),
            DivisionStatus::Unknown => Err(self.unknown(&code)),
        }
    }

    fn at<'a>(
        &'a self,
        places: Option<&'a Vec<usize>>,
    ) -> impl DoubleEndedIterator<Item = &'a DivisionRecord> + use<'a> {
        places.map_or(&[][..], Vec::as_slice).iter().filter_map(|place| self.records.get(*place))
    }

    fn follow<'a>(&'a self, record: &'a DivisionRecord, depth: usize, found: &mut Vec<&'a DivisionRecord>) {
        let Some((year, _)) = record.ended else {
            if !found.iter().any(|known| known.code == record.code) {
                found.push(record);
            }
            return;
        };
        // Longer chains than this do not exist; the bound keeps a mistake in the data from running forever.
        if depth > 12 {
            return;
        }
        for code in &record.successors {
            if let Some(next) = self.heir(code.as_str(), year, record) {
                self.follow(next, depth + 1, found);
            }
        }
    }

    /// The holder of a successor's code just after a change.
    fn heir<'a>(&'a self, code: &str, year: i16, from: &DivisionRecord) -> Option<&'a DivisionRecord> {
        let others = || self.of_code(code).filter(|record| !record.zone && *record != from);
        others()
            .find(|r| r.since.is_none_or(|since| since <= year) && r.ended.is_none_or(|(ended, _)| ended > year))
            .or_else(|| others().find(|record| record.is_in_use()))
    }
}

#[cfg(test)]
mod tests;
