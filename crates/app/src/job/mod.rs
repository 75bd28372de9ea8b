//! The queue as operators see it: how much waits, what has failed for good (死信), and what to do about it.

mod dead;
mod overview;

pub use dead::{dead, discard, requeue};
pub use overview::{Overview, overview};
