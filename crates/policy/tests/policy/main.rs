//! The rules seen from outside: single stories, the whole table, and the scope that must equal them.

mod cast;
mod rules;
mod scope;
mod table;
