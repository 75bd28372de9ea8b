//! Giving back what a worker held that is no more.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Value, sea_query::Expr};

use super::entity::{Column, Entity};
use crate::{Read, Result, Tx, columns::to_instant};

/// The names of all workers that hold a lease.
///
/// # Errors
/// What a query can say.
pub async fn leaseholders(read: &Read) -> Result<BTreeSet<String>> {
    let names: Vec<Option<String>> = Entity::find()
        .select_only()
        .column(Column::LeasedBy)
        .distinct()
        .filter(Column::LeasedBy.is_not_null())
        .into_tuple()
        .all(read)
        .await?;
    Ok(names.into_iter().flatten().collect())
}

/// Makes all jobs that `worker` holds ready now; returns how many. Only for a worker that is certainly dead. The
/// attempt counts: a job that kills its worker must not do so for ever.
///
/// # Errors
/// What an update can say.
pub async fn release(tx: &Tx, worker: &str) -> Result<u64> {
    let outcome = Entity::update_many()
        .col_expr(Column::ReadyAt, Expr::value(to_instant(tx.now())))
        .col_expr(Column::LeasedBy, Expr::value(Value::String(None)))
        .filter(Column::LeasedBy.eq(worker))
        .filter(Column::DeadAt.is_null())
        .exec(tx)
        .await?;
    tx.after_commit_wake_jobs();
    Ok(outcome.rows_affected)
}
