//! What must never be reached.

use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

use fetch::{Allowed, Ask, Fetch, FetchError, FetchSettings, FixedNames, Guard, Url, is_public};
use proptest::prelude::*;

use crate::{
    raw,
    support::{fetcher_with, settings_for_tests},
};

fn refused(text: &str) -> Option<FetchError> {
    Guard::new(&FetchSettings::default()).check_address(&Url::parse(text).unwrap()).err()
}

#[test]
fn inner_addresses_are_refused_in_every_notation() {
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "１２７.０.０.１",
        "0",
        "0.0.0.0",
        "10.0.0.8",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "192.0.0.1",
        "192.0.2.7",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.9",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a00:1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2002:a00:1::1]",
        "[2001:0:7f00:1::1]",
        "[2001:db8::1]",
        "[3fff:1::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[2001:10::1]",
        "[2400:3200::5efe:7f00:1]",
        "[5f00::1]",
        "[fd00:ec2::254]",
    ] {
        let found = refused(&format!("http://{host}/latest/meta-data"));
        assert!(matches!(found, Some(FetchError::PrivateAddress { .. })), "{host}: {found:?}");
    }
}

#[test]
fn addresses_of_the_open_net_are_not_refused() {
    for host in [
        "www.gov.cn",
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "[2400:3200::1]",
        "[2001:4860::8888]",
        "[::ffff:1.1.1.1]",
        "[64:ff9b::101:101]",
        "[2002:101:101::1]",
    ] {
        assert_eq!(refused(&format!("http://{host}/")), None, "{host}");
    }
}

#[test]
fn schemes_ports_and_user_names_are_refused() {
    assert_eq!(refused("ftp://www.gov.cn/"), Some(FetchError::Scheme("ftp".into())));
    assert_eq!(refused("file:///etc/passwd"), Some(FetchError::Scheme("file".into())));
    assert_eq!(refused("gopher://www.gov.cn:70/"), Some(FetchError::Scheme("gopher".into())));
    assert_eq!(refused("http://www.gov.cn@10.0.0.1/"), Some(FetchError::UserInfo));
    assert_eq!(refused("http://:x@www.gov.cn/"), Some(FetchError::UserInfo));
    for port in [22, 25, 3306, 5432, 6379, 9200] {
        assert_eq!(refused(&format!("http://www.gov.cn:{port}/")), Some(FetchError::Port(port)));
    }
    for port in [80, 443, 8080, 8443] {
        assert_eq!(refused(&format!("http://www.gov.cn:{port}/")), None);
    }
}

#[test]
fn only_what_is_named_is_let_through() {
    let allow: Vec<Allowed> =
        ["10.1.0.0/16", "10.9.9.9:8080", "old.example.gov.cn:81", "[::1]:90"].map(|text| text.parse().unwrap()).into();
    let guard = Guard::new(&FetchSettings { allow, ..FetchSettings::default() });
    let cases = [
        ("http://10.1.2.3/", true),
        ("http://10.1.2.3:12345/", true),
        ("http://10.2.0.1/", false),
        ("http://10.9.9.9:8080/", true),
        ("http://10.9.9.9/", false),
        ("http://old.example.gov.cn:81/", true),
        ("http://OLD.example.gov.cn.:81/", true),
        ("http://old.example.gov.cn:82/", false),
        ("http://[::1]:90/", true),
        ("http://[::1]/", false),
    ];
    for (text, expected) in cases {
        assert_eq!(guard.check_address(&Url::parse(text).unwrap()).is_ok(), expected, "{text}");
    }
    for wrong in ["", "http://a/", "a b", "10.0.0.0/33", "a:port", "a:70000", "u@a"] {
        assert!(wrong.parse::<Allowed>().is_err(), "{wrong}");
    }
}

async fn ask(settings: FetchSettings, address: &str) -> Result<u16, FetchError> {
    fetcher_with(settings).fetch(Ask::get(Url::parse(address).unwrap())).await.map(|fetched| fetched.status)
}

fn names(table: &[(&str, &[&str])]) -> FetchSettings {
    let table: HashMap<String, Vec<IpAddr>> = table
        .iter()
        .map(|(name, addresses)| ((*name).to_owned(), addresses.iter().map(|ip| ip.parse().unwrap()).collect()))
        .collect();
    FetchSettings { lookup: Some(Arc::new(FixedNames(table))), allow: Vec::new(), ..settings_for_tests() }
}

#[tokio::test]
async fn a_name_that_points_inside_is_refused() {
    let settings = names(&[
        ("evil.example.cn", &["127.0.0.1"]),
        ("six.example.cn", &["fd00::1", "::1"]),
        ("none.example.cn", &[]),
    ]);
    for host in ["evil.example.cn", "EVIL.example.cn", "evil.example.cn.", "six.example.cn"] {
        let found = ask(settings.clone(), &format!("http://{host}/")).await;
        assert!(matches!(found, Err(FetchError::PrivateAddress { .. })), "{host}: {found:?}");
    }
    let found = ask(settings, "http://none.example.cn/").await;
    assert_eq!(found, Err(FetchError::UnknownHost("none.example.cn".into())));
}

#[tokio::test]
async fn a_permission_for_one_port_of_a_name_opens_no_other() {
    let served = raw::serve(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(), 99, Duration::ZERO).await;
    let other = raw::serve(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(), 99, Duration::ZERO).await;
    let settings = FetchSettings {
        allow: vec![format!("old.example.cn:{}", served.port()).parse().unwrap()],
        ports: vec![other.port()],
        ..names(&[("old.example.cn", &["127.0.0.1"])])
    };
    assert_eq!(ask(settings.clone(), &format!("http://old.example.cn:{}/", served.port())).await, Ok(200));
    let found = ask(settings, &format!("http://old.example.cn:{}/", other.port())).await;
    assert!(matches!(found, Err(FetchError::PrivateAddress { .. })), "{found:?}");
}

#[tokio::test]
async fn a_redirect_inside_is_refused() {
    for target in
        ["http://127.0.0.1/secret", "http://[::1]/", "http://evil.example.cn/", "http://169.254.169.254/", "//0x7f.1/"]
    {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
        let served = raw::serve(answer.into_bytes(), 999, Duration::ZERO).await;
        let settings = FetchSettings {
            allow: vec![served.to_string().parse().unwrap()],
            ..names(&[("evil.example.cn", &["10.0.0.1"])])
        };
        let found = ask(settings, &format!("http://{served}/")).await;
        assert!(matches!(found, Err(FetchError::PrivateAddress { .. })), "{target}: {found:?}");
    }
    let served =
        raw::serve(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n".to_vec(), 999, Duration::ZERO).await;
    let found = ask(settings_for_tests(), &format!("http://{served}/")).await;
    assert_eq!(found, Err(FetchError::Scheme("file".into())));
}

proptest! {
    #[test]
    fn an_inner_address_stays_inner_in_every_wrapping(b: u8, c: u8, d: u8, first in prop::sample::select(vec![0u8, 10, 127, 224, 240])) {
        let inner = std::net::Ipv4Addr::new(first, b, c, d);
        let [h, l] = [u16::from_be_bytes([first, b]), u16::from_be_bytes([c, d])];
        prop_assert!(!is_public(IpAddr::V4(inner)));
        for wrapped in [
            std::net::Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, h, l),
            std::net::Ipv6Addr::new(0, 0, 0, 0, 0, 0, h, l),
            std::net::Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, h, l),
            std::net::Ipv6Addr::new(0x2002, h, l, 0, 0, 0, 0, 1),
        ] {
            prop_assert!(!is_public(IpAddr::V6(wrapped)), "{wrapped}");
        }
    }
}
