//! Puts a page together.

use std::collections::HashSet;

use super::address::{Base, is_attachment};
use super::apply;
use super::choose::{self, Chosen};
use super::clean::{self, Context, Removed};
use super::crumbs;
use super::encoding;
use super::entity;
use super::fields::{self, Sources};
use super::footer;
use super::hints;
use super::kind;
use super::labels;
use super::language;
use super::list;
use super::meta::Head;
use super::output::{Body, Found, Image, Language, Link, Page, PageKind, Place};
use super::paging;
use super::parse::{self, MAXIMUM_BYTES};
use super::rules::{Field, SiteRules};
use super::tag::Tag;
use super::title;
use super::tree::{NodeId, Tree};
use super::view::View;
use super::write;

/// What is known of a page besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    pub address: Option<&'a str>,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
}

/// Reads a page. Never fails and never panics: what cannot be found is `None`.
pub fn read(bytes: &[u8], hint: &Hint<'_>, rules: Option<&SiteRules>) -> Page {
    let within = &bytes[..bytes.len().min(MAXIMUM_BYTES)];
    let decoded = encoding::decode(within, hint.content_type);
    let tree = parse::parse(&decoded.text);
    let mut page = Page {
        encoding: decoded.name,
        encoding_claimed: decoded.claimed.clone(),
        characters_lost: decoded.lost,
        cut: tree.cut || within.len() < bytes.len(),
        ..empty()
    };
    fill(&tree, hint, rules, &mut page);
    page
}

fn fill(tree: &Tree<'_>, hint: &Hint<'_>, rules: Option<&SiteRules>, page: &mut Page) {
    let head = Head::read(tree);
    let own_address = hint.address.or_else(|| head.get(&["url", "og:url"]).map(|(_, value)| value));
    let base = Base::of(own_address.filter(|address| address.contains("://")), head.base.as_deref());
    let view = View::new(tree, base);
    page.canonical = head.canonical.as_deref().and_then(|address| view.base.resolve(address));
    page.refresh = head.refresh.as_deref().and_then(|address| view.base.resolve(address));

    let chosen = choose::choose(&view);
    let labels = labels::read(&view);
    let crumbs = crumbs::read(&view);
    let sources = Sources { view: &view, head: &head, labels: &labels, chosen: chosen.as_ref(), crumbs: &crumbs };
    page.title = title::read(&sources);
    fields::fill(page, &sources);
    page.breadcrumb = crumbs;
    let footer = footer::read(&view);
    page.site_code = page.site_code.take().or(footer.site_code);
    page.icp = footer.icp;
    page.police_record = footer.police_record;
    if let Some(rules) = rules {
        apply::fields(&view, rules, page);
    }
    if page.column.is_none() {
        let title = page.title.as_ref().map(|found| found.value.as_str());
        page.column = crumbs::column(&page.breadcrumb, title).map(|name| Found::structure(name, "您的位置", 0.8));
    }
    let roots = body(&view, chosen.as_ref(), rules, page);
    links(&view, &roots, page);
    let ruled = |field| {
        let (nodes, _) = apply::elements(&view, rules?.fields.get(&field)?)?;
        nodes.first().copied()
    };
    page.list = list::read(&view, ruled(Field::List));
    if let Some(node) = ruled(Field::Breadcrumb) {
        page.breadcrumb = crumbs::links(&view, node);
    }
    if let (Some(rules), Some(list)) = (rules, page.list.as_mut())
        && let Some(next) = rules.fields.get(&Field::NextPage).and_then(|rule| apply::link(&view, rule))
    {
        list.next = Some(next);
    }
    (page.kind, page.kind_confidence) = kind::of(&view, page, chosen.as_ref());
    let poor = chosen.as_ref().is_none_or(|chosen| chosen.value < 60.0);
    let ruled = page.body.as_ref().is_some_and(|found| matches!(found.place, Place::Rule(_)));
    if !ruled && (page.kind == PageKind::Home || page.kind == PageKind::List && poor) {
        page.body = None;
        page.images.clear();
    }
    if page.kind == PageKind::Article {
        page.further_pages = further_pages(&view);
    }
    let text = page.body.as_ref().map(|found| found.value.text.as_str()).filter(|text| text.len() > 200);
    page.language = match text {
        Some(text) => language::of(text, head.language.as_deref()),
        None => language::of(&view.text_of(0, 8000), head.language.as_deref()),
    };
}

/// Pages of the same article: their addresses are this one's with something put in before the ending or behind.
fn further_pages(view: &View<'_, '_>) -> Vec<String> {
    let stem = |address: &str| -> String {
        let name = address.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
        name.split('.').next().unwrap_or("").to_owned()
    };
    let own = view.base.path();
    let own_stem = stem(own);
    let directory = own.rsplit_once('/').map_or("", |(directory, _)| directory);
    // t1_3.html among t1.html and t1_2.html.
    let base = own_stem
        .rsplit_once(['_', '-'])
        .filter(|(base, number)| !base.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(own_stem.as_str(), |(base, _)| base);
    let sibling = |address: &String| {
        let other = stem(address);
        let suffix = other.strip_prefix(base).filter(|_| !base.is_empty() && address.contains(directory));
        suffix.is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-']))
    };
    let same = |address: &String| {
        let other = stem(address);
        let prefix = own_stem.split('_').next().unwrap_or("");
        own.is_empty()
            || address.contains(directory)
                && !own_stem.is_empty()
                && (other == own_stem || other.starts_with(&own_stem) || prefix.len() >= 4 && other.starts_with(prefix))
    };
    let paging = paging::read(view);
    let alike = paging.pages.iter().filter(|address| same(address));
    let mut pages: Vec<String> = Vec::new();
    for address in paging.numbered.iter().filter(|address| sibling(address)).chain(alike) {
        if !address.ends_with(own) && !pages.contains(address) && pages.len() < 200 {
            pages.push(address.clone());
        }
    }
    if let Some(next) = paging.next.filter(|next| same(next))
        && !pages.contains(&next)
    {
        pages.insert(0, next);
    }
    pages
}

/// Finds, cleans and writes the body; gives the elements it was made of.
fn body(view: &View<'_, '_>, chosen: Option<&Chosen>, rules: Option<&SiteRules>, page: &mut Page) -> Vec<NodeId> {
    let by_rule = rules.map(|rules| apply::removed(view, rules)).unwrap_or_default();
    let ruled = rules.and_then(|rules| rules.fields.get(&Field::Body)).and_then(|rule| apply::elements(view, rule));
    let title = page.title.as_ref().map(|found| found.value.clone());
    let roots: Vec<NodeId> = match (&ruled, chosen) {
        (Some((nodes, _)), _) => nodes.clone(),
        (None, Some(chosen)) => vec![chosen.node],
        (None, None) => return Vec::new(),
    };
    let context = Context { title: title.as_deref(), by_rule: &by_rule, strict: ruled.is_some() };
    let removed: Vec<Removed> = roots.iter().map(|node| clean::clean(view, *node, &context)).collect();
    let written = write::write(view, &roots, &removed);
    if written.body.text.is_empty() && written.images.is_empty() {
        return roots;
    }
    page.images = written.images;
    page.body = Some(found_body(view, chosen, ruled.as_ref().map(|(_, selector)| *selector), written.body));
    roots
}

fn found_body(view: &View<'_, '_>, chosen: Option<&Chosen>, selector: Option<&str>, body: Body) -> Found<Body> {
    match (selector, chosen) {
        (Some(selector), _) => Found::rule(body, selector),
        (None, Some(chosen)) if chosen.named => {
            Found::structure(body, described(view.tree, chosen.node), (0.7 + chosen.share * 0.28).min(0.98))
        }
        (None, chosen) => {
            let (share, value, node) = chosen.map_or((0.0, 0.0, 0), |chosen| (chosen.share, chosen.value, chosen.node));
            let confidence = (0.3 + share * 0.5 + (value / 2000.0).min(0.15)).min(0.95);
            Found::statistics(body, described(view.tree, node), confidence)
        }
    }
}

fn described(tree: &Tree<'_>, node: NodeId) -> String {
    let mut text = tree.name(node).to_owned();
    if let Some(id) = tree.raw_attribute(node, "id").filter(|id| !id.is_empty() && id.len() < 80) {
        text = format!("{text}#{id}");
    } else if let Some(class) = tree.raw_attribute(node, "class").filter(|class| class.len() < 80) {
        for word in class.split_ascii_whitespace() {
            text.push('.');
            text.push_str(word);
        }
    }
    text
}

/// All links, and of those the files that belong to the article.
fn links(view: &View<'_, '_>, roots: &[NodeId], page: &mut Page) {
    const MAXIMUM_LINKS: usize = 20_000;
    let tree = view.tree;
    let mut seen: HashSet<String> = HashSet::new();
    let mut attached: HashSet<String> = HashSet::new();
    for node in 1..tree.len() {
        if !matches!(tree.tag(node), Tag::A | Tag::Area | Tag::Iframe | Tag::Frame) {
            continue;
        }
        let framed = matches!(tree.tag(node), Tag::Iframe | Tag::Frame);
        let Some(raw) = tree.raw_attribute(node, if framed { "src" } else { "href" }) else { continue };
        let Some(address) = view.base.resolve(&entity::decoded(raw)) else { continue };
        let inside = roots.iter().any(|root| tree.contains(*root, node));
        let listed = || tree.ancestors(node).take(3).any(|around| is_attachment_list(view, around));
        if is_attachment(&address) && (inside || listed()) && attached.insert(address.clone()) {
            page.attachments.push(Link { address: address.clone(), text: link_text(view, node) });
        }
        if page.links.len() < MAXIMUM_LINKS && seen.insert(address.clone()) {
            page.links.push(Link { address, text: link_text(view, node) });
        }
    }
}

fn link_text(view: &View<'_, '_>, node: NodeId) -> String {
    let text = view.inline_text(node);
    if !text.is_empty() {
        return text;
    }
    let title = view.tree.attribute(node, "title").or_else(|| {
        let picture = (node..view.tree.end(node)).find(|inner| view.tree.tag(*inner) == Tag::Img)?;
        view.tree.attribute(picture, "alt")
    });
    title.map(|text| text.trim().to_owned()).unwrap_or_default()
}

/// An element whose name or first words say that files are offered in it.
fn is_attachment_list(view: &View<'_, '_>, node: NodeId) -> bool {
    let name = |attribute: &str| view.tree.raw_attribute(node, attribute).unwrap_or("").to_ascii_lowercase();
    let named = ["class", "id"].iter().any(|attribute| {
        let name = name(attribute);
        name.contains("fujian")
            || name.contains("attach")
            || name.contains("annex")
            || name.split([' ', '_', '-']).any(|word| word == "fj")
    });
    if named {
        return true;
    }
    let range = view.blocks_of(node);
    let furniture = view.hints[node] & (hints::NOISE | hints::RELATED) != 0;
    !furniture
        && range.len() < 40
        && view.blocks.get(range.start).is_some_and(|block| {
            let text = view.text(block);
            text.starts_with("附件") || text.starts_with("相关附件") || text.starts_with("附：")
        })
}

fn empty() -> Page {
    Page {
        encoding: "utf-8",
        encoding_claimed: None,
        characters_lost: false,
        cut: false,
        kind: PageKind::Other,
        kind_confidence: 0.0,
        language: Language::Unknown,
        title: None,
        published: None,
        modified: None,
        source: None,
        author: None,
        document_number: None,
        index_number: None,
        organ: None,
        written_on: None,
        validity: None,
        topic: None,
        body: None,
        breadcrumb: Vec::new(),
        column: None,
        column_type: None,
        keywords: Vec::new(),
        summary: None,
        site_name: None,
        site_code: None,
        icp: None,
        police_record: None,
        images: Vec::<Image>::new(),
        attachments: Vec::new(),
        links: Vec::new(),
        canonical: None,
        refresh: None,
        further_pages: Vec::new(),
        list: None,
    }
}
