//! Whatever the bytes, an attachment is read to its end within the limits, hidden ranges fit the text, silence never
//! means "nothing found", and a masked copy does not hold what was masked.
#![no_main]

use extract::attachment::{Limits, extract, mask};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked_bytes: 8 << 20, member_bytes: 2 << 20, text_bytes: 1 << 20, ..Limits::default() };
    for name in ["a.txt", "a.csv"] {
        let Ok(found) = extract(name, bytes, &limits) else { continue };
        assert!(found.text.len() <= limits.text_bytes);
        assert!(found.complete || !found.notices.is_empty(), "{found:?}");
        let mut last = 0;
        for range in &found.hidden {
            assert!(range.start >= last && range.start < range.end, "{found:?}");
            assert!(found.text.get(range.clone()).is_some(), "{found:?}");
            last = range.end;
        }
    }
    if let Ok(masked) = mask("a.txt", bytes, &[("1380".to_owned(), "1**0".to_owned())]) {
        let found = extract("a.txt", &masked.bytes, &Limits::default()).expect("a masked copy can be read");
        assert!(!found.all_text().contains("1380"), "{found:?}");
    }
});
