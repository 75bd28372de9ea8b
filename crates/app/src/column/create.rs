//! Adding a column.

use domain::{
    actor::Actor,
    column::Column,
    ids::{ColumnId, SiteId},
};
use store::pending_change::Changed;

use super::{Tags, lock_site, path_below, problems};
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// What a new column is made with.
#[derive(Debug, Clone)]
pub struct NewColumn {
    /// The column above.
    pub parent: Option<ColumnId>,
    /// Word in addresses.
    pub slug: String,
    /// 栏目名称
    pub name: String,
    /// 栏目类别
    pub column_type: String,
    /// 栏目描述
    pub description: String,
    /// 栏目关键词
    pub keywords: String,
    /// Place among its siblings; `None` = last.
    pub position: Option<i32>,
    /// Shown in the navigation and on the home page.
    pub in_navigation: bool,
    /// 重点敏感栏目
    pub sensitive: bool,
}

/// Adds a column to a site.
pub async fn create(app: &App, actor: &Actor, site: SiteId, new: NewColumn) -> AppResult<Column> {
    let new = &new;
    app.store
        .write(|tx| async move {
            let site = lock_site(app, &tx, actor, site).await?;
            let tags = Tags {
                name: &new.name,
                column_type: &new.column_type,
                description: &new.description,
                keywords: &new.keywords,
            };
            let wrong = problems(&new.slug, &tags, new.parent.is_none());
            if !wrong.is_empty() {
                return Err(AppError::Invalid(wrong));
            }
            let columns = store::column::of_site(&tx, site.id).await?;
            let parent = match new.parent {
                None => None,
                Some(id) => Some(
                    columns
                        .iter()
                        .find(|column| column.id == id && column.active)
                        .ok_or_else(|| AppError::invalid("parent", "上级栏目不存在或已关闭，请重新选择。"))?,
                ),
            };
            let last = columns.iter().filter(|column| column.parent == new.parent).map(|column| column.position).max();
            let column = Column {
                id: tx.ids().fresh(),
                site: site.id,
                parent: new.parent,
                slug: new.slug.clone(),
                path: path_below(parent, &new.slug),
                name: new.name.trim().to_owned(),
                column_type: new.column_type.trim().to_owned(),
                description: new.description.trim().to_owned(),
                keywords: new.keywords.trim().to_owned(),
                position: new.position.unwrap_or_else(|| last.map_or(1, |last| last.saturating_add(1))),
                in_navigation: new.in_navigation,
                sensitive: new.sensitive,
                active: true,
                lock_version: 0,
            };
            if columns.iter().any(|other| other.path == column.path) {
                return Err(AppError::invalid("slug", "同一位置已有使用这个网址的栏目，请换一个。"));
            }
            store::column::insert(&tx, &column).await?;
            note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            record::event("column.create", column.id, format!("{}·{}", site.name, column.name))
                .unit(site.sponsor)
                .after(&column)
                .write(&tx, Some(actor))
                .await?;
            Ok(column)
        })
        .await
}
