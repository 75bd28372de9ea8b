//! The one door through which the platform speaks HTTP to others.

use std::{collections::HashSet, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use domain::time::Clock;
use http_body_util::Empty;
use hyper::{
    Request, Response,
    body::Incoming,
    header::{self, HeaderValue},
};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use crate::{
    Ask, Fetch, FetchError, FetchSettings, Fetched, Guard, Hop, Lookup, SystemNames,
    body::{self, BodyLimits},
    connection::{Connection, Connector, Origin},
    explain,
    pool::Pool,
    resolver, tls,
};

/// Fetches over the network, within its settings. Cheap to clone; connections are shared.
///
/// It speaks HTTP/1.1 on connections of its own making, so that the address that was checked is the address that is
/// connected to, and so that N requests at once are never more than N connections. It knows of no proxy: a proxy would
/// make the check of addresses meaningless.
#[derive(Clone)]
pub struct Fetcher {
    inner: Arc<Inner>,
}

struct Inner {
    guard: Guard,
    lookup: Arc<dyn Lookup>,
    connector: Connector,
    pool: Pool,
    settings: FetchSettings,
    clock: Arc<dyn Clock>,
}

/// An answer whose body is still to be read.
struct Begun {
    origin: Origin,
    connection: Connection,
    response: Response<Incoming>,
}

impl Fetcher {
    /// Built once; every part of the platform shares it.
    pub fn new(settings: FetchSettings, clock: Arc<dyn Clock>) -> Result<Self, FetchError> {
        let guard = Guard::new(&settings);
        let lookup = settings.lookup.clone().unwrap_or_else(|| Arc::new(SystemNames));
        let connector = Connector {
            tls: Arc::new(tls::config(settings.accept_broken_certificates)?),
            timeout: settings.connect_timeout,
            max_header_bytes: settings.max_header_bytes,
        };
        Ok(Self { inner: Arc::new(Inner { guard, lookup, connector, pool: Pool::default(), settings, clock }) })
    }
}

impl Inner {
    async fn begin(&self, ask: &Ask, address: &Url, until: Instant) -> Result<Begun, FetchError> {
        self.guard.check_address(address)?;
        let origin = Origin::of(address).ok_or_else(|| FetchError::BadAddress(address.to_string()))?;
        let late = || FetchError::TimedOut(origin.host.clone());
        let request = self.request(ask, address)?;
        let wait_until = until.min(Instant::now() + self.settings.connect_timeout + self.settings.idle_timeout);
        let sending = async {
            while let Some(mut connection) = self.pool.take(&origin).await {
                match connection.send(request.clone()).await {
                    Ok(response) => return Ok((connection, response)),
                    // The server hung up while the connection rested: that says nothing about this request.
                    Err(error) if error.is_canceled() || error.is_closed() || error.is_incomplete_message() => {
                        connection.close().await;
                    }
                    Err(error) => {
                        connection.close().await;
                        return Err(explain::speaking(&error, &origin.host));
                    }
                }
            }
            let addresses = match address.host() {
                Some(Host::Ipv4(ip)) => vec![ip.into()],
                Some(Host::Ipv6(ip)) => vec![ip.into()],
                _ => resolver::resolve(self.lookup.as_ref(), &self.guard, &origin.host, origin.port).await?,
            };
            let mut connection = self.connector.open(&origin, addresses).await?;
            match connection.send(request.clone()).await {
                Ok(response) => Ok((connection, response)),
                Err(error) => {
                    connection.close().await;
                    Err(explain::speaking(&error, &origin.host))
                }
            }
        };
        let (connection, response) = timeout_at(wait_until, sending).await.map_err(|_| late())??;
        let size: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if size > self.settings.max_header_bytes {
            connection.close().await;
            return Err(FetchError::HeadersTooLarge(origin.host));
        }
        Ok(Begun { origin, connection, response })
    }

    fn request(&self, ask: &Ask, address: &Url) -> Result<Request<Empty<Bytes>>, FetchError> {
        let host = match address.port() {
            Some(port) => format!("{}:{port}", address.host_str().unwrap_or_default()),
            None => address.host_str().unwrap_or_default().to_owned(),
        };
        let target = match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        };
        let mut request = Request::get(target)
            .header(header::HOST, host)
            .header(header::USER_AGENT, ask.user_agent.as_deref().unwrap_or(&self.settings.user_agent))
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(header::ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9")
            .header(header::ACCEPT_ENCODING, "gzip, deflate");
        let more = [
            (header::IF_NONE_MATCH, &ask.validators.etag),
            (header::IF_MODIFIED_SINCE, &ask.validators.last_modified),
            (header::REFERER, &ask.referrer),
        ];
        for (name, value) in more {
            if let Some(value) = value {
                request = request.header(name, latin_bytes(value));
            }
        }
        if let Some(bearer) = ask.bearer.as_ref().filter(|_| address.origin() == ask.address.origin()) {
            let mut value = HeaderValue::from_str(&format!("Bearer {bearer}"))
                .map_err(|_| FetchError::BadAddress(address.to_string()))?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        request.body(Empty::new()).map_err(|_| FetchError::BadAddress(address.to_string()))
    }

    /// Reads the body and lets the connection rest, or closes it.
    async fn finish(&self, begun: Begun, limits: &BodyLimits, fetched: &mut Fetched) -> Result<(), FetchError> {
        let Begun { origin, connection, response } = begun;
        let encoding = fetched.header("content-encoding").unwrap_or_default().to_owned();
        let mut body = response.into_body();
        let read = body::read(&mut body, &encoding, limits).await;
        drop(body);
        match &read {
            Ok((_, None)) => self.pool.give_back(origin, connection).await,
            _ => connection.close().await,
        }
        (fetched.body, fetched.truncated) = read?;
        Ok(())
    }
}

#[async_trait]
impl Fetch for Fetcher {
    async fn fetch(&self, ask: Ask) -> Result<Fetched, FetchError> {
        let inner = &self.inner;
        let settings = &inner.settings;
        let started = inner.clock.now();
        let begin = Instant::now();
        let until = begin + settings.total_timeout;
        let may_follow = ask.redirects.unwrap_or(settings.max_redirects);
        let mut limits = BodyLimits {
            bytes: ask.max_bytes.unwrap_or(usize::MAX).min(settings.max_body_bytes),
            ratio: settings.max_unpack_ratio,
            idle: settings.idle_timeout,
            until,
        };
        let mut address = without_fragment(ask.address.clone());
        let mut visited = HashSet::from([address.to_string()]);
        let mut chain: Vec<Hop> = Vec::new();
        loop {
            let begun = inner.begin(&ask, &address, until).await?;
            let mut fetched = Fetched {
                asked: ask.address.clone(),
                chain: std::mem::take(&mut chain),
                address: address.clone(),
                peer: Some(begun.connection.peer),
                status: begun.response.status().as_u16(),
                headers: headers(&begun.response),
                body: Bytes::new(),
                truncated: None,
                started,
                took: Duration::ZERO,
            };
            let target = fetched.redirect_target().filter(|_| may_follow > 0).map(without_fragment);
            if target.is_some() {
                // A few words at most, read so that the connection can be used for the next hop.
                limits.bytes = limits.bytes.min(64 << 10);
            }
            let finished = inner.finish(begun, &limits, &mut fetched).await;
            let Some(target) = target else {
                finished?;
                fetched.took = begin.elapsed();
                return Ok(fetched);
            };
            if fetched.chain.len() >= may_follow {
                return Err(FetchError::TooManyRedirects(may_follow));
            }
            if !visited.insert(target.to_string()) {
                return Err(FetchError::RedirectLoop(target.to_string()));
            }
            chain = fetched.chain;
            chain.push(Hop { from: address, status: fetched.status, to: target.clone() });
            address = target;
            limits.bytes = ask.max_bytes.unwrap_or(usize::MAX).min(settings.max_body_bytes);
        }
    }
}

fn without_fragment(mut address: Url) -> Url {
    address.set_fragment(None);
    address
}

fn headers(response: &Response<Incoming>) -> Vec<(String, String)> {
    let latin = |value: &[u8]| value.iter().map(|byte| char::from(*byte)).collect();
    response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), latin(value.as_bytes()))).collect()
}

/// Back to the bytes that were read as Latin-1; text beyond that as UTF-8.
fn latin_bytes(text: &str) -> Vec<u8> {
    let bytes: Result<Vec<u8>, _> = text.chars().map(|character| u8::try_from(u32::from(character))).collect();
    bytes.unwrap_or_else(|_| text.as_bytes().to_vec())
}
