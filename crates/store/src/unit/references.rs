//! What hangs on a unit, and handing it over when the unit is merged into another.
//!
//! A test compares these lists with the foreign keys of the schema, so that a new table cannot be forgotten.

use std::collections::HashSet;

use domain::ids::UnitId;
use sea_orm::{
    ConnectionTrait, FromQueryResult, Statement,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait, Func, Query, SelectStatement},
};
use serde::Serialize;

use crate::{Read, Result, Tx, columns};

/// Columns that go to the unit that takes over, with the rows concerned (all when blank).
const HANDED_OVER: [(&str, &str, &str); 18] = [
    ("person", "home_unit", ""),
    ("appointment", "unit", "ended_at IS NULL"),
    ("resource", "unit", ""),
    ("site", "sponsor", ""),
    ("site", "operator", ""),
    ("review", "unit", "state = 'running'"),
    ("review_step", "unit", "outcome = 'waiting'"),
    ("review_chain", "unit", "scope_kind <> 'unit'"),
    ("api_token", "unit", "revoked_at IS NULL"),
    ("alarm", "unit", "cleared_at IS NULL"),
    ("deadline", "unit", "state = 'running'"),
    ("screening_exception", "unit", "state = 'in_force'"),
    ("clearance", "unit", "state = 'asked'"),
    ("clearance", "step_unit", "state = 'asked'"),
    ("screening_appeal", "office", "state = 'open'"),
    ("finding_outcome", "unit", ""),
    ("lexicon_pack", "unit", ""),
    ("migration", "unit", ""),
];

/// Columns that stay: the tree (moved on its own) and what is history.
const KEPT: [(&str, &str); 5] = [
    ("unit", "parent"),
    ("unit", "merged_into"),
    ("unit_history", "unit"),
    ("appeal_party", "unit"),
    ("stock_run", "unit"),
];

/// How much hangs on a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UnitReferences {
    /// People who belong to it.
    pub people: u64,
    /// Appointments in force.
    pub appointments: u64,
    /// Resources of the library and drafts.
    pub resources: u64,
    /// Sites it sponsors, not closed.
    pub sites_sponsored: u64,
    /// Sites it operates, not closed.
    pub sites_operated: u64,
    /// Review steps that wait for its reviewers.
    pub waiting_steps: u64,
    /// Review chains of sites and columns that it owns.
    pub chains: u64,
    /// API tokens in force.
    pub tokens: u64,
    /// Units directly below it that are in use.
    pub active_children: u64,
    /// Units directly below it, in whatever state.
    pub children: u64,
}

/// Every column known to point to a unit, as `(table, column)`.
pub fn known_columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    HANDED_OVER.into_iter().map(|(table, column, _)| (table, column)).chain(KEPT)
}

/// Counts what hangs on a unit.
pub async fn count_references(read: &Read, unit: UnitId) -> Result<UnitReferences> {
    let count = async |table, column, only| count(read, table, column, only, unit).await;
    Ok(UnitReferences {
        people: count("person", "home_unit", "").await?,
        appointments: count("appointment", "unit", "ended_at IS NULL").await?,
        resources: count("resource", "unit", "").await?,
        sites_sponsored: count("site", "sponsor", "state <> 'closed'").await?,
        sites_operated: count("site", "operator", "state <> 'closed'").await?,
        waiting_steps: count("review_step", "unit", "outcome = 'waiting'").await?,
        chains: count("review_chain", "unit", "scope_kind <> 'unit'").await?,
        tokens: count("api_token", "unit", "revoked_at IS NULL").await?,
        active_children: count("unit", "parent", "status = 'active'").await?,
        children: count("unit", "parent", "").await?,
    })
}

/// Gives everything that hangs on `from` to `to`, whose path is `to_path`; the units below are moved by
/// [`super::move_subtree`]. Duties that a person holds at both are ended at `from`; ended appointments stay where they
/// were. The chain of `from` itself retires: what it submitted goes the way of `to` from now on.
pub async fn hand_over(tx: &Tx, from: UnitId, from_path: &str, to: UnitId, to_path: &str) -> Result<()> {
    end_duties_held_at_both(tx, from, to).await?;
    retire_own_chain(tx, from).await?;
    rewrite_chain_steps(tx, from, to).await?;
    for (table, column, only) in HANDED_OVER {
        let column = Alias::new(column);
        let mut statement = Query::update()
            .table(Alias::new(table))
            .value(column.clone(), to.0)
            .and_where(Expr::col(column).eq(from.0))
            .to_owned();
        if !only.is_empty() {
            statement.and_where(Expr::cust(only));
        }
        tx.execute(&statement).await?;
    }
    for table in super::subtree::COPIES {
        let statement = Query::update()
            .table(Alias::new(table))
            .value(Alias::new("unit_path"), to_path)
            .and_where(Expr::col(Alias::new("unit_path")).eq(from_path))
            .to_owned();
        tx.execute(&statement).await?;
    }
    Ok(())
}

async fn count(
    read: &Read,
    table: &'static str,
    column: &'static str,
    only: &'static str,
    unit: UnitId,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Row {
        how_many: i64,
    }
    let mut statement = Query::select()
        .expr_as(Func::count(Expr::cust("*")), "how_many")
        .from(Alias::new(table))
        .and_where(Expr::col(Alias::new(column)).eq(unit.0))
        .to_owned();
    if !only.is_empty() {
        statement.and_where(Expr::cust(only));
    }
    let row = Row::find_by_statement(build(read, &statement)).one(read).await?;
    Ok(row.map_or(0, |row| columns::from_count(row.how_many)))
}

async fn end_duties_held_at_both(tx: &Tx, from: UnitId, to: UnitId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        person: Uuid,
        duty: String,
        unit: Uuid,
    }
    let statement = Query::select()
        .columns(["id", "person", "duty", "unit"].map(Alias::new))
        .from(Alias::new("appointment"))
        .and_where(Expr::col(Alias::new("unit")).is_in([from.0, to.0]))
        .and_where(Expr::cust("ended_at IS NULL"))
        .to_owned();
    let rows = Row::find_by_statement(build(tx, &statement)).all(tx).await?;
    let at_target: HashSet<(Uuid, &str)> =
        rows.iter().filter(|row| row.unit == to.0).map(|row| (row.person, row.duty.as_str())).collect();
    let twice: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.unit == from.0 && at_target.contains(&(row.person, row.duty.as_str())))
        .map(|row| row.id)
        .collect();
    for chunk in columns::chunks_of_keys(&twice) {
        let statement = Query::update()
            .table(Alias::new("appointment"))
            .value(Alias::new("ended_at"), columns::to_instant(tx.now()))
            .and_where(Expr::col(Alias::new("id")).is_in(chunk.iter().copied()))
            .to_owned();
        tx.execute(&statement).await?;
    }
    Ok(())
}

async fn retire_own_chain(tx: &Tx, from: UnitId) -> Result<()> {
    let statement = Query::update()
        .table(Alias::new("review_chain"))
        .value(Alias::new("active"), false)
        .and_where(Expr::col(Alias::new("scope_kind")).eq("unit"))
        .and_where(Expr::col(Alias::new("scope_id")).eq(from.0))
        .to_owned();
    tx.execute(&statement).await?;
    Ok(())
}

/// Steps name the unit whose reviewers decide; those that name `from` name `to` from now on.
async fn rewrite_chain_steps(tx: &Tx, from: UnitId, to: UnitId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        steps: String,
    }
    let statement = Query::select()
        .columns(["id", "steps"].map(Alias::new))
        .from(Alias::new("review_chain"))
        .and_where(Expr::col(Alias::new("active")).eq(true))
        .to_owned();
    let (old, new) = (from.to_string(), to.to_string());
    for row in Row::find_by_statement(build(tx, &statement)).all(tx).await? {
        if !row.steps.contains(&old) {
            continue;
        }
        // A key is 36 characters that stand for nothing else, so replacing the text is safe.
        let statement = Query::update()
            .table(Alias::new("review_chain"))
            .value(Alias::new("steps"), row.steps.replace(&old, &new))
            .and_where(Expr::col(Alias::new("id")).eq(row.id))
            .to_owned();
        tx.execute(&statement).await?;
    }
    Ok(())
}

fn build(read: &Read, statement: &SelectStatement) -> Statement {
    read.get_database_backend().build(statement)
}
