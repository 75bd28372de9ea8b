//! What was found in the stock: one row per hit for ever.

use domain::{
    ids::{EditionId, PersonId, ResourceId, StockIssueId, StockRunId, UnitId},
    stock::StockIssueState,
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Read, Result, Scope, StoreError, Tx,
    columns::{contains_pattern, folded, from_instant, from_optional_instant, require_one_row, to_instant},
    resource,
};

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_issue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub resource: Uuid,
        pub edition: Uuid,
        pub run: Uuid,
        pub fingerprint: String,
        pub finding: String,
        pub severity: String,
        pub title: String,
        pub title_folded: String,
        pub state: String,
        pub found_at: DateTimeUtc,
        pub closed_by: Option<Uuid>,
        pub closed_at: Option<DateTimeUtc>,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A hit as it is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssue {
    /// Key.
    pub id: StockIssueId,
    /// The resource.
    pub resource: ResourceId,
    /// The edition that was screened.
    pub edition: EditionId,
    /// The run that found it.
    pub run: StockRunId,
    /// Rule, field, words and which of several equal places.
    pub fingerprint: String,
    /// The finding, as JSON.
    pub finding: String,
    /// Its gravity.
    pub severity: String,
    /// Title of the edition.
    pub title: String,
}

/// A hit with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockIssue {
    /// Key.
    pub id: StockIssueId,
    /// The resource.
    pub resource: ResourceId,
    /// The edition that was screened.
    pub edition: EditionId,
    /// Who answers for the resource.
    pub unit: UnitId,
    /// Materialised path of that unit.
    pub unit_path: String,
    /// The run that found it.
    pub run: StockRunId,
    /// The finding, as JSON.
    pub finding: String,
    /// Title of the edition.
    pub title: String,
    /// State.
    pub state: StockIssueState,
    /// When it was found.
    pub found_at: Timestamp,
    /// Who closed it; `None` for the platform itself.
    pub closed_by: Option<PersonId>,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// Why it was ignored, or what was done.
    pub remark: Option<String>,
}

/// Whose issues are asked for: those of exactly these units, and those below these paths.
#[derive(Debug, Clone)]
pub struct IssueScope {
    /// Units of one's own office.
    pub units: Vec<UnitId>,
    /// Parts of the tree that are overseen.
    pub below: Scope,
}

/// What a list is cut down to.
#[derive(Debug, Clone, Default)]
pub struct IssueFilter {
    /// One state.
    pub state: Option<StockIssueState>,
    /// One gravity.
    pub severity: Option<String>,
    /// One run.
    pub run: Option<StockRunId>,
    /// Words of the title.
    pub words: Option<String>,
}

/// Notes hits that were never noted before; returns how many were.
pub async fn note(tx: &Tx, issues: &[NewIssue]) -> Result<u64> {
    let mut noted = 0;
    for chunk in issues.chunks(1_000) {
        let rows = chunk.iter().map(|issue| entity::ActiveModel {
            id: Set(issue.id.0),
            resource: Set(issue.resource.0),
            edition: Set(issue.edition.0),
            run: Set(issue.run.0),
            fingerprint: Set(issue.fingerprint.clone()),
            finding: Set(issue.finding.clone()),
            severity: Set(issue.severity.clone()),
            title: Set(issue.title.clone()),
            title_folded: Set(folded(&issue.title)),
            state: Set(StockIssueState::Open.as_str().to_owned()),
            found_at: Set(to_instant(tx.now())),
            closed_by: Set(None),
            closed_at: Set(None),
            remark: Set(None),
        });
        noted += entity::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([entity::Column::Resource, entity::Column::Fingerprint]).do_nothing().to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(noted)
}

/// The issue with this key.
pub async fn by_id(read: &Read, id: StockIssueId) -> Result<Option<StockIssue>> {
    let row = with_owner(entity::Entity::find_by_id(id.0)).into_model::<Row>().one(read).await?;
    row.map(from_row).transpose()
}

/// A page of the issues in a scope, the newest first, and how many match.
pub async fn list(
    read: &Read,
    scope: &IssueScope,
    filter: &IssueFilter,
    offset: u64,
    limit: u64,
) -> Result<(Vec<StockIssue>, u64)> {
    let query = matching(scope, filter);
    let total = query.clone().count(read).await?;
    let rows = with_columns(query)
        .order_by_desc(entity::Column::FoundAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .into_model::<Row>()
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect::<Result<_>>()?, total))
}

/// How many issues in a scope match.
pub async fn count(read: &Read, scope: &IssueScope, filter: &IssueFilter) -> Result<u64> {
    Ok(matching(scope, filter).count(read).await?)
}

/// Open issues of a resource: key and fingerprint.
pub async fn open_of(read: &Read, resource: ResourceId) -> Result<Vec<(StockIssueId, String)>> {
    let rows: Vec<(Uuid, String)> = entity::Entity::find()
        .select_only()
        .columns([entity::Column::Id, entity::Column::Fingerprint])
        .filter(entity::Column::Resource.eq(resource.0))
        .filter(entity::Column::State.eq(StockIssueState::Open.as_str()))
        .into_tuple()
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|(id, fingerprint)| (id.into(), fingerprint)).collect())
}

/// Closes an open issue.
///
/// # Errors
/// [`StoreError::Conflict`] when it is closed already.
pub async fn close(
    tx: &Tx,
    id: StockIssueId,
    state: StockIssueState,
    by: Option<PersonId>,
    remark: &str,
) -> Result<()> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::State, Expr::value(state.as_str()))
        .col_expr(entity::Column::ClosedBy, Expr::value(by.map(|person| person.0)))
        .col_expr(entity::Column::ClosedAt, Expr::value(to_instant(tx.now())))
        .col_expr(entity::Column::Remark, Expr::value(remark))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::State.eq(StockIssueState::Open.as_str()))
        .exec(tx)
        .await?;
    require_one_row("stock_issue", done.rows_affected)
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    resource: Uuid,
    edition: Uuid,
    unit: Uuid,
    unit_path: String,
    run: Uuid,
    finding: String,
    title: String,
    state: String,
    found_at: sea_orm::entity::prelude::DateTimeUtc,
    closed_by: Option<Uuid>,
    closed_at: Option<sea_orm::entity::prelude::DateTimeUtc>,
    remark: Option<String>,
}

fn joined(query: Select<entity::Entity>) -> Select<entity::Entity> {
    query.join(
        JoinType::InnerJoin,
        entity::Entity::belongs_to(resource::entity::Entity)
            .from(entity::Column::Resource)
            .to(resource::entity::Column::Id)
            .into(),
    )
}

fn with_columns(query: Select<entity::Entity>) -> Select<entity::Entity> {
    query.columns([resource::entity::Column::Unit, resource::entity::Column::UnitPath])
}

fn with_owner(query: Select<entity::Entity>) -> Select<entity::Entity> {
    with_columns(joined(query))
}

fn matching(scope: &IssueScope, filter: &IssueFilter) -> Select<entity::Entity> {
    let mut query = joined(entity::Entity::find()).filter(
        Condition::any()
            .add(resource::entity::Column::Unit.is_in(scope.units.iter().map(|unit| unit.0)))
            .add(scope.below.condition(resource::entity::Column::UnitPath)),
    );
    if let Some(state) = filter.state {
        query = query.filter(entity::Column::State.eq(state.as_str()));
    }
    if let Some(severity) = &filter.severity {
        query = query.filter(entity::Column::Severity.eq(severity));
    }
    if let Some(run) = filter.run {
        query = query.filter(entity::Column::Run.eq(run.0));
    }
    if let Some(words) = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        query = query.filter(entity::Column::TitleFolded.like(contains_pattern(words)));
    }
    query
}

fn from_row(row: Row) -> Result<StockIssue> {
    Ok(StockIssue {
        id: row.id.into(),
        resource: row.resource.into(),
        edition: row.edition.into(),
        unit: row.unit.into(),
        unit_path: row.unit_path,
        run: row.run.into(),
        finding: row.finding,
        title: row.title,
        state: StockIssueState::parse(&row.state)
            .ok_or_else(|| StoreError::unreadable("stock_issue", "state", &row.state))?,
        found_at: from_instant(row.found_at),
        closed_by: row.closed_by.map(Into::into),
        closed_at: from_optional_instant(row.closed_at),
        remark: row.remark,
    })
}
