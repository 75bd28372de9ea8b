//! The single-valued fields: tags first, structure next, statistics last. The first place that has a sensible value
//! wins; what the values of all other places are does not matter.

use jiff::civil::Date;

use super::choose::Chosen;
use super::date;
use super::hints;
use super::labels::{Label, Labelled};
use super::meta::Head;
use super::number;
use super::output::{Crumb, Found, Moment, Page};
use super::phrase;
use super::view::View;

pub(super) struct Sources<'a, 't, 's> {
    pub(super) view: &'a View<'t, 's>,
    pub(super) head: &'a Head,
    pub(super) labels: &'a [Labelled],
    pub(super) chosen: Option<&'a Chosen>,
    pub(super) crumbs: &'a [Crumb],
}

impl Sources<'_, '_, '_> {
    /// The first value with this label; those of a table before those of a line.
    fn labelled<T>(&self, label: Label, accept: impl Fn(&str) -> Option<T>) -> Option<Found<T>> {
        let of = |tabled: bool| {
            self.labels
                .iter()
                .filter(|found| found.label == label && found.tabled == tabled)
                .find_map(|found| Some((accept(&found.value)?, found.name, found.block)))
        };
        let (value, name, block) = of(true).or_else(|| of(false))?;
        // Inside the article's text the same words may speak of something else.
        let body = self.chosen.map_or(0..0, |chosen| self.view.blocks_of(chosen.node));
        let deep = body.contains(&block) && block > body.start + 12;
        Some(Found::structure(value, format!("标签“{name}”"), if deep { 0.5 } else { 0.9 }))
    }

    fn meta<T>(&self, names: &[&'static str], accept: impl Fn(&str) -> Option<T>) -> Option<Found<T>> {
        names.iter().enumerate().find_map(|(at, name)| {
            let (name, value) = self.head.get(&[name])?;
            Some(Found::meta(accept(value)?, name, if at == 0 { 0.98 } else { 0.9 }))
        })
    }
}

fn text(value: &str) -> Option<String> {
    let value = value.trim();
    let right = !value.is_empty()
        && value.chars().count() <= 200
        && !matches!(value, "null" | "undefined" | "无" | "-" | "--" | "—" | "/");
    right.then(|| value.to_owned())
}

pub(super) fn fill(page: &mut Page, from: &Sources<'_, '_, '_>) {
    let head = from.head;
    page.published = published(from);
    page.modified = from
        .meta(&["lastmodifiedtime", "article:modified_time", "og:updated_time", "updatetime"], date::parse)
        .or_else(|| {
            head.island("dateModified")
                .or(head.island("upDate"))
                .and_then(date::parse)
                .map(|value| Found::meta(value, "ld+json", 0.8))
        })
        .or_else(|| from.labelled(Label::Modified, date::parse));
    page.source = source(from);
    page.author = author(from);
    page.document_number = from
        .labelled(Label::DocumentNumber, |value| number::document_number(value).or_else(|| number::unusual(value)))
        .or_else(|| from.meta(&["fwzh", "documentnumber", "docnumber", "filenum"], number::document_number))
        .or_else(|| number_under_title(from));
    page.index_number = from
        .labelled(Label::IndexNumber, |value| number::index_number(value).or_else(|| loose_index(value)))
        .or_else(|| from.meta(&["indexnumber", "syh"], number::index_number));
    page.organ = from.labelled(Label::Organ, text).or_else(|| from.meta(&["department", "organ", "fwjg"], text));
    page.written_on =
        from.labelled(Label::WrittenOn, |value| date::parse(value).map(|moment| moment.date)).or_else(|| signed(from));
    page.validity = from.labelled(Label::Validity, validity);
    page.topic = from.labelled(Label::Topic, text).or_else(|| from.meta(&["subject"], text));
    page.column = from.meta(&["columnname", "lanmu", "channel"], text);
    page.column_type = from.meta(&["columntype"], text);
    page.summary =
        from.meta(&["description", "og:description"], |value| (value.chars().count() >= 2).then(|| value.to_owned()));
    page.site_name = from.meta(&["sitename", "og:site_name", "application-name"], text);
    page.site_code = from.meta(&["siteidcode"], number::site_code);
    page.keywords = keywords(from);
    if page.source.is_none()
        && let Some(organ) = &page.organ
    {
        page.source = Some(Found::structure(organ.value.clone(), "发文机关", 0.6));
    }
}

fn keywords(from: &Sources<'_, '_, '_>) -> Vec<String> {
    let found =
        from.meta(&["keywords"], |value| Some(value.to_owned())).or_else(|| from.labelled(Label::Keywords, text));
    let Some(found) = found else { return Vec::new() };
    let marks = [',', '，', ';', '；', '、', '|', '　'];
    let parts: Vec<&str> =
        if found.value.contains(marks) { found.value.split(marks).collect() } else { found.value.split(' ').collect() };
    parts.into_iter().map(str::trim).filter(|word| !word.is_empty()).take(50).map(str::to_owned).collect()
}

fn published(from: &Sources<'_, '_, '_>) -> Option<Found<Moment>> {
    const NAMES: &[&str] = &[
        "pubdate",
        "publishdate",
        "firstpublishedtime",
        "article:published_time",
        "og:release_date",
        "og:published_time",
        "publish_date",
        "publish-date",
        "pubtime",
        "_pubtime",
        "publish_time",
        "publishtime",
        "datepublished",
        "weibo: article:create_at",
        "og:time",
        "releasedate",
        "apub:time",
        "dc.date",
        "date",
    ];
    let island = || {
        let value = from.head.island("datePublished").or(from.head.island("pubDate")).and_then(date::parse)?;
        Some(Found::meta(value, "ld+json", 0.9))
    };
    let found = from.meta(NAMES, date::parse).or_else(island);
    let shown = from.labelled(Label::Published, |value| {
        date::find(value).filter(|(_, range)| range.start < 12).map(|(moment, _)| moment)
    });
    match (found, shown) {
        (Some(mut found), Some(shown)) => {
            // The tag often has the day only.
            if found.value.time.is_none() && found.value.date == shown.value.date {
                found.value.time = shown.value.time;
            }
            Some(found)
        }
        (Some(found), None) => Some(found),
        (None, Some(shown)) if shown.confidence > 0.6 => Some(shown),
        (None, shown) => near_title(from).or(shown).or_else(|| in_address(from)),
    }
}

/// The first day between the title and the text, or the one an element named after time holds.
fn near_title(from: &Sources<'_, '_, '_>) -> Option<Found<Moment>> {
    let view = from.view;
    let body = from.chosen.map_or(0..view.blocks.len(), |chosen| view.blocks_of(chosen.node));
    let window = body.start.saturating_sub(14)..(body.start + 5).min(view.blocks.len());
    let mut best: Option<(u32, Found<Moment>)> = None;
    for index in window.clone() {
        let block = &view.blocks[index];
        let text = view.text(block);
        if text.len() > 400 {
            continue;
        }
        let Some((moment, range)) = date::find(text) else { continue };
        let hints = view.tree.ancestors(block.first).take(3).fold(0, |all, node| all | view.hints[node]);
        let mut score = 10;
        score += if hints & hints::TIME != 0 { 30 } else { 0 };
        score += if hints & hints::INFO != 0 { 10 } else { 0 };
        score += if moment.time.is_some() { 25 } else { 0 };
        score += if range.len() * 2 > text.len() { 15 } else { 0 };
        score += (index - window.start) as u32 / 2;
        if block.noise {
            score /= 2;
        }
        if index >= body.start && range.start > 60 {
            continue;
        }
        if score >= 15 && best.as_ref().is_none_or(|(known, _)| score > *known) {
            let confidence = (0.4 + score as f32 / 150.0).min(0.85);
            best = Some((score, Found::statistics(moment, "标题与正文之间的日期", confidence)));
        }
    }
    best.map(|(_, found)| found)
}

/// Addresses of articles often carry their day.
fn in_address(from: &Sources<'_, '_, '_>) -> Option<Found<Moment>> {
    let date = date::in_path(from.view.base.path())?;
    Some(Found::statistics(Moment { date, time: None }, "网址中的日期", 0.5))
}

fn source(from: &Sources<'_, '_, '_>) -> Option<Found<String>> {
    from.meta(&["contentsource", "source", "article:source", "mediaid", "og:article:source"], source_name)
        .or_else(|| from.labelled(Label::Source, source_name))
        .or_else(|| named(from, hints::SOURCE, source_name, "来源"))
}

/// Without what else stands in the line.
fn source_name(value: &str) -> Option<String> {
    let mut value = value.trim();
    for label in ["来源：", "来源:", "信息来源：", "文章来源："] {
        value = value.strip_prefix(label).unwrap_or(value).trim();
    }
    if let Some((_, range)) = date::find(value) {
        value = if range.start == 0 { &value[range.end..] } else { &value[..range.start] };
    }
    for stop in ["作者", "发布时间", "责任编辑", "编辑", "时间", "举报", "关注", "下载客户端", "打开APP"]
    {
        if let Some((before, _)) = value.split_once(stop)
            && !before.trim().is_empty()
        {
            value = before;
        }
    }
    let value = value.trim_matches(|c: char| c.is_whitespace() || "：:|>·[]【】()（）".contains(c));
    if value.starts_with("http") {
        return None;
    }
    text(value).filter(|value| value.chars().count() <= 60 && value.chars().any(char::is_alphabetic))
}

fn author(from: &Sources<'_, '_, '_>) -> Option<Found<String>> {
    let person = |value: &str| {
        let value = value.trim_start_matches(['：', ':', ' ']).trim_matches(['(', ')', '（', '）', ' ']);
        if value.starts_with("http") || value.contains('@') || !value.chars().any(char::is_alphabetic) {
            return None;
        }
        text(value).filter(|value| value.chars().count() <= 60)
    };
    from.meta(&["author", "article:author", "og:article:author"], person)
        .or_else(|| from.labelled(Label::Author, |value| person(value).filter(|v| v.chars().count() <= 30)))
}

/// The element near the title whose name says what it holds.
fn named(
    from: &Sources<'_, '_, '_>,
    hint: u16,
    accept: impl Fn(&str) -> Option<String>,
    what: &str,
) -> Option<Found<String>> {
    let view = from.view;
    let chosen = from.chosen?;
    let blocks = view.blocks_of(chosen.node);
    let start = view.blocks.get(blocks.start.saturating_sub(14)).map_or(1, |block| block.container);
    let end =
        view.blocks.get((blocks.start + 4).min(blocks.end)).map_or(view.tree.end(chosen.node), |block| block.first);
    (start.min(chosen.node)..end).find_map(|node| {
        if view.hints[node] & hint == 0 || view.tree.end(node) - node > 16 || view.hints[node] & hints::CONTENT != 0 {
            return None;
        }
        let text = view.inline_text(node);
        if text.chars().count() > 40 {
            return None;
        }
        accept(&text).map(|value| Found::structure(value, format!("名称像{what}的元素"), 0.7))
    })
}

/// A document number on a line of its own near the beginning of the text.
fn number_under_title(from: &Sources<'_, '_, '_>) -> Option<Found<String>> {
    let view = from.view;
    let body = view.blocks_of(from.chosen?.node);
    view.blocks[body.start.saturating_sub(4)..body.end.min(body.start + 12)].iter().find_map(|block| {
        let line = view.text(block);
        if line.len() > 120 {
            return None;
        }
        let value = number::document_number(line)?;
        let squeezed = phrase::squeezed(line);
        let alone = squeezed.chars().count() <= value.chars().count() + 6;
        alone.then(|| Found::structure(value, "标题下单独一行", 0.85))
    })
}

fn loose_index(value: &str) -> Option<String> {
    let value: String = phrase::squeezed(value);
    let right = (6..=40).contains(&value.len()) && value.is_ascii() && value.bytes().any(|byte| byte.is_ascii_digit());
    right.then_some(value)
}

fn validity(value: &str) -> Option<String> {
    const KNOWN: &[&str] = &[
        "尚未施行",
        "尚未生效",
        "已修改",
        "部分失效",
        "部分有效",
        "有效",
        "失效",
        "废止",
        "现行有效",
        "已废止",
        "已失效",
        "无效",
        "是",
        "否",
    ];
    let value = phrase::squeezed(value);
    KNOWN.iter().find(|known| value == **known).map(|known| (*known).to_owned()).or_else(|| {
        (value.chars().count() <= 8 && !value.is_empty() && !value.bytes().any(|byte| byte.is_ascii_digit()))
            .then_some(value)
    })
}

/// The day under the signature, at the end of a document that has a number.
fn signed(from: &Sources<'_, '_, '_>) -> Option<Found<Date>> {
    let view = from.view;
    let body = view.blocks_of(from.chosen?.node);
    let official =
        from.labels.iter().any(|found| found.label == Label::DocumentNumber) || number_under_title(from).is_some();
    if !official {
        return None;
    }
    view.blocks[body].iter().find_map(|block| {
        let text = view.text(block);
        if text.len() > 60 {
            return None;
        }
        let (moment, range) = date::find(text)?;
        (range.len() * 4 > text.len() * 3 && text.contains('年'))
            .then(|| Found::structure(moment.date, "落款日期", 0.7))
    })
}
