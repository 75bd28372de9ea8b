//! Guards of the house rules that a compiler cannot check: who may depend on whom, how long a file may be, where
//! SQL may stand, what must never be written into the repository. The rules themselves are tests under `tests/`,
//! one file per rule; this library only reads the repository for them.

pub mod graph;
pub mod tree;
