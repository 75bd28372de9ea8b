//! Whatever is pasted, the cleaned text is clean: cleaning it again changes nothing, and no script is left in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::rich_text::{clean, from_plain_text};

fuzz_target!(|html: &str| {
    let once = clean(html);
    let twice = clean(&once.html);
    assert_eq!(once.html, twice.html, "from {html:?}");
    assert!(!once.html.contains("<script") && !once.html.contains("<iframe"), "from {html:?}");
    let plain = from_plain_text(html);
    assert_eq!(plain.html, clean(&plain.html).html, "from the plain text {html:?}");
});
