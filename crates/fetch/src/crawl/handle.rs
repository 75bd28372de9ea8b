//! Stop, pause, look.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::CrawlProgress;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Run,
    Pause,
    Stop,
}

/// Held by the owner of a crawl. Dropping it does not stop the crawl; dropping the receiver of steps does.
#[derive(Debug, Clone)]
pub struct CrawlHandle {
    pub(super) wish: Arc<watch::Sender<Wish>>,
    pub(super) progress: Arc<Mutex<CrawlProgress>>,
}

impl CrawlHandle {
    /// Sends no new request; what is in flight comes in.
    pub fn pause(&self) {
        self.change(Wish::Pause);
    }

    /// Goes on after a pause.
    pub fn resume(&self) {
        self.change(Wish::Run);
    }

    /// Ends after what is in flight has come in.
    pub fn stop(&self) {
        self.change(Wish::Stop);
    }

    /// The counts of this moment.
    pub fn progress(&self) -> CrawlProgress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, to: Wish) {
        self.wish.send_if_modified(|wish| {
            let changes = *wish != to && *wish != Wish::Stop;
            if changes {
                *wish = to;
            }
            changes
        });
    }
}
