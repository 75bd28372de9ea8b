//! The completion report (完成报告): every old address is accounted for.

use std::collections::HashMap;

use domain::{
    ids::ResourceId,
    migration::{Balance, Fate, OldPage},
    time::beijing_minutes,
};
use report::{Cell, Section, Table};

use super::{documents::section, reach::Reached};
use crate::{App, AppResult};

/// The sums, and what became of each address.
pub(super) async fn completion(
    app: &App,
    reached: &Reached,
    pages: &[OldPage],
    balance: &Balance,
) -> AppResult<Vec<Section>> {
    let mut sums = Table::new(&["类型", "旧网站", "迁移", "归档", "合并", "不迁移", "待定"]);
    for (kind, count) in balance.kinds() {
        let mut row: Vec<Cell> = vec![kind.chinese().into(), count.into()];
        row.extend(Fate::ALL.into_iter().map(|fate| Cell::Count(balance.cell(kind, fate))));
        sums.rows.push(row);
    }
    let mut total: Vec<Cell> = vec!["合计".into(), balance.total.into()];
    total.extend(Fate::ALL.into_iter().map(|fate| Cell::Count(balance.of(fate))));
    sums.rows.push(total);
    let objections = balance.objections();
    let verdict = match objections.is_empty() {
        true => vec!["各项之和与旧网站地址总数相等，每个旧地址都有去向。".to_owned()],
        false => objections,
    };
    let read = app.store.read();
    let (taken_over, _) =
        store::old_address::of_migration(&read, reached.migration.id, None, 0, u64::from(u32::MAX)).await?;
    let hits: HashMap<String, u64> =
        taken_over.into_iter().map(|address| (format!("{}{}", address.host, address.path), address.hits)).collect();
    let moved: Vec<ResourceId> = pages.iter().filter_map(|page| page.resource).collect();
    let paths: HashMap<ResourceId, String> = store::resource::by_ids(&read, &moved)
        .await?
        .into_iter()
        .map(|owned| (owned.resource.id, format!("{}/{}", reached.site.domain, owned.resource.page_path())))
        .collect();
    let rows = pages
        .iter()
        .map(|page| {
            let key =
                super::address::canonical(&page.address).map(|address| format!("{}{}", address.host, address.path));
            let hits = key.and_then(|key| hits.get(&key).copied()).unwrap_or(0);
            let reason = match &page.merged_into {
                Some(target) => format!("{}（{target}）", page.fate_reason),
                None => page.fate_reason.clone(),
            };
            vec![
                page.address.clone().into(),
                page.kind.chinese().into(),
                page.title_now().into(),
                page.fate.chinese().into(),
                reason.into(),
                page.resource.and_then(|resource| paths.get(&resource)).cloned().unwrap_or_default().into(),
                page.published_at.map(beijing_minutes).unwrap_or_default().into(),
                page.collected_at.map(beijing_minutes).unwrap_or_default().into(),
                hits.into(),
            ]
        })
        .collect();
    let head = ["旧地址", "类型", "标题", "去向", "说明", "新地址", "原发布时间", "采集时间", "上线后访问次数"];
    Ok(vec![
        section("去向合计", verdict, Some(sums)),
        section(
            "每个旧地址的去向",
            vec![format!("共 {} 个。", pages.len())],
            Some(Table { rows, ..Table::new(&head) }),
        ),
    ])
}
