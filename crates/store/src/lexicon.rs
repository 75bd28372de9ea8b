//! Lexicons (词库) that offices keep: packs, change sets with their items, and words with their history. What an entry
//! says is opaque JSON here.

pub mod change;
pub mod entry;
pub mod item;
mod pack;

pub use pack::{StoredPack, by_id, in_force, in_reach, insert, lock, of_starter, of_units, update};
