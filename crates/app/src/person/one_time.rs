//! Passwords that the platform makes up: shown once, changed at the first login.

use domain::{password::PasswordPolicy, time::Entropy};

/// Without characters that are mistaken for each other on paper (0 O, 1 l I).
const ALPHABET: &[u8; 56] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ2345679";

/// Three groups of five characters, about 87 bits, that satisfy `policy`.
pub fn password(entropy: &dyn Entropy, policy: &PasswordPolicy, login: &str) -> String {
    loop {
        let groups: Vec<String> = (0..3).map(|_| (0..5).map(|_| character(entropy)).collect()).collect();
        let mut password = groups.join("-");
        // A stricter policy than any of ours is met by more of the same.
        while i64::try_from(password.len()).unwrap_or(i64::MAX) < policy.min_length {
            password.push(character(entropy));
        }
        if policy.objection(&password, login).is_none() {
            return password;
        }
    }
}

fn character(entropy: &dyn Entropy) -> char {
    // 224 = 4 × 56: bytes above would make the first characters likelier.
    loop {
        let mut byte = [0u8; 1];
        entropy.fill(&mut byte);
        if byte[0] < 224 {
            return char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]);
        }
    }
}
