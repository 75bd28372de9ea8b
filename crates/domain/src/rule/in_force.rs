//! What holds at a place on a day: the pack of that day, tightened (or, with approval, loosened) on the way down.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde::Serialize;

use super::{Amendment, Parameter, Quantity, Rule, RuleBook, Value, sentence};
use crate::{division::DivisionLevel, identifier::DivisionCode, ids::AmendmentId};

/// The rules of one place on one day.
#[derive(Debug, Clone)]
pub struct RulesInForce<'a> {
    book: &'a RuleBook,
    amendments: &'a [Amendment],
    place: Option<DivisionCode>,
    date: Date,
}

/// A rule with the values that hold.
#[derive(Debug, Clone, Serialize)]
pub struct RuleInForce<'a> {
    /// The rule as its pack states it.
    #[serde(flatten)]
    pub rule: &'a Rule,
    /// Its parameters with the values that hold.
    #[serde(rename = "in_force")]
    pub parameters: Vec<ParameterInForce<'a>>,
}

/// A parameter with the value that holds.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterInForce<'a> {
    /// The parameter as its pack states it.
    #[serde(skip)]
    pub parameter: &'a Parameter,
    /// Its key.
    pub key: &'a str,
    /// The value that holds.
    pub value: Value,
    /// Whose value it is.
    pub origin: Origin,
}

/// Whose value holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Origin {
    /// The pack's own.
    Pack,
    /// An amendment's.
    Amendment {
        /// Which.
        id: AmendmentId,
        /// Whose.
        division: DivisionCode,
        /// With approval: looser than the level above.
        looser: bool,
    },
}

impl<'a> RulesInForce<'a> {
    pub(super) fn new(
        book: &'a RuleBook,
        amendments: &'a [Amendment],
        place: Option<DivisionCode>,
        date: Date,
    ) -> Self {
        Self { book, amendments, place, date }
    }

    /// The rules of the book alone, nationwide, on `date`.
    pub fn plain(book: &'a RuleBook, date: Date) -> Self {
        Self::new(book, &[], None, date)
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The place; `None` nationwide.
    pub fn place(&self) -> Option<&DivisionCode> {
        self.place.as_ref()
    }

    /// A rule by its id, if it holds here on this day.
    pub fn rule(&self, id: &str) -> Option<RuleInForce<'a>> {
        let rule = self.book.rule(id, self.date)?;
        self.applies(rule).then(|| self.resolve(rule))
    }

    /// All rules that hold here on this day, by id.
    pub fn all(&self) -> impl Iterator<Item = RuleInForce<'a>> {
        self.book.rules_on(self.date).filter(|rule| self.applies(rule)).map(|rule| self.resolve(rule))
    }

    fn applies(&self, rule: &Rule) -> bool {
        let Some(own) = &rule.division else { return true };
        let own = DivisionCode::parse(own).ok();
        own.zip(self.place.as_ref()).is_some_and(|(own, place)| own.contains(place))
    }

    fn resolve(&self, rule: &'a Rule) -> RuleInForce<'a> {
        let parameters = rule.parameters.iter().map(|parameter| self.value(rule, parameter)).collect();
        RuleInForce { rule, parameters }
    }

    /// The pack's value, then the region's, then the league's: each counts if it is stricter than what it found, or
    /// if the region has approved it as looser.
    fn value(&self, rule: &'a Rule, parameter: &'a Parameter) -> ParameterInForce<'a> {
        let (mut value, mut origin) = (parameter.value.clone(), Origin::Pack);
        for level in [DivisionLevel::Region, DivisionLevel::League] {
            let Some(amendment) = self.amendment(rule, &parameter.key, level) else { continue };
            let stricter = parameter.stricter.compare(&amendment.value, &value) == Some(Ordering::Greater);
            let loosened = amendment.looser && parameter.stricter.compare(&amendment.value, &value).is_some();
            if (stricter || loosened) && parameter.objection(&amendment.value).is_none() {
                value = amendment.value.clone();
                origin = Origin::Amendment {
                    id: amendment.id,
                    division: amendment.division.clone(),
                    looser: amendment.looser && !stricter,
                };
            }
        }
        ParameterInForce { parameter, key: &parameter.key, value, origin }
    }

    /// The amendment of this level that holds here on this day: the latest begun.
    fn amendment(&self, rule: &Rule, key: &str, level: DivisionLevel) -> Option<&'a Amendment> {
        let place = self.place.as_ref()?;
        self.amendments
            .iter()
            .filter(|amendment| amendment.rule == rule.id && amendment.key == key && amendment.holds_on(self.date))
            .filter(|amendment| amendment.division.level() == level && amendment.division.contains(place))
            .max_by_key(|amendment| (amendment.from, amendment.proposed_at))
    }
}

impl<'a> RuleInForce<'a> {
    /// The parameter with this key.
    pub fn parameter(&self, key: &str) -> Option<&ParameterInForce<'a>> {
        self.parameters.iter().find(|parameter| parameter.key == key)
    }

    /// The number under `key`; `None` when there is none, which a test of the packs shows at once.
    pub fn number(&self, key: &str) -> Option<Quantity> {
        self.parameter(key)?.value.number()
    }

    /// The whole number under `key`.
    pub fn whole(&self, key: &str) -> Option<i64> {
        self.number(key)?.as_whole()
    }

    /// The yes or no under `key`; 否 when there is none.
    pub fn flag(&self, key: &str) -> bool {
        self.parameter(key).and_then(|parameter| parameter.value.flag()).unwrap_or(false)
    }

    /// The words under `key`.
    pub fn list(&self, key: &str) -> &[String] {
        self.rule.parameter(key).and_then(|parameter| parameter.value.list()).unwrap_or_default()
    }

    /// The sentence of a finding: the values that hold, and what was observed.
    pub fn finding(&self, observed: &[(&str, String)]) -> String {
        self.fill(&self.rule.finding, observed)
    }

    /// The further sentence `name`; the sentence of the finding where the rule has no such further one.
    pub fn sentence(&self, name: &str, observed: &[(&str, String)]) -> String {
        self.fill(self.rule.sentences.get(name).unwrap_or(&self.rule.finding), observed)
    }

    fn fill(&self, template: &str, observed: &[(&str, String)]) -> String {
        sentence::fill(template, |key| match observed.iter().find(|(name, _)| *name == key) {
            Some((_, value)) => Some(value.clone()),
            None => self.parameter(key).map(|parameter| parameter.value.to_string()),
        })
    }
}
