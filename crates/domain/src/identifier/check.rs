//! One door to all identifiers: [`check`] reads a text as one kind and says whether it can be accepted, in which form,
//! what is wrong, what was meant, and what the identifier tells.

mod details;
mod documents;
mod label;
mod persons;
mod places;
mod sites;

use std::fmt;

use serde::Serialize;

pub use details::Details;

use super::{
    DivisionCode, DomainName, IdentifierKind, confusion::repair_digits, domain_rule::SiteRole, error::IdentifierError,
};

/// What is known about the one whose identifier is checked; all of it may be missing.
#[derive(Debug, Clone, Default)]
pub struct CheckContext {
    /// The division of the unit or site: an ICP number of another province gets a warning.
    pub division: Option<DivisionCode>,
    /// What the site is: its domain name is judged by it.
    pub role: Option<SiteRole>,
    /// The portal above the site.
    pub portal: Option<DomainName>,
}

/// The result of checking one text. Its `Debug` hides personal values.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Whether the text can be accepted as it stands, after harmless normalising (width, blanks, letter case, a pasted
    /// label, trailing punctuation).
    pub valid: bool,
    /// The official form; only of a valid text.
    pub normalised: Option<String>,
    /// What is wrong and what to do, in plain Chinese; empty when valid.
    pub problems: Vec<String>,
    /// What a person should look at although the text is valid.
    pub warnings: Vec<String>,
    /// What was meant; only of a text that is not valid, and itself valid.
    pub suggestion: Option<String>,
    /// What the identifier tells: level, division, year, serial …
    pub details: Details,
    #[serde(skip)]
    personal: bool,
}

/// An identifier that was read.
struct Accepted {
    normalised: String,
    warnings: Vec<String>,
    details: Details,
}

impl Accepted {
    fn new(normalised: impl Into<String>) -> Self {
        Self { normalised: normalised.into(), warnings: Vec::new(), details: Details::default() }
    }

    fn warn(&mut self, warning: impl Into<String>) {
        self.warnings.push(warning.into());
    }
}

/// An identifier that was refused, with what it tells all the same.
struct Refused {
    error: IdentifierError,
    details: Details,
}

impl From<IdentifierError> for Refused {
    fn from(error: IdentifierError) -> Self {
        Self { error, details: Details::default() }
    }
}

/// Checks a text as an identifier of one kind.
pub fn check(kind: IdentifierKind, text: &str) -> Check {
    check_in(kind, text, &CheckContext::default())
}

/// [`check`] with what is known about the one whose identifier it is.
pub fn check_in(kind: IdentifierKind, text: &str, context: &CheckContext) -> Check {
    let bare = label::strip(kind, text);
    match examine(kind, &bare.text, context) {
        Ok(accepted) => {
            let mut warnings = bare.warnings;
            warnings.extend(accepted.warnings);
            Check {
                valid: true,
                normalised: Some(accepted.normalised),
                problems: Vec::new(),
                warnings,
                suggestion: None,
                details: accepted.details,
                personal: kind.is_personal(),
            }
        }
        Err(Refused { error, details }) => Check {
            valid: false,
            normalised: None,
            problems: vec![error.message],
            warnings: bare.warnings,
            suggestion: settle(kind, error.suggestion, &bare.text, context),
            details,
            personal: kind.is_personal(),
        },
    }
}

/// A suggestion that is valid itself: a suggestion may need the next one (152626 → 150923 → …). Without any, letters
/// for digits are tried.
fn settle(kind: IdentifierKind, first: Option<String>, typed: &str, context: &CheckContext) -> Option<String> {
    let guess = || Some(repair_digits(typed)).filter(|repaired| repaired != typed);
    let old_id = || (kind == IdentifierKind::PersonalId).then(|| persons::upgraded(typed)).flatten();
    let mut next = first.or_else(old_id).or_else(guess)?;
    for _ in 0..3 {
        match examine(kind, &next, context) {
            Ok(_) => return Some(next),
            Err(refused) => next = refused.error.suggestion?,
        }
    }
    None
}

fn examine(kind: IdentifierKind, text: &str, context: &CheckContext) -> Result<Accepted, Refused> {
    match kind {
        IdentifierKind::SiteCode => sites::site_code(text, context),
        IdentifierKind::Icp => sites::icp(text, context),
        IdentifierKind::Police => sites::police(text, context),
        IdentifierKind::Conac => sites::conac(text),
        IdentifierKind::Domain => sites::domain(text, context),
        IdentifierKind::ErrorReport => sites::error_report(text),
        IdentifierKind::CreditCode => documents::credit_code(text),
        IdentifierKind::OrganCode => documents::organ_code(text),
        IdentifierKind::DocumentNumber => documents::document_number(text),
        IdentifierKind::IndexNumber => documents::index_number(text),
        IdentifierKind::MapApproval => documents::map_approval(text),
        IdentifierKind::Date => documents::date(text),
        IdentifierKind::Division => places::division(text),
        IdentifierKind::PersonalId => persons::personal_id(text),
        IdentifierKind::Mobile => persons::mobile(text),
        IdentifierKind::BankCard => persons::bank_card(text),
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<String>| match value {
            Some(_) if self.personal => Some("***".to_owned()),
            other => other.clone(),
        };
        f.debug_struct("Check")
            .field("valid", &self.valid)
            .field("normalised", &shown(&self.normalised))
            .field("problems", &self.problems)
            .field("warnings", &self.warnings)
            .field("suggestion", &shown(&self.suggestion))
            .field("details", &self.details)
            .finish()
    }
}

#[cfg(test)]
mod tests;
