//! Moving an old site in (网站迁移): collected, assessed, set against new columns, tried, reviewed, taken live, signed off.
//!
//! 1. [`create`] says where the old pages come from; the platform collects, reads and assesses them ([`document`]).
//! 2. [`decide_columns`], [`decide_pages`], [`correct`] and [`learn`] are people's corrections.
//! 3. [`start_trial`] makes drafts; [`compare`] and [`check`] set them beside their originals.
//! 4. [`submit`] hands them to their review chains; [`pass_rest`] passes a batch once the sample was reviewed.
//! 5. [`go_live`] lets the platform answer for the old addresses; [`finish`] signs the balance off.

pub(crate) mod address;
mod assess;
mod bring_in;
mod collect;
mod columns;
mod compare;
mod completion;
mod control;
mod crawl;
mod create;
mod documents;
mod finish;
mod go_live;
mod instance;
mod keep;
mod learn;
mod lists;
mod local;
mod mapping_table;
mod original;
mod paged;
mod pages;
mod reach;
mod read;
mod read_files;
mod reading;
mod record;
mod report_file;
mod review;
mod settle;
mod show;
mod submit;
mod trial;

pub use collect::CollectMigration;
pub use columns::{ColumnChoice, ColumnRow, column_keys, columns, decide_columns};
pub use compare::{CheckRow, ComparedColumn, check, checks, compare};
pub use control::{abandon, collect_again, resume, stop};
pub use create::{NewMigration, create};
pub use documents::{ReportKind, document};
/// Readers of what offices hand over.
pub use extract::source;
pub use finish::finish;
pub use go_live::{go_live, hurdles};
pub use instance::{InstanceToken, collect_instance};
pub use learn::{Learned, MarkedPage, learn, learned_before};
pub use local::collect_local;
pub use mapping_table::{accept_proposals, map_from_table, mapping_table};
pub use original::{Original, original_shown};
pub use pages::{PageView, correct, decide_pages, fill_source, original, page, pages};
pub use reading::FoundField;
pub(crate) use reading::{RECORD_MEDIA, archived_html, place_of};
pub use report_file::{ReportFile, ReportFormat, report_file};
pub(crate) use review::read_alone;
pub use review::{BatchReview, SingleReview, StepSums, batch, pass_rest};
pub use show::{MigrationFilter, MigrationRow, MigrationView, list, list_filtered, places, show};
pub use store::migration::page::PageFilter;
pub use submit::{Submitted, submit};
pub use trial::{TryMigration, start_trial};
