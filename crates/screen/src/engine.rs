//! Runs the checks.

use crate::{check::Check, checks, collector::Collector, lists::Lists, report::Report, subject::Subject, view::View};

/// A set of checks. Cheap to share, expensive only to make.
pub struct Engine {
    checks: Vec<Box<dyn Check>>,
    lists: Lists,
}

impl Engine {
    /// All built-in checks.
    pub fn standard() -> Self {
        Self::with_checks(checks::standard())
    }

    /// The given checks, in this order.
    pub fn with_checks(checks: Vec<Box<dyn Check>>) -> Self {
        Self { checks, lists: Lists::default() }
    }

    /// The same checks with these lists of sources, hosts and maps.
    pub fn with_lists(self, lists: Lists) -> Self {
        Self { lists, ..self }
    }

    /// The checks that run, for the console's list.
    pub fn checks(&self) -> impl Iterator<Item = &dyn Check> {
        self.checks.iter().map(AsRef::as_ref)
    }

    /// Screens one document. Equal subjects give equal reports.
    pub fn screen(&self, subject: &Subject) -> Report {
        let view = View::with_lists(subject, &self.lists);
        let mut collector = Collector::new(subject);
        for check in &self.checks {
            collector.begin(check.as_ref());
            check.run(&view, &mut collector);
        }
        Report {
            findings: collector.finish(),
            engine_version: concat!("screen-", env!("CARGO_PKG_VERSION")).to_owned(),
            checked_at: subject.now,
        }
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::standard()
    }
}
