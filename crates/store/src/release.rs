//! Rows of releases (发布版) and of the pages each of them changed.

mod newest;

pub use newest::newest;

use domain::{
    ids::{ReleaseId, SiteId},
    release::{Release, ReleaseCause},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{from_instant, from_json, insert_all, to_instant, to_json},
    live_page::StandingPage,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "release")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub site: Uuid,
        pub number: i64,
        pub cause: String,
        pub rolled_back_to: Option<i64>,
        pub pages_written: i64,
        pub pages_removed: i64,
        pub theme_version: String,
        pub made_by: Option<Uuid>,
        pub made_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod page {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "release_page")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub release: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
        pub before_page: Option<String>,
        pub after_page: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a release did at one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChange {
    /// Path inside the site.
    pub path: String,
    /// What stood there before; `None` when nothing did.
    pub before: Option<StandingPage>,
    /// What stands there now; `None` when it was taken away.
    pub after: Option<StandingPage>,
}

/// Adds a release with its pages.
pub async fn insert(tx: &Tx, release: &Release, pages: &[PageChange]) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(release.id.0),
        site: Set(release.site.0),
        number: Set(release.number),
        cause: Set(release.cause.as_str().to_owned()),
        rolled_back_to: Set(release.rolled_back_to),
        pages_written: Set(release.pages_written),
        pages_removed: Set(release.pages_removed),
        theme_version: Set(release.theme_version.clone()),
        made_by: Set(release.made_by.map(|person| person.0)),
        made_at: Set(to_instant(release.made_at)),
    })
    .exec_without_returning(tx)
    .await?;
    let rows = pages
        .iter()
        .map(|change| {
            Ok(page::ActiveModel {
                release: Set(release.id.0),
                path: Set(change.path.clone()),
                before_page: Set(change.before.as_ref().map(to_json).transpose()?),
                after_page: Set(change.after.as_ref().map(to_json).transpose()?),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    insert_all::<page::Entity, _>(tx, rows).await
}

/// One release of a site.
pub async fn by_number(read: &Read, site: SiteId, number: i64) -> Result<Option<Release>> {
    let query =
        entity::Entity::find().filter(entity::Column::Site.eq(site.0)).filter(entity::Column::Number.eq(number));
    query.one(read).await?.map(from_row).transpose()
}

/// Releases of a site, newest first, and how many there are.
pub async fn list(read: &Read, site: SiteId, offset: u64, limit: u64) -> Result<(Vec<Release>, u64)> {
    let query = entity::Entity::find().filter(entity::Column::Site.eq(site.0));
    let total = query.clone().count(read).await?;
    let rows = query.order_by_desc(entity::Column::Number).offset(offset).limit(limit).all(read).await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// Releases of a site numbered above `number`, oldest first.
pub async fn after(read: &Read, site: SiteId, number: i64) -> Result<Vec<Release>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .filter(entity::Column::Number.gt(number))
        .order_by_asc(entity::Column::Number)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// What a release did, by path.
pub async fn pages(read: &Read, release: ReleaseId) -> Result<Vec<PageChange>> {
    let rows = page::Entity::find()
        .filter(page::Column::Release.eq(release.0))
        .order_by_asc(page::Column::Path)
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| {
            let read_page = |column, json: Option<String>| {
                json.map(|json| from_json::<StandingPage>("release_page", column, &json)).transpose()
            };
            Ok(PageChange {
                before: read_page("before_page", row.before_page)?,
                after: read_page("after_page", row.after_page)?,
                path: row.path,
            })
        })
        .collect()
}

fn from_row(row: entity::Model) -> Result<Release> {
    Ok(Release {
        id: row.id.into(),
        site: row.site.into(),
        number: row.number,
        cause: ReleaseCause::parse(&row.cause).ok_or_else(|| StoreError::unreadable("release", "cause", &row.cause))?,
        rolled_back_to: row.rolled_back_to,
        pages_written: row.pages_written,
        pages_removed: row.pages_removed,
        theme_version: row.theme_version,
        made_by: row.made_by.map(Into::into),
        made_at: from_instant(row.made_at),
    })
}
