//! Forgetting sessions that ended long ago; the audit trail keeps what matters of them.

use jiff::SignedDuration;
use jobs::{Attempt, Job, JobError};
use serde::{Deserialize, Serialize};

use crate::{App, AppResult};

/// Sessions are kept so long after their last use.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Deletes the rows of old sessions; run it once a day.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SweepSessions {}

impl Job for SweepSessions {
    const NAME: &'static str = "session.sweep";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        sweep(&app).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Deletes them; returns how many. Nobody's doing, and nothing that anybody could still use: no audit event.
pub async fn sweep(app: &App) -> AppResult<u64> {
    let before = app.now() - KEPT;
    Ok(app.store.write(|tx| async move { store::session::delete_older(&tx, before).await }).await?)
}
