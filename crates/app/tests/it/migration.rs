//! Moving an old site in: every page keeps its date, its files and its address, passes its reviews, and is accounted for.

mod office;
mod turns;
mod whole;
