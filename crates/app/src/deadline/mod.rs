//! Running deadlines (办理时限): started by the verb that receives something, paused and extended by those who handle
//! it, computed anew when the calendar changes, shown with every counted and skipped day.

mod acknowledge;
mod finish;
mod handle;
mod list;
mod recompute;
mod show;
mod start;
mod sum;

pub use acknowledge::acknowledge;
pub use finish::finish;
pub(crate) use finish::finish_in;
pub use handle::{extend, pause, restart, resume};
pub use list::{DeadlineRow, Light, NoticeRow, desk, list, notices};
pub use recompute::{RecomputeDeadlines, recompute};
pub use show::{DeadlineShow, SumLine, show};
pub use start::{NewDeadline, start};
pub use store::deadline::DeadlineProgress;
