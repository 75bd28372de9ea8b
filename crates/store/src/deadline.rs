//! Running deadlines (办理时限).

pub mod notice;

use domain::{
    deadline::{DeadlineCase, DeadlineTerms},
    ids::{DeadlineId, PersonId, UnitId},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
    entity::prelude::Uuid,
};
use serde::{Deserialize, Serialize};

use crate::{
    Read, Result, Scope, StoreError, Tx,
    columns::{
        from_instant, from_json, from_optional_instant, order_nulls_last, require_one_row, to_instant, to_json,
        to_optional_instant,
    },
    person::unit_part,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "deadline")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rule: String,
        pub subject_kind: String,
        pub subject_id: String,
        pub title: String,
        pub path: String,
        pub unit: Uuid,
        pub owner: Option<Uuid>,
        pub received_at: DateTimeUtc,
        pub terms: String,
        pub facts: String,
        pub due_at: Option<DateTimeUtc>,
        pub explanation: String,
        pub state: String,
        pub started_at: DateTimeUtc,
        pub finished_at: Option<DateTimeUtc>,
        pub lock_version: i64,
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

/// Whether it still runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineProgress {
    /// 办理中
    Running,
    /// 已办结
    Met,
    /// 已取消
    Cancelled,
}

impl DeadlineProgress {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Met => "met",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Running, Self::Met, Self::Cancelled].into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Running => "办理中",
            Self::Met => "已办结",
            Self::Cancelled => "已取消",
        }
    }
}

/// A deadline with its facts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredDeadline {
    /// Key.
    pub id: DeadlineId,
    /// The rule.
    pub rule: String,
    /// Noun of the thing that must be done: `letter`, `disclosure_request`.
    pub subject_kind: String,
    /// Its key.
    pub subject_id: String,
    /// Its name.
    pub title: String,
    /// Its page in the console.
    pub path: String,
    /// Whose it is.
    pub unit: UnitId,
    /// Who does it; `None` while nobody in particular does.
    pub owner: Option<PersonId>,
    /// The terms of the day of receipt.
    pub terms: DeadlineTerms,
    /// What happened.
    pub case: DeadlineCase,
    /// The last moment; `None` while a pause or an unknown year keeps it open.
    pub due_at: Option<Timestamp>,
    /// The sum, or why there is none, as it was told last.
    pub explanation: serde_json::Value,
    /// Whether it still runs.
    pub state: DeadlineProgress,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it was done or cancelled.
    pub finished_at: Option<Timestamp>,
    /// Optimistic lock.
    pub lock_version: i64,
}

/// Whose deadlines are asked for: those at exactly these units, and those below these paths.
#[derive(Debug, Clone)]
pub struct DeadlineScope {
    /// Units of one's own office.
    pub units: Vec<UnitId>,
    /// Parts of the tree that are overseen.
    pub below: Scope,
}

impl DeadlineScope {
    fn condition(&self) -> Condition {
        Condition::any()
            .add(entity::Column::Unit.is_in(self.units.iter().map(|unit| unit.0)))
            .add(self.below.condition(unit_part::Column::Path))
    }
}

/// Adds a deadline; `received_at` is the beginning of its case as an instant.
pub async fn insert(tx: &Tx, deadline: &StoredDeadline, received_at: Timestamp) -> Result<()> {
    entity::Entity::insert(entity::ActiveModel {
        id: Set(deadline.id.0),
        rule: Set(deadline.rule.clone()),
        subject_kind: Set(deadline.subject_kind.clone()),
        subject_id: Set(deadline.subject_id.clone()),
        title: Set(deadline.title.clone()),
        path: Set(deadline.path.clone()),
        unit: Set(deadline.unit.0),
        owner: Set(deadline.owner.map(|person| person.0)),
        received_at: Set(to_instant(received_at)),
        terms: Set(to_json(&deadline.terms)?),
        facts: Set(to_json(&deadline.case)?),
        due_at: Set(to_optional_instant(deadline.due_at)),
        explanation: Set(to_json(&deadline.explanation)?),
        state: Set(deadline.state.as_str().to_owned()),
        started_at: Set(to_instant(deadline.started_at)),
        finished_at: Set(to_optional_instant(deadline.finished_at)),
        lock_version: Set(1),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Saves facts, due moment, explanation and state, if nobody else did since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else was faster.
pub async fn update(tx: &Tx, deadline: &StoredDeadline) -> Result<()> {
    use sea_orm::sea_query::Expr;
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Facts, Expr::value(to_json(&deadline.case)?))
        .col_expr(entity::Column::DueAt, Expr::value(to_optional_instant(deadline.due_at)))
        .col_expr(entity::Column::Explanation, Expr::value(to_json(&deadline.explanation)?))
        .col_expr(entity::Column::State, Expr::value(deadline.state.as_str()))
        .col_expr(entity::Column::FinishedAt, Expr::value(to_optional_instant(deadline.finished_at)))
        .col_expr(entity::Column::LockVersion, Expr::value(deadline.lock_version + 1))
        .filter(entity::Column::Id.eq(deadline.id.0))
        .filter(entity::Column::LockVersion.eq(deadline.lock_version))
        .exec(tx)
        .await?;
    require_one_row("deadline", done.rows_affected)
}

/// The deadline with this key.
pub async fn by_id(read: &Read, id: DeadlineId) -> Result<Option<StoredDeadline>> {
    entity::Entity::find_by_id(id.0).one(read).await?.map(from_row).transpose()
}

/// The deadline with this key, its row locked until the transaction ends.
pub async fn lock(tx: &Tx, id: DeadlineId) -> Result<Option<StoredDeadline>> {
    entity::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(from_row).transpose()
}

/// Running deadlines after this key, locked until the transaction ends: one batch of the recomputation.
pub async fn lock_running_after(tx: &Tx, after: Option<DeadlineId>, limit: u64) -> Result<Vec<StoredDeadline>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::State.eq(DeadlineProgress::Running.as_str()))
        .filter(Condition::all().add_option(after.map(|id| entity::Column::Id.gt(id.0))))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(tx)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Deadlines in a scope, the first due first and those without a due moment last.
pub async fn list(
    read: &Read,
    scope: &DeadlineScope,
    state: Option<DeadlineProgress>,
    limit: u64,
) -> Result<Vec<StoredDeadline>> {
    let query = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(scope.condition())
        .filter(Condition::all().add_option(state.map(|state| entity::Column::State.eq(state.as_str()))));
    let rows = order_nulls_last(query, entity::Column::DueAt, sea_orm::Order::Asc)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(read)
        .await?;
    rows.into_iter().map(from_row).collect()
}

pub(crate) fn keys(ids: &[DeadlineId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}

fn from_row(row: entity::Model) -> Result<StoredDeadline> {
    const TABLE: &str = "deadline";
    Ok(StoredDeadline {
        id: row.id.into(),
        rule: row.rule,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        title: row.title,
        path: row.path,
        unit: row.unit.into(),
        owner: row.owner.map(Into::into),
        terms: from_json(TABLE, "terms", &row.terms)?,
        case: from_json(TABLE, "facts", &row.facts)?,
        due_at: from_optional_instant(row.due_at),
        explanation: from_json(TABLE, "explanation", &row.explanation)?,
        state: DeadlineProgress::parse(&row.state).ok_or_else(|| StoreError::unreadable(TABLE, "state", &row.state))?,
        started_at: from_instant(row.started_at),
        finished_at: from_optional_instant(row.finished_at),
        lock_version: row.lock_version,
    })
}
