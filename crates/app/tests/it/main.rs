//! Stories about the verbs, told on both engines.

mod publishing;
mod review_flow;
