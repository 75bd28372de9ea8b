//! What the names of classes and ids say about an element. Names are chosen by people who build sites, and they agree
//! remarkably: what is called `share` is a share bar.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::tree::{NodeId, Tree};

/// A set of remarks, as bits.
pub(super) type Hints = u16;

/// Not part of the article: bars, menus, banners.
pub(super) const NOISE: Hints = 1;
/// Comments of readers.
pub(super) const COMMENT: Hints = 2;
/// Likely the article's text.
pub(super) const CONTENT: Hints = 4;
/// Surely the article's text: names only content systems use.
pub(super) const SURE: Hints = 8;
pub(super) const TITLE: Hints = 16;
/// Line of time, source, author.
pub(super) const INFO: Hints = 32;
pub(super) const CRUMB: Hints = 64;
/// Links to further pages.
pub(super) const PAGER: Hints = 128;
/// Related articles and recommendations.
pub(super) const RELATED: Hints = 256;
pub(super) const TIME: Hints = 512;
pub(super) const SOURCE: Hints = 1024;
pub(super) const AUTHOR: Hints = 2048;
/// Names a frame around everything.
pub(super) const FRAME: Hints = 4096;

/// (pattern, whole word only, remark).
const PATTERNS: &[(&str, bool, Hints)] = &[
    ("share", false, NOISE),
    ("bdshare", false, NOISE),
    ("social", false, NOISE),
    ("qrcode", false, NOISE),
    ("qr_container", false, NOISE),
    ("ewm", true, NOISE),
    ("erweima", false, NOISE),
    ("weixin", true, NOISE),
    ("wechat", true, NOISE),
    ("printbtn", false, NOISE),
    ("print-btn", false, NOISE),
    ("printer", true, NOISE),
    ("toolbar", false, NOISE),
    ("tool", true, NOISE),
    ("tools", true, NOISE),
    ("sidebar", false, NOISE),
    ("side", true, NOISE),
    ("aside", true, NOISE),
    ("right-bar", false, NOISE),
    ("footer", false, NOISE),
    ("foot", true, NOISE),
    ("copyright", false, NOISE),
    ("disclaimer", false, NOISE),
    ("statement", true, NOISE),
    ("advert", false, NOISE),
    ("adbox", false, NOISE),
    ("ad", true, NOISE),
    ("ads", true, NOISE),
    ("banner", false, NOISE),
    ("sponsor", false, NOISE),
    ("menu", true, NOISE),
    ("submenu", false, NOISE),
    ("nav", true, NOISE),
    ("navbar", false, NOISE),
    ("navigation", false, NOISE),
    ("topbar", false, NOISE),
    ("top-bar", false, NOISE),
    ("login", false, NOISE),
    ("search", true, NOISE),
    ("subscribe", false, NOISE),
    ("feedback", false, NOISE),
    ("report", true, NOISE),
    ("tooltip", false, NOISE),
    ("popup", false, NOISE),
    ("dialog", false, NOISE),
    ("modal", true, NOISE),
    ("toast", true, NOISE),
    ("vote", true, NOISE),
    ("like", true, NOISE),
    ("praise", true, NOISE),
    ("reward", true, NOISE),
    ("follow", true, NOISE),
    ("collect", true, NOISE),
    ("fontsize", false, NOISE),
    ("font-size", false, NOISE),
    ("zerenbianji", false, NOISE),
    ("editor-name", false, NOISE),
    ("article-editor", false, NOISE),
    ("duty", true, NOISE),
    ("player", true, NOISE),
    ("prism-player", false, NOISE),
    ("video-js", false, NOISE),
    ("hidden", true, NOISE),
    ("rank", true, NOISE),
    ("ranking", false, NOISE),
    ("hotnews", false, RELATED),
    ("hot-news", false, RELATED),
    ("hotlist", false, RELATED),
    ("related", false, RELATED),
    ("relate", true, RELATED),
    ("relative", true, RELATED),
    ("relevant", false, RELATED),
    ("xgwz", true, RELATED),
    ("xgyd", true, RELATED),
    ("xgxw", true, RELATED),
    ("xglj", true, RELATED),
    ("recommend", false, RELATED),
    ("tuijian", false, RELATED),
    ("guess", true, RELATED),
    ("more-news", false, RELATED),
    ("readmore", false, RELATED),
    ("prevnext", false, RELATED),
    ("prev-next", false, RELATED),
    ("nextprev", false, RELATED),
    ("post_next_prev", false, RELATED),
    ("prev", true, RELATED),
    ("next", true, RELATED),
    ("syx", true, RELATED),
    ("tags", true, NOISE),
    ("keywords", true, NOISE),
    ("comment", false, COMMENT),
    ("pinglun", false, COMMENT),
    ("reply", false, COMMENT),
    ("gentie", false, COMMENT),
    ("article", false, CONTENT),
    ("content", false, CONTENT),
    ("post-body", false, SURE),
    ("postbody", false, SURE),
    ("entry-content", false, SURE),
    ("maintext", false, CONTENT),
    ("main-text", false, CONTENT),
    ("main-txt", false, CONTENT),
    ("neirong", false, CONTENT),
    ("zhengwen", false, CONTENT),
    ("detail", false, CONTENT),
    ("text", true, CONTENT),
    ("body", true, CONTENT),
    ("trs_editor", false, SURE),
    ("trs_ueditor", false, SURE),
    ("ucap-content", false, SURE),
    ("pages_content", false, SURE),
    ("article-content", false, SURE),
    ("article_content", false, SURE),
    ("articlecontent", false, SURE),
    ("article-body", false, SURE),
    ("articlebody", false, SURE),
    ("article_body", false, SURE),
    ("article-text", false, SURE),
    ("news_txt", true, SURE),
    ("newstext", false, SURE),
    ("news_content", false, SURE),
    ("v_news_content", false, SURE),
    ("newscontent", false, SURE),
    ("content_txt", false, SURE),
    ("artibody", true, SURE),
    ("zoom", true, SURE),
    ("zoomcon", true, SURE),
    ("js_content", false, SURE),
    ("rich_media_content", false, SURE),
    ("rm_txt_con", false, SURE),
    ("all-txt", false, SURE),
    ("detailcontent", false, SURE),
    ("u-maintext", false, SURE),
    ("conttxt", false, SURE),
    ("con_txt", false, SURE),
    ("title", false, TITLE),
    ("biaoti", false, TITLE),
    ("headline", false, TITLE),
    ("subtitle", false, INFO),
    ("article-info", false, INFO),
    ("article_info", false, INFO),
    ("article-infos", false, INFO),
    ("info", true, INFO),
    ("meta", true, INFO),
    ("laiyuan", false, INFO),
    ("msgbar", false, INFO),
    ("date", true, TIME),
    ("time", true, TIME),
    ("pubtime", false, TIME),
    ("publish", false, TIME),
    ("source", false, SOURCE),
    ("author", false, AUTHOR),
    ("crumb", false, CRUMB | NOISE),
    ("bread", false, CRUMB | NOISE),
    ("weizhi", false, CRUMB | NOISE),
    ("position", true, CRUMB),
    ("location", true, CRUMB),
    ("path", true, CRUMB),
    ("pagination", false, PAGER | NOISE),
    ("pager", true, PAGER | NOISE),
    ("pagebar", false, PAGER | NOISE),
    ("fenye", false, PAGER | NOISE),
    ("page-nav", false, PAGER | NOISE),
    ("wrap", false, FRAME),
    ("container", false, FRAME),
];

static MATCHER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(PATTERNS.iter().map(|(pattern, ..)| pattern))
        .expect("a short fixed list of patterns can always be compiled")
});

pub(super) fn of(tree: &Tree<'_>, node: NodeId) -> Hints {
    let mut hints = 0;
    for attribute in tree.attributes(node) {
        let name = tree.slice(attribute.name);
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            hints |= of_name(tree.slice(attribute.value));
        } else if name.eq_ignore_ascii_case("itemprop")
            && tree.slice(attribute.value).eq_ignore_ascii_case("articleBody")
        {
            hints |= SURE;
        } else if name.eq_ignore_ascii_case("role") {
            hints |= match tree.slice(attribute.value) {
                "navigation" | "banner" | "contentinfo" | "search" | "complementary" | "dialog" => NOISE,
                _ => 0,
            };
        }
    }
    hints
}

fn of_name(value: &str) -> Hints {
    let bytes = value.as_bytes();
    if bytes.len() > 512 {
        return 0;
    }
    let mut hints = 0;
    for found in MATCHER.find_overlapping_iter(bytes) {
        let (_, whole, hint) = PATTERNS[found.pattern().as_usize()];
        if !whole || is_whole(bytes, found.start(), found.end()) {
            hints |= hint;
        }
    }
    hints
}

/// Bounded by something that is no letter, or by the capital of a camel's hump.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start == 0
        || !bytes[start - 1].is_ascii_alphabetic()
        || (bytes[start].is_ascii_uppercase() && bytes[start - 1].is_ascii_lowercase());
    let after = bytes.get(end).is_none_or(|byte| {
        !byte.is_ascii_alphabetic() || (byte.is_ascii_uppercase() && bytes[end - 1].is_ascii_lowercase())
    });
    before && after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_element_is_for() {
        for (name, hint, expected) in [
            ("bdsharebuttonbox", NOISE, true),
            ("head", NOISE, false),
            ("article-ad", NOISE, true),
            ("shadow", NOISE, false),
            ("mainNav", NOISE, true),
            ("TRS_Editor", SURE, true),
            ("article_content clearfix", SURE, true),
            ("crumbs", CRUMB, true),
        ] {
            assert_eq!(of_name(name) & hint != 0, expected, "{name}");
        }
    }
}
