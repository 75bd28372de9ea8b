//! Rows of columns (栏目).

use domain::{
    column::Column,
    ids::{ColumnId, SiteId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, Tx, columns::require_one_row};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "site_column")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub site: Uuid,
        pub parent: Option<Uuid>,
        pub slug: String,
        pub path: String,
        pub name: String,
        pub column_type: String,
        pub description: String,
        pub keywords: String,
        pub position: i64,
        pub in_navigation: bool,
        pub active: bool,
        pub sensitive: bool,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds a column.
pub async fn insert(tx: &Tx, column: &Column) -> Result<()> {
    entity::Entity::insert(to_row(column)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves a column when `column.lock_version` is still the stored one; the stored one then is one higher.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when somebody else saved it first.
pub async fn update(tx: &Tx, column: &Column) -> Result<()> {
    let mut row = to_row(column);
    row.id = sea_orm::ActiveValue::NotSet;
    row.lock_version = Set(column.lock_version + 1);
    let outcome = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(column.id.0))
        .filter(entity::Column::LockVersion.eq(column.lock_version))
        .exec(tx)
        .await?;
    require_one_row("column", outcome.rows_affected)
}

/// The column with this key.
pub async fn by_id(read: &Read, id: ColumnId) -> Result<Option<Column>> {
    Ok(entity::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Reads a column and keeps others from changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: ColumnId) -> Result<Option<Column>> {
    Ok(entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row))
}

/// The column at this path of a site.
pub async fn by_path(read: &Read, site: SiteId, path: &str) -> Result<Option<Column>> {
    let row = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .filter(entity::Column::Path.eq(path))
        .one(read)
        .await?;
    Ok(row.map(from_row))
}

/// All columns of a site, closed ones too, siblings in their order.
pub async fn of_site(read: &Read, site: SiteId) -> Result<Vec<Column>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .order_by_asc(entity::Column::Position)
        .order_by_asc(entity::Column::Path)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn to_row(column: &Column) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(column.id.0),
        site: Set(column.site.0),
        parent: Set(column.parent.map(|id| id.0)),
        slug: Set(column.slug.clone()),
        path: Set(column.path.clone()),
        name: Set(column.name.clone()),
        column_type: Set(column.column_type.clone()),
        description: Set(column.description.clone()),
        keywords: Set(column.keywords.clone()),
        position: Set(column.position.into()),
        in_navigation: Set(column.in_navigation),
        active: Set(column.active),
        sensitive: Set(column.sensitive),
        lock_version: Set(column.lock_version),
    }
}

fn from_row(row: entity::Model) -> Column {
    Column {
        id: row.id.into(),
        site: row.site.into(),
        parent: row.parent.map(Into::into),
        slug: row.slug,
        path: row.path,
        name: row.name,
        column_type: row.column_type,
        description: row.description,
        keywords: row.keywords,
        position: i32::try_from(row.position).unwrap_or(i32::MAX),
        in_navigation: row.in_navigation,
        active: row.active,
        sensitive: row.sensitive,
        lock_version: row.lock_version,
    }
}
