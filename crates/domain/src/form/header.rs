//! What every form says of itself: its source, and by when and where it is published.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rule::{Mark, RuleId, RulesInForce};

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

/// By when and where a report on a year is published: the rule says the day, which lies in the year after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationDeadline {
    /// Who publishes.
    pub who: String,
    /// The deadline's rule, with `month` and `day`.
    pub rule: RuleId,
    /// Where.
    pub place: String,
    /// 文号 and clause of the place.
    pub document: String,
    /// Reliability of the place.
    pub mark: Mark,
}

impl PublicationDeadline {
    /// Last day for the report on `year`; `None` when no rule says it, or beyond the calendar.
    pub fn for_report_on(&self, year: i16, rules: &RulesInForce<'_>) -> Option<Date> {
        let rule = rules.rule(self.rule.as_str())?;
        let part = |key: &str| i8::try_from(rule.whole(key)?).ok();
        Date::new(year.checked_add(1)?, part("month")?, part("day")?).ok()
    }
}
