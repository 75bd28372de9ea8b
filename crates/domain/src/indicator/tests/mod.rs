//! Every boundary of the facts, and the promise that a stricter value never turns a finding off.

pub(crate) mod accounts;
mod deductions;
mod extremes;
mod schemes;
mod stricter;
mod visits;
mod website;

use jiff::{Timestamp, ToSpan, civil::Date};

use super::{Observed, PersonVerdict, Updates, Verdict, evaluate};
use crate::{
    ids::PersonId,
    rule::{RulesInForce, builtin::book},
};

/// The day of most tests.
pub(crate) const AT: Date = jiff::civil::date(2026, 6, 30);

/// The verdict by the packs as they ship.
pub(crate) fn judged(rule: &str, observed: &Observed) -> Verdict {
    let rules = RulesInForce::plain(book(), AT);
    let verdict = evaluate(&rules.rule(rule).unwrap(), AT, observed);
    assert!(sentences(&verdict).iter().all(|sentence| !sentence.contains(['{', '}'])), "{verdict:?}");
    verdict
}

pub(crate) fn sentences(verdict: &Verdict) -> Vec<String> {
    let of = |findings: &[super::Finding]| findings.iter().map(|f| f.sentence.clone()).collect::<Vec<_>>();
    match verdict {
        Verdict::Clear { explanation } => vec![explanation.clone()],
        Verdict::Found { findings } => of(findings),
        Verdict::NotEnough { lacking, seen } => [lacking.clone(), of(seen)].concat(),
        Verdict::ForPerson { why, hits } => [vec![why.clone()], of(hits)].concat(),
    }
}

/// One letter for a verdict: clear, found, not enough, person.
pub(crate) fn letter(verdict: &Verdict) -> char {
    match verdict {
        Verdict::Clear { .. } => 'c',
        Verdict::Found { .. } => 'f',
        Verdict::NotEnough { .. } => 'n',
        Verdict::ForPerson { .. } => 'p',
    }
}

pub(crate) fn days_ago(days: i64) -> Date {
    AT.checked_sub(days.days()).unwrap()
}

pub(crate) fn updated(name: &str, days: i64) -> Updates {
    Updates { name: name.to_owned(), dates: Some(vec![days_ago(days)]), ..Updates::default() }
}

pub(crate) fn decided(found: bool, reason: &str) -> Option<PersonVerdict> {
    let person = PersonId(uuid::Uuid::from_u128(7));
    Some(PersonVerdict { person, at: Timestamp::UNIX_EPOCH, found, reason: reason.to_owned() })
}
