//! Columns (栏目) of a site: a tree, each with a type.

use serde::{Deserialize, Serialize};

use crate::ids::{ColumnId, SiteId};

/// `ColumnType` values of 国办发〔2017〕47号 附件2; the list there ends in an ellipsis, so others are allowed.
pub const COLUMN_TYPES: &[&str] = &[
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
    "通知公告",
    "专题专栏",
];

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Key.
    pub id: ColumnId,
    /// Its site.
    pub site: SiteId,
    /// The column above.
    pub parent: Option<ColumnId>,
    /// Word in addresses, unique among its siblings.
    pub slug: String,
    /// Slugs from the top joined by `/`, e.g. `zwgk/zcwj`; unique within the site.
    pub path: String,
    /// 栏目名称 → `ColumnName`
    pub name: String,
    /// 栏目类别 → `ColumnType`
    pub column_type: String,
    /// 栏目描述 → `ColumnDescription`
    pub description: String,
    /// 栏目关键词 → `ColumnKeywords`
    pub keywords: String,
    /// Place among its siblings.
    pub position: i32,
    /// Shown in the navigation and on the home page.
    pub in_navigation: bool,
    /// 重点敏感栏目: everything live in it is screened every day (内政办字〔2021〕45号 三（三）).
    #[serde(default)]
    pub sensitive: bool,
    /// `false` once closed: its lists are taken away, and with them what stood in no other column.
    pub active: bool,
    /// Optimistic lock.
    pub lock_version: i64,
}

impl Column {
    /// Path of its list page inside the site.
    pub fn index_path(&self) -> String {
        format!("{}/index.html", self.path)
    }
}
