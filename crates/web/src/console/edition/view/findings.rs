//! What the machine found, with what people decided about it.

use std::collections::HashMap;

use app::{
    AppResult,
    edition::{ScreenedFinding, Screening, ink_place, suggestions},
};
use domain::{edition::Edition, ids::PersonId};
use jiff::{Timestamp, civil::Date};
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
    /// Advice, when it is no text to put in place of the words.
    pub advice: Option<String>,
    /// What to write instead, the best first.
    pub suggestions: Vec<String>,
    /// The rule it rests on.
    pub basis: String,
    /// Stable name of the rule, with the version of its pack.
    pub rule: String,
    /// `id` of its mark in the text, when it has a place there.
    pub mark: Option<String>,
    /// Name of the form field it is in.
    pub field: String,
    /// Characters of ink before it, and its length, in the body.
    pub place: Option<(usize, usize)>,
    /// 已知悉, 已改正, 本处忽略.
    pub decision: Option<DecisionView>,
    /// 已按例外忽略.
    pub exception: Option<ExceptionLine>,
    /// The request to let it pass.
    pub clearance: Option<ClearanceLine>,
    /// Stands in the way of submission.
    pub standing: bool,
    /// Nobody has to do anything about it any more.
    pub settled: bool,
    /// It is about personal data.
    pub privacy: bool,
}

/// Who decided, why and when.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionView {
    /// `accepted`, `corrected`, `overruled`.
    pub kind: &'static str,
    /// In words.
    pub words: &'static str,
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Option<String>,
}

/// The exception that covers a finding.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionLine {
    /// 本稿 or 本单位.
    pub scope: &'static str,
    /// Who asked for it.
    pub who: String,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Last day.
    pub until: Option<Date>,
}

/// A request to let a finding pass.
#[derive(Debug, Clone, Serialize)]
pub struct ClearanceLine {
    /// Key.
    pub id: String,
    /// `asked`, `granted`, `refused`.
    pub state: &'static str,
    /// In words.
    pub words: &'static str,
    /// It holds for this text and chain.
    pub holds: bool,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Who decides: name of the step.
    pub step: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub remark: Option<String>,
}

/// The newest report.
#[derive(Debug, Clone, Serialize)]
pub struct ScreeningView {
    /// Findings, grave ones first; settled ones last. Those that an exception covers are not among them.
    pub findings: Vec<FindingView>,
    /// Findings that an exception covers.
    pub ignored: Vec<FindingView>,
    /// Findings in the way of submission.
    pub standing: usize,
    /// Findings of personal data that can be masked.
    pub maskable: usize,
    /// Findings that the last reviewer let pass.
    pub cleared: Vec<FindingView>,
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
    let names = names(page, &screening.findings).await?;
    let view = |one: &ScreenedFinding| finding(edition, one, &names, screening.outdated);
    let (ignored, findings): (Vec<_>, Vec<_>) = screening.findings.iter().partition(|one| one.ignored());
    let mut findings: Vec<FindingView> = findings.into_iter().map(view).collect();
    findings.sort_by_key(|one| one.settled);
    Ok(Some(ScreeningView {
        standing: findings.iter().filter(|one| one.standing).count(),
        maskable: findings.iter().filter(|one| one.privacy && !one.suggestions.is_empty()).count(),
        cleared: findings.iter().filter(|one| one.clearance.as_ref().is_some_and(|line| line.holds)).cloned().collect(),
        ignored: ignored.into_iter().map(view).collect(),
        findings,
        at: screening.screened_at,
        outdated: screening.outdated,
    }))
}

/// One finding for a page of its own.
pub async fn finding_view(page: &Page, edition: &Edition, one: &ScreenedFinding) -> AppResult<FindingView> {
    let names = names(page, std::slice::from_ref(one)).await?;
    Ok(finding(edition, one, &names, false))
}

async fn names(page: &Page, findings: &[ScreenedFinding]) -> AppResult<HashMap<PersonId, String>> {
    let mut people: Vec<PersonId> = Vec::new();
    for one in findings {
        people.extend(one.disposition.as_ref().map(|decision| decision.decided_by));
        people.extend(one.exception.iter().flat_map(|one| [Some(one.proposed_by), one.decided_by]).flatten());
        people.extend(one.clearance.iter().flat_map(|one| [Some(one.asked_by), one.decided_by]).flatten());
    }
    app::names::people(page.app(), people).await
}

fn finding(edition: &Edition, one: &ScreenedFinding, names: &HashMap<PersonId, String>, outdated: bool) -> FindingView {
    let found = &one.finding;
    let field = found.field.to_string();
    let in_text = matches!(field.as_str(), "title" | "body");
    let name = |person: PersonId| names.get(&person).cloned().unwrap_or_default();
    // Adopting screens again first, so an outdated report is no hindrance.
    let suggestions = suggestions(found);
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
        advice: found.suggestion.clone().filter(|_| suggestions.is_empty()),
        suggestions,
        basis: found.basis.clone(),
        rule: format!("{}（{}）", found.rule_id, found.pack_version),
        mark: found.range.filter(|_| in_text && !outdated).map(|_| format!("finding-{}", found.fingerprint)),
        place: ink_place(edition, found).filter(|_| !outdated),
        field,
        decision: one.disposition.as_ref().map(|decision| DecisionView {
            kind: decision.kind.as_str(),
            words: decision.kind.chinese(),
            who: name(decision.decided_by),
            at: decision.decided_at,
            reason: decision.reason.clone(),
        }),
        exception: one.exception.as_ref().map(|exception| ExceptionLine {
            scope: if exception.resource.is_some() { "本稿" } else { "本单位" },
            who: name(exception.proposed_by),
            confirmed_by: exception.decided_by.map(name),
            reason: exception.reason.clone(),
            at: exception.proposed_at,
            until: exception.until,
        }),
        clearance: one.clearance.as_ref().map(|clearance| ClearanceLine {
            id: clearance.id.to_string(),
            state: clearance.state.as_str(),
            words: clearance.state.chinese(),
            holds: one.cleared,
            asked_by: name(clearance.asked_by),
            asked_at: clearance.asked_at,
            reason: clearance.reason.clone(),
            step: clearance.step.name.clone(),
            decided_by: clearance.decided_by.map(name),
            decided_at: clearance.decided_at,
            remark: clearance.remark.clone(),
        }),
        standing: one.stands_in_the_way(),
        settled: one.settled(),
        privacy: one.about_personal_data(),
    }
}
