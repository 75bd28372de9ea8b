//! Reviewing a batch by sample: which pages are looked at one by one.

use sha2::{Digest, Sha256};

use crate::ids::{EditionId, MigrationId};

/// Place of an edition in the draw of a migration: nobody can foresee it while writing, everybody can check it later.
pub fn rank(migration: MigrationId, edition: EditionId) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(migration.0.as_bytes());
    hasher.update(edition.0.as_bytes());
    hasher.finalize().into()
}

/// How many of `size` pages must be looked at one by one: `share` per cent, at least `least`; for each one that was
/// returned, as many again.
pub fn required(size: usize, share: i64, least: i64, returned: usize) -> usize {
    let share = usize::try_from(share.clamp(0, 100)).unwrap_or(100);
    let least = usize::try_from(least.max(0)).unwrap_or(0);
    let base = size.saturating_mul(share).div_ceil(100).max(least);
    base.saturating_mul(returned.saturating_add(1)).min(size)
}

/// The editions to be looked at one by one: the first of the draw.
pub fn sample_of(migration: MigrationId, editions: &[EditionId], count: usize) -> Vec<EditionId> {
    let mut drawn: Vec<EditionId> = editions.to_vec();
    drawn.sort_by_key(|edition| rank(migration, *edition));
    drawn.truncate(count);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_share_but_never_less_than_the_least_nor_more_than_all() {
        let table =
            [(300, 5, 20, 0, 20), (1_000, 5, 20, 0, 50), (10, 5, 20, 0, 10), (1_000, 5, 20, 2, 150), (0, 5, 20, 0, 0)];
        for (size, share, least, returned, wanted) in table {
            assert_eq!(required(size, share, least, returned), wanted, "{size}");
        }
    }

    #[test]
    fn a_larger_sample_holds_the_smaller_one() {
        let migration = MigrationId(uuid::Uuid::from_u128(7));
        let editions: Vec<EditionId> = (0..50).map(|n| EditionId(uuid::Uuid::from_u128(n))).collect();
        let (small, large) = (sample_of(migration, &editions, 5), sample_of(migration, &editions, 20));
        assert_eq!(small, large[..5]);
    }
}
