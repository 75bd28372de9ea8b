//! Everything the platform asks of other machines over HTTP, through one guarded door.
//!
//! * [`Fetcher`]: one request at a time. Whatever address it is given, it never reaches into the platform's own
//!   network ([`Guard`]), never reads more than it was told to, and never waits longer than it was told to.
//! * [`Fetch`]: the seam between those who need a page and the network, with [`FakeFetcher`] for tests.
//! * [`robots`]: what a site asks of crawlers (RFC 9309).
//! * [`address`]: one spelling for one address, and whether two addresses belong to one site.
//! * [`links`]: addresses named in pages, site maps and style sheets.
//! * [`crawl`]: visits a whole site politely, ends on sites without end, and goes on where it was stopped.

pub mod address;
mod ask;
mod body;
mod connection;
pub mod crawl;
mod error;
mod explain;
mod fake;
mod fetched;
mod fetcher;
mod guard;
pub mod links;
mod pool;
mod resolver;
pub mod robots;
mod settings;
mod tls;

pub use ask::{Ask, Fetch, Validators};
pub use error::FetchError;
pub use fake::{FakeAnswer, FakeFetcher};
pub use fetched::{Fetched, Hop, Truncation};
pub use fetcher::Fetcher;
pub use guard::{Guard, is_public};
pub use resolver::{FixedNames, Lookup, SystemNames};
pub use settings::{AllowError, Allowed, FetchSettings};
pub use url::Url;
