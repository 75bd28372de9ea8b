//! Moving an old site in (网站迁移, 内政办字〔2021〕45号 二（一）: all government websites move to the platform).
//!
//! A [`Migration`] collects the pages of an old site, proposes where each goes, tries it out, has it reviewed and takes over
//! its addresses. Every [`OldPage`] ends with one [`Fate`]; the [`Balance`] proves that none was lost.

mod balance;
mod column;
mod fate;
mod page;
mod proposal;
mod sample;
mod source;
mod state;

pub use balance::{Balance, BalanceLine};
pub use column::{ColumnDecision, OldColumn, column_key};
pub use fate::{DecidedBy, Fate};
pub use page::{Corrected, OldPage, OldPageKind};
pub use proposal::{Proposal, propose};
pub use sample::{rank, required, sample_of};
pub use source::{Source, SourceKind};
pub use state::{Migration, MigrationState};
