//! What the machine found, with what people decided about it.

use app::{
    AppResult,
    edition::{ScreenedFinding, Screening, can_be_adopted, ink_place},
};
use domain::edition::Edition;
use jiff::Timestamp;
use serde::Serialize;

use crate::console::page::Page;

/// One finding, as the `finding` macro shows it.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// Fingerprint.
    pub id: String,
    /// `blocking`, `warning`, `notice`.
    pub severity: &'static str,
    /// Kind of fault and field.
    pub title: String,
    /// What is wrong.
    pub message: String,
    /// The words in question.
    pub excerpt: String,
    /// What to write instead, or advice.
    pub suggestion: Option<String>,
    /// The rule it rests on.
    pub basis: String,
    /// `id` of its mark in the text, when it has a place there.
    pub mark: Option<String>,
    /// Name of the form field it is in.
    pub field: String,
    /// Characters of ink before it, and its length, in the body.
    pub place: Option<(usize, usize)>,
    /// `accepted`, `corrected`, `overruled`.
    pub state: Option<&'static str>,
    /// Why, and who decided.
    pub reason: Option<String>,
    /// Stands in the way of submission.
    pub standing: bool,
    /// The suggestion can be put in place of the words.
    pub adoptable: bool,
}

/// The newest report.
#[derive(Debug, Clone, Serialize)]
pub struct ScreeningView {
    /// Findings, grave ones first; settled ones last.
    pub findings: Vec<FindingView>,
    /// Findings in the way of submission.
    pub standing: usize,
    /// When.
    pub at: Timestamp,
    /// The text has changed since.
    pub outdated: bool,
}

/// A report for a page; `None` when the edition was never screened.
pub async fn screening_view(
    page: &Page,
    edition: &Edition,
    screening: Option<&Screening>,
) -> AppResult<Option<ScreeningView>> {
    let Some(screening) = screening else { return Ok(None) };
    let deciders = screening.findings.iter().filter_map(|one| one.disposition.as_ref()).map(|one| one.decided_by);
    let names = app::names::people(page.app(), deciders).await?;
    let mut findings: Vec<FindingView> = screening
        .findings
        .iter()
        .map(|one| {
            let decision = one.disposition.as_ref();
            let who = decision.and_then(|decision| names.get(&decision.decided_by)).cloned().unwrap_or_default();
            let reason = decision.map(|decision| match &decision.reason {
                Some(reason) => format!("{reason}（{who}）"),
                None => who,
            });
            finding(edition, one, reason, screening.outdated)
        })
        .collect();
    findings.sort_by_key(|one| one.state.is_some() && !one.standing);
    let standing = findings.iter().filter(|one| one.standing).count();
    Ok(Some(ScreeningView { findings, standing, at: screening.screened_at, outdated: screening.outdated }))
}

fn finding(edition: &Edition, one: &ScreenedFinding, reason: Option<String>, outdated: bool) -> FindingView {
    let found = &one.finding;
    let field = found.field.to_string();
    let in_text = matches!(field.as_str(), "title" | "body");
    FindingView {
        id: found.fingerprint.clone(),
        severity: match found.severity.as_str() {
            "block" => "blocking",
            "warn" => "warning",
            _ => "notice",
        },
        title: format!("{} · {}", found.category.chinese(), found.field.chinese()),
        message: found.message.clone(),
        excerpt: found.excerpt.clone(),
        suggestion: found.suggestion.clone(),
        basis: found.basis.clone(),
        mark: found.range.filter(|_| in_text && !outdated).map(|_| format!("finding-{}", found.fingerprint)),
        place: ink_place(edition, found).filter(|_| !outdated),
        field,
        state: one.disposition.as_ref().map(|decision| decision.kind.as_str()),
        reason,
        standing: one.stands_in_the_way(),
        // Adopting screens again first, so an outdated report is no hindrance.
        adoptable: can_be_adopted(found),
    }
}
