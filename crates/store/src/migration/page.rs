//! Pages of old sites, one row per address.

use domain::{
    edition::EditionState,
    ids::{EditionId, MigrationId, OldPageId},
    migration::{Balance, BalanceLine, DecidedBy, Fate, OldPage, OldPageKind},
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{
    Read, Result, StoreError, Tx,
    columns::{
        chunks_of_keys, contains_pattern, folded, from_count, from_json, from_optional_instant, to_json,
        to_optional_instant,
    },
    edition,
};

const TABLE: &str = "old_page";

pub(super) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "old_page")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub migration: Uuid,
        pub address: String,
        pub address_key: String,
        pub kind: String,
        pub status: Option<i64>,
        pub media_type: Option<String>,
        pub hash: Option<String>,
        pub size: i64,
        pub etag: Option<String>,
        pub last_modified: Option<String>,
        pub target: Option<String>,
        pub fault: Option<String>,
        pub referrer: Option<String>,
        pub depth: i64,
        pub seen_round: i64,
        pub changed_round: i64,
        pub read_round: i64,
        pub collected_at: Option<DateTimeUtc>,
        pub title: String,
        pub title_folded: String,
        pub published_at: Option<DateTimeUtc>,
        pub source: Option<String>,
        pub document_number: Option<String>,
        pub column_key: String,
        pub text_hash: Option<String>,
        pub text_length: i64,
        pub found: String,
        pub links: String,
        pub further: String,
        pub blocks: i64,
        pub warns: i64,
        pub remarks: String,
        pub corrected: String,
        pub fate: String,
        pub fate_by: String,
        pub fate_reason: String,
        pub merged_into: Option<String>,
        pub decided_by: Option<Uuid>,
        pub resource: Option<Uuid>,
        pub edition: Option<Uuid>,
        pub tried_round: i64,
        pub trial_fault: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a list is cut down to.
#[derive(Debug, Clone, Default)]
pub struct PageFilter {
    /// These kinds; empty = all.
    pub kinds: Vec<OldPageKind>,
    /// One fate.
    pub fate: Option<Fate>,
    /// One old column.
    pub column: Option<String>,
    /// Only pages with blocking findings or warnings.
    pub flagged: bool,
    /// Only pages that could not be tried or submitted.
    pub stuck: bool,
    /// Words of the title or of the address.
    pub words: Option<String>,
}

/// What a later collection knows of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPage {
    /// The address.
    pub address: String,
    /// What stands there.
    pub kind: OldPageKind,
    /// Digest of its bytes.
    pub hash: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// Steps from the home page.
    pub depth: i64,
    /// The collection that saw it last.
    pub seen_round: i64,
}

/// Unique key of an address within its migration.
pub fn address_key(address: &str) -> String {
    hex::encode(Sha256::digest(address.as_bytes()))
}

/// Adds pages whose address is not known yet; returns how many were new.
pub async fn insert_missing(tx: &Tx, pages: &[OldPage]) -> Result<u64> {
    let mut added = 0;
    for chunk in pages.chunks(400) {
        let rows = chunk.iter().map(to_row).collect::<Result<Vec<_>>>()?;
        added += entity::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([entity::Column::Migration, entity::Column::AddressKey]).do_nothing().to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(added)
}

/// Saves a page as a whole.
pub async fn update(tx: &Tx, page: &OldPage) -> Result<()> {
    entity::Entity::update(to_row(page)?).exec(tx).await?;
    Ok(())
}

/// Marks the pages of a column whose drafts are still in the hands of their writers, so that the next trial makes them
/// anew. Returns how many.
pub async fn try_again(tx: &Tx, migration: MigrationId, column_key: &str) -> Result<u64> {
    let editable = [EditionState::Draft, EditionState::Returned].map(|state| state.as_str());
    let editions = sea_orm::sea_query::Query::select()
        .column(edition::entity::Column::Id)
        .from(edition::entity::Entity)
        .and_where(edition::entity::Column::State.is_in(editable))
        .take();
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::TriedRound, Expr::value(0_i64))
        .filter(entity::Column::Migration.eq(migration.0))
        .filter(entity::Column::ColumnKey.eq(column_key))
        .filter(entity::Column::Edition.in_subquery(editions))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// The page with this key.
pub async fn by_id(read: &Read, id: OldPageId) -> Result<Option<OldPage>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// [`by_id`], held until the transaction ends.
pub async fn lock(tx: &Tx, id: OldPageId) -> Result<Option<OldPage>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// The page at an address.
pub async fn by_address(read: &Read, migration: MigrationId, address: &str) -> Result<Option<OldPage>> {
    of(migration).filter(entity::Column::AddressKey.eq(address_key(address))).one(read).await?.map(from_row).transpose()
}

/// Pages at these addresses, in no order.
pub async fn by_addresses(read: &Read, migration: MigrationId, addresses: &[String]) -> Result<Vec<OldPage>> {
    let keys: Vec<String> = addresses.iter().map(|address| address_key(address)).collect();
    let mut pages = Vec::new();
    for chunk in chunks_of_keys(&keys) {
        let rows =
            of(migration).filter(entity::Column::AddressKey.is_in(chunk.iter().map(String::as_str))).all(read).await?;
        pages.extend(rows.into_iter().map(from_row).collect::<Result<Vec<_>>>()?);
    }
    Ok(pages)
}

/// The page that an edition was made of.
pub async fn of_edition(read: &Read, edition: EditionId) -> Result<Option<OldPage>> {
    entity::Entity::find().filter(entity::Column::Edition.eq(edition.0)).one(read).await?.map(from_row).transpose()
}

/// Everything known of the addresses, in the order they were found.
pub async fn known(read: &Read, migration: MigrationId) -> Result<Vec<KnownPage>> {
    #[derive(FromQueryResult)]
    struct Row {
        address: String,
        kind: String,
        hash: Option<String>,
        etag: Option<String>,
        last_modified: Option<String>,
        depth: i64,
        seen_round: i64,
    }
    let rows: Vec<Row> = of(migration)
        .select_only()
        .columns([
            entity::Column::Address,
            entity::Column::Kind,
            entity::Column::Hash,
            entity::Column::Etag,
            entity::Column::LastModified,
            entity::Column::Depth,
            entity::Column::SeenRound,
        ])
        .order_by_asc(entity::Column::Id)
        .into_model()
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(KnownPage {
                kind: kind(&row.kind)?,
                address: row.address,
                hash: row.hash,
                etag: row.etag,
                last_modified: row.last_modified,
                depth: row.depth,
                seen_round: row.seen_round,
            })
        })
        .collect()
}

/// Pages of these kinds (empty = all) after a key, in the order they were found.
pub async fn after(
    read: &Read,
    migration: MigrationId,
    kinds: &[OldPageKind],
    after: Option<OldPageId>,
    limit: u64,
) -> Result<Vec<OldPage>> {
    let mut query = of(migration);
    if !kinds.is_empty() {
        query = query.filter(entity::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())));
    }
    if let Some(after) = after {
        query = query.filter(entity::Column::Id.gt(after.0));
    }
    let rows = query.order_by_asc(entity::Column::Id).limit(limit).all(read).await?;
    rows.into_iter().map(from_row).collect()
}

/// A page of the list, in the order they were found, and how many there are.
pub async fn list(
    read: &Read,
    migration: MigrationId,
    filter: &PageFilter,
    offset: u64,
    limit: u64,
) -> Result<(Vec<OldPage>, u64)> {
    let mut query = of(migration);
    if !filter.kinds.is_empty() {
        query = query.filter(entity::Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.as_str())));
    }
    if let Some(fate) = filter.fate {
        query = query.filter(entity::Column::Fate.eq(fate.as_str()));
    }
    if let Some(column) = &filter.column {
        query = query.filter(entity::Column::ColumnKey.eq(column));
    }
    if filter.flagged {
        query = query.filter(entity::Column::Blocks.gt(0).or(entity::Column::Warns.gt(0)));
    }
    if filter.stuck {
        query = query.filter(entity::Column::TrialFault.is_not_null());
    }
    if let Some(words) = &filter.words {
        let pattern = contains_pattern(words);
        let address = Expr::col(entity::Column::Address).like(pattern.clone());
        query = query.filter(entity::Column::TitleFolded.like(pattern).or(address));
    }
    let total = query.clone().count(read).await?;
    let rows = query.order_by_asc(entity::Column::Id).offset(offset).limit(limit).all(read).await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// Kinds and fates, counted by the database.
pub async fn balance(read: &Read, migration: MigrationId) -> Result<Balance> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
        fate: String,
        pages: i64,
    }
    let rows: Vec<Row> = of(migration)
        .select_only()
        .columns([entity::Column::Kind, entity::Column::Fate])
        .column_as(entity::Column::Id.count(), "pages")
        .group_by(entity::Column::Kind)
        .group_by(entity::Column::Fate)
        .order_by_asc(entity::Column::Kind)
        .order_by_asc(entity::Column::Fate)
        .into_model()
        .all(read)
        .await?;
    let lines = rows
        .into_iter()
        .map(|row| Ok(BalanceLine { kind: kind(&row.kind)?, fate: fate(&row.fate)?, count: from_count(row.pages) }))
        .collect::<Result<_>>()?;
    Ok(Balance { total: of(migration).count(read).await?, lines })
}

fn of(migration: MigrationId) -> Select<entity::Entity> {
    entity::Entity::find().filter(entity::Column::Migration.eq(migration.0))
}

fn kind(text: &str) -> Result<OldPageKind> {
    OldPageKind::parse(text).ok_or_else(|| StoreError::unreadable(TABLE, "kind", text))
}

fn fate(text: &str) -> Result<Fate> {
    Fate::parse(text).ok_or_else(|| StoreError::unreadable(TABLE, "fate", text))
}

fn to_row(page: &OldPage) -> Result<entity::ActiveModel> {
    Ok(entity::ActiveModel {
        id: Set(page.id.0),
        migration: Set(page.migration.0),
        address: Set(page.address.clone()),
        address_key: Set(address_key(&page.address)),
        kind: Set(page.kind.as_str().to_owned()),
        status: Set(page.status.map(i64::from)),
        media_type: Set(page.media_type.clone()),
        hash: Set(page.hash.clone()),
        size: Set(page.size),
        etag: Set(page.etag.clone()),
        last_modified: Set(page.last_modified.clone()),
        target: Set(page.target.clone()),
        fault: Set(page.fault.clone()),
        referrer: Set(page.referrer.clone()),
        depth: Set(page.depth),
        seen_round: Set(page.seen_round),
        changed_round: Set(page.changed_round),
        read_round: Set(page.read_round),
        collected_at: Set(to_optional_instant(page.collected_at)),
        title: Set(page.title.clone()),
        title_folded: Set(folded(page.title_now())),
        published_at: Set(to_optional_instant(page.published_at)),
        source: Set(page.source.clone()),
        document_number: Set(page.document_number.clone()),
        column_key: Set(page.column_key.clone()),
        text_hash: Set(page.text_hash.clone()),
        text_length: Set(page.text_length),
        found: Set(page.found.clone()),
        links: Set(to_json(&page.links)?),
        further: Set(to_json(&page.further)?),
        blocks: Set(page.blocks),
        warns: Set(page.warns),
        remarks: Set(to_json(&page.remarks)?),
        corrected: Set(to_json(&page.corrected)?),
        fate: Set(page.fate.as_str().to_owned()),
        fate_by: Set(page.fate_by.as_str().to_owned()),
        fate_reason: Set(page.fate_reason.clone()),
        merged_into: Set(page.merged_into.clone()),
        decided_by: Set(page.decided_by.map(|person| person.0)),
        resource: Set(page.resource.map(|resource| resource.0)),
        edition: Set(page.edition.map(|edition| edition.0)),
        tried_round: Set(page.tried_round),
        trial_fault: Set(page.trial_fault.clone()),
    })
}

fn from_row(row: entity::Model) -> Result<OldPage> {
    Ok(OldPage {
        id: row.id.into(),
        migration: row.migration.into(),
        address: row.address,
        kind: kind(&row.kind)?,
        status: row.status.and_then(|status| u16::try_from(status).ok()),
        media_type: row.media_type,
        hash: row.hash,
        size: row.size,
        etag: row.etag,
        last_modified: row.last_modified,
        target: row.target,
        fault: row.fault,
        referrer: row.referrer,
        depth: row.depth,
        seen_round: row.seen_round,
        changed_round: row.changed_round,
        read_round: row.read_round,
        collected_at: from_optional_instant(row.collected_at),
        title: row.title,
        published_at: from_optional_instant(row.published_at),
        source: row.source,
        document_number: row.document_number,
        column_key: row.column_key,
        text_hash: row.text_hash,
        text_length: row.text_length,
        found: row.found,
        links: from_json(TABLE, "links", &row.links)?,
        further: from_json(TABLE, "further", &row.further)?,
        blocks: row.blocks,
        warns: row.warns,
        remarks: from_json(TABLE, "remarks", &row.remarks)?,
        corrected: from_json(TABLE, "corrected", &row.corrected)?,
        fate: fate(&row.fate)?,
        fate_by: DecidedBy::parse(&row.fate_by)
            .ok_or_else(|| StoreError::unreadable(TABLE, "fate_by", &row.fate_by))?,
        fate_reason: row.fate_reason,
        merged_into: row.merged_into,
        decided_by: row.decided_by.map(Into::into),
        resource: row.resource.map(Into::into),
        edition: row.edition.map(Into::into),
        tried_round: row.tried_round,
        trial_fault: row.trial_fault,
    })
}
