//! What became of the findings of the report before, noted whenever a new report is kept.
//!
//! A finding that is gone counts as corrected only when its words are gone: fewer of them stand in the field than the
//! report before had found. When the words are still there, a rule, an exception or a date changed, and the finding
//! merely vanished, which says nothing about the rule.

use std::collections::{HashMap, HashSet};

use domain::{edition::Edition, finding_outcome::Outcome, resource::Resource, time::beijing_date};
use screen::{Finding, Report};
use store::{finding_outcome::SeenFinding, screening::StoredScreening};

use crate::{
    AppError, AppResult,
    edition::{finding::ScreenedFinding, words::FindingWords},
};

/// Notes the new findings, and what became of those of the report before. Running it twice changes nothing more.
pub(super) async fn note_outcomes(
    tx: &store::Tx,
    edition: &Edition,
    resource: &Resource,
    before: Option<&StoredScreening>,
    now: (&StoredScreening, &[ScreenedFinding]),
) -> AppResult<()> {
    let (stored, findings) = now;
    let earlier: Vec<Finding> = match before {
        Some(before) => serde_json::from_str::<Report>(&before.report).map_err(AppError::internal)?.findings,
        None => Vec::new(),
    };
    if earlier.is_empty() && findings.is_empty() {
        return Ok(());
    }
    let words = FindingWords::of(edition);
    let known: HashMap<String, SeenFinding> = store::finding_outcome::of_resource(tx, resource.id)
        .await?
        .into_iter()
        .map(|(seen, _)| (seen.fingerprint.clone(), seen))
        .collect();
    let mut once = HashSet::new();
    let seen: Vec<SeenFinding> = findings
        .iter()
        .filter(|one| once.insert(one.finding.fingerprint.as_str()))
        .map(|one| SeenFinding {
            fingerprint: one.finding.fingerprint.clone(),
            check: one.finding.check.clone(),
            rule: one.finding.rule_id.clone(),
            words: words.key(&one.finding),
            severity: one.finding.severity.as_str().to_owned(),
            outcome: one.ignored().then_some(Outcome::Ignored),
        })
        .collect();
    let month = month_of(tx.now());
    store::finding_outcome::note_seen(tx, (resource.id, edition.id, resource.unit), &month, &seen).await?;

    let here = |one: &&ScreenedFinding, outcome: &[Outcome]| {
        known.get(&one.finding.fingerprint).and_then(|seen| seen.outcome).is_some_and(|was| outcome.contains(&was))
    };
    let key = |one: &ScreenedFinding| one.finding.fingerprint.clone();
    // Back again, or no longer covered: open once more.
    let gone_before = [Outcome::Corrected, Outcome::Vanished];
    let reopened: Vec<String> = findings
        .iter()
        .filter(|one| !one.ignored())
        .filter(|one| here(one, &gone_before) || here(one, &[Outcome::Ignored]))
        .map(key)
        .collect();
    let undecided = |one: &&ScreenedFinding| {
        known.get(&one.finding.fingerprint).is_some_and(|seen| seen.outcome.is_none()) || here(one, &gone_before)
    };
    let ignored: Vec<String> = findings.iter().filter(|one| one.ignored()).filter(undecided).map(key).collect();
    let present: HashSet<&str> = findings.iter().map(|one| one.finding.fingerprint.as_str()).collect();
    let gone: Vec<&Finding> = earlier
        .iter()
        .filter(|one| !present.contains(one.fingerprint.as_str()))
        .filter(|one| known.get(&one.fingerprint).is_some_and(|seen| seen.outcome.is_none()))
        .collect();
    let (corrected, vanished): (Vec<&Finding>, Vec<&Finding>) = gone.into_iter().partition(|one| {
        let key = known.get(&one.fingerprint).map(|seen| seen.words.as_str()).unwrap_or_default();
        words_are_gone(one, key, &words, findings, before, stored)
    });
    let keys = |list: Vec<&Finding>| list.into_iter().map(|one| one.fingerprint.clone()).collect::<Vec<_>>();
    for (list, outcome) in [
        (reopened, None),
        (ignored, Some(Outcome::Ignored)),
        (keys(corrected), Some(Outcome::Corrected)),
        (keys(vanished), Some(Outcome::Vanished)),
    ] {
        store::finding_outcome::decide(tx, resource.id, &list, outcome, tx.now()).await?;
    }
    Ok(())
}

/// `2026-11`, Beijing time.
pub(crate) fn month_of(at: jiff::Timestamp) -> String {
    let day = beijing_date(at);
    format!("{:04}-{:02}", day.year(), day.month())
}

fn words_are_gone(
    gone: &Finding,
    key: &str,
    words: &FindingWords,
    now: &[ScreenedFinding],
    before: Option<&StoredScreening>,
    stored: &StoredScreening,
) -> bool {
    let length = gone.range.map_or(0, |range| range.end - range.start);
    if let Some(standing) = words.occurrences(gone.field, &gone.rule_id, length, key) {
        let found = now.iter().filter(|one| one.finding.field == gone.field && words.key(&one.finding) == key).count();
        return standing <= found;
    }
    // A field as a whole, or one that cannot be read here: the same engine says otherwise because the text changed.
    before.is_some_and(|before| {
        before.engine_version == stored.engine_version && before.content_hash != stored.content_hash
    })
}
