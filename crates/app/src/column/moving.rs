//! Moving a column to another place of the tree, or among its siblings.

use domain::{actor::Actor, column::Column, ids::ColumnId};
use store::pending_change::Changed;

use super::{lock_for, path_below};
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// Moves a column below `parent` (`None` = to the top) to `position` among its siblings; everything below it comes
/// along, and the addresses of all their lists change with it. Content pages keep their addresses.
pub async fn move_to(
    app: &App,
    actor: &Actor,
    id: ColumnId,
    parent: Option<ColumnId>,
    position: i32,
) -> AppResult<Column> {
    app.store
        .write(|tx| async move {
            let (site, before) = lock_for(app, &tx, actor, id).await?;
            let columns = store::column::of_site(&tx, site.id).await?;
            let above = match parent {
                None => None,
                Some(parent) => Some(
                    columns
                        .iter()
                        .find(|column| column.id == parent && column.active)
                        .ok_or_else(|| AppError::invalid("parent", "上级栏目不存在或已关闭，请重新选择。"))?,
                ),
            };
            let inside = format!("{}/", before.path);
            if above.is_some_and(|above| above.id == id || above.path.starts_with(&inside)) {
                return Err(AppError::invalid("parent", "不能把栏目移到它自己的下级栏目中。"));
            }
            let path = path_below(above, &before.slug);
            if columns.iter().any(|other| other.id != id && other.path == path) {
                return Err(AppError::invalid("parent", "新位置已有使用相同网址的栏目，请先更换。"));
            }
            let mut column = Column { parent, path: path.clone(), position, ..before.clone() };
            store::column::update(&tx, &column).await?;
            column.lock_version += 1;
            if path != before.path {
                for below in columns.iter().filter(|column| column.path.starts_with(&inside)) {
                    let rest = below.path.strip_prefix(&inside).unwrap_or(&below.slug);
                    store::column::update(&tx, &Column { path: format!("{path}/{rest}"), ..below.clone() }).await?;
                }
            }
            note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            record::event("column.move", id, format!("{}·{}", site.name, column.name))
                .unit(site.sponsor)
                .before(&before)
                .after(&column)
                .write(&tx, Some(actor))
                .await?;
            Ok(column)
        })
        .await
}
