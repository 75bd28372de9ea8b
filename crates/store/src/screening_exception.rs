//! Exceptions from the screening (机审例外): for an item, or for a unit until a day.

use domain::{
    ids::{ExceptionId, ResourceId, UnitId},
    screening_exception::{ExceptionState, ScreeningException},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{
    Read, Result, StoreError, Tx, UnitScope,
    columns::{from_instant, from_optional_instant, require_one_row, to_instant, to_optional_instant},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "screening_exception")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub scope: String,
        pub unit: Uuid,
        pub resource: Option<Uuid>,
        pub rule: String,
        pub words: String,
        pub excerpt: String,
        pub message: String,
        pub reason: String,
        pub until_day: Option<String>,
        pub state: String,
        pub proposed_by: Uuid,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
        pub ended_by: Option<Uuid>,
        pub ended_at: Option<DateTimeUtc>,
        pub end_reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds an exception.
///
/// # Errors
/// [`StoreError::Duplicate`] when the same one holds for the item or waits for the unit already.
pub async fn insert(tx: &Tx, exception: &ScreeningException) -> Result<()> {
    entity::Entity::insert(to_row(exception)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves an exception whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, exception: &ScreeningException) -> Result<()> {
    let done = entity::Entity::update_many()
        .set(to_row(exception))
        .filter(entity::Column::Id.eq(exception.id.0))
        .exec(tx)
        .await?;
    require_one_row("screening_exception", done.rows_affected)
}

/// The exception with this key.
pub async fn by_id(read: &Read, id: ExceptionId) -> Result<Option<ScreeningException>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The exception with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: ExceptionId) -> Result<Option<ScreeningException>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// Those in force that may cover findings of an item of a unit.
pub async fn in_force(read: &Read, unit: UnitId, resource: ResourceId) -> Result<Vec<ScreeningException>> {
    let place = Condition::any()
        .add(entity::Column::Resource.eq(resource.0))
        .add(Condition::all().add(entity::Column::Unit.eq(unit.0)).add(entity::Column::Scope.eq("unit")));
    let rows = entity::Entity::find()
        .filter(place)
        .filter(entity::Column::State.eq(ExceptionState::InForce.as_str()))
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Exceptions of a part of the tree, the newest first.
pub async fn list(
    read: &Read,
    scope: &UnitScope,
    state: Option<ExceptionState>,
    limit: u64,
) -> Result<Vec<ScreeningException>> {
    let rows = entity::Entity::find()
        .filter(scope.condition(entity::Column::Unit))
        .filter(Condition::all().add_option(state.map(|state| entity::Column::State.eq(state.as_str()))))
        .order_by_desc(entity::Column::ProposedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn to_row(one: &ScreeningException) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(one.id.0),
        scope: Set(if one.resource.is_some() { "item" } else { "unit" }.to_owned()),
        unit: Set(one.unit.0),
        resource: Set(one.resource.map(|resource| resource.0)),
        rule: Set(one.rule.clone()),
        words: Set(one.words.clone()),
        excerpt: Set(one.excerpt.clone()),
        message: Set(one.message.clone()),
        reason: Set(one.reason.clone()),
        until_day: Set(one.until.map(|day| day.to_string())),
        state: Set(one.state.as_str().to_owned()),
        proposed_by: Set(one.proposed_by.0),
        proposed_at: Set(to_instant(one.proposed_at)),
        decided_by: Set(one.decided_by.map(|person| person.0)),
        decided_at: Set(to_optional_instant(one.decided_at)),
        remark: Set(one.remark.clone()),
        ended_by: Set(one.ended_by.map(|person| person.0)),
        ended_at: Set(to_optional_instant(one.ended_at)),
        end_reason: Set(one.end_reason.clone()),
    }
}

fn from_row(row: entity::Model) -> Result<ScreeningException> {
    const TABLE: &str = "screening_exception";
    let until =
        row.until_day.as_deref().map(|text| text.parse().map_err(|_| StoreError::unreadable(TABLE, "until_day", text)));
    Ok(ScreeningException {
        id: row.id.into(),
        unit: row.unit.into(),
        resource: row.resource.map(Into::into),
        rule: row.rule,
        words: row.words,
        excerpt: row.excerpt,
        message: row.message,
        reason: row.reason,
        until: until.transpose()?,
        state: ExceptionState::parse(&row.state).ok_or_else(|| StoreError::unreadable(TABLE, "state", &row.state))?,
        proposed_by: row.proposed_by.into(),
        proposed_at: from_instant(row.proposed_at),
        decided_by: row.decided_by.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        remark: row.remark,
        ended_by: row.ended_by.map(Into::into),
        ended_at: from_optional_instant(row.ended_at),
        end_reason: row.end_reason,
    })
}
