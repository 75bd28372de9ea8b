//! Listing editions within what the actor may see.

use domain::actor::Actor;
use store::library::{LibraryFilter, LibraryRow, LibraryScope};

use crate::{App, AppResult};

/// A page of the list.
#[derive(Debug, Clone)]
pub struct LibraryPage {
    /// Lines.
    pub rows: Vec<LibraryRow>,
    /// How many match in all.
    pub total: u64,
}

/// Editions that match and that the actor may see.
pub async fn list(app: &App, actor: &Actor, filter: &LibraryFilter, offset: u64, limit: u64) -> AppResult<LibraryPage> {
    let readable = policy::readable_paths(actor);
    let scope = LibraryScope { paths: readable.paths, units: readable.exact_units, shared: readable.library };
    let (rows, total) = store::library::list(&app.store.read(), &scope, filter, offset, limit).await?;
    Ok(LibraryPage { rows, total })
}
