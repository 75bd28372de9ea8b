//! Session tokens: 256 unpredictable bits in the cookie, their SHA-256 in the database.

use domain::time::Entropy;
use sha2::{Digest, Sha256};

/// A fresh token, 64 hexadecimal digits.
pub(crate) fn fresh(entropy: &dyn Entropy) -> String {
    let mut bytes = [0u8; 32];
    entropy.fill(&mut bytes);
    hex::encode(bytes)
}

/// What the database keeps of a token. No salt: the token itself is as long as the hash and unpredictable.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
