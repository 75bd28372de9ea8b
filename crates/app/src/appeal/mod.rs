//! 规则异议: people who work on texts contest a rule of the screening; the region's office answers in time.

mod acknowledge;
mod decide;
mod file;
mod follow_up;
mod list;
mod show;

pub use acknowledge::{acknowledge, answered};
pub use decide::{Answer, Verdict, decide};
pub use file::{Filed, file};
pub use follow_up::{NewFollowUp, follow_up};
pub use list::{AppealRow, list, waiting};
pub use show::{AppealView, show};

use domain::actor::Actor;
use policy::{Action, Target};

use crate::{App, AppError};

/// The deadline rule of the answer.
pub const ANSWER_RULE: &str = "screening.appeal";

fn not_found() -> AppError {
    AppError::NotFound("规则异议".to_owned())
}

/// The actor answers appeals.
fn answers(app: &App, actor: &Actor) -> bool {
    app.policy.decide(actor, Action::AppealDecide, &Target::Platform).allowed
}
