//! How much waits.

use domain::actor::Actor;
use policy::{Action, Target};
use store::{job::QueueCounts, schedule::Occurrence};

use crate::{App, AppResult, authorise};

/// The state of the queue.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Counts by queue.
    pub queues: Vec<QueueCounts>,
    /// The newest occurrences of schedules.
    pub occurrences: Vec<Occurrence>,
}

/// The state of the queue.
///
/// # Errors
/// [`crate::AppError::Forbidden`] unless the actor is the platform's system administrator.
pub async fn overview(app: &App, actor: &Actor) -> AppResult<Overview> {
    authorise::require(app, actor, Action::JobView, &Target::Platform)?;
    let read = app.store.read();
    Ok(Overview { queues: store::job::counts(&read).await?, occurrences: store::schedule::list(&read, 20).await? })
}
