//! Rows of packs.

use domain::ids::{LexiconPackId, PersonId, UnitId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};
use serde::Serialize;

use crate::{
    Read, Result, Scope, Tx,
    columns::{from_instant, require_one_row, to_instant},
    person::unit_part,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lexicon_pack")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        pub name: String,
        pub unit: Uuid,
        pub corrects: Option<String>,
        pub category: String,
        pub severity: String,
        pub message: String,
        pub source: String,
        pub active: bool,
        pub revision: i64,
        pub version: String,
        pub entries: i64,
        pub created_by: Uuid,
        pub created_at: DateTimeUtc,
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

/// A pack that an office keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredPack {
    /// Key.
    pub id: LexiconPackId,
    /// Stable word; part of the rule id of every hit.
    pub code: String,
    /// Name shown to people.
    pub name: String,
    /// Who keeps it; it concerns this unit and everything below.
    pub unit: UnitId,
    /// The starter pack whose entries it switches off or makes milder.
    pub corrects: Option<String>,
    /// Kind of fault, as the screening calls it.
    pub category: String,
    /// Gravity of words that state none, as the screening calls it.
    pub severity: String,
    /// What is said of a word that brings no sentence of its own.
    pub message: String,
    /// Where the words come from.
    pub source: String,
    /// Screened with; a pack out of use keeps its words.
    pub active: bool,
    /// Counts confirmed change sets; 0 before the first.
    pub revision: i64,
    /// Name of the newest version; empty before the first.
    pub version: String,
    /// Words in force.
    pub entries: i64,
    /// Who began it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
}

/// Adds a pack.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] of `lexicon_pack(corrects)` when the starter pack has one already.
pub async fn insert(tx: &Tx, pack: &StoredPack) -> Result<()> {
    entity::Entity::insert(to_row(pack)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves a pack whose row is locked.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, pack: &StoredPack) -> Result<()> {
    let done =
        entity::Entity::update_many().set(to_row(pack)).filter(entity::Column::Id.eq(pack.id.0)).exec(tx).await?;
    require_one_row("lexicon_pack", done.rows_affected)
}

/// The pack with this key.
pub async fn by_id(read: &Read, id: LexiconPackId) -> Result<Option<StoredPack>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// The pack with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: LexiconPackId) -> Result<Option<StoredPack>> {
    Ok(entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row))
}

/// The pack that corrects this starter pack.
pub async fn of_starter(read: &Read, code: &str) -> Result<Option<StoredPack>> {
    Ok(entity::Entity::find().filter(entity::Column::Corrects.eq(code)).one(read).await?.map(from_row))
}

/// What these units keep, by code.
pub async fn of_units(read: &Read, units: &[UnitId]) -> Result<Vec<StoredPack>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Unit.is_in(units.iter().map(|unit| unit.0)))
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// What these units keep and the screening uses: in use, with at least one confirmed version.
pub async fn in_force(read: &Read, units: &[UnitId]) -> Result<Vec<StoredPack>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Unit.is_in(units.iter().map(|unit| unit.0)))
        .filter(entity::Column::Active.eq(true))
        .filter(entity::Column::Revision.gt(0))
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// What exactly these units or any unit below the scope keep, by name.
pub async fn in_reach(read: &Read, units: &[UnitId], below: &Scope) -> Result<Vec<StoredPack>> {
    let rows = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(
            Condition::any()
                .add(entity::Column::Unit.is_in(units.iter().map(|unit| unit.0)))
                .add(below.condition(unit_part::Column::Path)),
        )
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn to_row(pack: &StoredPack) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(pack.id.0),
        code: Set(pack.code.clone()),
        name: Set(pack.name.clone()),
        unit: Set(pack.unit.0),
        corrects: Set(pack.corrects.clone()),
        category: Set(pack.category.clone()),
        severity: Set(pack.severity.clone()),
        message: Set(pack.message.clone()),
        source: Set(pack.source.clone()),
        active: Set(pack.active),
        revision: Set(pack.revision),
        version: Set(pack.version.clone()),
        entries: Set(pack.entries),
        created_by: Set(pack.created_by.0),
        created_at: Set(to_instant(pack.created_at)),
    }
}

fn from_row(row: entity::Model) -> StoredPack {
    StoredPack {
        id: row.id.into(),
        code: row.code,
        name: row.name,
        unit: row.unit.into(),
        corrects: row.corrects,
        category: row.category,
        severity: row.severity,
        message: row.message,
        source: row.source,
        active: row.active,
        revision: row.revision,
        version: row.version,
        entries: row.entries,
        created_by: row.created_by.into(),
        created_at: from_instant(row.created_at),
    }
}
