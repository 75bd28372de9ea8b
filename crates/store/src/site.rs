//! Rows of sites (网站). The sponsor's name and path are read from its unit, never stored twice.

use domain::{
    identifier::SiteCode,
    ids::SiteId,
    site::{Site, SiteState},
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
    Set, entity::prelude::*,
};

use crate::{
    Read, Result, Scope, StoreError, Tx,
    columns::{from_identifier, from_optional_identifier, require_one_row},
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "site")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub slug: String,
        pub name: String,
        pub domain: String,
        pub site_code: Option<String>,
        pub icp_record: Option<String>,
        pub police_record: Option<String>,
        pub conac_id: Option<String>,
        pub sponsor: Uuid,
        pub operator: Option<Uuid>,
        pub contact: String,
        pub description: String,
        pub theme: String,
        pub state: String,
        pub release_number: i64,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod sponsor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub path: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    slug: String,
    name: String,
    domain: String,
    site_code: Option<String>,
    icp_record: Option<String>,
    police_record: Option<String>,
    conac_id: Option<String>,
    sponsor: Uuid,
    sponsor_name: String,
    sponsor_path: String,
    operator: Option<Uuid>,
    contact: String,
    description: String,
    theme: String,
    state: String,
    release_number: i64,
    lock_version: i64,
}

/// Adds a site. Its `sponsor_name` and `sponsor_path` are not stored.
pub async fn insert(tx: &Tx, site: &Site) -> Result<()> {
    entity::Entity::insert(to_row(site)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves every setting of a site when `site.lock_version` is still the stored one; the stored one then is one higher.
/// State and release number have their own functions.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else saved it first.
pub async fn update(tx: &Tx, site: &Site) -> Result<()> {
    let mut row = to_row(site);
    row.id = sea_orm::ActiveValue::NotSet;
    row.release_number = sea_orm::ActiveValue::NotSet;
    row.lock_version = Set(site.lock_version + 1);
    let outcome = entity::Entity::update_many()
        .set(row)
        .filter(entity::Column::Id.eq(site.id.0))
        .filter(entity::Column::LockVersion.eq(site.lock_version))
        .exec(tx)
        .await?;
    require_one_row("site", outcome.rows_affected)
}

/// The site with this key.
pub async fn by_id(read: &Read, id: SiteId) -> Result<Option<Site>> {
    with_sponsor().filter(entity::Column::Id.eq(id.0)).into_model::<Row>().one(read).await?.map(from_row).transpose()
}

/// The site with this short word in addresses.
pub async fn by_slug(read: &Read, slug: &str) -> Result<Option<Site>> {
    with_sponsor().filter(entity::Column::Slug.eq(slug)).into_model::<Row>().one(read).await?.map(from_row).transpose()
}

/// The site with this 政府网站标识码.
pub async fn by_site_code(read: &Read, code: &SiteCode) -> Result<Option<Site>> {
    with_sponsor()
        .filter(entity::Column::SiteCode.eq(code.as_str()))
        .into_model::<Row>()
        .one(read)
        .await?
        .map(from_row)
        .transpose()
}

/// All sites in a scope, by slug.
pub async fn list(read: &Read, scope: &Scope) -> Result<Vec<Site>> {
    let rows = with_sponsor()
        .filter(scope.condition(sponsor::Column::Path))
        .order_by_asc(entity::Column::Slug)
        .into_model::<Row>()
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Reads a site and keeps others from publishing or changing it until the transaction ends.
pub async fn lock(tx: &Tx, id: SiteId) -> Result<Option<Site>> {
    if entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.is_none() {
        return Ok(None);
    }
    by_id(tx, id).await
}

/// Notes the number of the live release; the site must be locked.
pub async fn set_release_number(tx: &Tx, id: SiteId, number: i64) -> Result<()> {
    entity::Entity::update_many()
        .col_expr(entity::Column::ReleaseNumber, Expr::value(number))
        .filter(entity::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

fn with_sponsor() -> Select<entity::Entity> {
    let relation: RelationDef =
        entity::Entity::belongs_to(sponsor::Entity).from(entity::Column::Sponsor).to(sponsor::Column::Id).into();
    entity::Entity::find()
        .join(JoinType::InnerJoin, relation)
        .column_as(sponsor::Column::Name, "sponsor_name")
        .column_as(sponsor::Column::Path, "sponsor_path")
}

fn text(identifier: Option<&impl ToString>) -> Option<String> {
    identifier.map(ToString::to_string)
}

fn to_row(site: &Site) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(site.id.0),
        slug: Set(site.slug.clone()),
        name: Set(site.name.clone()),
        domain: Set(site.domain.to_string()),
        site_code: Set(text(site.site_code.as_ref())),
        icp_record: Set(text(site.icp_record.as_ref())),
        police_record: Set(text(site.police_record.as_ref())),
        conac_id: Set(text(site.conac_id.as_ref())),
        sponsor: Set(site.sponsor.0),
        operator: Set(site.operator.map(|unit| unit.0)),
        contact: Set(site.contact.clone()),
        description: Set(site.description.clone()),
        theme: Set(site.theme.clone()),
        state: Set(site.state.as_str().to_owned()),
        release_number: Set(site.release_number),
        lock_version: Set(site.lock_version),
    }
}

fn from_row(row: Row) -> Result<Site> {
    Ok(Site {
        id: row.id.into(),
        slug: row.slug,
        name: row.name,
        domain: from_identifier("site", row.id, "domain", &row.domain)?,
        site_code: from_optional_identifier("site", row.id, "site_code", row.site_code.as_deref())?,
        icp_record: from_optional_identifier("site", row.id, "icp_record", row.icp_record.as_deref())?,
        police_record: from_optional_identifier("site", row.id, "police_record", row.police_record.as_deref())?,
        conac_id: from_optional_identifier("site", row.id, "conac_id", row.conac_id.as_deref())?,
        sponsor: row.sponsor.into(),
        sponsor_name: row.sponsor_name,
        sponsor_path: row.sponsor_path,
        operator: row.operator.map(Into::into),
        contact: row.contact,
        description: row.description,
        theme: row.theme,
        state: SiteState::parse(&row.state).ok_or_else(|| StoreError::unreadable("site", "state", &row.state))?,
        release_number: row.release_number,
        lock_version: row.lock_version,
    })
}
