//! One page, one spelling.

use proptest::prelude::*;

use super::*;

fn canonical(text: &str) -> String {
    Address::parse(text, &AddressRules::default()).unwrap().as_str().to_owned()
}

#[test]
fn spellings_of_one_page_become_one_address() {
    let cases = [
        ("HTTP://WWW.Example.GOV.CN:80/a/./b/../c.html#top", "http://www.example.gov.cn/a/c.html"),
        ("https://www.example.gov.cn:443", "https://www.example.gov.cn/"),
        ("http://www.example.gov.cn./x", "http://www.example.gov.cn/x"),
        ("http://a../x", "http://a/x"),
        ("http://a/100%.htm", "http://a/100%25.htm"),
        ("http://a/%%%353", "http://a/%25%2553"),
        ("http://user:secret@www.example.gov.cn/x", "http://www.example.gov.cn/x"),
        ("http://example.gov.cn:8080/%7ea/%c4%e3.html", "http://example.gov.cn:8080/~a/%C4%E3.html"),
        ("http://example.gov.cn/a;jsessionid=0A1B2C3D?id=5", "http://example.gov.cn/a?id=5"),
        ("http://example.gov.cn/a.jsp?JSESSIONID=12&id=5", "http://example.gov.cn/a.jsp?id=5"),
        ("http://example.gov.cn/(S(abcd1234efgh5678))/a.aspx", "http://example.gov.cn/a.aspx"),
        ("http://example.gov.cn/a?utm_source=x&utm_medium=y", "http://example.gov.cn/a"),
        ("http://example.gov.cn/a?sid=3", "http://example.gov.cn/a?sid=3"),
        ("http://example.gov.cn/a?sid=8f3c0a91b2d44e55&p=1", "http://example.gov.cn/a?p=1"),
        ("http://example.gov.cn/a?b=2&a=1&", "http://example.gov.cn/a?b=2&a=1"),
        ("http://example.gov.cn/a?", "http://example.gov.cn/a"),
        ("http://例子.中国/通知", "http://xn--fsqu00a.xn--fiqs8s/%E9%80%9A%E7%9F%A5"),
        // A second byte below 0x80 is a plain letter on the wire; the bytes that the server sees stay the same.
        ("http://example.gov.cn/%b1%41%B1A", "http://example.gov.cn/%B1A%B1A"),
        ("http://example.gov.cn/a%2fb%2Fc", "http://example.gov.cn/a%2Fb%2Fc"),
    ];
    for (written, expected) in cases {
        assert_eq!(canonical(written), expected, "{written}");
    }
}

#[test]
fn scheme_does_not_make_another_page() {
    let plain = Address::parse("http://a.gov.cn/x?y=1", &AddressRules::default()).unwrap();
    let secure = Address::parse("https://a.gov.cn/x?y=1", &AddressRules::default()).unwrap();
    assert_eq!(plain.key(), secure.key());
    assert_eq!(plain.authority(), "a.gov.cn");
    assert_eq!((plain.path(), plain.query()), ("/x", Some("y=1")));
}

#[test]
fn what_is_no_web_address_is_refused_with_a_reason() {
    for text in ["", "www.example.gov.cn", "ftp://example.gov.cn/a", "javascript:void(0)", "mailto:a@example.gov.cn"] {
        assert!(Address::parse(text, &AddressRules::default()).is_err(), "{text}");
    }
}

#[test]
fn the_site_is_its_hosts_with_and_without_www() {
    let rules = AddressRules::default();
    let address = |text: &str| Address::parse(text, &rules).unwrap();
    let hosts = SiteHosts::new(&[address("http://www.example.gov.cn/")], ["zwfw.example.gov.cn", "10.0.0.1:8080"]);
    let cases = [
        ("http://example.gov.cn/a", true),
        ("https://www.example.gov.cn/a", true),
        ("http://zwfw.example.gov.cn/", true),
        ("http://www.zwfw.example.gov.cn/", true),
        ("http://other.example.gov.cn/", false),
        ("http://www.example.gov.cn:8080/", false),
        ("http://10.0.0.1:8080/", true),
        ("http://10.0.0.1/", false),
        ("http://badexample.gov.cn/", false),
    ];
    for (text, expected) in cases {
        assert_eq!(hosts.contains(&address(text)), expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn the_canonical_form_is_stable(text in "https?://[a-zA-Z0-9.:%\\[\\]@-]{1,20}/[ -~通知%/.;?&=]{0,60}") {
        if let Ok(address) = Address::parse(&text, &AddressRules::default()) {
            let again = Address::parse(address.as_str(), &AddressRules::default()).unwrap();
            prop_assert_eq!(again.as_str(), address.as_str());
            prop_assert!(address.path().starts_with('/'));
            prop_assert!(!address.as_str().contains('#'));
            let _ = address.url();
        }
    }
}
