//! Remembers for a few seconds what the frame shows of each person, so that turning pages does not count the desk anew.

use std::{sync::Arc, time::Duration};

use app::{App, AppResult, top_bar::TopBar};
use domain::{actor::Actor, ids::PersonId};
use moka::sync::Cache;

/// The corners of the frame by person.
pub struct TopBars(Cache<PersonId, Arc<TopBar>>);

impl Default for TopBars {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(10)).build())
    }
}

impl TopBars {
    /// What to show. A request that changes something forgets the remembered numbers, so that the page after it is right.
    pub async fn get(&self, app: &App, actor: &Actor, reading: bool) -> AppResult<Arc<TopBar>> {
        if let Some(known) = self.0.get(&actor.person) {
            if !reading {
                self.0.invalidate(&actor.person);
            }
            return Ok(known);
        }
        let fresh = Arc::new(app::top_bar::top_bar(app, actor).await?);
        if reading {
            self.0.insert(actor.person, Arc::clone(&fresh));
        }
        Ok(fresh)
    }
}
