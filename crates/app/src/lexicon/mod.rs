//! Lexicons (词库): packs that ship with the platform and packs that offices keep. Changes are proposed by one person
//! and confirmed by another; each confirmation makes a version, and the screening of every unit below reads it at once.

mod change;
mod content;
mod create;
mod decide;
mod engine;
mod entry_page;
mod export;
mod file;
mod list;
mod place;
mod propose;
mod show;
mod try_out;

pub use change::{ChangeRow, ChangeShow, ItemRow, changes, rejected, show as show_change, waiting};
pub use content::{Correction, EntryRow};
pub use create::{NewPack, categories, create, places, severities};
pub use decide::{Verdict, decide, withdraw};
pub(crate) use engine::units_on;
pub use engine::{Engines, engine_for, engine_of};
pub use entry_page::{EntryPage, HistoryLine, entry, reveal_changes, reveal_entry};
pub use export::export;
pub use file::{import_file, submit};
pub use list::{PackRow, list};
pub use place::level_of;
pub use propose::{NewEntry, PackSettings, propose, propose_settings};
pub use show::{PackRef, PackShow, show};
pub use try_out::{Hit, Tried, try_out};
