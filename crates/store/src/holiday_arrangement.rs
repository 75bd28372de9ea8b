//! Yearly holiday arrangements and local days (节假日安排、地方加减日) as they were entered and decided.

use domain::{
    calendar::{LocalDay, YearArrangement},
    identifier::DivisionCode,
    ids::{ArrangementId, PersonId},
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::Serialize;

use crate::{
    Read, Result, StoreError, Tx,
    columns::{
        from_instant, from_json, from_optional_instant, require_one_row, to_instant, to_json, to_optional_instant,
    },
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "holiday_arrangement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub occasion: String,
        pub year: i64,
        pub division: Option<String>,
        pub content: String,
        pub source: String,
        pub original: String,
        pub state: String,
        pub proposed_by: Uuid,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
        pub lock_version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where an entered arrangement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EnteredState {
    /// 待复核
    Proposed,
    /// 已生效
    InForce,
    /// 复核退回
    Refused,
    /// 已被替换
    Superseded,
}

/// What was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Entered {
    /// The arrangement of a year.
    Year(YearArrangement),
    /// A day of one division.
    Local(DivisionCode, LocalDay),
}

/// One entry with its two people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnteredArrangement {
    /// Key.
    pub id: ArrangementId,
    /// What was entered.
    pub entered: Entered,
    /// Address or 文号 of the notice.
    pub source: String,
    /// The text as it was pasted or uploaded.
    pub original: String,
    /// State.
    pub state: EnteredState,
    /// Who entered it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed or refused it.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What was said.
    pub remark: Option<String>,
}

impl EnteredState {
    const ALL: [Self; 4] = [Self::Proposed, Self::InForce, Self::Refused, Self::Superseded];

    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InForce => "in_force",
            Self::Refused => "refused",
            Self::Superseded => "superseded",
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Proposed => "待复核",
            Self::InForce => "已生效",
            Self::Refused => "复核退回",
            Self::Superseded => "已被替换",
        }
    }
}

impl Entered {
    /// At most one entry of an occasion is proposed, and at most one holds.
    pub fn occasion(&self) -> String {
        match self {
            Self::Year(arrangement) => format!("year:{}", arrangement.year),
            Self::Local(division, day) => format!("local:{division}:{}", day.date),
        }
    }

    /// The year it is about.
    pub fn year(&self) -> i16 {
        match self {
            Self::Year(arrangement) => arrangement.year,
            Self::Local(_, day) => day.date.year(),
        }
    }
}

/// Adds an entry.
///
/// # Errors
/// [`StoreError::Duplicate`] when the occasion has a proposed entry already.
pub async fn insert(tx: &Tx, entry: &EnteredArrangement) -> Result<()> {
    let (kind, division, content) = match &entry.entered {
        Entered::Year(arrangement) => ("year", None, to_json(arrangement)?),
        Entered::Local(division, day) => ("local", Some(division.to_string()), to_json(day)?),
    };
    entity::Entity::insert(entity::ActiveModel {
        id: Set(entry.id.0),
        kind: Set(kind.to_owned()),
        occasion: Set(entry.entered.occasion()),
        year: Set(i64::from(entry.entered.year())),
        division: Set(division),
        content: Set(content),
        source: Set(entry.source.clone()),
        original: Set(entry.original.clone()),
        state: Set(entry.state.as_str().to_owned()),
        proposed_by: Set(entry.proposed_by.0),
        proposed_at: Set(to_instant(entry.proposed_at)),
        decided_by: Set(entry.decided_by.map(|person| person.0)),
        decided_at: Set(to_optional_instant(entry.decided_at)),
        remark: Set(entry.remark.clone()),
        lock_version: Set(1),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Saves state and decision of an entry whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone, [`StoreError::Duplicate`] when another holds already.
pub async fn update(tx: &Tx, entry: &EnteredArrangement) -> Result<()> {
    use sea_orm::sea_query::{Expr, ExprTrait};
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::State, Expr::value(entry.state.as_str()))
        .col_expr(entity::Column::DecidedBy, Expr::value(entry.decided_by.map(|person| person.0)))
        .col_expr(entity::Column::DecidedAt, Expr::value(to_optional_instant(entry.decided_at)))
        .col_expr(entity::Column::Remark, Expr::value(entry.remark.clone()))
        .col_expr(entity::Column::LockVersion, Expr::col(entity::Column::LockVersion).add(1))
        .filter(entity::Column::Id.eq(entry.id.0))
        .exec(tx)
        .await?;
    require_one_row("holiday_arrangement", done.rows_affected)
}

/// The entry with this key.
pub async fn by_id(read: &Read, id: ArrangementId) -> Result<Option<EnteredArrangement>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The entry with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: ArrangementId) -> Result<Option<EnteredArrangement>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// The entry that holds for an occasion, its row locked until the transaction ends.
pub async fn lock_in_force(tx: &Tx, occasion: &str) -> Result<Option<EnteredArrangement>> {
    entity::Entity::find()
        .filter(entity::Column::Occasion.eq(occasion))
        .filter(entity::Column::State.eq(EnteredState::InForce.as_str()))
        .lock_exclusive()
        .one(tx)
        .await?
        .map(from_row)
        .transpose()
}

/// The entry that was replaced last for an occasion.
pub async fn last_superseded(read: &Read, occasion: &str) -> Result<Option<EnteredArrangement>> {
    entity::Entity::find()
        .filter(entity::Column::Occasion.eq(occasion))
        .filter(entity::Column::State.eq(EnteredState::Superseded.as_str()))
        .order_by_desc(entity::Column::DecidedAt)
        .order_by_desc(entity::Column::Id)
        .limit(1)
        .one(read)
        .await?
        .map(from_row)
        .transpose()
}

/// Everything that holds, in the order of confirmation.
pub async fn in_force(read: &Read) -> Result<Vec<EnteredArrangement>> {
    listed(read, Condition::all().add(entity::Column::State.eq(EnteredState::InForce.as_str()))).await
}

/// Everything that waits for its second person.
pub async fn proposed(read: &Read) -> Result<Vec<EnteredArrangement>> {
    listed(read, Condition::all().add(entity::Column::State.eq(EnteredState::Proposed.as_str()))).await
}

/// Every entry about a year, the oldest first.
pub async fn of_year(read: &Read, year: i16) -> Result<Vec<EnteredArrangement>> {
    listed(read, Condition::all().add(entity::Column::Year.eq(i64::from(year)))).await
}

async fn listed(read: &Read, condition: Condition) -> Result<Vec<EnteredArrangement>> {
    let rows = entity::Entity::find()
        .filter(condition)
        .order_by_asc(entity::Column::ProposedAt)
        .order_by_asc(entity::Column::Id)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: entity::Model) -> Result<EnteredArrangement> {
    const TABLE: &str = "holiday_arrangement";
    let entered = match (row.kind.as_str(), &row.division) {
        ("year", _) => Entered::Year(from_json(TABLE, "content", &row.content)?),
        (_, Some(division)) => Entered::Local(
            DivisionCode::parse(division).map_err(|_| StoreError::unreadable(TABLE, "division", division))?,
            from_json(TABLE, "content", &row.content)?,
        ),
        (other, None) => return Err(StoreError::unreadable(TABLE, "kind", other)),
    };
    let state = EnteredState::ALL.into_iter().find(|state| state.as_str() == row.state);
    Ok(EnteredArrangement {
        id: row.id.into(),
        entered,
        source: row.source,
        original: row.original,
        state: state.ok_or_else(|| StoreError::unreadable(TABLE, "state", &row.state))?,
        proposed_by: row.proposed_by.into(),
        proposed_at: from_instant(row.proposed_at),
        decided_by: row.decided_by.map(Into::into),
        decided_at: from_optional_instant(row.decided_at),
        remark: row.remark,
    })
}
