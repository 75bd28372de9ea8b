//! The change feed of the library: what was admitted, superseded or recalled, in commit order.

use domain::{
    element::OpenMode,
    ids::{EditionId, ResourceId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{Read, Result, StoreError, Tx, columns, counter};

mod change {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "library_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub kind: String,
        pub resource: Uuid,
        pub edition: Uuid,
        pub unit_path: String,
        pub open_mode: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryChangeKind {
    /// 入库
    Admitted,
    /// 被新版本取代
    Superseded,
    /// 撤回
    Recalled,
}

impl LibraryChangeKind {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Superseded => "superseded",
            Self::Recalled => "recalled",
        }
    }
    fn parse(text: &str) -> Option<Self> {
        [Self::Admitted, Self::Superseded, Self::Recalled].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One entry of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryChange {
    /// Cursor: later changes have greater numbers, without gaps.
    pub number: i64,
    /// What happened.
    pub kind: LibraryChangeKind,
    /// To which resource.
    pub resource: ResourceId,
    /// To which edition.
    pub edition: EditionId,
    /// Materialised path of the unit that answers for it.
    pub unit_path: String,
    /// How it is open to the public.
    pub open_mode: OpenMode,
    /// When.
    pub at: Timestamp,
}

/// Appends to the feed. Call it near the end of the transaction: it locks the feed's counter.
pub async fn append(
    tx: &Tx,
    kind: LibraryChangeKind,
    resource: ResourceId,
    edition: EditionId,
    unit_path: &str,
    open_mode: OpenMode,
) -> Result<i64> {
    let number = counter::next(tx, "change").await?;
    change::Entity::insert(change::ActiveModel {
        number: Set(number),
        kind: Set(kind.as_str().to_owned()),
        resource: Set(resource.0),
        edition: Set(edition.0),
        unit_path: Set(unit_path.to_owned()),
        open_mode: Set(open_mode.as_str().to_owned()),
        at: Set(columns::to_instant(tx.now())),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(number)
}

/// Changes after cursor `after` (0 = from the beginning), oldest first, at most `limit`.
pub async fn since(read: &Read, after: i64, limit: u64) -> Result<Vec<LibraryChange>> {
    let rows = change::Entity::find()
        .filter(change::Column::Number.gt(after))
        .order_by_asc(change::Column::Number)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: change::Model) -> Result<LibraryChange> {
    Ok(LibraryChange {
        number: row.number,
        kind: LibraryChangeKind::parse(&row.kind)
            .ok_or_else(|| StoreError::unreadable("library_change", "kind", &row.kind))?,
        resource: row.resource.into(),
        edition: row.edition.into(),
        unit_path: row.unit_path,
        open_mode: OpenMode::parse(&row.open_mode)
            .ok_or_else(|| StoreError::unreadable("library_change", "open_mode", &row.open_mode))?,
        at: columns::from_instant(row.at),
    })
}
