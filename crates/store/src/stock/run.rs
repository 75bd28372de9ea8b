//! Runs over the stock, and what each has yet to screen.

use domain::{
    ids::{EditionId, LexiconChangeId, StockRunId, UnitId},
    stock::{StockRunKind, StockRunState},
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Set, sea_query::OnConflict,
};
use serde::Serialize;

use crate::{
    Read, Result, Scope, StoreError, Tx,
    columns::{from_count, from_instant, from_optional_instant, require_one_row, to_instant, to_optional_instant},
    person::unit_part,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub change: Option<Uuid>,
        pub unit: Uuid,
        pub day: Option<String>,
        pub state: String,
        pub looked_at: i64,
        pub sensitive: i64,
        pub sampled: i64,
        pub selected: i64,
        pub screened: i64,
        pub hits: i64,
        pub started_at: DateTimeUtc,
        pub finished_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "crate::person::unit_part::Entity",
            from = "Column::Unit",
            to = "crate::person::unit_part::Column::Id"
        )]
        Unit,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod item {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_run_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub run: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockRun {
    /// Key.
    pub id: StockRunId,
    /// Why it was made.
    pub kind: StockRunKind,
    /// The change set that caused it.
    pub change: Option<LexiconChangeId>,
    /// Whose stock it goes over: this unit's and that of everything below.
    pub unit: UnitId,
    /// The day of a daily run.
    pub day: Option<Date>,
    /// How far it is.
    pub state: StockRunState,
    /// Editions looked at by their sketch.
    pub looked_at: u64,
    /// Of a daily run: editions in 重点敏感栏目.
    pub sensitive: u64,
    /// Of a daily run: editions drawn from the rest.
    pub sampled: u64,
    /// Editions chosen to be screened.
    pub selected: u64,
    /// Of these, screened.
    pub screened: u64,
    /// New hits.
    pub hits: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was done.
    pub finished_at: Option<Timestamp>,
}

/// Adds a run, unless the same change set or day has one; `true` when it was added.
pub async fn begin(tx: &Tx, run: &StockRun) -> Result<bool> {
    let done = entity::Entity::insert(to_row(run))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(done > 0)
}

/// Saves a run whose row is locked.
///
/// # Errors
/// [`StoreError::Conflict`] when the row has gone.
pub async fn update(tx: &Tx, run: &StockRun) -> Result<()> {
    let done = entity::Entity::update_many().set(to_row(run)).filter(entity::Column::Id.eq(run.id.0)).exec(tx).await?;
    require_one_row("stock_run", done.rows_affected)
}

/// The run with this key.
pub async fn by_id(read: &Read, id: StockRunId) -> Result<Option<StockRun>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The run that a change set caused.
pub async fn of_change(read: &Read, change: LexiconChangeId) -> Result<Option<StockRun>> {
    let row = entity::Entity::find().filter(entity::Column::Change.eq(change.0)).one(read).await?;
    row.map(from_row).transpose()
}

/// The run with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: StockRunId) -> Result<Option<StockRun>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// A page of the runs over the stock of exactly these units or of units below the scope, the newest first, and how many
/// there are. Runs that look after
/// a single edition are left out unless asked for.
pub async fn list(
    read: &Read,
    units: &[UnitId],
    below: &Scope,
    kind: Option<StockRunKind>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<StockRun>, u64)> {
    let mut query = entity::Entity::find().join(JoinType::InnerJoin, entity::Relation::Unit.def()).filter(
        Condition::any()
            .add(entity::Column::Unit.is_in(units.iter().map(|unit| unit.0)))
            .add(below.condition(unit_part::Column::Path)),
    );
    query = match kind {
        Some(kind) => query.filter(entity::Column::Kind.eq(kind.as_str())),
        None => query.filter(entity::Column::Kind.ne(StockRunKind::Admission.as_str())),
    };
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::StartedAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// Notes what a run has to screen; what is noted already stays.
pub async fn add_items(tx: &Tx, run: StockRunId, editions: &[EditionId]) -> Result<()> {
    for chunk in editions.chunks(10_000) {
        let rows = chunk.iter().map(|edition| item::ActiveModel { run: Set(run.0), edition: Set(edition.0) });
        item::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The next editions that a run has to screen.
pub async fn next_items(read: &Read, run: StockRunId, limit: u64) -> Result<Vec<EditionId>> {
    let rows = item::Entity::find()
        .filter(item::Column::Run.eq(run.0))
        .order_by_asc(item::Column::Edition)
        .limit(limit)
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| row.edition.into()).collect())
}

/// Those of these editions that the run has still to screen. Call it with the run locked.
pub async fn still_waiting(tx: &Tx, run: StockRunId, editions: &[EditionId]) -> Result<Vec<EditionId>> {
    let rows = item::Entity::find()
        .filter(item::Column::Run.eq(run.0))
        .filter(item::Column::Edition.is_in(editions.iter().map(|edition| edition.0)))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.edition.into()).collect())
}

/// Strikes these editions off the run's list.
pub async fn strike_off(tx: &Tx, run: StockRunId, editions: &[EditionId]) -> Result<()> {
    item::Entity::delete_many()
        .filter(item::Column::Run.eq(run.0))
        .filter(item::Column::Edition.is_in(editions.iter().map(|edition| edition.0)))
        .exec(tx)
        .await?;
    Ok(())
}

fn to_row(run: &StockRun) -> entity::ActiveModel {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    entity::ActiveModel {
        id: Set(run.id.0),
        kind: Set(run.kind.as_str().to_owned()),
        change: Set(run.change.map(|change| change.0)),
        unit: Set(run.unit.0),
        day: Set(run.day.map(|day| day.to_string())),
        state: Set(run.state.as_str().to_owned()),
        looked_at: Set(number(run.looked_at)),
        sensitive: Set(number(run.sensitive)),
        sampled: Set(number(run.sampled)),
        selected: Set(number(run.selected)),
        screened: Set(number(run.screened)),
        hits: Set(number(run.hits)),
        started_at: Set(to_instant(run.started_at)),
        finished_at: Set(to_optional_instant(run.finished_at)),
    }
}

fn from_row(row: entity::Model) -> Result<StockRun> {
    let unreadable = |column, text: &str| StoreError::unreadable("stock_run", column, text);
    Ok(StockRun {
        id: row.id.into(),
        kind: StockRunKind::parse(&row.kind).ok_or_else(|| unreadable("kind", &row.kind))?,
        change: row.change.map(Into::into),
        unit: row.unit.into(),
        day: row.day.as_deref().map(|day| day.parse().map_err(|_| unreadable("day", day))).transpose()?,
        state: StockRunState::parse(&row.state).ok_or_else(|| unreadable("state", &row.state))?,
        looked_at: from_count(row.looked_at),
        sensitive: from_count(row.sensitive),
        sampled: from_count(row.sampled),
        selected: from_count(row.selected),
        screened: from_count(row.screened),
        hits: from_count(row.hits),
        started_at: from_instant(row.started_at),
        finished_at: from_optional_instant(row.finished_at),
    })
}
