//! One question to a server.

use async_trait::async_trait;
use url::Url;

use crate::{FetchError, Fetched};

/// What a server said about a copy fetched earlier; sent back, it lets the server answer "not modified".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header, byte for byte.
    pub etag: Option<String>,
    /// The `Last-Modified` header, byte for byte: servers compare it as text.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Nothing to ask with: the whole body comes back.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A GET request.
#[derive(Debug, Clone)]
pub struct Ask {
    pub address: Url,
    /// Makes the request conditional.
    pub validators: Validators,
    /// How many redirects are followed; `None` takes the fetcher's own limit, 0 returns the redirect itself.
    pub redirects: Option<usize>,
    /// Largest body in bytes; `None` takes the fetcher's own limit, which cannot be exceeded.
    pub max_bytes: Option<usize>,
    /// Instead of the fetcher's own name.
    pub user_agent: Option<String>,
    /// The page that names the address.
    pub referrer: Option<String>,
    /// A bearer token for the machine that is asked; no redirect carries it on to another one.
    pub bearer: Option<String>,
}

impl Ask {
    /// An unconditional request with the fetcher's own limits.
    pub fn get(address: Url) -> Self {
        Self {
            address,
            validators: Validators::default(),
            redirects: None,
            max_bytes: None,
            user_agent: None,
            referrer: None,
            bearer: None,
        }
    }
}

/// Whoever can fetch: the real [`Fetcher`](crate::Fetcher) or a made-up one in tests.
#[async_trait]
pub trait Fetch: Send + Sync + 'static {
    /// The server's answer, whatever its status; an error only when there is no answer to speak of.
    async fn fetch(&self, ask: Ask) -> Result<Fetched, FetchError>;
}
