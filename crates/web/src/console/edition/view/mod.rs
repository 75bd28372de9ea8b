//! Parts of an edition as templates see them; used by the pages of editions and of reviews.

pub mod chain;
pub mod comments;
pub mod facts;
pub mod files;
pub mod findings;
pub mod history;
pub mod timeline;
pub mod usage;
