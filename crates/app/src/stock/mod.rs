//! The stock (存量): what is admitted already. When a lexicon grows, only what can hold the new words is screened again;
//! every day everything in 重点敏感栏目 is, and a sample of the rest (内政办字〔2021〕45号 三（三）). Only what was never
//! reported before is reported; what to do about it is decided by people.

mod backfill;
mod close;
mod daily;
mod list;
mod note;
mod rescreen;
mod runs;
mod screen_run;

pub use backfill::SketchStock;
pub use close::ignore;
pub use daily::ScreenDaily;
pub use list::{IssueQuery, IssueRow, list, open_count};
pub(crate) use note::{after_admission, after_recall};
pub use rescreen::RescreenStock;
pub use runs::{RunRow, runs};
pub use screen_run::ScreenStock;
