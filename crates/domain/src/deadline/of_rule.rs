//! Terms from a rule and the values in force.

use super::{Counting, DeadlineTerms, DeadlineUnit};
use crate::{
    calendar::LocalDayUse,
    rule::{Mark, Quantity, RuleInForce, RulesInForce},
};
use thiserror::Error;

/// The rule with the share of time at which the light turns yellow.
const WARNING: &str = "deadline.warning";

/// Why a rule gives no terms.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TermsError {
    /// No rule of this id holds on the day.
    #[error("没有编号为“{0}”的规则，或者它在这一天没有生效：可用“zhengtong rules list”查看全部规则")]
    NoRule(String),
    /// The rule is not about a deadline.
    #[error("规则“{0}”不是期限规则")]
    NoDeadline(String),
    /// A value in force cannot be counted.
    #[error("规则“{rule}”的参数“{key}”不能用于期限：应是 1 至 10000 的整数")]
    BadValue {
        /// The rule.
        rule: String,
        /// The parameter.
        key: String,
    },
}

impl DeadlineTerms {
    /// The terms of the rule `id` where and when `rules` hold, with the warning share in force.
    ///
    /// # Errors
    /// [`TermsError`].
    pub fn for_rule(rules: &RulesInForce<'_>, id: &str) -> Result<Self, TermsError> {
        let rule = rules.rule(id).ok_or_else(|| TermsError::NoRule(id.to_owned()))?;
        let mut terms = Self::of(&rule)?;
        let share = rules.rule(WARNING).and_then(|rule| rule.parameter("share").and_then(|found| found.value.number()));
        terms.warn_share = share.unwrap_or(terms.warn_share);
        Ok(terms)
    }

    /// The terms of a rule in force.
    ///
    /// # Errors
    /// [`TermsError::NoDeadline`], [`TermsError::BadValue`].
    pub fn of(rule: &RuleInForce<'_>) -> Result<Self, TermsError> {
        let id = || rule.rule.id.to_string();
        let spec = rule.rule.deadline.as_ref().ok_or_else(|| TermsError::NoDeadline(id()))?;
        let number = |key: &Option<String>| -> Result<u32, TermsError> {
            let key = key.as_deref().unwrap_or_default();
            let value = rule.parameter(key).and_then(|found| found.value.number()).and_then(Quantity::as_whole);
            let fits =
                value.filter(|number| (1..=10_000).contains(number)).and_then(|number| u32::try_from(number).ok());
            fits.ok_or_else(|| TermsError::BadValue { rule: id(), key: key.to_owned() })
        };
        let small = |key: &Option<String>| -> Result<i8, TermsError> {
            let key_name = key.clone().unwrap_or_default();
            i8::try_from(number(key)?).map_err(|_| TermsError::BadValue { rule: id(), key: key_name })
        };
        let counting = match spec.unit {
            DeadlineUnit::WorkingDays => Counting::WorkingDays { amount: number(&spec.amount)? },
            DeadlineUnit::NaturalDays => Counting::NaturalDays { amount: number(&spec.amount)? },
            DeadlineUnit::WorkingHours => Counting::WorkingHours { amount: number(&spec.amount)? },
            DeadlineUnit::NaturalHours => Counting::NaturalHours { amount: number(&spec.amount)? },
            DeadlineUnit::Months => Counting::Months { amount: number(&spec.amount)? },
            DeadlineUnit::Years => Counting::Years { amount: number(&spec.amount)? },
            DeadlineUnit::YearlyDate => Counting::YearlyDate { month: small(&spec.month)?, day: small(&spec.day)? },
            DeadlineUnit::PeriodEnd => Counting::PeriodEnd {
                period: spec.period.ok_or_else(|| TermsError::BadValue { rule: id(), key: "period".to_owned() })?,
            },
        };
        let extension = spec.extension.is_some().then(|| number(&spec.extension)).transpose()?;
        // Only the numbers of the deadline itself matter; a rule without any is as reliable as it says.
        let mut marks: Vec<Mark> =
            spec.keys().filter_map(|key| rule.rule.parameter(key)).map(|found| found.mark).collect();
        if marks.is_empty() {
            marks.push(rule.rule.mark);
        }
        let to_be_confirmed = marks.into_iter().any(Mark::needs_confirmation);
        Ok(Self {
            citation: rule.rule.citation(),
            event: spec.event.clone(),
            start: spec.start,
            extension,
            pausable: spec.pausable,
            restartable: spec.restartable,
            end_on_day_off: spec.end_on_day_off,
            sense: spec.sense,
            to_be_confirmed,
            local_days: if spec.own_promise { LocalDayUse::OwnPromise } else { LocalDayUse::Statutory },
            ..Self::new(spec.name.clone().unwrap_or_else(|| rule.rule.name.clone()), counting)
        })
    }
}
