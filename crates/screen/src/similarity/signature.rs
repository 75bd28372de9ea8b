//! MinHash signatures: of every text 128 small numbers; two texts share as large a part of them as of their shingles.

use super::Shingles;

/// Numbers of a signature.
const SIZE: usize = 128;
/// Keys for an index. Each stands for [`ROWS`] numbers. Two texts of like length with 0.8 of each in the other (two
/// thirds of all their shingles in both) share a key with probability 0.988; with 0.95 surely; such that share a fifth
/// of their shingles with 0.03.
pub const KEYS: usize = 20;
const ROWS: usize = 4;

/// What a library keeps of a text to find its near duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature([u32; SIZE]);

impl Signature {
    /// Bytes of a stored signature.
    pub const BYTES: usize = SIZE * 4;

    /// For storing.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// Reads [`Self::to_bytes`]; `None` for anything of another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != Self::BYTES {
            return None;
        }
        let mut numbers = [0; SIZE];
        for (number, four) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
            *number = u32::from_be_bytes(four.try_into().ok()?);
        }
        Some(Self(numbers))
    }

    /// Keys for an index: texts that share a key at the same position (it is part of the key) are candidates. A text
    /// without words has no keys worth looking up; see [`Self::is_empty`].
    pub fn keys(&self) -> [u64; KEYS] {
        let mut keys = [0; KEYS];
        for (band, (key, rows)) in keys.iter_mut().zip(self.0.chunks_exact(ROWS)).enumerate() {
            *key = rows.iter().fold(mixed(band as u64 + 1), |key, number| mixed(key ^ u64::from(*number)));
        }
        keys
    }

    /// Whether the text had no words.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|number| *number == u32::MAX)
    }
}

/// The signature of a plain text.
pub fn signature(text: &str) -> Signature {
    let mut least = [u64::MAX; SIZE];
    for shingle in &Shingles::of(text).0 {
        // One good hash, and from its halves a family of others.
        let hash = mixed(*shingle);
        let step = mixed(hash) | 1;
        let mut value = hash;
        for place in &mut least {
            value = value.wrapping_add(step);
            *place = (*place).min(value ^ value >> 29);
        }
    }
    Signature(least.map(|number| u32::try_from(number >> 32).unwrap_or(u32::MAX)))
}

/// What part of their shingles two texts share (of all that either has), estimated to within some 0.05.
pub fn resemblance(a: &Signature, b: &Signature) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let equal = a.0.iter().zip(&b.0).filter(|(one, other)| one == other).count();
    equal as f64 / SIZE as f64
}

/// The finaliser of SplitMix64: every bit of the number changes half of the bits.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: u32, length: u32) -> String {
        (0..length)
            .map(|i| char::from_u32(0x4E00 + mixed(u64::from(seed * 1_000_000 + i)) as u32 % 3000).unwrap())
            .collect()
    }

    #[test]
    fn a_signature_survives_storing() {
        let one = signature("示例文字，示例文字。");
        assert_eq!(Signature::from_bytes(&one.to_bytes()), Some(one.clone()));
        assert_eq!(Signature::from_bytes(&[0; 3]), None);
        assert!(signature("，。").is_empty() && !one.is_empty());
    }

    #[test]
    fn estimates_are_near_the_truth_and_keys_find_near_texts() {
        let first = text(1, 1000);
        for changed in [0_usize, 10, 30, 60, 100, 300] {
            let edited: String = first
                .chars()
                .enumerate()
                .map(|(i, c)| if i % 1000 < changed * 3 && i % 3 == 0 { '改' } else { c })
                .collect();
            let (a, b) = (Shingles::of(&first), Shingles::of(&edited));
            let common = a.common(&b) as f64;
            let truth = common / (a.len() as f64 + b.len() as f64 - common);
            let (one, other) = (signature(&first), signature(&edited));
            assert!((resemblance(&one, &other) - truth).abs() < 0.13, "{changed}: {truth}");
            if truth > 0.8 {
                assert!(one.keys().iter().zip(other.keys()).any(|(x, y)| *x == y), "{changed}");
            }
        }
        assert!(resemblance(&signature(&first), &signature(&text(2, 1000))) < 0.05);
    }
}
