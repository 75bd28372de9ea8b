//! One walk over a page that gathers what the marks are judged by.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::html_scan::{Token, decode, tokens};

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct PageFacts<'a> {
    /// `<html lang>`.
    pub language: Cow<'a, str>,
    /// `<title>`.
    pub title: Cow<'a, str>,
    /// `<meta name content>`, keyed by the name in lower case.
    tags: HashMap<String, Cow<'a, str>>,
    /// Text of the page's `<header>`.
    pub header_text: String,
    /// Text of the page's `<footer>`.
    pub footer_text: String,
    /// Targets of the links in the footer.
    pub footer_links: Vec<Cow<'a, str>>,
    /// Texts of the links in the footer.
    pub footer_link_texts: Vec<String>,
    /// Texts of `<time>` elements.
    pub times: Vec<String>,
}

impl<'a> PageFacts<'a> {
    pub(super) fn read(html: &'a str) -> Self {
        let mut page = PageFacts::default();
        let (mut header, mut footer, mut link, mut time, mut title, mut head) = (0u32, 0u32, false, false, false, true);
        for token in tokens(html) {
            match token {
                Token::Open(tag) => match tag.name {
                    "html" => page.language = tag.attribute("lang").unwrap_or_default(),
                    "title" => title = head,
                    "meta" if head => {
                        if let (Some(name), Some(content)) = (tag.attribute("name"), tag.attribute("content")) {
                            page.tags.entry(name.to_ascii_lowercase()).or_insert(content);
                        }
                    }
                    "body" => head = false,
                    // Only the page's own header and footer count, not those of an article.
                    "header" => header += u32::from(header > 0 || page.header_text.is_empty()),
                    "footer" => footer += 1,
                    "main" => footer = 0,
                    "a" if footer > 0 => {
                        link = true;
                        page.footer_links.extend(tag.attribute("href"));
                        page.footer_link_texts.push(String::new());
                    }
                    "time" => {
                        time = true;
                        page.times.push(String::new());
                    }
                    _ => {}
                },
                Token::Close(name) => match name {
                    "header" => header = header.saturating_sub(1),
                    "footer" => footer = footer.saturating_sub(1),
                    "a" => link = false,
                    "time" => time = false,
                    "title" => title = false,
                    _ => {}
                },
                Token::Text(text) => {
                    if title {
                        page.title = decode(text);
                    }
                    if header > 0 {
                        page.header_text.push_str(&decode(text));
                    }
                    if footer > 0 {
                        page.footer_text.push_str(&decode(text));
                    }
                    if link && let Some(last) = page.footer_link_texts.last_mut() {
                        last.push_str(&decode(text));
                    }
                    if time && let Some(last) = page.times.last_mut() {
                        last.push_str(&decode(text));
                    }
                }
            }
        }
        page
    }

    /// Content of a `<meta>` tag; empty when there is none.
    pub(super) fn tag(&self, name: &str) -> &str {
        self.tags.get(name.to_ascii_lowercase().as_str()).map_or("", |content| content.as_ref())
    }
}
