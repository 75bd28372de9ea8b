//! Whatever a site puts into `robots.txt`, it is read, and a rule never says more than the standard lets it.
#![no_main]

use fetch::robots::Robots;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let split = bytes.len() / 4;
    let path = format!("/{}", String::from_utf8_lossy(&bytes[..split]));
    let robots = Robots::read(&bytes[split..], "Zhengtong");
    let first = robots.allows(&path);
    assert_eq!(first, robots.allows(&path));
    assert!(Robots::from_answer(404, &bytes[split..], "Zhengtong").allows(&path));
    assert!(!Robots::from_answer(503, &bytes[split..], "Zhengtong").allows(&path));
    // Forbidding everything after all else leaves only what is allowed by name.
    let closed = Robots::read(b"user-agent: *\ndisallow: /\n", "Zhengtong");
    assert!(!closed.allows(&path));
});
