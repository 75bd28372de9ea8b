//! Whatever the bytes, tables, archives and single-file pages are read to their end, as what they are told for and as
//! every other kind.
#![no_main]

use std::io::Cursor;

use extract::source::{
    Base, Item, Items, Limits, Mapping, archive, detect, mhtml, open, records_csv, records_jsonl, records_xlsx,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { body_bytes: 1 << 20, record_bytes: 1 << 16, total_bytes: 16 << 20, ..Limits::default() };
    let mapping = Mapping::by_names();
    check(records_csv(bytes, &mapping, &limits));
    check(records_jsonl(bytes, &mapping, &limits));
    check(records_xlsx(Cursor::new(bytes), &mapping, &limits));
    check(archive(Cursor::new(bytes), &Base::at("http://example.cn/"), &limits));
    check(mhtml(bytes, &limits));
    if let Some(kind) = detect(bytes, "a.csv") {
        check(open(kind, Cursor::new(bytes), "a.csv", &Base::unknown(), &limits));
    }
});

fn check(items: Items<'_>) {
    for item in items {
        if let Item::Refused(refused) = item {
            assert!(!refused.reason.is_empty() && !refused.place.is_empty());
        }
    }
}
