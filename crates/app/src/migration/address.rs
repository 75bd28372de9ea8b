//! Addresses of old sites, in the one form that the platform compares.

use fetch::address::{Address, AddressRules};

/// An address of an old site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OldSiteAddress {
    /// The whole, in canonical form.
    pub text: String,
    /// Host name without port.
    pub host: String,
    /// Path with query.
    pub path: String,
}

/// Reads an address as people type it: the scheme may be left out.
///
/// # Errors
/// A sentence for the form.
pub(crate) fn read_address(typed: &str) -> Result<OldSiteAddress, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("请填写旧网站的网址，例如 http://www.example.gov.cn/。".to_owned());
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("http://{typed}") };
    canonical(&whole).ok_or_else(|| format!("“{typed}”不是有效的网址，应以 http:// 或 https:// 开头。"))
}

/// The canonical form of an address; `None` when it is none of the web.
pub(crate) fn canonical(address: &str) -> Option<OldSiteAddress> {
    let address = Address::parse(address, &AddressRules::default()).ok()?;
    let host = match address.authority().rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => address.authority(),
    };
    Some(OldSiteAddress {
        text: address.as_str().to_owned(),
        host: host.to_owned(),
        path: address.path_and_query().to_owned(),
    })
}
