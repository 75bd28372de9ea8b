//! What every verb is given: clock, ids, database, files, policy, engines.

use std::sync::Arc;

use domain::{
    ids::IdSource,
    rule::RuleBook,
    time::{Clock, Entropy},
};
use fetch::Fetch;
use jiff::Timestamp;

use crate::{
    files::Files,
    person::password::{PasswordCost, Passwords},
};

/// Parts that the binary (or a test) wires together.
pub struct AppParts {
    /// The database.
    pub store: store::Store,
    /// Attachments, rendered pages, evidence.
    pub files: Files,
    /// Current time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Themes by name.
    pub renderer: Arc<render::Renderer>,
    /// Every rule in every version.
    pub rules: Arc<RuleBook>,
    /// The one door to other servers.
    pub fetch: Arc<dyn Fetch>,
}

/// The platform, without its doors.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: store::Store,
    /// Attachments, rendered pages, evidence.
    pub files: Files,
    /// Current time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Fresh keys.
    pub ids: IdSource,
    /// May X do Y to Z?
    pub policy: Arc<policy::Policy>,
    /// What is wrong with this text, by what ships with the platform? Ask [`crate::lexicon::engine_of`] for a unit's.
    pub screen: Arc<screen::Engine>,
    /// Engines of units that were made already.
    pub engines: crate::lexicon::Engines,
    /// Pages from contexts.
    pub renderer: Arc<render::Renderer>,
    /// Every rule in every version; ask [`crate::rule::in_force`] for what holds somewhere.
    pub rules: Arc<RuleBook>,
    /// The one door to other servers.
    pub fetch: Arc<dyn Fetch>,
    /// Hashes and verifies passwords.
    pub passwords: Arc<Passwords>,
}

impl App {
    /// Joins the parts. Fails when the permission policies do not load.
    pub fn new(parts: AppParts) -> Result<Self, policy::PolicyError> {
        Ok(Self {
            ids: IdSource::new(parts.clock.clone(), parts.entropy.clone()),
            store: parts.store,
            files: parts.files,
            clock: parts.clock,
            entropy: parts.entropy,
            policy: Arc::new(policy::Policy::load()?),
            screen: Arc::new(screen::Engine::standard()),
            engines: crate::lexicon::Engines::default(),
            renderer: parts.renderer,
            rules: parts.rules,
            fetch: parts.fetch,
            passwords: Arc::new(Passwords::new(PasswordCost::STANDARD)),
        })
    }

    /// Hashes passwords at another cost; tests use [`PasswordCost::FOR_TESTS`].
    pub fn with_password_cost(mut self, cost: PasswordCost) -> Self {
        self.passwords = Arc::new(Passwords::new(cost));
        self
    }

    /// The current instant, in whole milliseconds.
    pub fn now(&self) -> Timestamp {
        domain::time::truncate_to_millis(self.clock.now())
    }
}
