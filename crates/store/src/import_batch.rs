//! Imports of documents: one batch per run, with the lines that were rejected and why.

use domain::ids::{ColumnId, ImportBatchId, PersonId, SiteId};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, Tx, columns};

mod batch {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_batch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub source_name: String,
        pub site: Uuid,
        pub site_column: Uuid,
        pub imported_by: Uuid,
        pub reviewed_by: Option<Uuid>,
        pub state: String,
        pub lines_read: i64,
        pub admitted: i64,
        pub rejected: i64,
        pub unchanged: i64,
        pub started_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod reject {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_reject")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub batch: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub line: i64,
        pub origin_key: Option<String>,
        pub reasons: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One run over one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportBatch {
    /// Key.
    pub id: ImportBatchId,
    /// Name of the file, or `-`.
    pub source_name: String,
    /// Site that the documents are placed on.
    pub site: SiteId,
    /// Column that they are placed in.
    pub column: ColumnId,
    /// Who imported.
    pub imported_by: PersonId,
    /// Who reviewed the batch last; `None` when it was only submitted.
    pub reviewed_by: Option<PersonId>,
    /// Ended in order; a killed run stays `false` and the next run takes up where it stopped.
    pub done: bool,
    /// Lines read so far.
    pub lines_read: i64,
    /// Documents admitted (or submitted, without a reviewer).
    pub admitted: i64,
    /// Lines rejected.
    pub rejected: i64,
    /// Lines whose document was there already.
    pub unchanged: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A line that was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReject {
    /// 1-based line number.
    pub line: i64,
    /// Key of the record, if it could be read.
    pub origin_key: Option<String>,
    /// Why, in Chinese.
    pub reasons: String,
}

/// Adds a batch.
pub async fn insert(tx: &Tx, one: &ImportBatch) -> Result<()> {
    batch::Entity::insert(to_row(one)).exec_without_returning(tx).await?;
    Ok(())
}

/// Saves the counts and the state of a batch.
pub async fn update(tx: &Tx, one: &ImportBatch) -> Result<()> {
    batch::Entity::update(to_row(one)).exec(tx).await?;
    Ok(())
}

/// Adds rejected lines.
pub async fn add_rejects(tx: &Tx, id: ImportBatchId, rejects: &[ImportReject]) -> Result<()> {
    let rows = rejects.iter().map(|one| reject::ActiveModel {
        batch: Set(id.0),
        line: Set(one.line),
        origin_key: Set(one.origin_key.clone()),
        reasons: Set(one.reasons.clone()),
    });
    columns::insert_all::<reject::Entity, _>(tx, rows.collect()).await
}

/// Newest batches first.
pub async fn newest(read: &Read, limit: u64) -> Result<Vec<ImportBatch>> {
    let rows = batch::Entity::find().order_by_desc(batch::Column::StartedAt).limit(limit).all(read).await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The batch with this key.
pub async fn by_id(read: &Read, id: ImportBatchId) -> Result<Option<ImportBatch>> {
    Ok(batch::Entity::find_by_id(id.0).one(read).await?.map(from_row))
}

/// Batches for these sites, newest first, and how many there are.
pub async fn of_sites(read: &Read, sites: &[SiteId], offset: u64, limit: u64) -> Result<(Vec<ImportBatch>, u64)> {
    if sites.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let query = batch::Entity::find().filter(batch::Column::Site.is_in(sites.iter().map(|id| id.0)));
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(batch::Column::StartedAt)
        .order_by_desc(batch::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect(), total))
}

/// Rejected lines of a batch, in their order.
pub async fn rejects(read: &Read, id: ImportBatchId) -> Result<Vec<ImportReject>> {
    let rows = reject::Entity::find()
        .filter(reject::Column::Batch.eq(id.0))
        .order_by_asc(reject::Column::Line)
        .all(read)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ImportReject { line: row.line, origin_key: row.origin_key, reasons: row.reasons })
        .collect())
}

fn to_row(one: &ImportBatch) -> batch::ActiveModel {
    batch::ActiveModel {
        id: Set(one.id.0),
        source_name: Set(one.source_name.clone()),
        site: Set(one.site.0),
        site_column: Set(one.column.0),
        imported_by: Set(one.imported_by.0),
        reviewed_by: Set(one.reviewed_by.map(|person| person.0)),
        state: Set(if one.done { "done" } else { "running" }.to_owned()),
        lines_read: Set(one.lines_read),
        admitted: Set(one.admitted),
        rejected: Set(one.rejected),
        unchanged: Set(one.unchanged),
        started_at: Set(columns::to_instant(one.started_at)),
        ended_at: Set(columns::to_optional_instant(one.ended_at)),
    }
}

fn from_row(row: batch::Model) -> ImportBatch {
    ImportBatch {
        id: row.id.into(),
        source_name: row.source_name,
        site: row.site.into(),
        column: row.site_column.into(),
        imported_by: row.imported_by.into(),
        reviewed_by: row.reviewed_by.map(Into::into),
        done: row.state == "done",
        lines_read: row.lines_read,
        admitted: row.admitted,
        rejected: row.rejected,
        unchanged: row.unchanged,
        started_at: columns::from_instant(row.started_at),
        ended_at: columns::from_optional_instant(row.ended_at),
    }
}
