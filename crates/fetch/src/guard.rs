//! Which addresses may be asked. A crawler follows addresses that strangers wrote, so without this check a page on
//! the open net could make the platform read its own inner network (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::{Allowed, FetchError, FetchSettings};

/// Decides about addresses before anything is sent.
#[derive(Debug, Clone)]
pub struct Guard {
    ports: Vec<u16>,
    allow: Vec<Allowed>,
}

impl Guard {
    /// The permissions of these settings.
    pub fn new(settings: &FetchSettings) -> Self {
        Self { ports: settings.ports.clone(), allow: settings.allow.clone() }
    }

    /// Scheme, user name, port and an address written as a number. Names are checked when they are resolved.
    pub fn check_address(&self, address: &Url) -> Result<(), FetchError> {
        if !matches!(address.scheme(), "http" | "https") {
            return Err(FetchError::Scheme(address.scheme().to_owned()));
        }
        if !address.username().is_empty() || address.password().is_some() {
            return Err(FetchError::UserInfo);
        }
        let (Some(host), Some(port)) = (address.host(), address.port_or_known_default()) else {
            return Err(FetchError::BadAddress(address.to_string()));
        };
        let name = name_of(&host);
        let ip = match host {
            Host::Ipv4(ip) => Some(IpAddr::V4(ip)),
            Host::Ipv6(ip) => Some(IpAddr::V6(ip)),
            Host::Domain(_) => None,
        };
        let allowed = self.names(&name, port) || ip.is_some_and(|ip| self.in_network(ip));
        if allowed {
            return Ok(());
        }
        if !self.ports.contains(&port) {
            return Err(FetchError::Port(port));
        }
        match ip {
            Some(address) if !is_public(address) => Err(FetchError::PrivateAddress { host: name, address }),
            _ => Ok(()),
        }
    }

    /// Whether a connection to `ip`, found for the name `host`, may be opened on this port.
    pub fn may_connect(&self, host: &str, ip: IpAddr, port: u16) -> bool {
        is_public(ip) || self.in_network(ip) || self.names(host, port)
    }

    fn names(&self, name: &str, asked: u16) -> bool {
        let name = name.trim_matches(['[', ']']).trim_end_matches('.');
        self.allow.iter().any(|allowed| match allowed {
            Allowed::Network(_) => false,
            Allowed::Host { host, port } => host.eq_ignore_ascii_case(name) && port.is_none_or(|port| port == asked),
        })
    }

    fn in_network(&self, ip: IpAddr) -> bool {
        self.allow.iter().any(|allowed| matches!(allowed, Allowed::Network(network) if network.contains(&ip)))
    }
}

fn name_of(host: &Host<&str>) -> String {
    match host {
        Host::Domain(name) => name.trim_end_matches('.').to_ascii_lowercase(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    }
}

/// Reachable over the open net. Everything else (IANA special-purpose registries for IPv4 and IPv6, as of RFC 6890 and
/// its successors) is refused, and so is an inner IPv4 address wrapped into an IPv6 one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, ..)                 // this network, private, loopback
            | (100, 64..=127, _)           // carrier-grade NAT (some clouds put their metadata service here)
            | (169, 254, _)                // link-local, metadata services
            | (172, 16..=31, _)            // private
            | (192, 0, 0)                  // protocol assignments
            | (192, 0, 2)                  // documentation
            | (192, 31, 196)               // AS112
            | (192, 52, 193)               // AMT
            | (192, 88, 99)                // 6to4 relays
            | (192, 168, _)                // private
            | (192, 175, 48)               // AS112
            | (198, 18 | 19, _)            // benchmarks
            | (198, 51, 100)               // documentation
            | (203, 0, 113)                // documentation
            | (224..=255, ..) // multicast, reserved, broadcast
    ) && address != Ipv4Addr::new(168, 63, 129, 16) // a cloud's inner service on a public number
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let last_v4 = || Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    // IPv4 inside IPv6: judged by the IPv4 address.
    if s[..5] == [0; 5] && s[5] == 0xffff {
        return is_public_v4(last_v4());
    }
    if s[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(last_v4());
    }
    if s[0] == 0x2002 {
        return is_public_v4(Ipv4Addr::from((u32::from(s[1]) << 16) | u32::from(s[2])));
    }
    // ISATAP: the IPv4 address is in the interface part of any prefix.
    if matches!(s[4], 0 | 0x200) && s[5] == 0x5efe && !is_public_v4(last_v4()) {
        return false;
    }
    // Only 2000::/3 is given out; within it, special blocks are left out: Teredo and other protocol assignments
    // (2001::/23), documentation (2001:db8::/32, 3fff::/20), AS112 (2620:4f:8000::/48).
    let global = (0x2000..0x4000).contains(&s[0]);
    let assignments = s[0] == 0x2001 && s[1] < 0x0200;
    let documentation = (s[0] == 0x2001 && s[1] == 0x0db8) || (s[0] == 0x3fff && s[1] < 0x1000);
    let as112 = s[..3] == [0x2620, 0x4f, 0x8000];
    global && !assignments && !documentation && !as112
}
