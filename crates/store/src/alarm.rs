//! Alarms: raised once per occasion, up until cleared.

use domain::{
    alarm::Alarm,
    ids::{AlarmId, UnitId},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
    entity::prelude::Expr,
};

use crate::{
    Read, Result, Scope, Tx,
    columns::{from_instant, from_optional_instant, to_instant},
    person::unit_part,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "alarm")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub dedupe_key: String,
        pub unit: Option<Uuid>,
        pub subject_id: String,
        pub message: String,
        pub raised_at: DateTimeUtc,
        pub cleared_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::unit_part::Entity",
            from = "Column::Unit",
            to = "crate::person::unit_part::Column::Id"
        )]
        Unit,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlarm {
    /// `noun.problem`.
    pub kind: String,
    /// Names the occasion.
    pub dedupe_key: String,
    /// Whose people are told; `None` for the system administrators.
    pub unit: Option<UnitId>,
    /// Key of the thing concerned.
    pub subject_id: String,
    /// Plain Chinese: what happened and what to do.
    pub message: String,
}

/// Raises an alarm; `false` when the same occasion is up already (its message is brought up to date). An occasion
/// that was cleared and happens again comes up again.
pub async fn raise(tx: &Tx, new: &NewAlarm) -> Result<bool> {
    let known =
        entity::Entity::find().filter(entity::Column::DedupeKey.eq(&new.dedupe_key)).lock_exclusive().one(tx).await?;
    let up_already = known.as_ref().is_some_and(|row| row.cleared_at.is_none());
    let raised_at = known.filter(|_| up_already).map_or_else(|| to_instant(tx.now()), |row| row.raised_at);
    let row = entity::ActiveModel {
        id: Set(tx.ids().uuid()),
        kind: Set(new.kind.clone()),
        dedupe_key: Set(new.dedupe_key.clone()),
        unit: Set(new.unit.map(|unit| unit.0)),
        subject_id: Set(new.subject_id.clone()),
        message: Set(new.message.clone()),
        raised_at: Set(raised_at),
        cleared_at: Set(None),
    };
    let conflict = sea_orm::sea_query::OnConflict::column(entity::Column::DedupeKey)
        .update_columns([entity::Column::Message, entity::Column::RaisedAt, entity::Column::ClearedAt])
        .to_owned();
    entity::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(!up_already)
}

/// Clears the alarm of an occasion; `false` when none was up.
pub async fn clear(tx: &Tx, dedupe_key: &str) -> Result<bool> {
    let outcome = entity::Entity::update_many()
        .col_expr(entity::Column::ClearedAt, Expr::value(to_instant(tx.now())))
        .filter(entity::Column::DedupeKey.eq(dedupe_key))
        .filter(entity::Column::ClearedAt.is_null())
        .exec(tx)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// The alarm with this key.
pub async fn by_id(read: &Read, id: AlarmId) -> Result<Option<Alarm>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Alarms that are up for units in `scope`, and those of the platform itself when `platform`; newest first.
pub async fn up(read: &Read, scope: &Scope, platform: bool, limit: u64) -> Result<Vec<Alarm>> {
    let whose = Condition::any()
        .add(Condition::all().add(entity::Column::Unit.is_not_null()).add(scope.condition(unit_part::Column::Path)))
        .add_option(platform.then(|| entity::Column::Unit.is_null()));
    let rows = entity::Entity::find()
        .join(JoinType::LeftJoin, entity::Relation::Unit.def())
        .filter(entity::Column::ClearedAt.is_null())
        .filter(whose)
        .order_by_desc(entity::Column::RaisedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn from_row(row: entity::Model) -> Alarm {
    Alarm {
        id: row.id.into(),
        kind: row.kind,
        dedupe_key: row.dedupe_key,
        unit: row.unit.map(Into::into),
        subject_id: row.subject_id,
        message: row.message,
        raised_at: from_instant(row.raised_at),
        cleared_at: from_optional_instant(row.cleared_at),
    }
}
