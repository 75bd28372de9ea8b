//! What stands at the foot of every page: 网站标识码, ICP备案号, 公安备案号; also in the links around them.

use super::number;
use super::output::Found;
use super::tag::Tag;
use super::view::View;

#[derive(Default)]
pub(super) struct Footer {
    pub(super) site_code: Option<Found<String>>,
    pub(super) icp: Option<Found<String>>,
    pub(super) police_record: Option<Found<String>>,
}

pub(super) fn read(view: &View<'_, '_>) -> Footer {
    let mut footer = Footer::default();
    for (index, block) in view.blocks.iter().enumerate().rev() {
        let text = view.text(block);
        if text.len() > 3000 || !text.contains(['备', '识', 'I', 'i']) {
            continue;
        }
        if footer.icp.is_none() && (text.contains("备") || text.contains("证")) {
            footer.icp = number::icp(text).map(|value| Found::structure(value, "页脚", 0.95));
        }
        if footer.police_record.is_none() && text.contains("公网安备") {
            footer.police_record = number::police_record(text).map(|value| Found::structure(value, "页脚", 0.95));
        }
        if footer.site_code.is_none()
            && let Some(at) = text.find("标识码")
        {
            let after = &text[at + "标识码".len()..];
            let next = view.blocks.get(index + 1).map_or("", |block| view.text(block));
            let value = number::site_code(after)
                .or_else(|| after.trim_matches(['：', ':', ' ']).is_empty().then(|| number::site_code(next)).flatten());
            footer.site_code = value.map(|value| Found::structure(value, "页脚 网站标识码", 0.95));
        }
    }
    if footer.site_code.is_none() || footer.police_record.is_none() {
        addresses(view, &mut footer);
    }
    footer
}

/// `jiucuo.html?site_code=…` and `registerSystemInfo?recordcode=…`.
fn addresses(view: &View<'_, '_>, footer: &mut Footer) {
    for node in 1..view.tree.len() {
        if view.tree.tag(node) != Tag::A {
            continue;
        }
        let Some(address) = view.tree.raw_attribute(node, "href") else { continue };
        if footer.site_code.is_none()
            && let Some((_, code)) = address.split_once("site_code=")
        {
            footer.site_code = number::site_code(code).map(|value| Found::structure(value, "找错入口的链接", 0.9));
        }
        if footer.police_record.is_none()
            && let Some((_, code)) = address.split_once("recordcode=")
        {
            let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
            if digits.len() == 14 {
                footer.police_record = Some(Found::structure(format!("公网安备{digits}号"), "公安备案的链接", 0.85));
            }
        }
    }
}
