//! Closing a column and opening it again. What stood only there disappears from the site; it stays in the library.

use domain::{actor::Actor, column::Column, ids::ColumnId};
use store::pending_change::Changed;

use super::lock_for;
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// Closes a column with everything below it.
pub async fn close(app: &App, actor: &Actor, id: ColumnId) -> AppResult<Column> {
    set_active(app, actor, id, false).await
}

/// Opens a closed column again, with everything below it.
pub async fn reopen(app: &App, actor: &Actor, id: ColumnId) -> AppResult<Column> {
    set_active(app, actor, id, true).await
}

async fn set_active(app: &App, actor: &Actor, id: ColumnId, active: bool) -> AppResult<Column> {
    app.store
        .write(|tx| async move {
            let (site, before) = lock_for(app, &tx, actor, id).await?;
            let parent = match before.parent {
                Some(parent) => store::column::by_id(&tx, parent).await?,
                None => None,
            };
            if active && parent.is_some_and(|parent| !parent.active) {
                return Err(AppError::Conflict("上级栏目仍是关闭的，请先开放上级栏目。".into()));
            }
            if before.active == active {
                let state = if active { "已经开放" } else { "已经关闭" };
                return Err(AppError::Conflict(format!("栏目“{}”{state}。", before.name)));
            }
            let mut column = Column { active, ..before.clone() };
            store::column::update(&tx, &column).await?;
            column.lock_version += 1;
            let inside = format!("{}/", before.path);
            for below in store::column::of_site(&tx, site.id).await? {
                if below.path.starts_with(&inside) && below.active != active {
                    store::column::update(&tx, &Column { active, ..below }).await?;
                }
            }
            note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            let action = if active { "column.reopen" } else { "column.close" };
            record::event(action, id, format!("{}·{}", site.name, column.name))
                .unit(site.sponsor)
                .before(&before)
                .after(&column)
                .write(&tx, Some(actor))
                .await?;
            Ok(column)
        })
        .await
}
