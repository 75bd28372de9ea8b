//! What owners are told when the due moment of their deadline moved (到期日变动通知).

use domain::ids::{DeadlineId, PersonId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, entity::prelude::Expr};
use serde::Serialize;
use uuid::Uuid;

use super::keys;
use crate::{
    Read, Result, Tx,
    columns::{chunks_of_keys, from_instant, from_optional_instant, to_instant, to_optional_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "deadline_notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub deadline: Uuid,
        pub person: Option<Uuid>,
        pub due_before: Option<DateTimeUtc>,
        pub due_after: Option<DateTimeUtc>,
        pub reason: String,
        pub created_at: DateTimeUtc,
        pub acknowledged_by: Option<Uuid>,
        pub acknowledged_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineNotice {
    /// Key.
    pub id: Uuid,
    /// Whose due moment moved.
    pub deadline: DeadlineId,
    /// Who is told; `None`: whoever handles the unit's deadlines.
    pub person: Option<PersonId>,
    /// The last moment before.
    pub due_before: Option<Timestamp>,
    /// The last moment now.
    pub due_after: Option<Timestamp>,
    /// Why, in Chinese.
    pub reason: String,
    /// When it was noticed.
    pub created_at: Timestamp,
    /// Who has seen it.
    pub acknowledged_by: Option<PersonId>,
    /// When.
    pub acknowledged_at: Option<Timestamp>,
}

/// Adds a notice.
pub async fn insert(tx: &Tx, notice: &DeadlineNotice) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(notice.id),
        deadline: Set(notice.deadline.0),
        person: Set(notice.person.map(|person| person.0)),
        due_before: Set(to_optional_instant(notice.due_before)),
        due_after: Set(to_optional_instant(notice.due_after)),
        reason: Set(notice.reason.clone()),
        created_at: Set(to_instant(notice.created_at)),
        acknowledged_by: Set(None),
        acknowledged_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The notice with this key.
pub async fn by_id(read: &Read, id: Uuid) -> Result<Option<DeadlineNotice>> {
    Ok(entity::Entity::find_by_id(id).one(read).await?.map(from_row))
}

/// Notices of these deadlines, the newest first; only those that nobody has seen when `open`.
pub async fn of(read: &Read, deadlines: &[DeadlineId], open: bool) -> Result<Vec<DeadlineNotice>> {
    let keys = keys(deadlines);
    let mut found = Vec::new();
    for chunk in chunks_of_keys(&keys) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Deadline.is_in(chunk.iter().copied()))
            .filter(Condition::all().add_option(open.then(|| entity::Column::AcknowledgedAt.is_null())))
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(entity::Column::Id)
            .limit(500)
            .all(read)
            .await?;
        found.extend(rows.into_iter().map(from_row));
    }
    Ok(found)
}

/// Marks a notice as seen; `false` when it was already.
pub async fn acknowledge(tx: &Tx, id: Uuid, by: PersonId) -> Result<bool> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::AcknowledgedBy, Expr::value(by.0))
        .col_expr(entity::Column::AcknowledgedAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::AcknowledgedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

fn from_row(row: entity::Model) -> DeadlineNotice {
    DeadlineNotice {
        id: row.id,
        deadline: row.deadline.into(),
        person: row.person.map(Into::into),
        due_before: from_optional_instant(row.due_before),
        due_after: from_optional_instant(row.due_after),
        reason: row.reason,
        created_at: from_instant(row.created_at),
        acknowledged_by: row.acknowledged_by.map(Into::into),
        acknowledged_at: from_optional_instant(row.acknowledged_at),
    }
}
