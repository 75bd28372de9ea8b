//! Units from a table: read it ([`table`]) → plan every line against the tree as it is ([`plan`]) → show → on
//! confirmation plan again, and write only if the plan is still the one that was shown ([`apply`]).

mod apply;
mod plan;
mod table;

use domain::{actor::Actor, unit_history::FieldChange};
use policy::{Action, Target};
use serde::Serialize;

use super::directory::Directory;
use crate::{App, AppError, AppResult, authorise};

pub use apply::{ImportOutcome, import_csv};
pub(super) use table::COLUMNS;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// A new unit.
    Created,
    /// An existing unit changes.
    Changed,
    /// The unit is already so.
    Same,
    /// Something is wrong with it; nothing of it is written.
    Rejected,
}

/// A line of the table and what becomes of it.
#[derive(Debug, Clone, Serialize)]
pub struct ImportLine {
    /// Line in the file, the heading being line 1.
    pub number: u64,
    /// Code of the unit.
    pub code: String,
    /// Name of the unit as it will be.
    pub name: String,
    /// What becomes of it.
    pub outcome: LineOutcome,
    /// Fields that change.
    pub changes: Vec<FieldChange>,
    /// Why it is rejected, in plain Chinese.
    pub problems: Vec<String>,
    /// The cells as they were read.
    pub cells: Vec<String>,
}

/// What an import would do.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPreview {
    /// Headings as they were read.
    pub heading: Vec<String>,
    /// Every line with content.
    pub lines: Vec<ImportLine>,
    /// New units.
    pub created: usize,
    /// Units that change.
    pub changed: usize,
    /// Units that are already so.
    pub same: usize,
    /// Lines that are rejected.
    pub rejected: usize,
    /// Stands for the plan as a whole: an import is written only while the plan is still this one.
    pub fingerprint: String,
}

/// Says what an import of this text would do. Nothing is written.
///
/// # Errors
/// [`AppError::Invalid`] of `file` when the headings cannot be used; [`AppError::Forbidden`] unless the actor
/// administers units somewhere.
pub async fn preview_import(app: &App, actor: &Actor, text: &str) -> AppResult<ImportPreview> {
    require_importer(app, actor)?;
    let read = app.store.snapshot().await?;
    let directory = Directory::load(&read).await?;
    Ok(plan::plan(app, actor, &table::read(text)?, directory, &app.ids).preview)
}

/// The rejected lines with their reasons, as CSV text with a byte-order mark, to be put right and imported again.
///
/// # Errors
/// As for [`preview_import`].
pub async fn rejected_csv(app: &App, actor: &Actor, text: &str) -> AppResult<String> {
    let preview = preview_import(app, actor, text).await?;
    let reasons: Vec<(Vec<&str>, String)> = preview
        .lines
        .iter()
        .filter(|line| line.outcome == LineOutcome::Rejected)
        .map(|line| (line.cells.iter().map(String::as_str).collect(), line.problems.join(" ")))
        .collect();
    let mut rows = vec![preview.heading.iter().map(String::as_str).chain([table::REASON]).collect::<Vec<_>>()];
    for (cells, reason) in &reasons {
        let missing = preview.heading.len().saturating_sub(cells.len());
        rows.push(cells.iter().copied().chain(std::iter::repeat_n("", missing)).chain([reason.as_str()]).collect());
    }
    super::csv_text::write(rows)
}

/// An empty table with the headings, as CSV text with a byte-order mark.
///
/// # Errors
/// None that a person can cause.
pub fn import_template() -> AppResult<String> {
    super::csv_text::write([COLUMNS.iter().map(|column| column.title).collect()])
}

/// Importing needs the right somewhere; each line then needs it at its own place.
fn require_importer(app: &App, actor: &Actor) -> AppResult<()> {
    let anywhere = actor
        .duties
        .iter()
        .any(|held| app.policy.decide(actor, Action::UnitImport, &Target::Unit { path: &held.unit_path }).allowed);
    if anywhere { Ok(()) } else { authorise::require(app, actor, Action::UnitImport, &Target::Platform) }
}

/// The plan shown is not the plan now.
fn plan_is_outdated() -> AppError {
    AppError::Conflict("您预览之后，单位资料又有变化。请重新核对下面的预览，再确认导入。".into())
}
