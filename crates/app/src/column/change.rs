//! Changing what a column is called and what it is for. Its address stays: links to it must go on working.

use domain::{actor::Actor, column::Column, ids::ColumnId};
use store::pending_change::Changed;

use super::{Tags, lock_for, problems};
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// What may be changed.
#[derive(Debug, Clone)]
pub struct ColumnChange {
    /// 栏目名称
    pub name: String,
    /// 栏目类别
    pub column_type: String,
    /// 栏目描述
    pub description: String,
    /// 栏目关键词
    pub keywords: String,
    /// Shown in the navigation and on the home page.
    pub in_navigation: bool,
    /// 重点敏感栏目
    pub sensitive: bool,
    /// The version that was looked at.
    pub lock_version: i64,
}

/// Saves a column.
pub async fn change(app: &App, actor: &Actor, id: ColumnId, change: ColumnChange) -> AppResult<Column> {
    let change = &change;
    app.store
        .write(|tx| async move {
            let (site, before) = lock_for(app, &tx, actor, id).await?;
            let tags = Tags {
                name: &change.name,
                column_type: &change.column_type,
                description: &change.description,
                keywords: &change.keywords,
            };
            let wrong = problems(&before.slug, &tags, before.parent.is_none());
            if !wrong.is_empty() {
                return Err(AppError::Invalid(wrong));
            }
            let mut column = Column {
                name: change.name.trim().to_owned(),
                column_type: change.column_type.trim().to_owned(),
                description: change.description.trim().to_owned(),
                keywords: change.keywords.trim().to_owned(),
                in_navigation: change.in_navigation,
                sensitive: change.sensitive,
                lock_version: change.lock_version,
                ..before.clone()
            };
            store::column::update(&tx, &column).await?;
            column.lock_version += 1;
            // The navigation stands on every page; other columns only where they are named.
            let in_navigation = before.parent.is_none() && (before.in_navigation || column.in_navigation);
            let changed = if in_navigation { Changed::Site } else { Changed::Column(id) };
            note_and_enqueue(&tx, site.id, &[changed], Some(actor.person)).await?;
            record::event("column.change", id, format!("{}·{}", site.name, column.name))
                .unit(site.sponsor)
                .before(&before)
                .after(&column)
                .write(&tx, Some(actor))
                .await?;
            Ok(column)
        })
        .await
}
