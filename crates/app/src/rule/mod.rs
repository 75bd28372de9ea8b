//! Rules (规则) as people use them: read with their source and mark, tightened by region and leagues, loosened with
//! the region's approval. What a rule says lives in packs (`domain::rule`); the database holds amendments only.

mod amend;
mod amendments;
mod decide;
mod end;
mod list;
mod place;
mod row;
mod show;
mod snapshot;
mod withdraw;

pub use amend::{NewAmendment, amend};
pub use amendments::{AmendmentView, amendments, waiting};
pub use decide::{Ruling, decide};
pub use end::end;
pub use list::{RuleList, RuleQuery, list};
pub use place::{Place, office_of, places};
pub use row::{ParameterRow, RuleRow};
pub use show::{RuleShow, RuleVersion, show};
pub use snapshot::{RulesSnapshot, in_force};
pub use withdraw::withdraw;
