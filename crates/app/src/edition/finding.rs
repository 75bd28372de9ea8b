//! A finding of the machine joined with everything that people decided about it.

use domain::{
    clearance::{Clearance, ClearanceState, LastStep},
    disposition::Disposition,
    edition::Edition,
    resource::Resource,
    screening_exception::{FindingCase, ScreeningException},
    time::beijing_date,
};
use jiff::{Timestamp, civil::Date};
use screen::{Category, Finding, Report, Severity};

use crate::{
    App, AppError, AppResult,
    edition::{
        load::Loaded,
        screen::{hash_of, run_in},
        words::FindingWords,
    },
    review_chain::resolve_in,
};

/// A finding with the decisions about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenedFinding {
    /// What the machine noticed.
    pub finding: Finding,
    /// What a person decided, if anybody did.
    pub disposition: Option<Disposition>,
    /// The exception that covered it on the day of the screening.
    pub exception: Option<ScreeningException>,
    /// The newest request to let it pass, for the same words.
    pub clearance: Option<Clearance>,
    /// The last reviewer let it pass, and that still holds.
    pub cleared: bool,
}

impl ScreenedFinding {
    /// Still stands in the way of submission: a blocking finding that the last reviewer did not let pass.
    pub fn stands_in_the_way(&self) -> bool {
        self.finding.severity == Severity::Block && !self.cleared
    }

    /// It is about personal data, which can be masked.
    pub fn about_personal_data(&self) -> bool {
        self.finding.category == Category::Privacy
    }

    /// Folded away and not counted.
    pub fn ignored(&self) -> bool {
        self.exception.is_some()
    }

    /// Nobody has to do anything about it any more.
    pub fn settled(&self) -> bool {
        self.ignored() || self.cleared || (self.finding.severity != Severity::Block && self.disposition.is_some())
    }
}

/// Everything that people decided about the findings of an edition.
pub(crate) struct Known {
    dispositions: Vec<Disposition>,
    exceptions: Vec<ScreeningException>,
    clearances: Vec<Clearance>,
    last: Option<LastStep>,
}

impl Known {
    /// Reads it.
    pub(crate) async fn load(read: &store::Read, edition: &Edition, resource: &Resource) -> AppResult<Self> {
        let clearances = store::clearance::of_edition(read, edition.id).await?;
        // Once the chain has begun, what was granted for it stands.
        let chain_matters = edition.state.editable() && !clearances.is_empty();
        let last = match chain_matters {
            true => resolve_in(read, resource).await?.last_step(resource.unit),
            false => None,
        };
        Ok(Self {
            dispositions: store::screening::dispositions(read, edition.id).await?,
            exceptions: store::screening_exception::in_force(read, resource.unit, resource.id).await?,
            clearances,
            last,
        })
    }

    /// Joins it with a report that was made at `screened_at`.
    pub(crate) fn join(
        &self,
        edition: &Edition,
        resource: &Resource,
        findings: Vec<Finding>,
        screened_at: Timestamp,
    ) -> Vec<ScreenedFinding> {
        let words = FindingWords::of(edition);
        let day = beijing_date(screened_at);
        findings.into_iter().map(|finding| self.join_one(edition, resource, finding, &words, day)).collect()
    }

    fn join_one(
        &self,
        edition: &Edition,
        resource: &Resource,
        finding: Finding,
        words: &FindingWords,
        day: Date,
    ) -> ScreenedFinding {
        let key = words.key(&finding);
        let case = case_of(&finding, resource, &key);
        let exception = self.exceptions.iter().find(|one| one.covers(&case, day)).cloned();
        let same = |one: &&Clearance| {
            one.fingerprint == finding.fingerprint && one.words == key && one.state != ClearanceState::Withdrawn
        };
        let clearance = self.clearances.iter().find(same).cloned();
        let cleared =
            clearance.as_ref().is_some_and(|one| one.holds(edition.id, &finding.fingerprint, &key, self.last.as_ref()));
        let disposition =
            self.dispositions.iter().find(|decision| decision.fingerprint == finding.fingerprint).cloned();
        ScreenedFinding { finding, disposition, exception, clearance, cleared }
    }
}

/// What an exception asks about a finding.
pub(crate) fn case_of<'a>(finding: &'a Finding, resource: &Resource, words: &'a str) -> FindingCase<'a> {
    FindingCase {
        unit: resource.unit,
        resource: resource.id,
        rule: &finding.rule_id,
        words,
        blocks: finding.severity == Severity::Block,
        privacy: finding.category == Category::Privacy,
    }
}

/// A finding of the present text with the digest of its words; an outdated report is made anew first.
///
/// # Errors
/// [`AppError::NotFound`] when the present text has no such finding.
pub(crate) async fn known_finding(
    app: &App,
    tx: &store::Tx,
    loaded: &Loaded,
    fingerprint: &str,
) -> AppResult<(Finding, FindingWords)> {
    let (edition, resource) = (&loaded.edition, &loaded.resource);
    let attachments = store::attachment::of_edition(tx, edition.id).await?;
    let stored = store::screening::latest(tx, edition.id).await?;
    let report: Report = match stored.filter(|stored| stored.content_hash == hash_of(edition, &attachments)) {
        Some(stored) => serde_json::from_str(&stored.report).map_err(AppError::internal)?,
        None => run_in(app, tx, edition, resource, false).await?,
    };
    let found = report.findings.into_iter().find(|one| one.fingerprint() == fingerprint);
    let finding = found.ok_or_else(|| AppError::NotFound("机审意见（可能已随修改消失，请重新机审）".into()))?;
    Ok((finding, FindingWords::of(edition)))
}
