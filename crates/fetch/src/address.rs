//! One spelling for one address. Old sites name the same page in many ways; a crawler that does not know this fetches
//! everything several times, and a table of old addresses that does not know it answers 404.

mod canonical;
mod session;
mod site;
#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use sha2::{Digest, Sha256};
use url::Url;

pub(crate) use canonical::percent_decoded;
pub use canonical::percent_encoded;
pub use session::{AddressRules, looks_like_session};
pub use site::SiteHosts;

/// An http(s) address in its canonical form:
///
/// * scheme and host in lower case, the scheme's own port and a trailing dot of the host left out;
/// * dot segments worked out, no fragment, no empty query, no user name;
/// * percent signs with capital letters, and only where they are needed; bytes that are not UTF-8 (GBK) stay as written;
/// * session and campaign parameters left out (see [`AddressRules`]); the order of the rest is kept.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(Arc<str>);

/// 128 bits that stand for an address whatever its scheme: a million of them take 16 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(pub u128);

/// Text that is not an http(s) address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("“{0}”不是完整的网址，请以 http:// 或 https:// 开头")]
    Unreadable(String),
    #[error("“{0}”不是 http 或 https 网址")]
    Scheme(String),
}

impl Address {
    /// Reads and normalises an absolute address.
    pub fn parse(text: &str, rules: &AddressRules) -> Result<Self, AddressError> {
        let url = Url::parse(text.trim()).map_err(|_| AddressError::Unreadable(text.chars().take(200).collect()))?;
        Self::from_url(&url, rules)
    }

    /// Normalises an address that was read already.
    pub fn from_url(url: &Url, rules: &AddressRules) -> Result<Self, AddressError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        Ok(Self(Arc::from(canonical::canonical(url, rules))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For the fetcher.
    pub fn url(&self) -> Url {
        Url::parse(&self.0).expect("the canonical form of an address is an address")
    }

    /// Host with its port unless that is the scheme's own: `www.example.gov.cn`, `[2001:db8::1]:8080`.
    pub fn authority(&self) -> &str {
        let rest = self.without_scheme();
        &rest[..rest.find(['/', '?']).unwrap_or(rest.len())]
    }

    /// Path without query; starts with `/`.
    pub fn path(&self) -> &str {
        let path_and_query = self.path_and_query();
        path_and_query.split('?').next().unwrap_or(path_and_query)
    }

    /// Path and query as a server sees them.
    pub fn path_and_query(&self) -> &str {
        &self.without_scheme()[self.authority().len()..]
    }

    /// The part after `?`.
    pub fn query(&self) -> Option<&str> {
        self.path_and_query().split_once('?').map(|(_, query)| query)
    }

    /// The same for `http` and `https`.
    pub fn key(&self) -> AddressKey {
        AddressKey(hash128(self.without_scheme().as_bytes()))
    }

    fn without_scheme(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, rest)| rest)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Address({})", self.0)
    }
}

/// The first half of SHA-256.
pub(crate) fn hash128(bytes: &[u8]) -> u128 {
    let digest = Sha256::digest(bytes);
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    u128::from_be_bytes(half)
}
