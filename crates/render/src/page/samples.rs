//! Example contexts for trying out themes. All names, numbers and texts are invented (示例).

mod content;
mod lists;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Column, Crumb, GonePage, ListItem, NotFoundPage, Site, SiteMapColumn, SiteMapPage, Validity};
use crate::path;

pub(super) use content::{content_pages, policy_pages};
pub(super) use lists::{home_pages, list_pages};

/// An invented site with every mark filled in.
pub fn sample_site() -> Site {
    Site {
        id: id(1),
        name: "示例自治区人民政府".into(),
        domain: "www.example.gov.cn".into(),
        base_url: "https://www.example.gov.cn/".into(),
        site_code: "9900000001".into(),
        sponsor: "示例自治区人民政府办公厅".into(),
        operator: Some("示例自治区政务信息中心".into()),
        contact: "0000-0000000（工作日 9:00—17:00）".into(),
        icp_record: "蒙ICP备00000000号-1".into(),
        police_record: "蒙公网安备15000000000000号".into(),
        conac_id: Some("0".repeat(32)),
        description: "示例自治区人民政府门户网站，公开政府信息，提供政务服务，回应群众关切。".into(),
        slogan: "公开 · 服务 · 回应".into(),
        navigation: [
            ("要闻动态", "ywdt"),
            ("政务公开", "zwgk"),
            ("政策解读", "zcjd"),
            ("办事服务", "bsfw"),
            ("互动交流", "hdjl"),
            ("走进示例", "zjsl"),
        ]
        .iter()
        .enumerate()
        .map(|(number, (name, slug))| crumb(100 + number as u128, name, &[slug]))
        .collect(),
        locale: "zh-Hans".into(),
    }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn crumb(number: u128, name: &str, slugs: &[&str]) -> Crumb {
    Crumb { id: id(number), name: name.into(), path: path::column_index(slugs) }
}

/// A moment on the given day of 2026, Beijing time.
fn at(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    jiff::civil::date(2026, month, day)
        .at(hour, minute, 0, 0)
        .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)))
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

fn column(number: u128, name: &str, slugs: &[&str], column_type: &str, ancestors: Vec<Crumb>) -> Column {
    Column {
        id: id(number),
        name: name.into(),
        path: path::column_index(slugs),
        description: format!("发布示例自治区{name}方面的信息"),
        keywords: format!("示例自治区,{name}"),
        column_type: column_type.into(),
        ancestors,
    }
}

fn news_column() -> Column {
    column(100, "要闻动态", &["ywdt"], "工作动态", vec![])
}

fn notice_column() -> Column {
    column(111, "通知公告", &["zwgk", "tzgg"], "通知公告", vec![crumb(101, "政务公开", &["zwgk"])])
}

fn policy_column() -> Column {
    column(110, "政策文件", &["zwgk", "zcwj"], "政策文件", vec![crumb(101, "政务公开", &["zwgk"])])
}

fn interpretation_column() -> Column {
    column(102, "政策解读", &["zcjd"], "政策解读", vec![])
}

fn item(number: u64, title: &str, published_at: Timestamp) -> ListItem {
    ListItem {
        id: id(u128::from(10_000 + number)),
        title: title.into(),
        path: path::content("2026-11", number),
        published_at,
        summary: None,
        document_number: None,
        validity: None,
        pinned: false,
    }
}

fn policy_item(
    number: u64,
    title: &str,
    document_number: &str,
    validity: Validity,
    published_at: Timestamp,
) -> ListItem {
    ListItem {
        document_number: Some(document_number.into()),
        validity: Some(validity),
        ..item(number, title, published_at)
    }
}

pub(super) fn site_map_pages() -> Vec<(&'static str, SiteMapPage)> {
    let leaf = |number, name: &str, slugs: &[&str]| SiteMapColumn {
        id: id(number),
        name: name.into(),
        path: path::column_index(slugs),
        children: vec![],
    };
    let disclosure = SiteMapColumn {
        children: vec![
            leaf(110, "政策文件", &["zwgk", "zcwj"]),
            SiteMapColumn {
                children: vec![
                    leaf(130, "招考公告", &["zwgk", "tzgg", "zkgg"]),
                    leaf(131, "招标公告", &["zwgk", "tzgg", "zbgg"]),
                ],
                ..leaf(111, "通知公告", &["zwgk", "tzgg"])
            },
            leaf(112, "政府信息公开指南", &["zwgk", "zn"]),
            leaf(113, "政府信息公开年报", &["zwgk", "nb"]),
            leaf(114, "机构职能", &["zwgk", "jgzn"]),
            leaf(115, "负责人信息", &["zwgk", "fzrxx"]),
        ],
        ..leaf(101, "政务公开", &["zwgk"])
    };
    let columns = vec![
        leaf(100, "要闻动态", &["ywdt"]),
        disclosure,
        leaf(102, "政策解读", &["zcjd"]),
        SiteMapColumn {
            children: vec![leaf(140, "个人办事", &["bsfw", "gr"]), leaf(141, "法人办事", &["bsfw", "fr"])],
            ..leaf(103, "办事服务", &["bsfw"])
        },
        SiteMapColumn {
            children: vec![
                leaf(150, "网民留言", &["hdjl", "wmly"]),
                leaf(151, "意见征集", &["hdjl", "yjzj"]),
                leaf(152, "在线访谈", &["hdjl", "zxft"]),
            ],
            ..leaf(104, "互动交流", &["hdjl"])
        },
        leaf(105, "走进示例", &["zjsl"]),
    ];
    vec![("tree", SiteMapPage { columns }), ("empty", SiteMapPage { columns: vec![] })]
}

pub(super) fn gone_pages() -> Vec<(&'static str, GonePage)> {
    let page = GonePage {
        path: path::content("2026-11", 77),
        id: id(10_077),
        recalled_at: at(11, 20, 16, 5),
        unit: "示例自治区教育厅".into(),
        public_reason: Some("文中所附时间表有误，更正后将重新公布。".into()),
        contact: "示例自治区教育厅办公室，电话 0000-0000001".into(),
        column: Some(crumb(111, "通知公告", &["zwgk", "tzgg"])),
    };
    let bare = GonePage { public_reason: None, column: None, ..page.clone() };
    vec![("with-reason", page), ("bare", bare)]
}

pub(super) fn not_found_pages() -> Vec<(&'static str, NotFoundPage)> {
    vec![("plain", NotFoundPage {})]
}
