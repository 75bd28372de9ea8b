//! What is live now: path → bytes, and what each page was made from.

use domain::{
    ids::{EditionId, ResourceId, SiteId},
    release::LivePage,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{LikeExpr, OnConflict},
};
use serde::{Deserialize, Serialize};

use crate::{
    Read, Result, Tx,
    columns::{chunks_of_keys, escaped_for_like, from_json, insert_all, to_json},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "live_page")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub site: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
        pub hash: String,
        pub media_type: String,
        pub status: i64,
        pub edition: Option<Uuid>,
        pub size: i64,
        pub sources: String,
        pub release_number: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod dependency {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "page_dependency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub site: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub dependency: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub path: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a page was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// `resource:<id>`, `column:<id>`, `items:<id>`, sorted: a change of these renders the page again.
    pub dependencies: Vec<String>,
    /// Every edition it shows or names; what the proof of 先入库，后使用 looks at.
    pub shown: Vec<(ResourceId, EditionId)>,
}

/// A live page with what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingPage {
    /// What is served.
    pub page: LivePage,
    /// What it was made from.
    pub sources: Sources,
}

/// Everything live on a site with its sources, by path.
pub async fn all_standing(read: &Read, site: SiteId) -> Result<Vec<StandingPage>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .order_by_asc(entity::Column::Path)
        .all(read)
        .await?;
    rows.into_iter().map(standing).collect()
}

/// Everything live on a site, by path.
pub async fn all(read: &Read, site: SiteId) -> Result<Vec<LivePage>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Site.eq(site.0))
        .order_by_asc(entity::Column::Path)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// What is live at these paths, with its sources.
pub async fn at(read: &Read, site: SiteId, paths: &[String]) -> Result<Vec<StandingPage>> {
    let mut found = Vec::new();
    for chunk in chunks_of_keys(paths) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Site.eq(site.0))
            .filter(entity::Column::Path.is_in(chunk.iter().map(String::as_str)))
            .all(read)
            .await?;
        found.extend(rows.into_iter().map(standing).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// Live paths at the top of a site that begin with this word.
pub async fn named_like(read: &Read, site: SiteId, word: &str) -> Result<Vec<String>> {
    let paths: Vec<String> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Path)
        .filter(entity::Column::Site.eq(site.0))
        .filter(entity::Column::Path.like(LikeExpr::new(format!("{}%", escaped_for_like(word))).escape('\\')))
        .order_by_asc(entity::Column::Path)
        .into_tuple()
        .all(read)
        .await?;
    // LIKE folds ASCII case on SQLite.
    Ok(paths.into_iter().filter(|path| path.starts_with(word)).collect())
}

/// Where an edition, its page and its files, is live.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Vec<(SiteId, LivePage)>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .order_by_asc(entity::Column::Site)
        .order_by_asc(entity::Column::Path)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| (row.site.into(), from_row(row))).collect())
}

/// Puts pages live, in place of what stood at their paths.
pub async fn put(tx: &Tx, site: SiteId, pages: &[&StandingPage], release_number: i64) -> Result<()> {
    use entity::Column as C;
    for chunk in pages.chunks(1000) {
        let rows = chunk
            .iter()
            .map(|StandingPage { page, sources }| {
                Ok(entity::ActiveModel {
                    site: Set(site.0),
                    path: Set(page.path.clone()),
                    hash: Set(page.hash.clone()),
                    media_type: Set(page.media_type.clone()),
                    status: Set(page.status.into()),
                    edition: Set(page.edition.map(|id| id.0)),
                    size: Set(page.size),
                    sources: Set(to_json(sources)?),
                    release_number: Set(release_number),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let replace = OnConflict::columns([C::Site, C::Path])
            .update_columns([C::Hash, C::MediaType, C::Status, C::Edition, C::Size, C::Sources, C::ReleaseNumber])
            .to_owned();
        entity::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes pages away, with what they were made from.
pub async fn remove(tx: &Tx, site: SiteId, paths: &[String]) -> Result<()> {
    for chunk in chunks_of_keys(paths) {
        entity::Entity::delete_many()
            .filter(entity::Column::Site.eq(site.0))
            .filter(entity::Column::Path.is_in(chunk.iter().map(String::as_str)))
            .exec(tx)
            .await?;
    }
    forget_dependencies(tx, site, paths).await
}

/// Notes what pages were made from in the index, in place of what was noted for these paths.
pub async fn set_dependencies(tx: &Tx, site: SiteId, pages: &[&StandingPage]) -> Result<()> {
    let paths: Vec<String> = pages.iter().map(|standing| standing.page.path.clone()).collect();
    forget_dependencies(tx, site, &paths).await?;
    let rows = pages
        .iter()
        .flat_map(|standing| standing.sources.dependencies.iter().map(|dependency| (&standing.page.path, dependency)))
        .map(|(path, dependency)| dependency::ActiveModel {
            site: Set(site.0),
            dependency: Set(dependency.clone()),
            path: Set(path.clone()),
        })
        .collect();
    insert_all::<dependency::Entity, _>(tx, rows).await
}

/// Paths of a site that were made from any of these things.
pub async fn depending_on(read: &Read, site: SiteId, dependencies: &[String]) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for chunk in chunks_of_keys(dependencies) {
        let found: Vec<String> = dependency::Entity::find()
            .select_only()
            .column(dependency::Column::Path)
            .filter(dependency::Column::Site.eq(site.0))
            .filter(dependency::Column::Dependency.is_in(chunk.iter().map(String::as_str)))
            .into_tuple()
            .all(read)
            .await?;
        paths.extend(found);
    }
    paths.sort();
    paths.dedup();
    Ok(paths)
}

/// Sites and paths, of all sites, that were made from one thing.
pub async fn dependants_everywhere(read: &Read, dependency: &str) -> Result<Vec<(SiteId, String)>> {
    let found: Vec<(sea_orm::entity::prelude::Uuid, String)> = dependency::Entity::find()
        .select_only()
        .column(dependency::Column::Site)
        .column(dependency::Column::Path)
        .filter(dependency::Column::Dependency.eq(dependency))
        .order_by_asc(dependency::Column::Site)
        .order_by_asc(dependency::Column::Path)
        .into_tuple()
        .all(read)
        .await?;
    Ok(found.into_iter().map(|(site, path)| (site.into(), path)).collect())
}

/// Everything noted for a site: path and what it was made from.
pub async fn dependencies_of_site(read: &Read, site: SiteId) -> Result<Vec<(String, String)>> {
    Ok(dependency::Entity::find()
        .select_only()
        .column(dependency::Column::Path)
        .column(dependency::Column::Dependency)
        .filter(dependency::Column::Site.eq(site.0))
        .order_by_asc(dependency::Column::Path)
        .into_tuple()
        .all(read)
        .await?)
}

async fn forget_dependencies(tx: &Tx, site: SiteId, paths: &[String]) -> Result<()> {
    for chunk in chunks_of_keys(paths) {
        dependency::Entity::delete_many()
            .filter(dependency::Column::Site.eq(site.0))
            .filter(dependency::Column::Path.is_in(chunk.iter().map(String::as_str)))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn standing(row: entity::Model) -> Result<StandingPage> {
    Ok(StandingPage { sources: from_json("live_page", "sources", &row.sources)?, page: from_row(row) })
}

fn from_row(row: entity::Model) -> LivePage {
    LivePage {
        path: row.path,
        hash: row.hash,
        media_type: row.media_type,
        status: i32::try_from(row.status).unwrap_or(500),
        edition: row.edition.map(Into::into),
        size: row.size,
    }
}
