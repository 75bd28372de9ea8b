//! What every check provides.

use crate::{collector::Collector, finding::Category, view::View};

/// A rule with the text it rests on. A check may apply several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule<'a> {
    /// Stable id, `topic.rule`; for a word of a lexicon `lexicon.PACK.ENTRY`.
    pub id: &'a str,
    /// 文号 and clause.
    pub basis: &'a str,
    /// Version of the pack that the rule comes from; part of every finding.
    pub pack: &'a str,
}

impl Rule<'static> {
    /// A rule that is part of the engine itself.
    pub const fn builtin(id: &'static str, basis: &'static str) -> Self {
        Self { id, basis, pack: PACK_VERSION }
    }
}

/// Version of the built-in rules.
pub const PACK_VERSION: &str = "builtin-2026.11";

/// One kind of fault to look for. Checks keep no state and compile their expressions once for the process.
pub trait Check: Send + Sync {
    /// Stable id, also the file name.
    fn id(&self) -> &'static str;
    /// What it looks for, in Chinese, for the list of checks in the console.
    fn name(&self) -> &'static str;
    /// Kind of fault it reports.
    fn category(&self) -> Category;
    /// Looks at the document and reports what it finds. Must take time linear in the text and never panic.
    fn run(&self, view: &View<'_>, out: &mut Collector<'_>);
}
