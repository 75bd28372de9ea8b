//! Screening reports (机审) and what people decided about their findings. The report itself is opaque JSON here.

use domain::{
    disposition::{Disposition, DispositionKind},
    ids::{EditionId, ScreeningId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, sea_query::OnConflict};

use crate::{Read, Result, StoreError, Tx, columns};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "screening")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition: Uuid,
        pub content_hash: String,
        pub report: String,
        pub blocks: i64,
        pub warnings: i64,
        pub hints: i64,
        pub engine_version: String,
        pub screened_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod disposition {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "disposition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub fingerprint: String,
        pub kind: String,
        pub reason: Option<String>,
        pub decided_by: Uuid,
        pub decided_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stored report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredScreening {
    /// Key.
    pub id: ScreeningId,
    /// The edition.
    pub edition: EditionId,
    /// Digest of the content that was screened.
    pub content_hash: String,
    /// The engine's report as JSON.
    pub report: String,
    /// Findings that block.
    pub blocks: i64,
    /// Findings that warn.
    pub warnings: i64,
    /// Findings that hint.
    pub hints: i64,
    /// Version of engine and packs.
    pub engine_version: String,
    /// When.
    pub screened_at: Timestamp,
}

/// Adds a report; earlier ones stay as history.
pub async fn insert(tx: &Tx, screening: &StoredScreening) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(screening.id.0),
        edition: Set(screening.edition.0),
        content_hash: Set(screening.content_hash.clone()),
        report: Set(screening.report.clone()),
        blocks: Set(screening.blocks),
        warnings: Set(screening.warnings),
        hints: Set(screening.hints),
        engine_version: Set(screening.engine_version.clone()),
        screened_at: Set(columns::to_instant(screening.screened_at)),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// The newest report of an edition.
pub async fn latest(read: &Read, edition: EditionId) -> Result<Option<StoredScreening>> {
    let row = entity::Entity::find()
        .filter(entity::Column::Edition.eq(edition.0))
        .order_by_desc(entity::Column::ScreenedAt)
        .order_by_desc(entity::Column::Id)
        .limit(1)
        .one(read)
        .await?;
    Ok(row.map(|row| StoredScreening {
        id: row.id.into(),
        edition: row.edition.into(),
        content_hash: row.content_hash,
        report: row.report,
        blocks: row.blocks,
        warnings: row.warnings,
        hints: row.hints,
        engine_version: row.engine_version,
        screened_at: columns::from_instant(row.screened_at),
    }))
}

/// Notes (or changes) the decision about one finding.
pub async fn decide(tx: &Tx, decision: &Disposition) -> Result<()> {
    let row = disposition::ActiveModel {
        edition: Set(decision.edition.0),
        fingerprint: Set(decision.fingerprint.clone()),
        kind: Set(decision.kind.as_str().to_owned()),
        reason: Set(decision.reason.clone()),
        decided_by: Set(decision.decided_by.0),
        decided_at: Set(columns::to_instant(decision.decided_at)),
    };
    let changed = [
        disposition::Column::Kind,
        disposition::Column::Reason,
        disposition::Column::DecidedBy,
        disposition::Column::DecidedAt,
    ];
    let key = [disposition::Column::Edition, disposition::Column::Fingerprint];
    disposition::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// All decisions about findings of an edition.
pub async fn dispositions(read: &Read, edition: EditionId) -> Result<Vec<Disposition>> {
    let rows = disposition::Entity::find().filter(disposition::Column::Edition.eq(edition.0)).all(read).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Disposition {
                edition: row.edition.into(),
                fingerprint: row.fingerprint,
                kind: DispositionKind::parse(&row.kind)
                    .ok_or_else(|| StoreError::unreadable("disposition", "kind", &row.kind))?,
                reason: row.reason,
                decided_by: row.decided_by.into(),
                decided_at: columns::from_instant(row.decided_at),
            })
        })
        .collect()
}
