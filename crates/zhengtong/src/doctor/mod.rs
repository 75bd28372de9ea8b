//! The checks of `doctor`. Each prints a line: ✓ is right, ✗ must be mended, ! is worth knowing.

mod database;
mod instance;
mod surroundings;

pub use database::database;
pub use instance::instance;
pub use surroundings::{configuration, files, rules, space, theme};

/// What the checks found; printed as they go.
#[derive(Debug, Default)]
pub struct Findings {
    wrong: usize,
}

impl Findings {
    /// It is as it must be.
    pub fn right(&mut self, what: &str, detail: impl AsRef<str>) {
        println!("✓ {what}：{}", detail.as_ref());
    }

    /// It must be mended; `advice` says what is wrong and what to do.
    pub fn wrong(&mut self, what: &str, advice: impl AsRef<str>) {
        self.wrong += 1;
        println!("✗ {what}：{}", advice.as_ref());
    }

    /// Worth knowing, but nothing need be done.
    pub fn note(&mut self, what: &str, detail: impl AsRef<str>) {
        println!("! {what}：{}", detail.as_ref());
    }

    /// How many things must be mended.
    pub fn count_wrong(&self) -> usize {
        self.wrong
    }
}
