//! The real clock and the real randomness. Everything else in the house gets them as parameters.

use domain::time::{Clock, Entropy};
use jiff::Timestamp;
use rand::{TryRng, rngs::SysRng};

/// The clock of this machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the time of the house comes from")]
    fn now(&self) -> Timestamp {
        domain::time::truncate_to_millis(Timestamp::now())
    }
}

/// The random number generator of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Tokens and salts without randomness would be guessable: better no answer than such a one.
        SysRng.try_fill_bytes(buffer).expect("the operating system gives random bytes");
    }
}
