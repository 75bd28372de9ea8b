//! The drafts of a migration on their way through review.

use domain::{
    duty::Duty,
    edition::EditionState,
    ids::{EditionId, MigrationId, OldPageId, ReviewId, ReviewStepId, UnitId},
    review::ReviewState,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoCondition},
};
use uuid::Uuid;

use super::page::entity as page;
use crate::{Read, Result, StoreError, columns::from_count, edition, review};

/// A draft of a migration with the step that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedEdition {
    /// The old page.
    pub page: OldPageId,
    /// The edition made of it.
    pub edition: EditionId,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state: EditionState,
    /// Blocking findings and warnings when it was made.
    pub findings: u64,
    /// The step that waits, when it is under review.
    pub waiting: Option<WaitingStep>,
}

/// The step that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingStep {
    /// The review.
    pub review: ReviewId,
    /// The step.
    pub step: ReviewStepId,
    /// 初审, 复审 …
    pub name: String,
    /// Place of the step in the chain.
    pub position: i64,
    /// The duty needed.
    pub duty: Duty,
    /// The unit whose reviewers decide.
    pub unit: UnitId,
}

#[derive(FromQueryResult)]
struct Row {
    page: Uuid,
    edition: Uuid,
    title: String,
    state: String,
    blocks: i64,
    warns: i64,
    review: Option<Uuid>,
    step: Option<Uuid>,
    name: Option<String>,
    position: Option<i64>,
    duty: Option<String>,
    unit: Option<Uuid>,
}

/// Every draft that was made, in the order the pages were found.
pub async fn of(read: &Read, migration: MigrationId) -> Result<Vec<QueuedEdition>> {
    let running = |_left, right: sea_orm::sea_query::DynIden| {
        Expr::col((right, review::entity::Column::State)).eq(ReviewState::Running.as_str()).into_condition()
    };
    let current = |left: sea_orm::sea_query::DynIden, right: sea_orm::sea_query::DynIden| {
        Expr::col((left, review::entity::Column::CurrentPosition))
            .eq(Expr::col((right, review::step::Column::Position)))
            .into_condition()
    };
    let to_edition: sea_orm::RelationDef = page::Entity::belongs_to(edition::entity::Entity)
        .from(page::Column::Edition)
        .to(edition::entity::Column::Id)
        .into();
    let to_review: sea_orm::RelationDef = edition::entity::Entity::belongs_to(review::entity::Entity)
        .from(edition::entity::Column::Id)
        .to(review::entity::Column::Edition)
        .on_condition(running)
        .into();
    let to_step: sea_orm::RelationDef = review::entity::Entity::belongs_to(review::step::Entity)
        .from(review::entity::Column::Id)
        .to(review::step::Column::Review)
        .on_condition(current)
        .into();
    let rows: Vec<Row> = page::Entity::find()
        .join(JoinType::InnerJoin, to_edition)
        .join(JoinType::LeftJoin, to_review)
        .join(JoinType::LeftJoin, to_step)
        .filter(Condition::all().add(page::Column::Migration.eq(migration.0)))
        .order_by_asc(page::Column::Id)
        .select_only()
        .column_as(page::Column::Id, "page")
        .column_as(edition::entity::Column::Id, "edition")
        .column_as(edition::entity::Column::Title, "title")
        .column_as(edition::entity::Column::State, "state")
        .columns([page::Column::Blocks, page::Column::Warns])
        .column_as(review::entity::Column::Id, "review")
        .column_as(review::step::Column::Id, "step")
        .column_as(review::step::Column::Name, "name")
        .column_as(review::step::Column::Position, "position")
        .column_as(review::step::Column::Duty, "duty")
        .column_as(review::step::Column::Unit, "unit")
        .into_model()
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: Row) -> Result<QueuedEdition> {
    let waiting = match (row.review, row.step, row.name, row.position, row.duty, row.unit) {
        (Some(review), Some(step), Some(name), Some(position), Some(duty), Some(unit)) => Some(WaitingStep {
            review: review.into(),
            step: step.into(),
            name,
            position,
            duty: Duty::parse(&duty).ok_or_else(|| StoreError::unreadable("review_step", "duty", &duty))?,
            unit: unit.into(),
        }),
        _ => None,
    };
    Ok(QueuedEdition {
        page: row.page.into(),
        edition: row.edition.into(),
        title: row.title,
        state: EditionState::parse(&row.state).ok_or_else(|| StoreError::unreadable("edition", "state", &row.state))?,
        findings: from_count(row.blocks + row.warns),
        waiting,
    })
}
