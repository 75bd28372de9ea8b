//! Moving old sites in (网站迁移): migrations, the pages of old sites, their columns, and spot checks.

pub mod column;
pub mod page;
pub mod project;
pub mod review_queue;
pub mod spot_check;
