//! Proposing a new column for an old one.

use crate::{column::Column, ids::ColumnId, resource::ResourceKind};

/// A proposal with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The new column; `None` when nothing fits.
    pub target: Option<ColumnId>,
    /// Type of the resources.
    pub kind: ResourceKind,
    /// Hundredths.
    pub confidence: i64,
    /// Why, in plain Chinese.
    pub reason: String,
}

/// Words that offices use for one kind of column.
const SAME: &[&[&str]] = &[
    &["通知公告", "公示公告", "公告公示", "通知公示", "公告栏", "公示栏", "通知", "公告", "公示"],
    &[
        "工作动态",
        "政务动态",
        "动态要闻",
        "政务要闻",
        "要闻动态",
        "本地要闻",
        "新闻动态",
        "政府要闻",
        "今日要闻",
        "要闻",
    ],
    &["政策文件", "规范性文件", "政府文件", "文件公开", "政策法规", "法规文件", "规章文件", "行政规范性文件"],
    &["政策解读", "解读回应", "文件解读", "政策问答"],
    &["办事服务", "办事指南", "政务服务", "网上办事", "便民服务"],
    &["负责人信息", "领导信息", "领导之窗", "政府领导", "领导介绍", "领导班子"],
    &["机构职能", "机构设置", "组织机构", "政府机构", "部门职责", "内设机构"],
    &["概况信息", "走进我们", "旗县概况", "地区概况", "概况", "基本情况"],
    &["信息公开年报", "年度报告", "公开年报", "信息公开年度报告"],
    &["信息公开指南", "公开指南"],
    &["信息公开目录", "公开目录"],
    &["数据发布", "统计数据", "统计信息", "数据公报"],
    &["征集调查", "意见征集", "民意征集", "网上调查", "在线调查"],
    &["在线访谈", "访谈直播", "在线直播"],
    &["咨询投诉", "领导信箱", "互动交流", "网上信访", "县长信箱"],
    &["专题专栏", "专题", "专题集锦", "热点专题"],
    &["回应关切", "热点回应"],
];

/// Proposes the column of `columns` that fits an old one best. `official` is the share of its pages, in hundredths, that
/// bear a document number.
pub fn propose(key: &str, columns: &[Column], official: i64) -> Proposal {
    let parts: Vec<&str> = key.split('/').collect();
    let name = parts.last().copied().unwrap_or_default();
    let open = columns.iter().filter(|column| column.active);
    let best = open.map(|column| (likeness(&parts, name, column), column)).filter(|(score, _)| *score >= 40);
    // Of equals the deeper one: 政策文件 below 政务公开 rather than 政务公开 itself.
    let best = best.max_by_key(|(score, column)| (*score, column.path.matches('/').count()));
    let interprets = name.contains("解读");
    let kind = match best.as_ref().map(|(_, column)| column.column_type.as_str()) {
        Some("政策解读") => ResourceKind::Interpretation,
        _ if interprets => ResourceKind::Interpretation,
        _ if official >= 50 => ResourceKind::Policy,
        _ => ResourceKind::Article,
    };
    match best {
        Some((confidence, column)) => Proposal {
            target: Some(column.id),
            kind,
            confidence,
            reason: match confidence {
                100 => "栏目名称相同".to_owned(),
                80..100 => format!("与“{}”含义相同", column.name),
                60..80 => format!("栏目类别为“{}”", column.column_type),
                _ => format!("名称与“{}”相近", column.name),
            },
        },
        None => Proposal {
            target: None, kind, confidence: 0, reason: "没有名称相近的新栏目，请指定。".to_owned()
        },
    }
}

fn likeness(parts: &[&str], name: &str, column: &Column) -> i64 {
    if name.is_empty() {
        return 0;
    }
    if column.name == name || (parts.first() == Some(&"目录") && column.slug == name) {
        return 100;
    }
    let group = |text: &str| SAME.iter().position(|group| group.contains(&text));
    let mine = group(name);
    if mine.is_some() && mine == group(&column.name) {
        return 90;
    }
    if mine.is_some() && mine == group(&column.column_type) || column.column_type == name {
        return 70;
    }
    let common = name.chars().filter(|c| column.name.contains(*c)).count();
    let longer = name.chars().count().max(column.name.chars().count());
    i64::try_from(common * 55 / longer.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SiteId;

    fn column(name: &str, column_type: &str, number: u128) -> Column {
        Column {
            id: ColumnId(uuid::Uuid::from_u128(number)),
            site: SiteId(uuid::Uuid::from_u128(1)),
            parent: None,
            slug: format!("c{number}"),
            path: format!("c{number}"),
            name: name.into(),
            column_type: column_type.into(),
            description: String::new(),
            keywords: String::new(),
            position: 1,
            in_navigation: true,
            sensitive: false,
            active: true,
            lock_version: 1,
        }
    }

    #[test]
    fn columns_are_proposed_by_name_by_meaning_and_by_type() {
        let columns = [
            column("通知公告", "通知公告", 1),
            column("政务要闻", "工作动态", 2),
            column("法规文件库", "政策文件", 3),
            column("解读", "政策解读", 4),
        ];
        let target = |key: &str| propose(key, &columns, 0).target.map(|id| id.0.as_u128());
        assert_eq!(target("政务公开/通知公告"), Some(1));
        assert_eq!(target("公示公告"), Some(1));
        assert_eq!(target("新闻/新闻动态"), Some(2));
        assert_eq!(target("规范性文件"), Some(3));
        assert_eq!(target("天气预报"), None);
        assert_eq!(target(""), None);
        assert_eq!(propose("政策文件", &columns, 80).kind, ResourceKind::Policy);
        assert_eq!(propose("文件解读", &columns, 80).kind, ResourceKind::Interpretation);
    }
}
