//! Fees for disclosure requests (信息处理费, 国办函〔2020〕109号): by item or by page, one of the two for each request and
//! never both, in exact money, with the sum shown line by line.
//!
//! Scales are rules (`rules/disclosure-fees.toml`). Read it in this order: [`yuan`] (money) → [`scale`] (brackets) →
//! [`bill`] (one request) → [`month`] (all requests of one applicant in one natural month).

pub mod bill;
pub mod month;
pub mod scale;
pub mod yuan;

pub use bill::{FeeBasis, FeeBill, FeeMethod, assess};
pub use month::{FeeRequest, Month, charge_month};
pub use scale::FeeLine;
pub use yuan::Yuan;
