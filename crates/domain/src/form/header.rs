//! What every form says of itself: its source, and by when and where it is published.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::rule::Mark;

/// Source and version of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormHeader {
    /// Stable name.
    pub id: String,
    /// Title.
    pub title: String,
    /// 文号
    pub document: String,
    /// Version of the file.
    pub version: String,
    /// When this version was made.
    pub dated: Date,
    /// Reliability of the form as a whole.
    pub mark: Mark,
    /// Where it was seen, or what must still be checked.
    pub note: Option<String>,
    /// By when and where, for each kind of unit that fills it.
    pub deadlines: Vec<PublicationDeadline>,
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// Reads `01-31`; a day that some years lack is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
        let (month, day) = (two(month)?, two(day)?);
        // 2001 has no 29 February.
        Date::new(2001, month, day).ok().map(|_| Self { month, day })
    }

    /// The day in a year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{:02}-{:02}", self.month, self.day))
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("“{text}”不是月日，应写成 01-31")))
    }
}

/// By when and where a report on a year is published: the day lies in the year after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationDeadline {
    /// Who publishes.
    pub who: String,
    /// Last day.
    pub day: MonthDay,
    /// Where.
    pub place: String,
    /// 文号 and clause.
    pub document: String,
    /// Reliability.
    pub mark: Mark,
}

impl PublicationDeadline {
    /// Last day for the report on `year`; `None` for a year beyond the calendar.
    pub fn for_report_on(&self, year: i16) -> Option<Date> {
        self.day.in_year(year.checked_add(1)?)
    }
}
