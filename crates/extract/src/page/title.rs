//! The title: what the tags say, else the heading that the window's title repeats, else the window's title without
//! the site's name.

use super::fields::Sources;
use super::hints;
use super::labels::Label;
use super::output::Found;
use super::phrase;
use super::tag::Tag;

pub(super) fn read(from: &Sources<'_, '_, '_>) -> Option<Found<String>> {
    let head = from.head;
    if let Some((name, value)) = head.get(&["articletitle"]) {
        return Some(Found::meta(value.to_owned(), name, 0.98));
    }
    let window = head.title.as_str();
    // In the information table; only together with other labels of one.
    let tabled = from.labels.iter().filter(|found| found.tabled).count() >= 3;
    if tabled
        && let Some(found) = from.labels.iter().find(|found| found.label == Label::Title && found.tabled)
        && found.value.chars().count() >= 4
    {
        return Some(Found::structure(found.value.clone(), format!("标签“{}”", found.name), 0.95));
    }
    let social = head.get(&["og:title", "twitter:title", "title"]).map(|(name, value)| (name, value.to_owned()));
    if let Some(found) = heading(from, window, social.as_ref().map_or("", |(_, value)| value)) {
        return Some(found);
    }
    let above = above_line(from);
    let window_alone = without_site(window, from);
    if let Some(line) = &above {
        let (line_bare, window_bare) = (phrase::squeezed(line), phrase::squeezed(window));
        if window_bare.contains(&line_bare) || begins_alike(&window_bare, &line_bare) {
            return Some(Found::structure(line.clone(), "来源、日期一行的上面", 0.85));
        }
    }
    if let Some((name, value)) = social.filter(|(_, value)| value.chars().count() >= 4 && !is_site_name(value, from)) {
        return Some(Found::meta(without_site(&value, from), name, 0.85));
    }
    let general = is_site_name(&window_alone, from);
    if !window.is_empty() && (!general || above.is_none()) {
        let confidence = if general { 0.4 } else { 0.75 };
        return Some(Found::meta(window_alone, "title", confidence));
    }
    above.map(|line| Found::structure(line, "来源、日期一行的上面", 0.7)).or_else(|| first_line(from))
}

/// The window's title of an old site is often the same on every page.
fn is_site_name(title: &str, from: &Sources<'_, '_, '_>) -> bool {
    const ENDINGS: &[&str] = &[
        "网",
        "网站",
        "网页",
        "政府",
        "委员会",
        "局",
        "厅",
        "办公室",
        "平台",
        "系统",
        "首页",
        "主页",
        "政务公开",
        "信息公开",
        "详情",
        "内容页",
        "详细页",
        "正文",
        "文章",
        "频道",
        "专栏",
        "欢迎您",
        "欢迎光临",
        "新闻",
        "新闻中心",
        "通知公告",
    ];
    let title = title.trim();
    let site = from.head.get(&["sitename", "og:site_name"]).map_or("", |(_, value)| value);
    title.chars().count() < 4
        || title == site
        || title.starts_with("欢迎")
        || title.chars().count() <= 24 && ENDINGS.iter().any(|ending| title.ends_with(ending))
        || from.crumbs.iter().any(|crumb| crumb.name == title)
}

/// The line above the one of time and source, which on old sites is the title without being a heading.
fn above_line(from: &Sources<'_, '_, '_>) -> Option<String> {
    let view = from.view;
    let body = view.blocks_of(from.chosen?.node);
    let window = body.start.saturating_sub(8)..(body.start + 8).min(view.blocks.len());
    let line = window.clone().find(|index| phrase::is_information_line(view.text(&view.blocks[*index])))?;
    (window.start.saturating_sub(2)..line).rev().take(3).find_map(|index| {
        let block = &view.blocks[index];
        let text = view.text(block);
        let right = (15..=270).contains(&block.weight)
            && block.linked * 2 < block.weight
            && !text.contains(['：', ':', '>', '。', '|'])
            && !phrase::is_furniture(text);
        right.then(|| text.to_owned())
    })
}

/// A heading or an element named so, scored by what it shares with the window's title.
fn heading(from: &Sources<'_, '_, '_>, window: &str, social: &str) -> Option<Found<String>> {
    let view = from.view;
    let tree = view.tree;
    let (window, social) = (phrase::squeezed(window), phrase::squeezed(social));
    let mut best: Option<(f32, String, String)> = None;
    let body = from.chosen.map(|chosen| chosen.node);
    for node in 1..tree.len() {
        let tag = tree.tag(node);
        let hints = view.hints[node];
        let named = hints & hints::TITLE != 0;
        if !(tag.is_heading() || named) || tree.end(node) - node > 40 {
            continue;
        }
        let text = view.inline_text(node);
        let squeezed = phrase::squeezed(&text);
        let length = squeezed.chars().count();
        if !(4..=120).contains(&length) {
            continue;
        }
        let shared = if !window.is_empty() && window.starts_with(&squeezed) || !social.is_empty() && social == squeezed
        {
            3.0
        } else if window.contains(&squeezed) || social.contains(&squeezed) {
            2.0
        } else if !window.is_empty() && begins_alike(&window, &squeezed) {
            1.5
        } else {
            0.0
        };
        let rank = match tag {
            Tag::H1 => 1.0,
            Tag::H2 => 0.5,
            _ if tag.is_heading() => 0.2,
            _ => 0.0,
        };
        // A title stands before its text or at its beginning.
        let placed = match body {
            Some(body) if node < body => 0.5,
            Some(body) if tree.contains(body, node) => {
                // A heading further down is one of the text's own.
                let (own, whole) = (view.blocks_of(node).start, view.blocks_of(body).start);
                if own > whole + 3 && shared < 2.0 {
                    continue;
                }
                0.3
            }
            Some(_) => -1.5,
            None => 0.0,
        };
        let furniture = hints & (hints::NOISE | hints::RELATED | hints::COMMENT) != 0;
        let linked = tree.ancestors(node).take(3).any(|around| tree.tag(around) == Tag::A)
            || tree.children(node).any(|child| tree.tag(child) == Tag::A);
        let score = shared + rank + placed + if named { 0.3 } else { 0.0 } + (length as f32 / 100.0).min(0.3)
            - if furniture { 1.0 } else { 0.0 }
            - if linked { 0.7 } else { 0.0 };
        let enough = shared > 0.0 || window.is_empty() || tag == Tag::H1 && rank + placed > 1.2 && length >= 8;
        if enough && best.as_ref().is_none_or(|(known, ..)| score > *known) {
            let detail = if tag.is_heading() { tag.name().to_owned() } else { "名称像标题的元素".to_owned() };
            best = Some((score, text, detail));
        }
    }
    let (score, text, detail) = best?;
    (score > 0.8).then(|| Found::structure(text, detail, (0.55 + score / 10.0).min(0.95)))
}

/// The window's title may be cut (`…`) or differ in a mark.
fn begins_alike(window: &str, heading: &str) -> bool {
    let shared = window.chars().zip(heading.chars()).take_while(|(a, b)| a == b).count();
    shared >= 8 && shared * 2 >= heading.chars().count().min(window.chars().count())
}

/// Without `_某栏目_某网` at the end.
fn without_site(title: &str, from: &Sources<'_, '_, '_>) -> String {
    let site = from.head.get(&["sitename", "og:site_name"]).map_or("", |(_, value)| value);
    let mut title = title.trim();
    for _ in 0..4 {
        let Some(at) = title.rfind(['_', '|', '—', '–', '-', '－', '｜', '丨']) else { break };
        let mark = title[at..].chars().next().map_or(1, char::len_utf8);
        let (before, last) = (title[..at].trim_end(), title[at + mark..].trim());
        let before = before.trim_end_matches(['_', '|', '—', '-', ' ']);
        // A hyphen without spaces may belong to the title: it is cut before names of sites only.
        let strong = matches!(&title[at..at + mark], "_" | "|" | "｜") || title[..at].ends_with(' ');
        let like_site = last.ends_with('网')
            || last.contains("网站")
            || last.contains("新闻")
            || last.contains("门户")
            || last.contains("频道")
            || last.contains("政府")
            || last.ends_with("厅")
            || last.ends_with("局")
            || last.ends_with("委")
            || last.ends_with("News")
            || last.contains(".com")
            || last.contains(".cn")
            || last == "The Paper"
            || last.contains("The Paper");
        let is_site = !site.is_empty() && (last.contains(site) || site.contains(last))
            || from.crumbs.iter().any(|crumb| crumb.name == last);
        if before.chars().count() >= 4
            && (is_site || like_site && last.chars().count() <= 20 || strong && last.chars().count() <= 14)
        {
            title = before;
        } else {
            break;
        }
    }
    title.to_owned()
}

/// A page without any title: the first short line of the article.
fn first_line(from: &Sources<'_, '_, '_>) -> Option<Found<String>> {
    let view = from.view;
    let range = view.blocks_of(from.chosen?.node);
    let block = view.blocks[range].first()?;
    let text = view.text(block);
    (4..=60).contains(&text.chars().count()).then(|| Found::statistics(text.to_owned(), "正文第一行", 0.5))
}
