//! 机审例外: findings that an office does not want to be told again, for one item or for the unit until a day.

mod decide;
mod end;
mod list;
mod propose;

pub use decide::{Verdict, decide};
pub use end::end;
pub use list::{ExceptionView, list, waiting};
pub use propose::{NewException, propose};

use domain::{ids::ExceptionId, screening_exception::ScreeningException, unit::Unit};

use crate::{AppError, AppResult};

fn not_found() -> AppError {
    AppError::NotFound("机审例外".to_owned())
}

/// An exception with the unit that answers for it.
async fn with_unit(read: &store::Read, id: ExceptionId) -> AppResult<(ScreeningException, Unit)> {
    let exception = store::screening_exception::by_id(read, id).await?.ok_or_else(not_found)?;
    let unit = store::unit::by_id(read, exception.unit).await?.ok_or_else(not_found)?;
    Ok((exception, unit))
}
