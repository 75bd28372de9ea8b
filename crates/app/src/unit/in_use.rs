//! The unit that something new is to hang on.

use domain::{
    ids::UnitId,
    unit::{Unit, UnitStatus},
};

use crate::{AppError, AppResult};

/// The unit with this key, kept in use and at its place until the transaction ends. A refusal names the form's `field`.
///
/// # Errors
/// [`AppError::Invalid`] when there is no such unit, or it is no longer in use.
pub(crate) async fn hold_in_use(tx: &store::Tx, field: &str, id: UnitId) -> AppResult<Unit> {
    checked(field, store::unit::hold(tx, id).await?)
}

/// [`hold_in_use`] for a look before the transaction: the unit may still change afterwards.
pub(crate) async fn in_use(read: &store::Read, field: &str, id: UnitId) -> AppResult<Unit> {
    checked(field, store::unit::by_id(read, id).await?)
}

fn checked(field: &str, unit: Option<Unit>) -> AppResult<Unit> {
    let unit = unit.ok_or_else(|| AppError::invalid(field, "没有这个单位，请重新选择。"))?;
    if unit.status != UnitStatus::Active {
        let message = format!("“{}”{}，请选择在用的单位。", unit.name, unit.status.chinese());
        return Err(AppError::invalid(field, message));
    }
    Ok(unit)
}
