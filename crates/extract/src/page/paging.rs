//! Links from one page of a list or an article to its other pages.

use super::phrase;
use super::tag::Tag;
use super::view::View;

pub(super) struct Paging {
    pub(super) next: Option<String>,
    pub(super) pages: Vec<String>,
    /// Every link that shows a number, whatever its form.
    pub(super) numbered: Vec<String>,
    pub(super) count: Option<u32>,
}

/// Of all links that show a number, those of one form: their addresses differ in digits only.
fn keep_alike(paging: &mut Paging) {
    let form = |address: &str| -> String {
        let mut to = String::new();
        for character in address.chars() {
            match character {
                '0'..='9' if to.ends_with('#') => {}
                '0'..='9' => to.push('#'),
                other => to.push(other),
            }
        }
        to
    };
    let forms: Vec<String> = paging.pages.iter().map(|address| form(address)).collect();
    let wanted = match &paging.next {
        Some(next) => form(next),
        None => {
            let best = forms.iter().max_by_key(|wanted| forms.iter().filter(|known| known == wanted).count());
            match best {
                Some(best) if forms.iter().filter(|known| *known == best).count() >= 2 => best.clone(),
                _ => String::new(),
            }
        }
    };
    let mut forms = forms.into_iter();
    paging.pages.retain(|_| forms.next().is_some_and(|known| known == wanted));
}

/// 下一页, numbers, 共12页.
pub(super) fn read(view: &View<'_, '_>) -> Paging {
    let tree = view.tree;
    let mut paging = Paging { next: None, pages: Vec::new(), numbered: Vec::new(), count: None };
    for node in 1..tree.len() {
        if tree.tag(node) != Tag::A || tree.end(node) - node > 12 {
            continue;
        }
        let length: usize = (node..tree.end(node)).map(|inner| tree.raw_text(inner).trim().len()).sum();
        if length == 0 || length > 60 {
            continue;
        }
        let text = view.inline_text(node);
        let squeezed = phrase::squeezed(&text);
        let bare = squeezed.trim_matches(|c: char| "[]【】()（）>»›＞".contains(c));
        let relation = tree.raw_attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("next"));
        let next =
            relation || matches!(bare, "下一页" | "下页" | "后一页" | "Next" | "next" | "NEXT" | "下一頁" | "后页");
        let number = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_digit());
        if !(next || number || matches!(bare, "尾页" | "末页" | "最后一页")) {
            continue;
        }
        let raw = tree.attribute(node, "href").unwrap_or_default();
        let Some(address) = view.base.resolve(&raw) else { continue };
        if next {
            paging.next.get_or_insert(address);
        } else if paging.pages.len() < 1000 && !paging.pages.contains(&address) {
            paging.pages.push(address);
        }
    }
    paging.numbered.clone_from(&paging.pages);
    keep_alike(&mut paging);
    if paging.next.is_none() && paging.pages.is_empty() {
        by_script(view, &mut paging);
    }
    for block in &view.blocks {
        let text = view.text(block);
        if text.len() < 300
            && let Some((_, rest)) = text.split_once('共')
        {
            let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
            if rest.trim_start()[digits.len()..].trim_start().starts_with('页') {
                paging.count = digits.parse().ok().filter(|count| *count > 0);
            }
        }
    }
    paging
}

/// `createPageHTML(12, 0, "index", "html")`: the content system most used by governments writes its page links by a
/// script; pages are `index.html`, `index_1.html` and so on.
fn by_script(view: &View<'_, '_>, paging: &mut Paging) {
    const CALL: &str = "createPageHTML(";
    let source = view.tree.source;
    for at in memchr::memmem::find_iter(source.as_bytes(), CALL.as_bytes()).take(8) {
        let Some((arguments, _)) = source[at + CALL.len()..].split_once(')') else { continue };
        let unquoted = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        let arguments: Vec<String> = arguments.split(',').take(8).map(unquoted).collect();
        let numbers: Vec<u32> = arguments.iter().map_while(|argument| argument.parse().ok()).take(2).collect();
        let ([count, current], [_, _, name, ending, ..]) = (numbers.as_slice(), arguments.as_slice()) else { continue };
        if !(1..=100_000).contains(count) || current >= count || name.is_empty() || ending.is_empty() {
            continue;
        }
        let address = |page: u32| {
            let name = if page == 0 { format!("{name}.{ending}") } else { format!("{name}_{page}.{ending}") };
            view.base.resolve(&name)
        };
        paging.count = Some(*count);
        paging.next = (current + 1 < *count).then(|| address(current + 1)).flatten();
        paging.pages = (0..*count).filter(|page| page != current).take(1000).filter_map(address).collect();
        return;
    }
}
