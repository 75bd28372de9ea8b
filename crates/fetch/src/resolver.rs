//! Names to addresses. The connection is opened to the very addresses that were checked here, so a name that changes
//! its mind between check and connection (DNS rebinding) gains nothing.

use std::{collections::HashMap, io, net::IpAddr};

use async_trait::async_trait;

use crate::{FetchError, Guard};

/// Finds the addresses of a name.
#[async_trait]
pub trait Lookup: Send + Sync + std::fmt::Debug + 'static {
    /// Every address of `host`; an empty list when there is none.
    async fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

#[async_trait]
impl Lookup for SystemNames {
    async fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// Names given beforehand: tests, and sites whose name does not point to the old machine any more.
#[derive(Debug, Clone, Default)]
pub struct FixedNames(pub HashMap<String, Vec<IpAddr>>);

#[async_trait]
impl Lookup for FixedNames {
    async fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(self.0.get(host).cloned().unwrap_or_default())
    }
}

/// The addresses of `host` that may be connected to.
pub(crate) async fn resolve(
    lookup: &dyn Lookup,
    guard: &Guard,
    host: &str,
    port: u16,
) -> Result<Vec<IpAddr>, FetchError> {
    let name = host.trim_end_matches('.');
    let found = lookup.lookup(name).await.map_err(|_| FetchError::UnknownHost(name.to_owned()))?;
    let Some(first) = found.first().copied() else { return Err(FetchError::UnknownHost(name.to_owned())) };
    let usable: Vec<IpAddr> = found.into_iter().filter(|ip| guard.may_connect(name, *ip, port)).collect();
    if usable.is_empty() {
        return Err(FetchError::PrivateAddress { host: name.to_owned(), address: first });
    }
    Ok(usable)
}
