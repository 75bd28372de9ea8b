use std::path::Path;

use extract::page::{Hint, read};
use proptest::prelude::*;
use serde_json::Value;

use crate::collection::directory;

/// Every tag of the output is one of ours, with attributes of ours, and addresses lead to the web only.
pub fn assert_harmless(html: &str) {
    const ELEMENTS: &[&str] = &[
        "a",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "img",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "rp",
        "rt",
        "ruby",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ];
    let mut rest = html;
    let mut open: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("every tag is closed");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "tags are nested in {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name), "<{tag}> in {html}");
        if !matches!(name, "br" | "img") {
            open.push(name);
        }
        let mut attributes = attributes;
        while !attributes.is_empty() {
            let (name, after) = attributes.split_once("=\"").expect("values are quoted");
            let (value, behind) = after.split_once('"').expect("quotes are closed");
            assert!(["href", "src", "alt", "id", "colspan", "rowspan"].contains(&name), "{name} in {html}");
            if matches!(name, "href" | "src") {
                let scheme = value.split(['/', '?', '#']).next().unwrap_or("");
                assert!(!scheme.contains(':') || matches!(scheme, "http:" | "https:"), "{value} in {html}");
            }
            if name == "id" {
                assert!(value.starts_with("fn-"), "{value}");
            }
            attributes = behind.trim_start();
        }
    }
    assert!(open.is_empty(), "every element is closed in {html}");
}

/// As it stands, and inside an article.
fn check(input: &str) {
    let wrapped = format!(
        "<div id=zoom><p>一句完整的话，后面接着别的东西，看看会怎样。</p>{input}<p>最后还有一句完整的话，也要留在正文里。</p></div>"
    );
    for html in [input, &wrapped] {
        for address in [None, Some("https://www.example.gov.cn/a/")] {
            let page = read(html.as_bytes(), &Hint { address, content_type: None }, None);
            if let Some(body) = &page.body {
                assert_harmless(&body.value.html);
            }
            for link in page.links.iter().chain(&page.attachments) {
                assert!(!link.address.to_ascii_lowercase().starts_with("javascript:"), "{}", link.address);
            }
        }
    }
}

#[test]
fn attacks_come_to_nothing() {
    for input in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script><p onclick=x>a</p></svg>",
        "<a href='java\nscript:alert(1)'>点</a>",
        "<a href='&#106;avascript&colon;alert(1)'>点</a>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<p style='background:url(javascript:x)'>字</p><iframe src=x></iframe><object data=x></object>",
        "<table><tr><td><form action=x><input name=y></form></table><textarea></p><script>x</script></textarea>",
        "<a href='//evil.example/\"onmouseover=x'>点</a><base href='javascript:x'>",
        "<<script>script>alert(1)<</script>/script>",
        "<img alt='\"><script>x</script>' src=a.jpg>",
    ] {
        check(input);
    }
}

#[test]
fn the_published_collections_of_attacks_come_to_nothing() {
    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let mut count = 0;
    let lines = std::fs::read_to_string(root.join("11-suites/dompurify_xss.jsonl")).unwrap_or_default();
    for line in lines.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        if let Some(payload) = value.get("payload").and_then(Value::as_str) {
            check(payload);
            count += 1;
        }
    }
    count += parser_tests(&root.join("11-suites/html5lib-tests"));
    println!("{count} inputs");
    assert!(count > 0, "the collections hold inputs");
}

/// The inputs of tree construction tests stand between `#data` and `#errors`; tokenizer tests are JSON.
fn parser_tests(directory: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    let mut count = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            count += parser_tests(&path);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        check(&text);
        for part in text.split("#data\n").skip(1) {
            check(part.split("\n#errors").next().unwrap_or(""));
            count += 1;
        }
        for part in text.split("\"input\":").skip(1) {
            check(part.split("\n").next().unwrap_or(""));
            count += 1;
        }
    }
    count
}

/// Real pages cut, torn and spliced together: read to the end, and nothing harmful comes out.
#[test]
fn damaged_pages_are_read() {
    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let cases = crate::collection::cases(&root);
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    for (at, case) in cases.iter().enumerate() {
        let other = &cases[(at * 7 + 3) % cases.len()].bytes;
        let mut bytes = case.bytes[..random(case.bytes.len())].to_vec();
        for _ in 0..6 {
            let (from, to) = (random(other.len()), random(bytes.len()));
            let length = random(4000).min(other.len() - from);
            bytes.splice(to..to, other[from..from + length].iter().copied());
            let cut = random(bytes.len());
            let end = (cut + random(300)).min(bytes.len());
            bytes.drain(cut..end);
        }
        let page = read(&bytes, &Hint { address: case.address.as_deref(), content_type: None }, None);
        if let Some(body) = &page.body {
            assert_harmless(&body.value.html);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let page = read(&bytes, &Hint::default(), None);
        if let Some(body) = page.body {
            assert_harmless(&body.value.html);
        }
    }

    #[test]
    fn any_tag_soup_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("<div class=article>"), Just("</div>"), Just("<p>"), Just("</p>"), Just("<table>"), Just("<tr>"), Just("<td colspan=2>"), Just("</table>"),
        Just("<ul>"), Just("<li>"), Just("</ul>"), Just("<a href=x.pdf>"), Just("</a>"), Just("<b>"), Just("</b>"), Just("<pre>"), Just("<br>"),
        Just("<dl>"), Just("<dt>"), Just("<dd>"), Just("<h1>"), Just("</h2>"), Just("<img src=a.jpg>"), Just("<ruby>"), Just("<rt>"), Just("<figure>"),
        Just("<figcaption>"), Just("<blockquote>"), Just("<caption>"), Just("<script>"), Just("</script>"), Just("<!--"), Just("-->"), Just("<style"),
        Just("一句完整的话，后面接着别的东西。"), Just("发布时间：2021-07-08 "), Just("发文字号：某发〔2021〕5号"), Just("&lt;script&gt;"), Just("\" onclick='"), Just(">"), Just(" "),
        Just("<td>"), Just("</td>"), Just("</tr>"), Just("<tbody>"), Just("<svg>"), Just("<button>"), Just("<select>"), Just("共3页"), Just("索引号："),
    ], 0..120)) {
        check(&parts.concat());
    }

    #[test]
    fn anything_can_be_learned_from(html in "(<(p|div|td|b)( class=(a|b))?>|</(p|div|td)>|甲乙丙|2021-07-08|：| ){0,40}", value in "甲乙丙|2021-07-08|甲…丙|") {
        use extract::page::{Field, Marked, learn};
        for field in [Field::Title, Field::Published, Field::Body, Field::DocumentNumber] {
            let values = [(field, value.as_str())];
            let marked = Marked { bytes: html.as_bytes(), address: None, values: &values };
            let rules = learn(&[marked, marked]);
            assert!(rules.misunderstood().is_empty(), "{rules:?}");
            assert_eq!(rules.fields.len() + rules.not_learned.len(), 1);
        }
    }
}
