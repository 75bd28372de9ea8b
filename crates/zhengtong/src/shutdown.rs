//! Ending in order: SIGTERM or Ctrl-C stops taking new work; what runs may finish for a while.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::refusal::Refusal;

/// A token that is cancelled at the first SIGTERM or SIGINT. The second one ends the process at once.
pub fn token() -> Result<CancellationToken, Refusal> {
    let refuse = |error: std::io::Error| Refusal::failure(format!("无法监听系统信号：{error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(refuse)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(refuse)?;
    let token = CancellationToken::new();
    let asked = token.clone();
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        tracing::info!("shutdown.asked");
        asked.cancel();
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        tracing::warn!("shutdown.forced");
        std::process::exit(130);
    });
    Ok(token)
}
