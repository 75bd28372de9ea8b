use std::time::{Duration, Instant};

use extract::page::{Hint, read};

use crate::sentences;

fn within(limit: Duration, name: &str, bytes: &[u8]) -> extract::page::Page {
    let start = Instant::now();
    let page = read(bytes, &Hint::default(), None);
    // Tests are built without optimisation and share the machine: only what is not linear is caught here.
    assert!(start.elapsed() < limit, "{name}: {:?}", start.elapsed());
    page
}

#[test]
fn deep_nesting_is_read() {
    let html = format!("{}{}{}", "<div>".repeat(100_000), sentences(5), "</div>".repeat(100_000));
    let page = within(Duration::from_secs(20), "divs", html.as_bytes());
    assert!(page.body.expect("the sentences are found").value.text.contains("第5段"));
    for (name, unit) in [
        ("tables", "<table><tr><td>"),
        ("bold", "<b><i>"),
        ("links", "<a href=x><p>"),
        ("lists", "<ul><li>字"),
        ("ends", "</div></td></p>"),
        ("comments", "<!-- <"),
        ("quotes", "<a href=\"<"),
        ("scripts", "<script><style>"),
        ("attributes", "<p a b c d e f"),
        ("entities", "&amp&#x"),
        ("brackets", "<<<</"),
        ("options", "<select><option>字"),
        ("tails", "<p>相关阅读</p><p>一句完整的话，后面接着别的。</p>"),
        ("ways", "<p>首页&gt;</p>"),
        ("dates", "<p>2021-07-08</p>"),
        ("labels", "<td>索引号：</td>"),
    ] {
        within(Duration::from_secs(20), name, unit.repeat(50_000).as_bytes());
    }
}

#[test]
fn a_page_of_twenty_megabytes_is_read() {
    let paragraph = "<p>各有关单位要认真组织实施，并按时报送落实情况。</p>\n";
    let html = paragraph.repeat((20 << 20) / paragraph.len());
    let page = within(Duration::from_secs(120), "20 MB", html.as_bytes());
    assert!(page.body.is_some());
    assert!(page.body.expect("checked").value.text.len() > 1 << 20);
}

#[test]
fn nothing_at_all_is_a_page_too() {
    for bytes in [
        b"".as_slice(),
        b" ",
        b"<",
        b"</",
        b"<!",
        b"<!--",
        b"&",
        b"<a",
        b"<a href",
        b"<a href=",
        b"<a href='",
        b"<title>",
        b"<script>",
        b"\0\0\0",
    ] {
        let page = read(bytes, &Hint::default(), None);
        assert!(page.title.is_none(), "{bytes:?}");
    }
}
