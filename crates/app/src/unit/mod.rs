//! Units (单位): the tree that everything else hangs on, and what may be done to it.
//!
//! Every verb that changes the tree runs in the same order: hold the shape of the whole tree
//! ([`store::unit::lock_tree`]) → load the [`directory`] → authorise → decide by the [`rules`] → write → history →
//! audit event. Two of them therefore never see half of each other, and no cycle can arise.

mod abilities;
mod change;
mod choices;
mod create;
mod csv_text;
mod deactivate;
mod differences;
mod directory;
mod draft;
mod export_csv;
mod follow_up;
mod get;
mod history;
mod import;
mod in_use;
mod merge;
mod move_to;
mod reactivate;
mod rename;
mod rules;
mod search;
mod seed;
mod tree;

pub use abilities::{UnitAbilities, abilities, coordinator_roles, names};
pub use change::{UnitFacts, change};
pub use choices::{Purpose, UnitChoice, choices};
pub use create::{NewUnit, create};
pub use csv_text::{Encoding, decode};
pub use deactivate::{Obstacle, deactivate, obstacles};
pub use export_csv::export_csv;
pub use get::{DutyHolder, SiteOfUnit, UnitPage, UnitPermissions, UnitRef, get};
pub use history::history;
pub use import::{
    ImportLine, ImportOutcome, ImportPreview, LineOutcome, import_csv, import_template, preview_import, rejected_csv,
};
pub(crate) use in_use::{hold_in_use, in_use};
pub use merge::{MergePreview, merge, preview_merge};
pub use move_to::move_to;
pub use reactivate::reactivate;
pub use rename::{NewName, rename};
pub use search::{UnitQuery, search};
pub use seed::{Seeded, seed};
pub use tree::{UnitNode, tree};
