//! A unit with everything below it, and moving it as a whole.

use domain::unit::{Unit, unit_path};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Alias, BinOper, Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, Query, SimpleExpr},
};

use super::{entity, from_row};
use crate::{Read, Result, Tx, columns};

/// Tables that keep a copy of their unit's path in `unit_path`, because lists of them are filtered by it.
pub(super) const COPIES: [&str; 2] = ["resource", "library_change"];

/// A unit and all units below it, whatever their state, each after the unit above it.
pub async fn list_below(read: &Read, top: &Unit) -> Result<Vec<Unit>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Path.like(starts_with(&top.path)))
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    let mut units: Vec<Unit> = rows.into_iter().map(from_row).collect::<Result<_>>()?;
    units.sort_by_key(|unit| unit.path.len());
    Ok(units)
}

/// Puts `unit` below `parent`: its parent, its path, the paths of all units below it, and every copy of those paths
/// (library, change feed). The caller has called [`super::lock_tree`] and made sure that `parent` is not inside `unit`.
/// Returns the unit's new path.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when `unit.lock_version` is no longer the stored one.
pub async fn move_subtree(tx: &Tx, unit: &Unit, parent: &Unit) -> Result<String> {
    let path = unit_path(&parent.path, unit.id);
    let moved = entity::Entity::update_many()
        .col_expr(entity::Column::Parent, Expr::value(parent.id.0))
        .col_expr(entity::Column::LockVersion, Expr::value(unit.lock_version + 1))
        .filter(entity::Column::Id.eq(unit.id.0))
        .filter(entity::Column::LockVersion.eq(unit.lock_version))
        .exec(tx)
        .await?;
    columns::require_one_row("unit", moved.rows_affected)?;
    entity::Entity::update_many()
        .col_expr(entity::Column::Path, with_prefix_replaced(entity::Column::Path, &unit.path, &path))
        .filter(entity::Column::Path.like(starts_with(&unit.path)))
        .exec(tx)
        .await?;
    for table in COPIES {
        let copy = Alias::new("unit_path");
        let statement = Query::update()
            .table(Alias::new(table))
            .value(copy.clone(), with_prefix_replaced(copy.clone(), &unit.path, &path))
            .and_where(Expr::col(copy).like(starts_with(&unit.path)))
            .to_owned();
        tx.execute(&statement).await?;
    }
    Ok(path)
}

/// `LIKE` pattern of every path that begins with `prefix`.
fn starts_with(prefix: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", columns::escaped_for_like(prefix))).escape('\\')
}

/// `new || substr(column, length of old + 1)`.
fn with_prefix_replaced(column: impl IntoColumnRef, old: &str, new: &str) -> SimpleExpr {
    // Paths are ASCII, and PostgreSQL wants substr's position as a 32-bit integer.
    let rest_from = i32::try_from(old.len()).unwrap_or(i32::MAX - 1) + 1;
    let rest = Func::cust("substr").arg(Expr::col(column)).arg(Expr::value(rest_from));
    Expr::value(new.to_owned()).binary(BinOper::Custom("||"), rest)
}
