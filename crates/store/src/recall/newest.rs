//! Recalls as lists show them, scoped to what the reader may see.

use std::collections::BTreeMap;

use domain::{ids::RecallId, recall::Recall};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef,
    entity::prelude::*, sea_query::Expr,
};

use super::{entity, from_row, receipt};
use crate::{
    Read, Result,
    columns::{chunks_of_keys, from_count},
    library::LibraryScope,
    resource,
};

/// How far the clearing of a recall has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Places where it showed.
    pub places: u64,
    /// Places that have signed.
    pub cleared: u64,
}

/// Recalls of resources in a scope, newest first, and how many there are. What is recalled is shared with nobody, so
/// `scope.shared` counts for nothing here.
pub async fn newest(read: &Read, scope: &LibraryScope, offset: u64, limit: u64) -> Result<(Vec<Recall>, u64)> {
    let mut whose = Condition::any().add(Expr::cust("1 = 0"));
    for path in &scope.paths {
        whose = whose.add(resource::entity::Column::UnitPath.starts_with(path));
    }
    if !scope.units.is_empty() {
        whose = whose.add(resource::entity::Column::Unit.is_in(scope.units.iter().map(|unit| unit.0)));
    }
    let relation: RelationDef = entity::Entity::belongs_to(resource::entity::Entity)
        .from(entity::Column::Resource)
        .to(resource::entity::Column::Id)
        .into();
    let query = entity::Entity::find().join(JoinType::InnerJoin, relation).filter(whose);
    let total = query.clone().count(read).await?;
    let rows = query
        .order_by_desc(entity::Column::RecalledAt)
        .order_by_desc(entity::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(read)
        .await?;
    Ok((rows.into_iter().map(from_row).collect(), total))
}

/// How far each of these recalls has come; one that showed nowhere is left out.
pub async fn progress(read: &Read, recalls: &[RecallId]) -> Result<BTreeMap<RecallId, Progress>> {
    let keys: Vec<Uuid> = recalls.iter().map(|id| id.0).collect();
    let mut found: BTreeMap<RecallId, Progress> = BTreeMap::new();
    for chunk in chunks_of_keys(&keys) {
        let rows: Vec<(Uuid, i64, i64)> = receipt::Entity::find()
            .select_only()
            .column(receipt::Column::Recall)
            .column_as(receipt::Column::Path.count(), "places")
            .column_as(receipt::Column::ClearedAt.count(), "cleared")
            .filter(receipt::Column::Recall.is_in(chunk.iter().copied()))
            .group_by(receipt::Column::Recall)
            .into_tuple()
            .all(read)
            .await?;
        for (recall, places, cleared) in rows {
            found.insert(recall.into(), Progress { places: from_count(places), cleared: from_count(cleared) });
        }
    }
    Ok(found)
}
