//! What is known about the applicant's present sites and accounts. What is not known becomes a warning, not a guess.

use serde::{Deserialize, Serialize};

/// Counts that decide whether an application may be made at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// Sites that the unit already has.
    pub existing_sites: Option<u32>,
    /// Accounts that the unit already has on the platform in question.
    pub existing_accounts: Option<u32>,
    /// Days for which a site is to be suspended.
    pub suspension_days: Option<u32>,
    /// How often the site has been suspended this year.
    pub suspensions_this_year: Option<u32>,
}
