//! The worker of this process.

use std::path::Path;

use app::App;
use jobs::{Worker, WorkerOptions};

use crate::refusal::Refusal;

/// A worker with all jobs of this version.
pub fn worker(app: &App, concurrency: usize) -> Worker<App> {
    let options = WorkerOptions { concurrency, grace: std::time::Duration::from_secs(20), ..WorkerOptions::default() };
    Worker::new(app.store.clone(), app::registry(), app.clone(), options)
}

/// Gives back what processes of this machine held that are no more: after a crash nobody waits for their leases.
///
/// # Errors
/// What the database can say.
pub async fn release_leases_of_the_dead(app: &App) -> Result<usize, Refusal> {
    let own = WorkerOptions::default().name;
    let Some((host, own_process)) = own.rsplit_once('-') else { return Ok(0) };
    let mut released = 0;
    for holder in store::job::leaseholders(&app.store.read()).await? {
        let Some(process) = holder.strip_prefix(host).and_then(|rest| rest.strip_prefix('-')) else { continue };
        // A holder with our own number is a former process: this one has not begun to work.
        let number = process.parse::<u32>().is_ok();
        let gone = number && (process == own_process || !Path::new("/proc").join(process).exists());
        if gone {
            let holder = holder.as_str();
            released += app.store.write(|tx| async move { store::job::release(&tx, holder).await }).await?;
        }
    }
    if released > 0 {
        tracing::warn!(released, "jobs.leases_of_a_dead_process_released");
    }
    Ok(usize::try_from(released).unwrap_or(usize::MAX))
}
