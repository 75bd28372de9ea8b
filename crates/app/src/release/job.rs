//! The job that publishes a site, and how verbs ask for it.

use domain::ids::{PersonId, SiteId};
use jobs::{Attempt, EnqueueOptions, Job, JobError};
use serde::{Deserialize, Serialize};
use store::{Tx, pending_change::Changed};

use crate::{App, AppResult};

/// Publishes what is pending on a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublishSite {
    /// The site.
    pub site: SiteId,
}

impl Job for PublishSite {
    const NAME: &'static str = "release.publish_site";
    const PRIORITY: i32 = 10;
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        super::publish_site(&app, self.site).await.map(|_| ()).map_err(JobError::retry)
    }
}

/// Notes what changed on a site and asks for its publication, in the caller's transaction.
///
/// Jobs merge only while none of them has started, and merging keeps a waiting one from starting before this
/// transaction ends; so whatever is noted here is seen by a job that starts afterwards.
pub async fn note_and_enqueue(tx: &Tx, site: SiteId, changes: &[Changed], made_by: Option<PersonId>) -> AppResult<()> {
    if changes.is_empty() {
        return Ok(());
    }
    store::pending_change::note(tx, site, changes, made_by).await?;
    let options = EnqueueOptions { dedupe_key: Some(format!("publish:{site}")), ..EnqueueOptions::default() };
    jobs::enqueue(tx, &PublishSite { site }, options).await?;
    Ok(())
}
