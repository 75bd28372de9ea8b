//! Whose things a person sees when some belong to the own office alone and others to everything below it.

use domain::ids::UnitId;
use sea_orm::{Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, entity::prelude::ColumnTrait};

use crate::{Scope, unit::entity as unit};

/// Things of exactly these units, and those of the units below these paths.
#[derive(Debug, Clone)]
pub struct UnitScope {
    /// Units of one's own office.
    pub units: Vec<UnitId>,
    /// Parts of the tree that are overseen.
    pub below: Scope,
}

impl UnitScope {
    /// The same in SQL, over a column that holds a unit's key.
    pub(crate) fn condition(&self, column: impl ColumnTrait) -> Condition {
        let below = unit::Entity::find()
            .select_only()
            .column(unit::Column::Id)
            .filter(self.below.condition(unit::Column::Path))
            .into_query();
        Condition::any().add(column.is_in(self.units.iter().map(|unit| unit.0))).add(column.in_subquery(below))
    }
}
