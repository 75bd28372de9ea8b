//! Columns of the old site, set against those of the new one.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ColumnId, MigrationId, PersonId},
    resource::ResourceKind,
};

/// What becomes of the pages of an old column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnDecision {
    /// 待定
    Undecided,
    /// 迁移到栏目
    Move,
    /// 归档
    Archive,
    /// 不迁移
    Drop,
}

impl ColumnDecision {
    /// All decisions, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Undecided, Self::Move, Self::Archive, Self::Drop];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Move => "move",
            Self::Archive => "archive",
            Self::Drop => "drop",
        }
    }
    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == text)
    }
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Undecided => "待定",
            Self::Move => "迁移到栏目",
            Self::Archive => "归档",
            Self::Drop => "不迁移",
        }
    }
}

/// One old column with what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldColumn {
    /// The migration.
    pub migration: MigrationId,
    /// Names from the top joined by `/`, or the folder of its addresses.
    pub key: String,
    /// Last name of the key.
    pub name: String,
    /// What becomes of its pages.
    pub decision: ColumnDecision,
    /// The new column, when they move.
    pub target: Option<ColumnId>,
    /// Type of the resources they become.
    pub kind: ResourceKind,
    /// How sure the proposal is, in hundredths; 100 once a person decided.
    pub confidence: i64,
    /// Why it was proposed, or what the person said.
    pub reason: String,
    /// Who decided; `None` = proposed by the platform.
    pub decided_by: Option<PersonId>,
}

/// Names that stand at the head of every breadcrumb and name no column.
const NO_COLUMN: &[&str] = &["首页", "网站首页", "主页", "当前位置", "您的位置", "正文", "内容", "详情", "home"];

/// The key of the column that a page belongs to: its breadcrumb, else the column its tags name, else the folder of its
/// address. `title` is left out of the breadcrumb.
pub fn column_key(breadcrumb: &[String], column: Option<&str>, title: &str, path: &str) -> String {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('/', "／");
    let names: Vec<String> = breadcrumb
        .iter()
        .map(|name| squeeze(name))
        .filter(|name| !name.is_empty() && name.chars().count() <= 30 && *name != squeeze(title))
        .filter(|name| !NO_COLUMN.contains(&name.to_lowercase().as_str()))
        .collect();
    if !names.is_empty() {
        return names.join("/");
    }
    if let Some(column) = column.map(squeeze).filter(|column| !column.is_empty()) {
        return column;
    }
    let folder = path.split('?').next().unwrap_or_default().rsplit_once('/').map_or("", |(folder, _)| folder);
    // 2019/05, 20190523, t20190523: folders by day hold pages of one column.
    let named =
        |part: &&str| !part.is_empty() && !part.trim_start_matches('t').chars().all(|c| c.is_ascii_digit() || c == '-');
    let parts: Vec<&str> = folder.split('/').filter(named).collect();
    if parts.is_empty() { String::new() } else { format!("目录/{}", parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_belongs_to_the_column_of_its_breadcrumb() {
        let crumbs = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let table = [
            (crumbs(&["首页", "政务公开", "通知公告", "正文"]), None, "/x/1.html", "政务公开/通知公告"),
            (crumbs(&["网站首页", "示例标题"]), Some("要闻"), "/x/1.html", "要闻"),
            (crumbs(&[]), None, "/zwgk/tzgg/201905/t20190523_1.html", "目录/zwgk/tzgg"),
            (crumbs(&[]), None, "/index.html", ""),
            (crumbs(&["首页", "A / B"]), None, "/", "A ／ B"),
        ];
        for (breadcrumb, column, path, key) in table {
            assert_eq!(column_key(&breadcrumb, column, "示例标题", path), key);
        }
    }
}
