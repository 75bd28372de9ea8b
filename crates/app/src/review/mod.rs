//! Reviews (审核): graded, before publication, by different people (分级审核、先审后发, 通知 三(一)).

mod admit;
mod batch;
mod comment;
mod desk;
mod make_up;
mod pass;
mod return_;
mod seat;
mod show;
mod urgent;

pub use batch::{BatchItem, BatchOutcome, pass_all};
pub use comment::{NewComment, comment, resolve_comment};
pub use desk::{Desk, DeskItem, desk};
pub use make_up::make_up;
pub use pass::{pass, pass_in};
pub use return_::return_to_writer;
pub(crate) use seat::seat_of;
pub use seat::{Seat, may_decide};
pub use show::{OpenStep, ReviewView, of_edition, show};
pub use urgent::pass_urgently;
