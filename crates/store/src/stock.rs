//! The stock (存量): sketches of admitted editions, runs over them, and what was found.

pub mod issue;
pub mod run;
pub mod sketch;
