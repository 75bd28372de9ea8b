//! Moving a column one place up or down among its siblings.

use domain::{actor::Actor, column::Column, ids::ColumnId};
use store::pending_change::Changed;

use super::lock_for;
use crate::{App, AppError, AppResult, record, release::note_and_enqueue};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// Changes places with the neighbour. Positions that stood twice are set right on the way.
///
/// # Errors
/// [`AppError::Conflict`] when it is the first (or last) already.
pub async fn shift(app: &App, actor: &Actor, id: ColumnId, direction: Direction) -> AppResult<Column> {
    app.store
        .write(|tx| async move {
            let (site, before) = lock_for(app, &tx, actor, id).await?;
            let mut siblings: Vec<Column> = store::column::of_site(&tx, site.id).await?;
            siblings.retain(|column| column.parent == before.parent && column.active == before.active);
            siblings.sort_by(|a, b| (a.position, &a.name).cmp(&(b.position, &b.name)));
            let at = siblings.iter().position(|column| column.id == id).unwrap_or(0);
            let neighbour = match direction {
                Direction::Up => at.checked_sub(1),
                Direction::Down => Some(at + 1).filter(|next| *next < siblings.len()),
            };
            let Some(neighbour) = neighbour else {
                let place = if direction == Direction::Up { "最前" } else { "最后" };
                return Err(AppError::Conflict(format!("栏目“{}”已在{place}，不能再移动。", before.name)));
            };
            siblings.swap(at, neighbour);
            let mut moved = before.clone();
            for (index, sibling) in siblings.into_iter().enumerate() {
                let position = i32::try_from(index + 1).unwrap_or(i32::MAX);
                let renumbered = Column { position, ..sibling.clone() };
                if renumbered.position != sibling.position {
                    store::column::update(&tx, &renumbered).await?;
                }
                if sibling.id == id {
                    moved = Column { lock_version: sibling.lock_version + 1, ..renumbered };
                }
            }
            note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            record::event("column.move", id, format!("{}·{}", site.name, moved.name))
                .unit(site.sponsor)
                .before(&before)
                .after(&moved)
                .write(&tx, Some(actor))
                .await?;
            Ok(moved)
        })
        .await
}
