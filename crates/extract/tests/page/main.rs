//! Reading pages: fields, bodies, encodings, lists, rules, and that nothing harmful and no panic comes of any input.

mod collection;
mod encodings;
mod evaluation;
mod fields;
mod languages;
mod limits;
mod lists;
mod old_sites;
mod pictures;
mod rules;
mod safety;
mod truth;

use extract::page::{Hint, Page, read};

/// A page of these bytes at an address of our own.
pub fn page(html: &str) -> Page {
    read_at("https://www.example.gov.cn/zwgk/tz/t20210708_100.html", html)
}

pub fn read_at(address: &str, html: &str) -> Page {
    read(html.as_bytes(), &Hint { address: Some(address), content_type: None }, None)
}

pub fn value(found: &Option<extract::page::Found<String>>) -> Option<&str> {
    found.as_ref().map(|found| found.value.as_str())
}

pub fn text(page: &Page) -> &str {
    page.body.as_ref().map_or("", |found| found.value.text.as_str())
}

pub fn html(page: &Page) -> &str {
    page.body.as_ref().map_or("", |found| found.value.html.as_str())
}

/// Sentences to fill an article with.
pub fn sentences(count: usize) -> String {
    (1..=count).map(|n| format!("<p>第{n}段，各有关单位要认真组织实施，并按时报送落实情况。</p>\n")).collect()
}
