//! Importing documents from JSON Lines: every line validated, the good ones screened, reviewed by somebody else and
//! admitted, the bad ones listed with reasons.
//!
//! 先审后发 holds for imports: the importer writes, other people review. Each document is admitted in a transaction
//! that also notes its origin key, so a killed run resumes and a repeated run changes nothing.

mod line;
mod list;
mod place;
mod run;

pub(crate) use line::validity_of;
pub use line::{DocumentLine, LineError};
pub use list::{BatchLine, BatchPage, RejectedLine, list, show};
pub use run::{ImportOptions, ImportReport, LineOutcome, Progress, import_documents};
