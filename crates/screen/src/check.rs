//! What every check provides.

use crate::{collector::Collector, finding::Category, view::View};

/// A rule with the text it rests on. A check may apply several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable id, `topic.rule`.
    pub id: &'static str,
    /// 文号 and clause.
    pub basis: &'static str,
}

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
