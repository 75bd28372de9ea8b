//! Example home and list pages.

use super::{
    at, column, crumb, id, interpretation_column, item, news_column, notice_column, policy_column, policy_item,
};
use crate::list_plan::{ListPageId, ListPlan};
use crate::page::{BlockShape, HomeBlock, HomeLead, HomePage, ListItem, ListPage, Pager, QuickEntry, Validity};

const HEADLINES: [&str; 8] = [
    "全区优化营商环境工作推进会召开，部署一批便民利企新举措（示例）",
    "自治区发布冬春季生态保护重点任务清单（示例）",
    "今年前十个月全区新增高标准农田建设任务完成过半（示例）",
    "多部门联合开展农牧区道路冬季养护行动（示例）",
    "自治区政务服务事项“一窗办”覆盖所有旗县（示例）",
    "牧区智慧养老服务试点范围扩大到三十个苏木乡镇（示例）",
    "全区中小学冬季校车安全检查全面展开（示例）",
    "新一批跨省通办事项清单公布（示例）",
];

fn news() -> Vec<ListItem> {
    let mut items: Vec<_> =
        (0u8..8).map(|n| item(u64::from(90 - n), HEADLINES[usize::from(n)], at(11, 23 - n as i8, 9, 30))).collect();
    items[0].summary = Some(
        "会议提出，围绕企业和群众办事的难点堵点，进一步精简材料、压缩时限、优化流程，推动更多事项网上办、就近办、一次办。".into(),
    );
    items
}

fn policies() -> Vec<ListItem> {
    vec![
        policy_item(
            61,
            "示例自治区人民政府办公厅关于进一步规范政府网站管理工作的通知（示例）",
            "示政办发〔2026〕41号",
            Validity::InForce,
            at(11, 18, 10, 0),
        ),
        policy_item(
            60,
            "示例自治区人民政府关于促进草原生态旅游高质量发展的实施意见（示例）",
            "示政发〔2026〕12号",
            Validity::InForce,
            at(11, 9, 8, 30),
        ),
        policy_item(
            59,
            "示例自治区行政规范性文件管理办法（示例）",
            "示例自治区人民政府令第30号",
            Validity::NotYetInForce,
            at(10, 30, 17, 0),
        ),
        policy_item(
            58,
            "示例自治区人民政府办公厅关于印发农牧民技能培训三年行动方案的通知（示例）",
            "示政办发〔2023〕17号",
            Validity::Amended,
            at(10, 12, 9, 0),
        ),
        policy_item(
            57,
            "示例自治区人民政府关于公布部分行政审批中介服务事项的通知（示例）",
            "示政发〔2019〕3号",
            Validity::Repealed,
            at(9, 28, 9, 0),
        ),
    ]
}

fn notices() -> Vec<ListItem> {
    [
        "关于2026年冬季供暖保障值班电话的公告（示例）",
        "示例自治区2026年度公开遴选公务员公告（示例）",
        "关于征集2027年民生实事项目建议的公告（示例）",
        "自治区级科技计划项目申报指南（示例）",
        "关于部分高速公路路段施工管制的通告（示例）",
        "2026年第四季度政府网站检查情况通报（示例）",
    ]
    .iter()
    .zip(0u8..)
    .map(|(title, n)| item(u64::from(50 - n), title, at(11, 20 - n as i8, 15, 0)))
    .collect()
}

fn interpretations() -> Vec<ListItem> {
    [
        "一图读懂《关于促进草原生态旅游高质量发展的实施意见》（示例）",
        "《示例自治区行政规范性文件管理办法》政策解读（示例）",
        "问答：农牧民技能培训补贴怎么申请（示例）",
        "专家解读：政务公开标准化为群众带来什么（示例）",
        "《进一步规范政府网站管理工作的通知》有哪些新要求（示例）",
    ]
    .iter()
    .zip(0u8..)
    .map(|(title, n)| item(u64::from(40 - n), title, at(11, 19 - n as i8, 11, 0)))
    .collect()
}

pub(in crate::page) fn home_pages() -> Vec<(&'static str, HomePage)> {
    let mut news = news();
    let lead = HomeLead { item: news.remove(0), image: None, image_text: String::new() };
    let entry =
        |title: &str, path: &str, note: &str| QuickEntry { title: title.into(), path: path.into(), note: note.into() };
    let block = |column, items, shape| HomeBlock { column, items, shape };
    let page = HomePage {
        column_description: "示例自治区人民政府门户网站首页".into(),
        column_keywords: "示例自治区,政府网站,首页".into(),
        lead: Some(lead),
        blocks: vec![
            block(news_column(), news, BlockShape::News),
            block(policy_column(), policies(), BlockShape::Policy),
            block(notice_column(), notices(), BlockShape::Plain),
            block(interpretation_column(), interpretations(), BlockShape::Plain),
            block(column(104, "互动交流", &["hdjl"], "咨询投诉", vec![]), vec![], BlockShape::Plain),
        ],
        quick_entries: vec![
            entry("政府信息公开", "zwgk/index.html", "指南 制度 年报"),
            entry("政策文件库", "zwgk/zcwj/index.html", "按文号和主题查"),
            entry("办事服务", "bsfw/index.html", "办事指南 在线办"),
            entry("网民留言", "hdjl/index.html", "咨询 投诉 建议"),
            entry("依申请公开", "zwgk/zn/index.html", "在线提交申请"),
            entry("网站年度报表", "zwgk/nb/index.html", "每年1月底前公布"),
        ],
    };
    let empty = HomePage { lead: None, blocks: vec![], quick_entries: vec![], ..page.clone() };
    let mut pictured = page.clone();
    if let Some(lead) = &mut pictured.lead {
        lead.image = Some("content/2026-11/90/现场 图片.jpg".into());
        lead.image_text = "会议现场（示例图片）".into();
    }
    vec![("full", page), ("pictured", pictured), ("empty", empty)]
}

pub(in crate::page) fn list_pages() -> Vec<(&'static str, ListPage)> {
    let siblings = vec![
        crumb(110, "政策文件", &["zwgk", "zcwj"]),
        crumb(111, "通知公告", &["zwgk", "tzgg"]),
        crumb(112, "政府信息公开指南", &["zwgk", "zn"]),
        crumb(113, "政府信息公开年报", &["zwgk", "nb"]),
        crumb(114, "机构职能", &["zwgk", "jgzn"]),
    ];
    let column = notice_column();
    let plan = ListPlan::new(118, 20);
    let range = || (Some("2026-09-02".to_owned()), Some("2026-11-20".to_owned()));
    let pager = |page| plan.pager(page, &column.path, range().0, range().1);
    let items: Vec<_> = (0u8..3).flat_map(|_| notices()).collect();
    let mut pinned = item(21, "关于公开征求《示例自治区公共数据管理条例（草案）》意见的公告（示例）", at(10, 8, 9, 0));
    pinned.pinned = true;
    let index = ListPage {
        pager: pager(ListPageId::Index),
        column,
        page: ListPageId::Index,
        side_columns: siblings,
        pinned: vec![pinned],
        items,
        shows_policies: false,
    };
    let archive = ListPage {
        page: ListPageId::Archive(3),
        pager: plan.pager(ListPageId::Archive(3), &index.column.path, range().0, range().1),
        pinned: vec![],
        ..index.clone()
    };
    let policy = ListPage { column: policy_column(), items: policies(), shows_policies: true, ..archive.clone() };
    let empty = ListPage {
        column: news_column(),
        page: ListPageId::Index,
        side_columns: vec![],
        items: vec![],
        pager: Pager::default(),
        ..archive.clone()
    };
    let mut hostile = index.clone();
    hostile.items = vec![item(
        7,
        "标题里有 <script>alert(1)</script> & \"引号\" 和一个很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的名字ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ",
        at(1, 1, 0, 0),
    )];
    hostile.items[0].id = id(7);
    vec![("index", index), ("archive", archive), ("policies", policy), ("empty", empty), ("hostile-title", hostile)]
}
