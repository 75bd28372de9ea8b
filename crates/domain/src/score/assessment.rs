//! What goes into a score.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    indicator::{Observed, Subject, Verdict, evaluate},
    rule::{RuleId, RulesInForce},
};

/// The verdicts about one subject. The day and the place are those of the rules in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What is judged.
    pub subject: Subject,
    /// Whether it has services to the public; without them the service indicators are left out.
    pub has_public_services: bool,
    /// Verdicts by rule. A veto or deduction without one has not been looked at; a bonus without one was not claimed.
    pub verdicts: BTreeMap<RuleId, Verdict>,
}

impl Assessment {
    /// Evaluates observations by the rules in force, on the day of those rules. Observations of rules that do not hold
    /// here on that day, or do not concern the subject, are left out.
    pub fn of(
        rules: &RulesInForce<'_>,
        subject: Subject,
        has_public_services: bool,
        observed: &BTreeMap<RuleId, Observed>,
    ) -> Self {
        let concerns = |id: &RuleId| {
            let rule = rules.rule(id.as_str())?;
            rule.rule.indicator.as_ref().filter(|spec| spec.subjects.contains(&subject))?;
            Some(rule)
        };
        let verdicts = observed
            .iter()
            .filter_map(|(id, seen)| Some((id.clone(), evaluate(&concerns(id)?, rules.date(), seen))))
            .collect();
        Self { subject, has_public_services, verdicts }
    }
}
