//! Addresses inside a body: of pictures and of links.

use super::run::push_attribute;
use crate::html_scan::{Token, tokens};

/// Values of `src` and `href`, in order, with repetitions.
pub fn references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens(html) {
        let Token::Open(tag) = token else { continue };
        found.extend(tag.attributes().filter(|(name, _)| is_reference(name)).map(|(_, value)| value.into_owned()));
    }
    found
}

/// Values of `src` of pictures, in order, with repetitions.
pub fn pictures(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens(html) {
        let Token::Open(tag) = token else { continue };
        if tag.name.eq_ignore_ascii_case("img") {
            found.extend(tag.attribute("src").map(|value| value.into_owned()));
        }
    }
    found
}

/// Replaces values of `src` and `href` where `find` knows another one.
pub fn rewrite_references(html: &str, find: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    for token in tokens(html) {
        let Token::Open(tag) = token else { continue };
        if !tag.attributes().any(|(name, value)| is_reference(name) && find(&value).is_some()) {
            continue;
        }
        out.push_str(&html[copied..tag.start]);
        copied = tag.end;
        out.push('<');
        out.push_str(tag.name);
        for (name, value) in tag.attributes() {
            match is_reference(name).then(|| find(&value)).flatten() {
                Some(other) => push_attribute(&mut out, name, &other),
                None => push_attribute(&mut out, name, &value),
            }
        }
        out.push('>');
    }
    out.push_str(&html[copied..]);
    out
}

fn is_reference(name: &str) -> bool {
    name.eq_ignore_ascii_case("src") || name.eq_ignore_ascii_case("href")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_elsewhere_is_replaced() {
        let html =
            r#"<p>见<a href="http://a/1.html?x=1&amp;y=2">文</a><img src="http://a/p.png" alt="示&quot;例"></p>"#;
        assert_eq!(references(html), ["http://a/1.html?x=1&y=2", "http://a/p.png"]);
        let changed = rewrite_references(html, |address| address.ends_with(".png").then(|| "attachment:1".to_owned()));
        assert_eq!(
            changed,
            r#"<p>见<a href="http://a/1.html?x=1&amp;y=2">文</a><img src="attachment:1" alt="示&quot;例"></p>"#
        );
    }
}
