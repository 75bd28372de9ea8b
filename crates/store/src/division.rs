//! Rows of administrative divisions (行政区划). They are facts: seeded, never typed in the console.

use domain::{
    division::{Division, DivisionLevel},
    identifier::DivisionCode,
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, Set};

use crate::{Read, Result, StoreError, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "division")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name: String,
        pub level: String,
        pub kind: String,
        pub parent: Option<String>,
        pub short_name: String,
        pub active: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Every division, by code, which puts each one after the division above it.
pub async fn all(read: &Read) -> Result<Vec<Division>> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Code).all(read).await?;
    rows.into_iter().map(from_row).collect()
}

/// The division with this code.
pub async fn by_code(read: &Read, code: &DivisionCode) -> Result<Option<Division>> {
    entity::Entity::find_by_id(code.as_str()).one(read).await?.map(from_row).transpose()
}

/// The division with this code and every one above it, the particular first.
pub async fn with_those_above(read: &Read, code: &DivisionCode) -> Result<Vec<Division>> {
    let mut chain: Vec<Division> = Vec::new();
    let mut next = Some(code.clone());
    // Three levels exist; the bound keeps damaged data from turning the climb into a circle.
    while let (Some(code), true) = (next.take(), chain.len() < 8) {
        if let Some(division) = by_code(read, &code).await? {
            next.clone_from(&division.parent);
            chain.push(division);
        }
    }
    Ok(chain)
}

/// How many divisions there are.
pub async fn count(read: &Read) -> Result<u64> {
    Ok(entity::Entity::find().count(read).await?)
}

/// Adds divisions; each must come after the one above it.
pub async fn insert_all(tx: &Tx, divisions: &[Division]) -> Result<()> {
    columns::insert_all::<entity::Entity, _>(tx, divisions.iter().map(to_row).collect()).await
}

fn to_row(division: &Division) -> entity::ActiveModel {
    entity::ActiveModel {
        code: Set(division.code.to_string()),
        name: Set(division.name.clone()),
        level: Set(division.level.as_str().to_owned()),
        kind: Set(division.kind.clone()),
        parent: Set(division.parent.as_ref().map(DivisionCode::to_string)),
        short_name: Set(division.short_name.clone()),
        active: Set(division.active),
    }
}

fn from_row(row: entity::Model) -> Result<Division> {
    Ok(Division {
        level: DivisionLevel::parse(&row.level)
            .ok_or_else(|| StoreError::unreadable("division", "level", &row.level))?,
        code: columns::from_identifier("division", &row.code, "code", &row.code)?,
        name: row.name,
        kind: row.kind,
        parent: columns::from_optional_identifier("division", &row.code, "parent", row.parent.as_deref())?,
        short_name: row.short_name,
        active: row.active,
    })
}
