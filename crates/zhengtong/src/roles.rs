//! What a node does: answer HTTP, work on jobs, or both, until it is told to end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::App;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use web::{WebConfig, WebState};

use crate::{config::Config, refusal::Refusal, worker};

/// How long open connections may go on after the end was asked for.
const HTTP_GRACE: Duration = Duration::from_secs(10);

/// The roles of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Answers HTTP.
    pub serve: bool,
    /// Works on jobs.
    pub work: bool,
}

/// A socket that is bound: from here on callers wait instead of being refused.
///
/// # Errors
/// A refusal with exit code 2 when the address is taken or not ours.
pub async fn bind(config: &Config) -> Result<TcpListener, Refusal> {
    TcpListener::bind(config.listen).await.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => "端口已被占用，请停止占用它的程序，或用 --listen 换一个".to_owned(),
            std::io::ErrorKind::PermissionDenied => {
                "没有权限监听该端口，请用 --listen 换一个大于 1023 的端口".to_owned()
            }
            _ => error.to_string(),
        };
        Refusal::configuration(format!("无法监听 {}：{why}。", config.listen))
    })
}

/// Runs until `shutdown` is cancelled and everything has ended.
///
/// # Errors
/// What starting and serving can say.
pub async fn run(
    app: App,
    config: &Config,
    listener: Option<TcpListener>,
    roles: Roles,
    shutdown: CancellationToken,
) -> Result<(), Refusal> {
    let working = if roles.work {
        worker::release_leases_of_the_dead(&app).await?;
        app::release::rebuild_outdated(&app).await?;
        let (worker, shutdown) = (worker::worker(&app, config.workers), shutdown.clone());
        Some(tokio::spawn(async move { worker.run(shutdown).await }))
    } else {
        None
    };
    if let Some(listener) = listener {
        serve(app.clone(), config, listener, shutdown.clone()).await?;
        shutdown.cancel();
    }
    if let Some(working) = working
        && let Err(error) = working.await
    {
        tracing::error!(%error, "worker.died");
    }
    app.store.close().await;
    Ok(())
}

async fn serve(app: App, config: &Config, listener: TcpListener, shutdown: CancellationToken) -> Result<(), Refusal> {
    let web = WebState::new(
        Arc::new(app),
        WebConfig {
            base_url: config.public_url.clone(),
            console_host: config.console_host.clone(),
            secure_cookies: config.secure_cookies,
            trusted_proxy: config.trusted_proxy,
            ..WebConfig::default()
        },
    );
    // The first request already finds what is live; afterwards a task keeps up with releases.
    web.portal.refresh().await?;
    let _keeping_fresh = AbortOnDrop(web.portal.keep_fresh());
    let service = web::router(web).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(listen = %config.listen, "http.listening");
    let listener = listener.tap_io(|connection| {
        // Small answers must not wait for more to be sent with them.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "http.nodelay");
        }
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    let serving = std::future::IntoFuture::into_future(serving);
    let outcome = tokio::select! {
        ended = serving => ended.map_err(|error| Refusal::failure(format!("HTTP 服务中断：{error}"))),
        () = async { shutdown.cancelled().await; tokio::time::sleep(HTTP_GRACE).await } => {
            tracing::warn!("http.grace_over");
            Ok(())
        }
    };
    outcome
}

/// A task that ends with the server it belongs to.
struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
