//! Facts of an actor and a target as Cedar entities.

use domain::{actor::HeldDuty, duty::Duty};

/// True when the held duty may be exercised: one's own, or a reviewing duty of an absent person. Delegation hands
/// over reviewing only, whatever else the absent person holds (see [`domain::delegation`]).
pub(crate) fn counts(held: &HeldDuty) -> bool {
    held.on_behalf_of.is_none() || is_reviewing(held.duty)
}

/// True for the duties of the publishing chain; the opposite of the three administrators.
pub(crate) fn is_publishing(duty: Duty) -> bool {
    !duty.is_administrator()
}

fn is_reviewing(duty: Duty) -> bool {
    matches!(duty, Duty::Reviewer1 | Duty::Reviewer2 | Duty::Reviewer3 | Duty::Reviewer4)
}
