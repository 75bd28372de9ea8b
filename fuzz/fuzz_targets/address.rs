//! Whatever is written, an address is refused or has one stable spelling; links of any page lead to such addresses, and
//! the guard lets no inner address through.
#![no_main]

use fetch::{
    FetchSettings, Guard, Url,
    address::{Address, AddressRules},
    is_public, links,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let rules = AddressRules::default();
    let text = String::from_utf8_lossy(bytes);
    for text in [text.clone().into_owned(), format!("http://{text}"), format!("http://a.gov.cn/{text}")] {
        let Ok(address) = Address::parse(&text, &rules) else { continue };
        let again = Address::parse(address.as_str(), &rules).expect("the canonical form is an address");
        assert_eq!(again, address);
        assert_eq!(again.key(), address.key());
        assert!(address.path().starts_with('/'));
        let url = address.url();
        if Guard::new(&FetchSettings::default()).check_address(&url).is_ok() {
            match url.host() {
                Some(url::Host::Ipv4(ip)) => assert!(is_public(ip.into())),
                Some(url::Host::Ipv6(ip)) => assert!(is_public(ip.into())),
                _ => {}
            }
        }
    }
    let base = Url::parse("http://a.gov.cn/b/c.htm").expect("an address");
    let (html, encoding) = links::decode(bytes, None);
    for link in links::scan_page(&html, &base, encoding).links {
        assert!(matches!(link.address.scheme(), "http" | "https"));
    }
    let _ = links::scan_sitemap(bytes, &base);
    let _ = links::scan_style(&html, &base);
});
