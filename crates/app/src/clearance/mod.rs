//! 放行: an editor asks, the last reviewer lets a text with a blocking finding pass, or refuses, with a reason.

mod ask;
mod decide;
mod show;
mod waiting;
mod withdraw;

pub use ask::ask;
pub use decide::{Verdict, decide};
pub use show::{ClearanceView, show};
pub use waiting::{WaitingClearance, answered, waiting};
pub use withdraw::withdraw;

use crate::AppError;

fn not_found() -> AppError {
    AppError::NotFound("放行申请".to_owned())
}
