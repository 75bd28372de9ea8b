//! Whatever the bytes, a WARC or ARC file is read to its end: memory within the limits, every refusal says something.
#![no_main]

use extract::source::{Item, Limits, warc};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { body_bytes: 1 << 20, header_bytes: 1 << 16, total_bytes: 16 << 20, ..Limits::default() };
    for item in warc(bytes, &limits) {
        match item {
            Item::Capture(capture) => assert!(capture.body.len() <= limits.body_bytes && !capture.place.is_empty()),
            Item::Record(_) => unreachable!("a crawl has no records"),
            Item::Refused(refused) => assert!(!refused.reason.is_empty() && !refused.place.is_empty()),
        }
    }
});
