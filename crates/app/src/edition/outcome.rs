//! What became of the findings of the report before, noted whenever a new report is kept.
//!
//! A finding that is gone counts as corrected only when its words are gone: fewer of them stand in the field than the
//! report before had found. When the words are still there, a rule, an exception or a date changed, and the finding
//! merely vanished, which says nothing about the rule.

use std::collections::{HashMap, HashSet};

use domain::{edition::Edition, finding_outcome::Outcome, resource::Resource, time::beijing_date};
use screen::{Field, Finding, Report};
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
    // Where the words cannot tell: the same engine says otherwise because the text is another.
    let text_changed = before.is_some_and(|before| {
        before.engine_version == stored.engine_version && before.content_hash != stored.content_hash
    });
    let standing = Standing::of(&gone, &known, &words, findings);
    let (corrected, vanished): (Vec<&Finding>, Vec<&Finding>) =
        gone.into_iter().partition(|one| standing.words_are_gone(one, &known).unwrap_or(text_changed));
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

/// Which words of findings that are gone still stand in the text.
struct Standing {
    /// How often they stand there, by field, rule and length, then by key; `None` for fields that cannot be read.
    text: HashMap<(Field, String, usize), Option<HashMap<String, usize>>>,
    /// How often the new report still finds them.
    found: HashMap<(Field, String), usize>,
}

impl Standing {
    fn of(
        gone: &[&Finding],
        known: &HashMap<String, SeenFinding>,
        words: &FindingWords,
        now: &[ScreenedFinding],
    ) -> Self {
        let wanted: HashSet<&str> =
            gone.iter().filter_map(|one| Some(known.get(&one.fingerprint)?.words.as_str())).collect();
        let mut text = HashMap::new();
        for one in gone.iter().filter(|one| one.range.is_some()) {
            text.entry(group_of(one))
                .or_insert_with(|| words.occurrences(one.field, &one.rule_id, length_of(one), &wanted));
        }
        let mut found = HashMap::new();
        if !gone.is_empty() {
            for one in now {
                *found.entry((one.finding.field, words.key(&one.finding))).or_insert(0) += 1;
            }
        }
        Self { text, found }
    }

    /// Fewer of the words stand there than are still found; `None` when that cannot be told from the words: a field as
    /// a whole, or one that cannot be read here.
    fn words_are_gone(&self, gone: &Finding, known: &HashMap<String, SeenFinding>) -> Option<bool> {
        let counts = self.text.get(&group_of(gone))?.as_ref()?;
        let key = &known.get(&gone.fingerprint)?.words;
        let standing = counts.get(key).copied().unwrap_or(0);
        Some(standing <= self.found.get(&(gone.field, key.clone())).copied().unwrap_or(0))
    }
}

fn group_of(finding: &Finding) -> (Field, String, usize) {
    (finding.field, finding.rule_id.clone(), length_of(finding))
}

fn length_of(finding: &Finding) -> usize {
    finding.range.map_or(0, |range| range.end - range.start)
}
