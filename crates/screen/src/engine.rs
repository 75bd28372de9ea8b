//! Runs the checks.

use std::sync::{Arc, LazyLock};

use crate::{
    check::Check,
    checks::{self, lexicon::LexiconCheck},
    collector::Collector,
    finding::Category,
    lexicon::{Lexicon, Pack, builtin},
    lists::Lists,
    report::Report,
    subject::Subject,
    view::View,
};

/// A set of checks and the lexicons that go with them. Cheap to clone and share.
#[derive(Clone)]
pub struct Engine {
    checks: Arc<[Box<dyn Check>]>,
    lexicon: LexiconCheck,
    lists: Arc<Lists>,
}

/// The starter packs, compiled once for the process.
static STARTER: LazyLock<Arc<Lexicon>> =
    LazyLock::new(|| Arc::new(Lexicon::compile(builtin().to_vec()).expect("a test compiles the packs that ship")));

impl Engine {
    /// All built-in checks and the packs that ship with the platform.
    pub fn standard() -> Self {
        Self::on_top(STARTER.clone(), builtin())
    }

    /// All built-in checks, and these packs in place of those that ship: the same ones with corrections.
    ///
    /// # Errors
    /// One sentence (plain Chinese) for each entry that cannot be used.
    pub fn with_starters(packs: Vec<Pack>) -> Result<Self, Vec<String>> {
        let packs: Vec<Arc<Pack>> = packs.into_iter().map(Arc::new).collect();
        Ok(Self::on_top(Arc::new(Lexicon::compile(packs.clone())?), &packs))
    }

    fn on_top(lexicon: Arc<Lexicon>, packs: &[Arc<Pack>]) -> Self {
        let mut lists = Lists::default();
        lists.take(packs);
        let lexicon = LexiconCheck::new(vec![lexicon]);
        Self { lexicon, lists: Arc::new(lists), ..Self::with_checks(checks::standard()) }
    }

    /// The given checks, in this order, no lexicon and no lists.
    pub fn with_checks(checks: Vec<Box<dyn Check>>) -> Self {
        Self { checks: checks.into(), lexicon: LexiconCheck::default(), lists: Arc::default() }
    }

    /// The same engine with these lists of sources, hosts and maps instead of its own.
    pub fn with_lists(self, lists: Lists) -> Self {
        Self { lists: Arc::new(lists), ..self }
    }

    /// The lists that it uses.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The same engine with the packs of one more level below the present ones. Words that a lower level allows silence
    /// nothing that a higher level looks for; sources and dangerous addresses are added to the lists.
    ///
    /// # Errors
    /// One sentence (plain Chinese) for each entry that cannot be used.
    pub fn with_layer(&self, packs: &[Pack]) -> Result<Self, Vec<String>> {
        let lexicon = Lexicon::compile(packs.iter().cloned().map(Arc::new).collect())?;
        Ok(self.with_level(Arc::new(lexicon)))
    }

    /// [`Self::with_layer`] for packs that are compiled already.
    pub fn with_level(&self, lexicon: Arc<Lexicon>) -> Self {
        let mut lists = self.lists.clone();
        if !lexicon.lists().is_empty() {
            let changed = Arc::make_mut(&mut lists);
            changed.take(lexicon.lists());
            changed.sources_confirmed |= lexicon.lists().iter().any(|pack| pack.category == Category::Source);
        }
        let levels = self.lexicon.levels().iter().cloned().chain([lexicon]).collect();
        Self { checks: self.checks.clone(), lexicon: LexiconCheck::new(levels), lists }
    }

    /// The checks that run, for the console's list.
    pub fn checks(&self) -> impl Iterator<Item = &dyn Check> {
        self.checks.iter().map(AsRef::as_ref).chain([&self.lexicon as &dyn Check])
    }

    /// Screens one document. Equal subjects give equal reports.
    pub fn screen(&self, subject: &Subject) -> Report {
        let view = View::with_lists(subject, &self.lists);
        let mut collector = Collector::new(subject);
        for check in self.checks() {
            collector.begin(check);
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
