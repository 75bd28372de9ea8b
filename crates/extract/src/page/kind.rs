//! What a page is: home page, list, article, service guide or something else.

use super::choose::Chosen;
use super::output::{Page, PageKind};
use super::view::View;

/// The ten classes of elements an inspection looks for in a service guide.
const GUIDE: &[&[&str]] = &[
    &["事项名称", "服务事项", "办理事项"],
    &["设定依据", "办理依据", "法律依据", "实施依据"],
    &["受理条件", "申请条件", "办理条件", "办事条件"],
    &["申请材料", "办理材料", "所需材料", "申报材料", "办事材料"],
    &["办理地点", "受理地点", "办公地址", "办理地址"],
    &["办理机构", "受理机构", "实施机关", "实施主体", "办理部门"],
    &["收费标准", "收费依据", "是否收费", "收费情况"],
    &[
        "办理时间",
        "办公时间",
        "受理时间",
        "工作时间",
        "办理时限",
        "法定时限",
        "承诺时限",
        "法定办结时限",
        "承诺办结时限",
    ],
    &["联系电话", "咨询电话", "监督电话", "咨询方式", "投诉电话"],
    &["办理流程", "办事流程", "办理程序", "受理流程"],
];

pub(super) fn of(view: &View<'_, '_>, page: &Page, chosen: Option<&Chosen>) -> (PageKind, f32) {
    let column_type = page.column_type.as_ref().map_or("", |found| found.value.as_str());
    if column_type == "首页" {
        return (PageKind::Home, 0.98);
    }
    if guide_elements(view) >= 5 {
        return (PageKind::Guide, 0.9);
    }
    let (weight, linked) = view
        .blocks
        .iter()
        .fold((0_u64, 0_u64), |(w, l), block| (w + u64::from(block.weight), l + u64::from(block.linked)));
    let density = if weight == 0 { 0.0 } else { linked as f32 / weight as f32 };
    let path = view.base.path();
    let root = matches!(
        path,
        "/" | "/index.html"
            | "/index.htm"
            | "/index.shtml"
            | "/index.jsp"
            | "/index.php"
            | "/default.html"
            | "/default.aspx"
    );
    let value = chosen.map_or(0.0, |chosen| chosen.value);
    let items = page.list.as_ref().map_or(0, |list| list.items.len());
    let links = page.links.len();
    let article_signs = usize::from(page.published.as_ref().is_some_and(|found| found.confidence >= 0.8))
        + usize::from(page.source.is_some())
        + usize::from(page.document_number.as_ref().is_some_and(|found| found.confidence >= 0.8))
        + usize::from(chosen.is_some_and(|chosen| chosen.named));
    if root && links >= 20 && density > 0.4 {
        return (PageKind::Home, 0.95);
    }
    let share = chosen.map_or(0.0, |chosen| chosen.share);
    let list = page.list.as_ref().filter(|list| list.items.len() >= 5);
    let dated = list.map_or(0, |list| list.items.iter().filter(|item| item.date.is_some()).count());
    if dated * 2 > items && dated >= 5 && value < 200.0 && article_signs < 3 {
        return (PageKind::List, 0.9);
    }
    if value >= 60.0 && (share > 0.35 || article_signs >= 2) || value >= 10.0 && article_signs >= 2 {
        let confidence = 0.6 + 0.1 * article_signs as f32;
        return (PageKind::Article, confidence.min(0.98));
    }
    if density > 0.6 && links >= 60 && (view.base.host().is_empty() || root) && items * 4 < links {
        return (PageKind::Home, 0.7);
    }
    if items >= 5 {
        return (PageKind::List, 0.6);
    }
    if value >= 40.0 {
        return (PageKind::Article, 0.5);
    }
    (PageKind::Other, 0.5)
}

fn guide_elements(view: &View<'_, '_>) -> usize {
    let mut seen = [false; 10];
    for block in &view.blocks {
        let text = view.text(block);
        if text.len() > 240 || block.linked * 2 > block.weight {
            continue;
        }
        let bare =
            text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十、.．（）() 【".contains(c));
        for (seen, names) in seen.iter_mut().zip(GUIDE) {
            *seen |= names.iter().any(|name| bare.starts_with(name));
        }
    }
    seen.into_iter().filter(|seen| *seen).count()
}
