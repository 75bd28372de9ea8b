//! Counting who still follows old links.

use domain::ids::OldAddressId;

use crate::{App, AppResult};

/// Adds visits that a node counted in memory. A node that dies loses what it counted in the last seconds.
pub async fn count_hits(app: &App, hits: &[(OldAddressId, u64)]) -> AppResult<()> {
    if hits.is_empty() {
        return Ok(());
    }
    app.store.write(|tx| async move { Ok(store::old_address::add_hits(&tx, hits).await?) }).await
}
