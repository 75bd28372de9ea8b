//! Whatever the bytes, a WordPress export is read to its end.
#![no_main]

use extract::source::{Item, Limits, wxr};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { record_bytes: 1 << 16, total_bytes: 16 << 20, ..Limits::default() };
    for item in wxr(bytes, &limits) {
        if let Item::Record(record) = item {
            assert!(record.title.is_some() || !record.body.is_empty() || !record.attachments.is_empty());
        }
    }
});
