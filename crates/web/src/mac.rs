//! Small keyed digests: the CSRF token and the signature of flash messages, both bound to the session cookie.
//!
//! The session token is a long random secret known only to the browser and us, so it is the key; nothing is stored.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// `SHA256(key ‖ purpose ‖ SHA256(key ‖ message))` in hex: nested, so that it cannot be extended.
pub fn digest(key: &str, purpose: &str, message: &str) -> String {
    let inner = Sha256::new().chain_update(key).chain_update([0]).chain_update(message).finalize();
    let outer =
        Sha256::new().chain_update(key).chain_update([0]).chain_update(purpose).chain_update([0]).chain_update(inner);
    hex::encode(outer.finalize())
}

/// Compares in constant time.
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_differ_by_key_purpose_and_message() {
        let base = digest("key", "csrf", "");
        assert_eq!(base, digest("key", "csrf", ""));
        assert_ne!(base, digest("kez", "csrf", ""));
        assert_ne!(base, digest("key", "flash", ""));
        assert_ne!(base, digest("key", "csrf", "x"));
        assert!(same(&base, &digest("key", "csrf", "")));
        assert!(!same(&base, "short"));
    }
}
