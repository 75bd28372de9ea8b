//! One pass over a page's tokens, without building a tree.

use std::{borrow::Cow, cell::RefCell};

use encoding_rs::Encoding;
use html5ever::{
    Attribute,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind::{Rawtext, Rcdata, ScriptData},
    },
};
use url::Url;

use super::{Link, LinkKind, script, shape::Shape, style};

/// More links than this on one page are not read.
const MOST_LINKS: usize = 20_000;
const LONGEST_TEXT: usize = 200;

/// What a crawler wants to know of a page.
#[derive(Debug, Clone)]
pub struct PageScan {
    /// In document order; one address may occur several times.
    pub links: Vec<Link>,
    /// White space folded.
    pub title: String,
    /// Equal for pages that differ in numbers only.
    pub shape: u64,
    /// Characters of visible text, numbers and punctuation left out.
    pub text_length: usize,
}

/// Reads a page that was decoded already; `encoding` is what it was written in, because browsers send the query of a
/// link in the page's own encoding.
pub fn scan_page(html: &str, address: &Url, encoding: &'static Encoding) -> PageScan {
    let state = State {
        base: address.clone(),
        base_was_set: false,
        encoding,
        links: Vec::new(),
        open_link: None,
        title: String::new(),
        raw: None,
        raw_text: String::new(),
        shape: Shape::new(),
    };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let input = BufferQueue::default();
    // In pieces: the tokenizer's buffers are limited to 4 GiB and one huge piece would be copied whole.
    let mut rest = html;
    while !rest.is_empty() {
        let mut cut = rest.len().min(1 << 16);
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        input.push_back(StrTendril::from_slice(&rest[..cut]));
        rest = &rest[cut..];
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let state = tokenizer.sink.0.into_inner();
    PageScan {
        title: folded(&state.title),
        shape: state.shape.finish(),
        text_length: state.shape.length,
        links: state.links,
    }
}

struct Sink(RefCell<State>);

struct State {
    base: Url,
    base_was_set: bool,
    encoding: &'static Encoding,
    links: Vec<Link>,
    /// Index of the link whose words are being read.
    open_link: Option<usize>,
    title: String,
    /// The element whose raw text is being read.
    raw: Option<Raw>,
    raw_text: String,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Title,
    Script,
    Style,
    Other,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn text(&mut self, text: &str) {
        match self.raw {
            Some(Raw::Title) => self.title.push_str(text),
            Some(Raw::Script | Raw::Style) => self.raw_text.push_str(text),
            Some(Raw::Other) => {}
            None => {
                self.shape.text(text);
                if let Some(link) = self.open_link.and_then(|index| self.links.get_mut(index))
                    && link.text.len() < LONGEST_TEXT * 4
                {
                    link.text.push_str(text);
                }
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        if tag.kind == TagKind::EndTag {
            self.end(&tag.name);
            return TokenSinkResult::Continue;
        }
        let attribute = |name: &str| value(&tag.attrs, name);
        for name in ["onclick", "onload"] {
            if let Some(code) = attribute(name) {
                self.script(code);
            }
        }
        if let Some(background) = attribute("background") {
            self.add(background, "", LinkKind::Image);
        }
        if let Some(css) = attribute("style").filter(|css| css.contains("url(")) {
            let found = style::scan_style(css, &self.base);
            self.links.extend(found);
        }
        match &*tag.name {
            "base" if !self.base_was_set => {
                if let Some(base) = attribute("href").and_then(|href| self.base.join(href.trim()).ok()) {
                    self.base = base;
                    self.base_was_set = true;
                }
            }
            "a" | "area" => {
                self.close_link();
                if let Some(href) = attribute("href") {
                    let text = attribute("alt").or(attribute("title")).unwrap_or_default();
                    let is_anchor = &*tag.name == "a";
                    if self.add(href, if is_anchor { "" } else { text }, LinkKind::Anchor) && is_anchor {
                        self.open_link = Some(self.links.len() - 1);
                    }
                }
            }
            "frame" | "iframe" => {
                if let Some(source) = attribute("src") {
                    self.add(source, attribute("title").unwrap_or_default(), LinkKind::Frame);
                }
            }
            "img" | "image" | "input" => {
                for name in ["src", "data-src", "data-original"] {
                    if let Some(source) = attribute(name)
                        && self.add(source, attribute("alt").unwrap_or_default(), LinkKind::Image)
                    {
                        self.shape.exact(source);
                    }
                }
                self.source_set(attribute("srcset"));
            }
            "video" | "audio" | "embed" | "source" | "track" => {
                if let Some(source) = attribute("src") {
                    self.add(source, "", LinkKind::Media);
                }
                self.source_set(attribute("srcset"));
            }
            "object" => {
                if let Some(source) = attribute("data") {
                    self.add(source, "", LinkKind::Media);
                }
            }
            "link" => self.link(attribute("rel").unwrap_or_default(), attribute("href"), attribute("title")),
            "meta" => {
                if attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
                    && let Some(target) = attribute("content").and_then(refresh_target)
                {
                    self.add(target, "", LinkKind::Redirect);
                }
            }
            "script" => {
                self.raw = Some(Raw::Script);
                return TokenSinkResult::RawData(ScriptData);
            }
            "style" => {
                self.raw = Some(Raw::Style);
                return TokenSinkResult::RawData(Rawtext);
            }
            "title" => {
                self.raw = Some(Raw::Title);
                return TokenSinkResult::RawData(Rcdata);
            }
            "textarea" => {
                self.raw = Some(Raw::Other);
                return TokenSinkResult::RawData(Rcdata);
            }
            "xmp" | "noembed" => {
                self.raw = Some(Raw::Other);
                return TokenSinkResult::RawData(Rawtext);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "script" => {
                let code = std::mem::take(&mut self.raw_text);
                self.raw = None;
                self.script(&code);
            }
            "style" => {
                let css = std::mem::take(&mut self.raw_text);
                self.raw = None;
                let found = style::scan_style(&css, &self.base);
                self.links.extend(found);
            }
            "title" | "textarea" | "xmp" | "noembed" => self.raw = None,
            _ => {}
        }
    }

    fn link(&mut self, rel: &str, href: Option<&str>, title: Option<&str>) {
        let Some(href) = href else { return };
        let is = |name: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name));
        let kind = if is("stylesheet") {
            LinkKind::Style
        } else if is("canonical") {
            LinkKind::Canonical
        } else if is("alternate") {
            LinkKind::Alternate
        } else if is("next") || is("prev") {
            LinkKind::Anchor
        } else if is("icon") {
            LinkKind::Image
        } else {
            return;
        };
        self.add(href, title.unwrap_or_default(), kind);
    }

    fn script(&mut self, code: &str) {
        let (goes, opens) = script::addresses(code);
        for target in goes {
            self.add(&target, "", LinkKind::Redirect);
        }
        for target in opens {
            self.add(&target, "", LinkKind::Script);
        }
    }

    fn source_set(&mut self, set: Option<&str>) {
        for candidate in set.unwrap_or_default().split(',') {
            if let Some(source) = candidate.split_ascii_whitespace().next() {
                self.add(source, "", LinkKind::Image);
            }
        }
    }

    /// Whether it was an address worth keeping.
    fn add(&mut self, raw: &str, text: &str, kind: LinkKind) -> bool {
        let raw = raw.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if raw.len() >= 11 && raw.as_bytes()[..11].eq_ignore_ascii_case(b"javascript:") {
            let (goes, opens) = script::addresses(&raw[11..]);
            for target in goes.into_iter().chain(opens).take(4) {
                // A script within a script address is none.
                if !target.to_ascii_lowercase().starts_with("javascript") {
                    self.add(&target, text, LinkKind::Script);
                }
            }
            return false;
        }
        if raw.is_empty() || raw.starts_with('#') || self.links.len() >= MOST_LINKS {
            return false;
        }
        let encoding = self.encoding;
        let encode: &dyn Fn(&str) -> Cow<'_, [u8]> = &|query| encoding.encode(query).0;
        let options = Url::options().base_url(Some(&self.base));
        let options = if encoding == encoding_rs::UTF_8 { options } else { options.encoding_override(Some(encode)) };
        let Ok(address) = options.parse(raw) else { return false };
        if !matches!(address.scheme(), "http" | "https") {
            return false;
        }
        self.links.push(Link { address, text: folded(text), kind });
        true
    }

    fn close_link(&mut self) {
        if let Some(link) = self.open_link.take().and_then(|index| self.links.get_mut(index)) {
            link.text = folded(&link.text);
        }
    }
}

fn value<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The address in `0; url='…'`.
fn refresh_target(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let target = match rest.get(..3).filter(|start| start.eq_ignore_ascii_case("url")) {
        Some(_) => rest[3..].trim_start().strip_prefix('=')?.trim(),
        None => rest.trim(),
    };
    let target = target.trim_matches(['"', '\'']);
    (!target.is_empty()).then_some(target)
}

/// White space folded, cut to a length that is good for lists.
fn folded(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
        if short.len() > LONGEST_TEXT * 4 {
            break;
        }
    }
    short.chars().take(LONGEST_TEXT).collect()
}
