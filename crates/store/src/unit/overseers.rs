//! Who oversees a division: its competent office and the coordinators (通知 一(二)).

use domain::{
    identifier::DivisionCode,
    unit::{Unit, UnitKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{entity, from_row, is_active};
use crate::{Read, Result, division};

/// Words of `coordinator_role`, in the order of the notice.
pub const COORDINATOR_ROLES: [&str; 5] = ["编制", "公安", "通管", "宣传", "网信"];

/// The competent office (主管单位) of a division: its government office; when it has none in use, that of the division
/// above. `None` only when no division up to the region has one.
pub async fn competent_office(read: &Read, division: &DivisionCode) -> Result<Option<Unit>> {
    for place in division::with_those_above(read, division).await? {
        let office = entity::Entity::find()
            .filter(is_active())
            .filter(entity::Column::Division.eq(place.code.as_str()))
            .filter(entity::Column::Kind.eq(UnitKind::GovernmentOffice.as_str()))
            .order_by_asc(entity::Column::Code)
            .one(read)
            .await?;
        if let Some(row) = office {
            return from_row(row).map(Some);
        }
    }
    Ok(None)
}

/// The coordinators (协同监管单位) of a division with their roles, in the order of the notice. Each role is looked up
/// in the division and, where it has none there, upwards: the telecommunications administration (通管) exists for the
/// region only, and a banner is served by its league. Found by role, not by kind: 公安 is a department as well.
pub async fn coordinators(read: &Read, division: &DivisionCode) -> Result<Vec<(&'static str, Unit)>> {
    let places: Vec<DivisionCode> =
        division::with_those_above(read, division).await?.into_iter().map(|place| place.code).collect();
    let rows = entity::Entity::find()
        .filter(is_active())
        .filter(entity::Column::Division.is_in(places.iter().map(DivisionCode::as_str)))
        .filter(entity::Column::CoordinatorRole.is_not_null())
        .order_by_asc(entity::Column::Code)
        .all(read)
        .await?;
    let mut found = Vec::new();
    for role in COORDINATOR_ROLES {
        let nearest = places.iter().find_map(|place| {
            rows.iter().find(|row| row.division == place.as_str() && row.coordinator_role.as_deref() == Some(role))
        });
        if let Some(row) = nearest {
            found.push((role, from_row(row.clone())?));
        }
    }
    Ok(found)
}
