//! Reviews (审核) and their steps.

use domain::{
    duty::Duty,
    ids::{EditionId, ReviewId, ReviewStepId},
    review::{Review, ReviewState, ReviewStep, StepOutcome},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, StoreError, Tx, columns};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition: Uuid,
        pub unit: Uuid,
        pub chain_name: String,
        pub state: String,
        pub current_position: i64,
        pub urgent_reason: Option<String>,
        pub content_hash: String,
        pub started_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod step {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review_step")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub review: Uuid,
        pub position: i64,
        pub name: String,
        pub duty: String,
        pub unit: Uuid,
        pub outcome: String,
        pub decided_by: Option<Uuid>,
        pub on_behalf_of: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub opinion: Option<String>,
        pub waiting_since: Option<DateTimeUtc>,
        pub due_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a review with its steps.
///
/// # Errors
/// [`StoreError::Duplicate`] when the edition is under review already.
pub async fn insert(tx: &Tx, review: &Review, chain_name: &str) -> Result<()> {
    let mut row = to_row(review);
    row.chain_name = Set(chain_name.to_owned());
    entity::Entity::insert(row).exec_without_returning(tx).await?;
    for one in &review.steps {
        step::Entity::insert(step_to_row(one)).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Saves the review and its steps if nobody else did since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else decided meanwhile.
pub async fn update(tx: &Tx, review: &Review) -> Result<()> {
    let mut row = to_row(review);
    row.lock_version = Set(review.lock_version + 1);
    let done = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(review.id.0))
        .filter(entity::Column::LockVersion.eq(review.lock_version))
        .exec(tx)
        .await?;
    columns::require_one_row("review", done.rows_affected)?;
    for one in &review.steps {
        step::Entity::update(step_to_row(one)).exec(tx).await?;
    }
    Ok(())
}

/// The review with this key.
pub async fn by_id(read: &Read, id: ReviewId) -> Result<Option<Review>> {
    match entity::Entity::find_by_id(id.0).one(read).await? {
        Some(row) => with_steps(read, row).await.map(Some),
        None => Ok(None),
    }
}

/// The review with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: ReviewId) -> Result<Option<Review>> {
    match entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await? {
        Some(row) => with_steps(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// All reviews of an edition, newest first.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Vec<Review>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .order_by_desc(entity::Column::StartedAt)
        .order_by_desc(entity::Column::Id)
        .all(read)
        .await?;
    let mut reviews = Vec::with_capacity(rows.len());
    for row in rows {
        reviews.push(with_steps(read, row).await?);
    }
    Ok(reviews)
}

/// The step with this key.
pub async fn step_by_id(read: &Read, id: ReviewStepId) -> Result<Option<ReviewStep>> {
    step::Entity::find_by_id(id.0).one(read).await?.map(step_from_row).transpose()
}

async fn with_steps(read: &Read, row: entity::Model) -> Result<Review> {
    let steps = step::Entity::find()
        .filter(step::Column::Review.eq(row.id))
        .order_by_asc(step::Column::Position)
        .all(read)
        .await?;
    Ok(Review {
        id: row.id.into(),
        edition: row.edition.into(),
        unit: row.unit.into(),
        state: ReviewState::parse(&row.state).ok_or_else(|| StoreError::unreadable("review", "state", &row.state))?,
        current_position: columns::from_count(row.current_position),
        urgent_reason: row.urgent_reason,
        content_hash: row.content_hash,
        started_at: columns::from_instant(row.started_at),
        ended_at: columns::from_optional_instant(row.ended_at),
        steps: steps.into_iter().map(step_from_row).collect::<Result<_>>()?,
        lock_version: row.lock_version,
    })
}

fn to_row(review: &Review) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(review.id.0),
        edition: Set(review.edition.0),
        unit: Set(review.unit.0),
        chain_name: sea_orm::NotSet,
        state: Set(review.state.as_str().to_owned()),
        current_position: Set(review.current_position.into()),
        urgent_reason: Set(review.urgent_reason.clone()),
        content_hash: Set(review.content_hash.clone()),
        started_at: Set(columns::to_instant(review.started_at)),
        ended_at: Set(columns::to_optional_instant(review.ended_at)),
        lock_version: Set(review.lock_version),
    }
}

fn step_to_row(one: &ReviewStep) -> step::ActiveModel {
    step::ActiveModel {
        id: Set(one.id.0),
        review: Set(one.review.0),
        position: Set(one.position.into()),
        name: Set(one.name.clone()),
        duty: Set(one.duty.as_str().to_owned()),
        unit: Set(one.unit.0),
        outcome: Set(one.outcome.as_str().to_owned()),
        decided_by: Set(one.decided_by.map(|person| person.0)),
        on_behalf_of: Set(one.on_behalf_of.map(|person| person.0)),
        decided_at: Set(columns::to_optional_instant(one.decided_at)),
        opinion: Set(one.opinion.clone()),
        waiting_since: Set(columns::to_optional_instant(one.waiting_since)),
        due_at: Set(columns::to_optional_instant(one.due_at)),
    }
}

fn step_from_row(row: step::Model) -> Result<ReviewStep> {
    Ok(ReviewStep {
        id: row.id.into(),
        review: row.review.into(),
        position: columns::from_count(row.position),
        name: row.name,
        duty: Duty::parse(&row.duty).ok_or_else(|| StoreError::unreadable("review_step", "duty", &row.duty))?,
        unit: row.unit.into(),
        outcome: StepOutcome::parse(&row.outcome)
            .ok_or_else(|| StoreError::unreadable("review_step", "outcome", &row.outcome))?,
        decided_by: row.decided_by.map(Into::into),
        on_behalf_of: row.on_behalf_of.map(Into::into),
        decided_at: columns::from_optional_instant(row.decided_at),
        opinion: row.opinion,
        waiting_since: columns::from_optional_instant(row.waiting_since),
        due_at: columns::from_optional_instant(row.due_at),
    })
}
