//! Changes of the library since a cursor.

use store::library_change::LibraryChange;

use crate::{App, AppResult, api_token::Caller};

/// A page of the feed.
#[derive(Debug, Clone)]
pub struct ChangePage {
    /// Oldest first.
    pub changes: Vec<LibraryChange>,
    /// Cursor to ask with next time: the number of the last change, or the one asked with when there is none.
    pub next: i64,
    /// More are waiting.
    pub more: bool,
}

/// The most changes of one page.
const MOST: u64 = 1000;

/// Changes after `cursor` (0 = from the beginning) that are open to the public.
///
/// # Errors
/// [`crate::AppError::Forbidden`] without the scope `library:changes`.
pub async fn changes(app: &App, caller: &Caller, cursor: i64, limit: u64) -> AppResult<ChangePage> {
    caller.require("library:changes")?;
    let limit = limit.clamp(1, MOST);
    let mut found = store::library_change::since(&app.store.read(), cursor.max(0), limit + 1).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map_or(cursor.max(0), |change| change.number);
    // The cursor moves over what is not open; its existence is not told.
    found.retain(|change| change.open_mode.may_be_published());
    Ok(ChangePage { changes: found, next, more })
}
