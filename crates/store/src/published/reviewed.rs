//! What the proof of 先入库，后使用 needs: the state of editions that are live, and the reviews they passed.

use std::collections::BTreeMap;

use domain::{
    edition::{EditionState, file_digest},
    element::Elements,
    ids::{EditionId, PersonId, ResourceId, ReviewId},
    review::StepOutcome,
};
use sea_orm::{FromQueryResult, Value, entity::prelude::*};

use super::{attachments_of, places, statement};
use crate::{Read, Result, StoreError, columns::from_json};

/// An edition as it is now, with the reviews it passed.
#[derive(Debug, Clone)]
pub struct ReviewedEdition {
    /// The edition.
    pub edition: EditionId,
    /// Its resource.
    pub resource: ResourceId,
    /// 标题
    pub title: String,
    /// Its state now.
    pub state: EditionState,
    /// Clean HTML.
    pub body: String,
    /// Element table.
    pub elements: Elements,
    /// [`file_digest`]s of its files in order.
    pub file_digests: Vec<String>,
    /// Digest noted at submission.
    pub content_hash: Option<String>,
    /// Everyone who ever saved it.
    pub writers: Vec<PersonId>,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// Reviews that ended in a pass.
    pub passed: Vec<PassedReview>,
}

/// A review that ended in a pass.
#[derive(Debug, Clone)]
pub struct PassedReview {
    /// Its key.
    pub id: ReviewId,
    /// Digest of what was reviewed.
    pub content_hash: String,
    /// Steps: outcome and the persons whose eyes they count as.
    pub steps: Vec<(StepOutcome, Vec<PersonId>)>,
}

/// These editions, whatever their state, with the reviews they passed.
pub async fn reviewed_editions(read: &Read, editions: &[EditionId]) -> Result<Vec<ReviewedEdition>> {
    let mut found = Vec::with_capacity(editions.len());
    for chunk in editions.chunks(500) {
        let keys = || chunk.iter().map(|id| Value::from(id.0));
        let sql = format!(
            "SELECT id, resource, title, state, body, elements, content_hash, written_by, submitted_by
             FROM edition WHERE id IN ({})",
            places(1, chunk.len())
        );
        let rows = EditionRow::find_by_statement(statement(read, sql, keys())).all(read).await?;
        let sql = format!("SELECT edition, person FROM edition_writer WHERE edition IN ({})", places(1, chunk.len()));
        let mut writers: BTreeMap<Uuid, Vec<PersonId>> = BTreeMap::new();
        for row in WriterRow::find_by_statement(statement(read, sql, keys())).all(read).await? {
            writers.entry(row.edition).or_default().push(row.person.into());
        }
        let mut files = attachments_of(read, chunk).await?;
        let mut reviews = passed_reviews(read, chunk).await?;
        for row in rows {
            let edition = EditionId::from(row.id);
            let mut writers = writers.remove(&row.id).unwrap_or_default();
            writers.push(row.written_by.into());
            found.push(ReviewedEdition {
                edition,
                resource: row.resource.into(),
                title: row.title,
                state: EditionState::parse(&row.state)
                    .ok_or_else(|| StoreError::unreadable("edition", "state", &row.state))?,
                body: row.body,
                elements: from_json("edition", "elements", &row.elements)?,
                file_digests: files
                    .remove(&edition)
                    .unwrap_or_default()
                    .iter()
                    .map(|file| file_digest(&file.hash, &file.file_name))
                    .collect(),
                content_hash: row.content_hash,
                writers,
                submitted_by: row.submitted_by.map(Into::into),
                passed: reviews.remove(&edition).unwrap_or_default(),
            });
        }
    }
    Ok(found)
}

async fn passed_reviews(read: &Read, editions: &[EditionId]) -> Result<BTreeMap<EditionId, Vec<PassedReview>>> {
    let sql = format!(
        "SELECT v.id, v.edition, v.content_hash, s.outcome, s.decided_by, s.on_behalf_of
         FROM review v LEFT JOIN review_step s ON s.review = v.id
         WHERE v.state = 'passed' AND v.edition IN ({}) ORDER BY v.id, s.position",
        places(1, editions.len())
    );
    let values = editions.iter().map(|id| Value::from(id.0));
    let mut found: BTreeMap<EditionId, Vec<PassedReview>> = BTreeMap::new();
    for row in StepRow::find_by_statement(statement(read, sql, values)).all(read).await? {
        let reviews = found.entry(row.edition.into()).or_default();
        if reviews.last().is_none_or(|last| last.id != ReviewId::from(row.id)) {
            reviews.push(PassedReview { id: row.id.into(), content_hash: row.content_hash, steps: Vec::new() });
        }
        let (Some(review), Some(outcome)) = (reviews.last_mut(), row.outcome) else { continue };
        let outcome =
            StepOutcome::parse(&outcome).ok_or_else(|| StoreError::unreadable("review_step", "outcome", &outcome))?;
        let eyes = row.decided_by.into_iter().chain(row.on_behalf_of).map(PersonId::from).collect();
        review.steps.push((outcome, eyes));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct EditionRow {
    id: Uuid,
    resource: Uuid,
    title: String,
    state: String,
    body: String,
    elements: String,
    content_hash: Option<String>,
    written_by: Uuid,
    submitted_by: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct WriterRow {
    edition: Uuid,
    person: Uuid,
}

#[derive(FromQueryResult)]
struct StepRow {
    id: Uuid,
    edition: Uuid,
    content_hash: String,
    outcome: Option<String>,
    decided_by: Option<Uuid>,
    on_behalf_of: Option<Uuid>,
}
