//! What outbound requests may do. The defaults suit a crawl of an old site; the configuration may change them.

use std::{str::FromStr, time::Duration};

use ipnet::IpNet;

/// Limits and permissions of a [`Fetcher`](crate::Fetcher).
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// Sent as `User-Agent`: names the platform and where to complain.
    pub user_agent: String,
    /// Ports that may be asked beside those named in `allow`.
    pub ports: Vec<u16>,
    /// Inner addresses that may be asked all the same (old sites inside the government's own network, tests).
    pub allow: Vec<Allowed>,
    /// Largest body, in bytes after unpacking.
    pub max_body_bytes: usize,
    /// Largest sum of header names and values, in bytes.
    pub max_header_bytes: usize,
    /// Unpacked size over packed size above which a body counts as a bomb (once it exceeds 1 MiB).
    pub max_unpack_ratio: u64,
    pub max_redirects: usize,
    pub connect_timeout: Duration,
    /// Longest silence while reading.
    pub idle_timeout: Duration,
    /// Longest time for one request with its redirects and body.
    pub total_timeout: Duration,
    /// Accept certificates that are out of date, self-made or made for another name. For reading public pages of old
    /// sites only: what comes back must be looked at by a person before it is used.
    pub accept_broken_certificates: bool,
    /// How names become addresses; the system's resolver when none is given.
    pub lookup: Option<std::sync::Arc<dyn crate::Lookup>>,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            user_agent: "Zhengtong/0.1 (government website platform; site migration and checks)".to_owned(),
            ports: vec![80, 443, 8000, 8080, 8081, 8088, 8443, 8888],
            allow: Vec::new(),
            max_body_bytes: 64 << 20,
            max_header_bytes: 64 << 10,
            max_unpack_ratio: 200,
            max_redirects: 10,
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_secs(120),
            accept_broken_certificates: false,
            lookup: None,
        }
    }
}

/// One permission: `10.1.0.0/16` (every port), `10.1.2.3:8080`, `old.example.gov.cn:81`, `old.example.gov.cn` or
/// `10.1.2.3` (every port).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    Network(IpNet),
    Host {
        /// Lower case, IPv6 without brackets.
        host: String,
        port: Option<u16>,
    },
}

/// An entry that is none of the forms of [`Allowed`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("放行名单中的“{0}”无法识别，请写成“主机:端口”“主机”或“网段/位数”，例如 10.1.0.0/16")]
pub struct AllowError(pub String);

impl FromStr for Allowed {
    type Err = AllowError;

    fn from_str(text: &str) -> Result<Self, AllowError> {
        let text = text.trim();
        let wrong = || AllowError(text.to_owned());
        if let Ok(network) = text.parse::<IpNet>() {
            return Ok(Self::Network(network));
        }
        if let Ok(address) = text.parse::<std::net::IpAddr>() {
            return Ok(Self::Network(IpNet::from(address)));
        }
        // The address parser knows every spelling of hosts and brackets.
        let url = url::Url::parse(&format!("ws://{text}/")).map_err(|_| wrong())?;
        let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let host = url.host_str().filter(|_| plain && !text.contains(['/', '@'])).ok_or_else(wrong)?;
        let port = match text.rsplit_once(':').map(|(_, port)| port.parse::<u16>()) {
            Some(Ok(port)) => Some(port),
            Some(Err(_)) if !text.ends_with(']') => return Err(wrong()),
            _ => None,
        };
        Ok(Self::Host { host: host.trim_matches(['[', ']']).trim_end_matches('.').to_owned(), port })
    }
}
