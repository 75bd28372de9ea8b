//! Is there anything in this instance, and is it the demo's own?

use store::audit::AuditFilter;

use crate::{App, AppResult};

pub(super) const BEGUN: &str = "demo.begin";
pub(super) const FILLED: &str = "demo.fill";

/// What an instance holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Nothing, or only the units that every instance starts with.
    Empty,
    /// The complete demo.
    Demo,
    /// A demo whose filling was cut off.
    HalfADemo,
    /// Something else.
    Foreign,
}

/// Looks into the audit trail: whatever was done left an event there.
pub async fn presence(app: &App) -> AppResult<Presence> {
    let count = async |action: Option<&str>| {
        let filter = AuditFilter { action: action.map(str::to_owned), ..AuditFilter::default() };
        let (_, total) = store::audit::search(&app.store.read(), &filter, 0, 1).await?;
        AppResult::Ok(total)
    };
    if count(Some(FILLED)).await? > 0 {
        return Ok(Presence::Demo);
    }
    if count(Some(BEGUN)).await? > 0 {
        return Ok(Presence::HalfADemo);
    }
    let only_units = count(None).await? == count(Some("unit.seed")).await?;
    Ok(if only_units { Presence::Empty } else { Presence::Foreign })
}
