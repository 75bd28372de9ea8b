//! The work desk (工作台): steps that wait for somebody's decision, and reviews owed after an urgent publication.

use domain::{
    duty::Duty,
    ids::{EditionId, PersonId, ResourceId, ReviewId, ReviewStepId, UnitId},
    resource::ResourceKind,
    review::{ReviewState, StepOutcome},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use crate::{Read, Result, StoreError, columns, edition, resource, review};

/// A duty at a unit whose waiting steps are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskDuty {
    /// The reviewing duty.
    pub duty: Duty,
    /// The unit it is held at.
    pub unit: UnitId,
}

/// One line of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// The review.
    pub review: ReviewId,
    /// The step that waits.
    pub step: ReviewStepId,
    /// Its edition.
    pub edition: EditionId,
    /// Its resource.
    pub resource: ResourceId,
    /// Type.
    pub kind: ResourceKind,
    /// Title.
    pub title: String,
    /// 初审, 复审 …
    pub step_name: String,
    /// Place of the step in the chain.
    pub position: i32,
    /// The duty needed.
    pub duty: Duty,
    /// The unit whose reviewers decide.
    pub unit: UnitId,
    /// Urgent path.
    pub urgent: bool,
    /// Since when it waits.
    pub waiting_since: Option<Timestamp>,
    /// When it is overdue.
    pub due_at: Option<Timestamp>,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
}

#[derive(FromQueryResult)]
struct Row {
    review: Uuid,
    step: Uuid,
    edition: Uuid,
    resource: Uuid,
    kind: String,
    title: String,
    step_name: String,
    position: i64,
    duty: String,
    unit: Uuid,
    urgent_reason: Option<String>,
    waiting_since: Option<DateTimeUtc>,
    due_at: Option<DateTimeUtc>,
    submitted_by: Option<Uuid>,
}

/// Steps whose turn it is and that holders of these duties may decide, oldest first.
pub async fn waiting(read: &Read, duties: &[DeskDuty], limit: u64) -> Result<Vec<DeskRow>> {
    let mine = Condition::all()
        .add(review::step::Column::Outcome.eq(StepOutcome::Waiting.as_str()))
        .add(review::step::Column::WaitingSince.is_not_null())
        .add(review::entity::Column::State.eq(ReviewState::Running.as_str()));
    rows(read, mine, duties, limit).await
}

/// Steps skipped on the urgent path that still await their review (补审), oldest first.
pub async fn owed(read: &Read, duties: &[DeskDuty], limit: u64) -> Result<Vec<DeskRow>> {
    let mine = Condition::all().add(review::step::Column::Outcome.eq(StepOutcome::Skipped.as_str()));
    rows(read, mine, duties, limit).await
}

async fn rows(read: &Read, condition: Condition, duties: &[DeskDuty], limit: u64) -> Result<Vec<DeskRow>> {
    let mut any = nothing();
    for one in duties {
        any = any.add(
            Condition::all()
                .add(review::step::Column::Duty.eq(one.duty.as_str()))
                .add(review::step::Column::Unit.eq(one.unit.0)),
        );
    }
    let query = review::step::Entity::find()
        .join(
            JoinType::InnerJoin,
            review::step::Entity::belongs_to(review::entity::Entity)
                .from(review::step::Column::Review)
                .to(review::entity::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            review::entity::Entity::belongs_to(edition::entity::Entity)
                .from(review::entity::Column::Edition)
                .to(edition::entity::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            edition::entity::Entity::belongs_to(resource::entity::Entity)
                .from(edition::entity::Column::Resource)
                .to(resource::entity::Column::Id)
                .into(),
        )
        .filter(condition)
        .filter(any);
    let found = columns::order_nulls_last(query, review::step::Column::WaitingSince, sea_orm::Order::Asc)
        .order_by_asc(review::step::Column::Id)
        .select_only()
        .column_as(review::entity::Column::Id, "review")
        .column_as(review::step::Column::Id, "step")
        .column_as(edition::entity::Column::Id, "edition")
        .column_as(resource::entity::Column::Id, "resource")
        .column(resource::entity::Column::Kind)
        .column(edition::entity::Column::Title)
        .column_as(review::step::Column::Name, "step_name")
        .columns([
            review::step::Column::Position,
            review::step::Column::Duty,
            review::step::Column::Unit,
            review::step::Column::WaitingSince,
            review::step::Column::DueAt,
        ])
        .column(review::entity::Column::UrgentReason)
        .column(edition::entity::Column::SubmittedBy)
        .limit(limit)
        .into_model::<Row>()
        .all(read)
        .await?;
    found.into_iter().map(from_row).collect()
}

fn from_row(row: Row) -> Result<DeskRow> {
    Ok(DeskRow {
        review: row.review.into(),
        step: row.step.into(),
        edition: row.edition.into(),
        resource: row.resource.into(),
        kind: ResourceKind::parse(&row.kind).ok_or_else(|| StoreError::unreadable("resource", "kind", &row.kind))?,
        title: row.title,
        step_name: row.step_name,
        position: columns::from_count(row.position),
        duty: Duty::parse(&row.duty).ok_or_else(|| StoreError::unreadable("review_step", "duty", &row.duty))?,
        unit: row.unit.into(),
        urgent: row.urgent_reason.is_some(),
        waiting_since: columns::from_optional_instant(row.waiting_since),
        due_at: columns::from_optional_instant(row.due_at),
        submitted_by: row.submitted_by.map(Into::into),
    })
}

/// The start of a list of alternatives: without one it matches nothing (an empty `any` would match everything).
fn nothing() -> Condition {
    Condition::any().add(sea_orm::sea_query::ExprTrait::eq(Expr::val(1), 0))
}
