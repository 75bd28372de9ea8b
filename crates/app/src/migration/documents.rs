//! Reports to download: the assessment before anything is imported, the comparison of the trial, the completion with its
//! balance. Each as a web page or as a workbook.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    actor::Actor,
    ids::MigrationId,
    migration::{Balance, MigrationState, OldPage, OldPageKind},
    time::{beijing, beijing_minutes},
};
use policy::Action;
use report::{Cell, Document, Section, Table};

use super::{compare, completion::completion, reach::reach};
use crate::{App, AppError, AppResult};

/// Pages read at a time.
const HANDFUL: u64 = 500;

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// 评估报告
    Assessment,
    /// 试迁移核对表
    Trial,
    /// 完成报告
    Completion,
}

impl ReportKind {
    /// Reads the stable word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "assessment" => Some(Self::Assessment),
            "trial" => Some(Self::Trial),
            "completion" => Some(Self::Completion),
            _ => None,
        }
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Assessment => "迁移评估报告",
            Self::Trial => "试迁移核对表",
            Self::Completion => "迁移完成报告",
        }
    }
}

/// Makes a report.
///
/// # Errors
/// [`AppError::NotFound`] for another office's migration; [`AppError::Conflict`] before there is anything to report.
pub async fn document(app: &App, actor: &Actor, id: MigrationId, kind: ReportKind) -> AppResult<Document> {
    let read = app.store.read();
    let reached = reach(app, &read, actor, id, Action::MigrationRead).await?;
    let balance = store::migration::page::balance(&read, id).await?;
    if balance.total == 0 {
        return Err(AppError::Conflict("还没有采集到任何页面，没有可以报告的内容。".into()));
    }
    let pages = all_pages(&read, id).await?;
    let migration = &reached.migration;
    let mut lead = vec![
        format!("旧网站：{}；来源：{}。", migration.source.address, migration.source.kind.chinese()),
        format!("新网站：{}（{}）。", reached.site.name, reached.unit.name),
        format!(
            "第 {} 次采集；状态：{}；报告生成于 {}。",
            migration.round,
            migration.state.chinese(),
            beijing_minutes(app.now())
        ),
    ];
    if matches!(migration.state, MigrationState::Collecting | MigrationState::Reading) {
        lead.push("采集或识别还没有结束，以下数字还会变化。".to_owned());
    }
    let sections = match kind {
        ReportKind::Assessment => assessment(&pages, &balance),
        ReportKind::Trial => trial(app, actor, id, &pages).await?,
        ReportKind::Completion => completion(app, &reached, &pages, &balance).await?,
    };
    Ok(Document { title: format!("{}：{}", kind.chinese(), migration.name), lead, sections })
}

async fn all_pages(read: &store::Read, id: MigrationId) -> AppResult<Vec<OldPage>> {
    let (mut pages, mut after) = (Vec::new(), None);
    loop {
        let mut handful = store::migration::page::after(read, id, &[], after, HANDFUL).await?;
        let Some(last) = handful.last() else { return Ok(pages) };
        after = Some(last.id);
        for page in &mut handful {
            // What was found is long and stands in no report.
            page.found = String::new();
        }
        pages.extend(handful);
    }
}

pub(super) fn section(heading: &str, notes: Vec<String>, table: Option<Table>) -> Section {
    Section { heading: heading.to_owned(), notes, table }
}

fn assessment(pages: &[OldPage], balance: &Balance) -> Vec<Section> {
    let mut sections = vec![inventory(pages, balance), columns(pages), months(pages), files(pages)];
    sections.push(dead_links(pages));
    sections.push(duplicates(pages));
    sections.push(list_of(
        "没有内容的栏目",
        "旧网站上有列表页、但没有采集到任何内容页的栏目。",
        empty_columns(pages).into_iter().map(|(name, address)| vec![name.into(), address.into()]).collect(),
        &["栏目", "列表页地址"],
    ));
    sections.push(list_of(
        "无法读取的页面",
        "旧网站上打不开、被截断或不允许采集的地址。",
        pages
            .iter()
            .filter(|page| page.kind == OldPageKind::Failed)
            .map(|page| {
                let referrer = page.referrer.clone().unwrap_or_default();
                vec![page.address.clone().into(), page.fault.clone().unwrap_or_default().into(), referrer.into()]
            })
            .collect(),
        &["地址", "原因", "出现在"],
    ));
    sections.push(list_of(
        "要素不全的内容页",
        "缺少标题、发布时间、来源或正文的内容页：迁移前须补充，或改为归档。",
        pages
            .iter()
            .filter(|page| page.kind.is_text())
            .filter_map(|page| {
                gaps(page).map(|gaps| vec![page.title.clone().into(), gaps.into(), page.address.clone().into()])
            })
            .collect(),
        &["标题", "缺少", "地址"],
    ));
    let flagged: Vec<&OldPage> = pages.iter().filter(|page| page.blocks > 0 || page.warns > 0).collect();
    let (blocked, warned) =
        (flagged.iter().filter(|page| page.blocks > 0).count(), flagged.iter().filter(|page| page.blocks == 0).count());
    let mut screened = list_of(
        "机审提示",
        &format!("须处理后才能送审的 {blocked} 个页面，另有提醒的 {warned} 个页面。"),
        flagged
            .iter()
            .map(|page| {
                let counts = format!("须处理 {}，提醒 {}", page.blocks, page.warns);
                vec![
                    page.title.clone().into(),
                    counts.into(),
                    page.remarks.join(" ").into(),
                    page.address.clone().into(),
                ]
            })
            .collect(),
        &["标题", "数量", "前几条提示", "地址"],
    );
    screened.notes.push("提示中的隐私内容已经遮盖。".to_owned());
    sections.push(screened);
    sections
}

fn inventory(pages: &[OldPage], balance: &Balance) -> Section {
    let mut table = Table::new(&["类型", "数量", "大小（KB）"]);
    for (kind, count) in balance.kinds() {
        let size: i64 = pages.iter().filter(|page| page.kind == kind).map(|page| page.size).sum();
        table.rows.push(vec![
            kind.chinese().into(),
            count.into(),
            Cell::Count(u64::try_from(size / 1024).unwrap_or(0)),
        ]);
    }
    section("页面清单", vec![format!("共采集到 {} 个地址。", balance.total)], Some(table))
}

fn columns(pages: &[OldPage]) -> Section {
    let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.kind.is_text()) {
        let sum = sums.entry(&page.column_key).or_default();
        sum.0 += 1;
        sum.1 += u64::from(page.document_number.is_some());
    }
    let mut table = Table::new(&["旧栏目", "内容页", "有发文字号"]);
    for (key, (texts, official)) in sums {
        let name = if key.is_empty() { "（未识别栏目）" } else { key };
        table.rows.push(vec![name.into(), texts.into(), official.into()]);
    }
    section("栏目", Vec::new(), Some(table))
}

fn months(pages: &[OldPage]) -> Section {
    let mut years: BTreeMap<String, u64> = BTreeMap::new();
    let mut without = 0;
    for page in pages.iter().filter(|page| page.kind.is_text()) {
        match page.published_at {
            Some(at) => *years.entry(at.to_zoned(beijing()).strftime("%Y").to_string()).or_default() += 1,
            None => without += 1,
        }
    }
    let mut table = Table::new(&["年份", "内容页"]);
    table.rows = years.into_iter().map(|(year, count)| vec![year.into(), count.into()]).collect();
    section("发布时间", vec![format!("没有读到发布时间的内容页：{without} 个。")], Some(table))
}

fn files(pages: &[OldPage]) -> Section {
    let mut sums: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.kind == OldPageKind::File) {
        let media = page.media_type.as_deref().unwrap_or("未知").split(';').next().unwrap_or_default().to_owned();
        let sum = sums.entry(media).or_default();
        sum.0 += 1;
        sum.1 += page.size;
    }
    let mut table = Table::new(&["附件类型", "数量", "大小（KB）"]);
    for (media, (count, size)) in sums {
        table.rows.push(vec![media.into(), count.into(), Cell::Count(u64::try_from(size / 1024).unwrap_or(0))]);
    }
    section("附件和图片", Vec::new(), Some(table))
}

fn dead_links(pages: &[OldPage]) -> Section {
    let alive: HashSet<&str> =
        pages.iter().filter(|page| page.kind != OldPageKind::Failed).map(|page| page.address.as_str()).collect();
    let rows: Vec<Vec<Cell>> = pages
        .iter()
        .flat_map(|page| page.links.iter().map(move |link| (page, link)))
        .filter(|(_, link)| !alive.contains(link.as_str()))
        .map(|(page, link)| vec![page.title.clone().into(), link.clone().into(), page.address.clone().into()])
        .collect();
    list_of(
        "站内死链",
        "正文、图片和附件指向旧网站上打不开的地址。站外链接没有检查。",
        rows,
        &["页面", "打不开的地址", "页面地址"],
    )
}

fn duplicates(pages: &[OldPage]) -> Section {
    let mut groups: HashMap<&str, Vec<&OldPage>> = HashMap::new();
    for page in pages.iter().filter(|page| page.kind.is_text() && page.text_length >= 50) {
        if let Some(hash) = &page.text_hash {
            groups.entry(hash).or_default().push(page);
        }
    }
    let mut groups: Vec<Vec<&OldPage>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| group.first().map(|page| page.id));
    let rows = groups
        .iter()
        .map(|group| {
            let addresses: Vec<&str> = group.iter().map(|page| page.address.as_str()).collect();
            let title = group.first().map(|page| page.title.clone()).unwrap_or_default();
            vec![title.into(), Cell::Count(group.len() as u64), addresses.join("\n").into()]
        })
        .collect();
    list_of("重复的内容", "标题和正文完全相同的页面：只迁移第一个，其余地址指向它。", rows, &["标题", "次数", "地址"])
}

fn empty_columns(pages: &[OldPage]) -> Vec<(String, String)> {
    let filled: HashSet<&str> =
        pages.iter().filter(|page| page.kind.is_text()).map(|page| page.column_key.as_str()).collect();
    let mut seen = HashSet::new();
    pages
        .iter()
        .filter(|page| page.kind == OldPageKind::List && !page.column_key.is_empty())
        .filter(|page| {
            let below = format!("{}/", page.column_key);
            !filled.iter().any(|key| *key == page.column_key || key.starts_with(&below))
        })
        .filter(|page| seen.insert(page.column_key.clone()))
        .map(|page| (page.column_key.clone(), page.address.clone()))
        .collect()
}

fn gaps(page: &OldPage) -> Option<String> {
    let mut gaps = Vec::new();
    for (lacks, name) in [
        (page.title_now().is_empty(), "标题"),
        (page.published_at.is_none() && page.corrected.published.is_none(), "发布时间"),
        (page.source.is_none() && page.corrected.source.is_none(), "来源"),
        (page.text_length == 0, "正文"),
    ] {
        if lacks {
            gaps.push(name);
        }
    }
    (!gaps.is_empty()).then(|| gaps.join("、"))
}

fn list_of(heading: &str, note: &str, rows: Vec<Vec<Cell>>, head: &[&str]) -> Section {
    let count = rows.len();
    let notes = vec![note.to_owned(), if count == 0 { "没有。".to_owned() } else { format!("共 {count} 条。") }];
    let table = Table { rows, ..Table::new(head) };
    section(heading, notes, (count > 0).then_some(table))
}

async fn trial(app: &App, actor: &Actor, id: MigrationId, pages: &[OldPage]) -> AppResult<Vec<Section>> {
    let compared = compare::compare(app, actor, id).await?;
    let mut by_column =
        Table::new(&["旧栏目", "新栏目", "旧网站内容页", "要迁移", "已生成稿件", "未能生成", "其他去向"]);
    let mut by_month = Table::new(&["旧栏目", "月份", "要迁移", "已生成稿件"]);
    for row in &compared {
        by_column.rows.push(vec![
            row.key.clone().into(),
            row.target.clone().into(),
            row.source.into(),
            row.moving.into(),
            row.brought_in.into(),
            row.stuck.into(),
            row.elsewhere.into(),
        ]);
        for (month, (moving, brought_in)) in &row.months {
            let month = if month.is_empty() { "没有日期" } else { month };
            by_month.rows.push(vec![row.key.clone().into(), month.into(), (*moving).into(), (*brought_in).into()]);
        }
    }
    let stuck = pages
        .iter()
        .filter_map(|page| page.trial_fault.as_ref().map(|why| (page, why)))
        .map(|(page, why)| vec![page.title_now().into(), why.clone().into(), page.address.clone().into()])
        .collect();
    let checks = compare::checks(app, actor, id)
        .await?
        .into_iter()
        .map(|row| {
            let verdict = if row.check.agrees { "一致" } else { "不一致" };
            vec![
                row.title.into(),
                verdict.into(),
                row.check.note.into(),
                row.checked_by.into(),
                beijing_minutes(row.check.checked_at).into(),
            ]
        })
        .collect();
    Ok(vec![
        section("按栏目核对", Vec::new(), Some(by_column)),
        section("按月份核对", Vec::new(), Some(by_month)),
        list_of("没有迁入或未能送审的页面", "逐条列出原因。", stuck, &["标题", "原因", "旧地址"]),
        list_of("抽查记录", "由谁在什么时间与原页面比较。", checks, &["标题", "结论", "说明", "抽查人", "时间"]),
    ])
}
