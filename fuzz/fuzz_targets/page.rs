//! Whatever the bytes, a page is read to its end; its body holds no script and its links lead to the web only.
#![no_main]

use extract::page::{Hint, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = read(bytes, &Hint { address: Some("https://www.example.gov.cn/a/b.html"), content_type: None }, None);
    if let Some(body) = &page.body {
        let html = &body.value.html;
        for wrong in ["<script", "<style", "<iframe", "<svg", "<object", "<form", "<input", "<meta", "<base", "<link"] {
            assert!(!html.contains(wrong), "{html:?}");
        }
        assert!(html.matches('<').count() == html.matches('>').count(), "{html:?}");
    }
    for link in page.links.iter().chain(&page.attachments) {
        assert!(link.address.starts_with("http://") || link.address.starts_with("https://"), "{:?}", link.address);
    }
});
