//! The one door through which the platform speaks HTTP to others.

use std::{collections::HashSet, error::Error, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::time::Clock;
use reqwest::{
    Client, Response,
    header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_MODIFIED_SINCE, IF_NONE_MATCH, REFERER, USER_AGENT},
};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::{
    Ask, Fetch, FetchError, FetchSettings, Fetched, Guard, Hop, Lookup, SystemNames,
    body::{self, BodyLimits},
    resolver::{self, GuardedNames},
    tls,
};

/// Fetches over the network, within its settings. Cheap to clone; connections are shared.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    guard: Arc<Guard>,
    lookup: Arc<dyn Lookup>,
    settings: Arc<FetchSettings>,
    clock: Arc<dyn Clock>,
}

impl Fetcher {
    /// Builds the client once; every part of the platform shares it.
    pub fn new(settings: FetchSettings, clock: Arc<dyn Clock>) -> Result<Self, FetchError> {
        let guard = Arc::new(Guard::new(&settings));
        let lookup = settings.lookup.clone().unwrap_or_else(|| Arc::new(SystemNames));
        let tls = tls::config(settings.accept_broken_certificates)?;
        #[expect(clippy::disallowed_methods, reason = "this is the one guarded client")]
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(GuardedNames { guard: guard.clone(), lookup: lookup.clone() })
            .redirect(reqwest::redirect::Policy::none())
            // A proxy named in the environment would make the check of addresses meaningless.
            .no_proxy()
            .referer(false)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(Duration::from_secs(15))
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .build()
            .map_err(|error| FetchError::Setup(innermost(&error)))?;
        Ok(Self { client, guard, lookup, settings: Arc::new(settings), clock })
    }

    async fn send(&self, ask: &Ask, address: &Url, until: Instant) -> Result<Response, FetchError> {
        let host = address.host_str().unwrap_or_default().to_owned();
        self.guard.check_address(address)?;
        let port = address.port_or_known_default();
        if let Some(name) = address.domain() {
            // Once more with the port, which the client's own resolver does not know.
            let found = resolver::resolve(self.lookup.as_ref(), &self.guard, name, port);
            timeout_at(until, found).await.map_err(|_| FetchError::TimedOut(host.clone()))??;
        }
        let mut request = self
            .client
            .get(address.clone())
            .header(USER_AGENT, ask.user_agent.as_deref().unwrap_or(&self.settings.user_agent))
            .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9")
            .header(ACCEPT_ENCODING, "gzip, deflate");
        if let Some(etag) = &ask.validators.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &ask.validators.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        if let Some(referrer) = &ask.referrer {
            request = request.header(REFERER, referrer);
        }
        let until = until.min(Instant::now() + self.settings.connect_timeout + self.settings.idle_timeout);
        let response = timeout_at(until, request.send())
            .await
            .map_err(|_| FetchError::TimedOut(host.clone()))?
            .map_err(|error| explain(&error, &host))?;
        // The last line of defence: whatever happened before, nothing from inside is handed out.
        if let Some(peer) = response.remote_addr()
            && !self.guard.may_connect(&host, peer.ip(), port)
        {
            return Err(FetchError::PrivateAddress { host, address: peer.ip() });
        }
        let size: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if size > self.settings.max_header_bytes {
            return Err(FetchError::HeadersTooLarge(host));
        }
        Ok(response)
    }
}

#[async_trait]
impl Fetch for Fetcher {
    async fn fetch(&self, ask: Ask) -> Result<Fetched, FetchError> {
        let started = self.clock.now();
        let begin = Instant::now();
        let until = begin + self.settings.total_timeout;
        let may_follow = ask.redirects.unwrap_or(self.settings.max_redirects);
        let mut address = without_fragment(ask.address.clone());
        let mut visited = HashSet::from([address.to_string()]);
        let mut chain: Vec<Hop> = Vec::new();
        loop {
            let response = self.send(&ask, &address, until).await?;
            let mut fetched = Fetched {
                asked: ask.address.clone(),
                chain: std::mem::take(&mut chain),
                address: address.clone(),
                peer: response.remote_addr(),
                status: response.status().as_u16(),
                headers: headers(&response),
                body: bytes::Bytes::new(),
                truncated: None,
                started,
                took: Duration::ZERO,
            };
            if may_follow > 0
                && let Some(target) = fetched.redirect_target()
            {
                let target = without_fragment(target);
                if fetched.chain.len() >= may_follow {
                    return Err(FetchError::TooManyRedirects(may_follow));
                }
                if !visited.insert(target.to_string()) {
                    return Err(FetchError::RedirectLoop(target.to_string()));
                }
                chain = fetched.chain;
                chain.push(Hop { from: address, status: fetched.status, to: target.clone() });
                address = target;
                continue;
            }
            let limits = BodyLimits {
                bytes: ask.max_bytes.unwrap_or(usize::MAX).min(self.settings.max_body_bytes),
                ratio: self.settings.max_unpack_ratio,
                idle: self.settings.idle_timeout,
                until,
            };
            (fetched.body, fetched.truncated) = body::read(response, &limits).await?;
            fetched.took = begin.elapsed();
            return Ok(fetched);
        }
    }
}

fn without_fragment(mut address: Url) -> Url {
    address.set_fragment(None);
    address
}

fn headers(response: &Response) -> Vec<(String, String)> {
    let latin = |value: &[u8]| value.iter().map(|byte| char::from(*byte)).collect();
    response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), latin(value.as_bytes()))).collect()
}

/// The client's error in our words.
fn explain(error: &reqwest::Error, host: &str) -> FetchError {
    let host = host.to_owned();
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if let Some(ours) = inner.downcast_ref::<FetchError>() {
            return ours.clone();
        }
        if inner.is::<rustls::Error>() {
            return FetchError::Tls { host, reason: inner.to_string() };
        }
        if let Some(io) = inner.downcast_ref::<std::io::Error>()
            && let Some(tls) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>())
        {
            return FetchError::Tls { host, reason: tls.to_string() };
        }
        cause = inner.source();
    }
    let reason = innermost(error);
    if error.is_timeout() {
        FetchError::TimedOut(host)
    } else if error.is_builder() {
        FetchError::BadAddress(error.url().map_or(host, Url::to_string))
    } else if error.is_connect() {
        FetchError::Connect { host, reason }
    } else if reason.contains("too large") {
        FetchError::HeadersTooLarge(host)
    } else {
        FetchError::Protocol { host, reason }
    }
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}
