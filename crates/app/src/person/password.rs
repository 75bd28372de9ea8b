//! Password hashing: argon2id (RFC 9106), off the async threads, and never too many at once.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use domain::time::Entropy;
use tokio::sync::Semaphore;

use crate::{AppError, AppResult};

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
    /// A refused login is answered no sooner than this after it came, so that the work done for it (more for a known
    /// login name than for an unknown one) does not show.
    pub refused_after: Duration,
}

impl PasswordCost {
    /// 19 MiB, two passes, one lane: the least that OWASP's password storage guide recommends for argon2id. About 30 ms
    /// on a server, so that a burst of logins in the morning does not stall a small machine.
    pub const STANDARD: Self =
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1, refused_after: Duration::from_millis(300) };
    /// As cheap as the algorithm allows; for tests, which log in thousands of times.
    pub const FOR_TESTS: Self = Self { memory_kib: 8, passes: 1, lanes: 1, refused_after: Duration::ZERO };
}

/// Hashes at the same time at most: bounds the memory that logins can take (8 × 19 MiB).
const AT_ONCE: usize = 8;

/// Hashes and verifies passwords.
pub struct Passwords {
    cost: PasswordCost,
    turnstile: Arc<Semaphore>,
    stand_in: Arc<OnceLock<String>>,
}

impl Passwords {
    /// Hashes at this cost; hashes of any other cost are still verified.
    pub fn new(cost: PasswordCost) -> Self {
        Self { cost, turnstile: Arc::new(Semaphore::new(AT_ONCE)), stand_in: Arc::default() }
    }

    /// A refused login is answered no sooner than this.
    pub fn refused_after(&self) -> Duration {
        self.cost.refused_after
    }

    /// Hashes a password with a fresh salt; a PHC string.
    pub async fn hash(&self, entropy: &dyn Entropy, password: &str) -> AppResult<String> {
        let mut salt = [0u8; argon2::RECOMMENDED_SALT_LEN];
        entropy.fill(&mut salt);
        let (cost, password) = (self.cost, password.to_owned());
        self.off_thread(move || hash_now(cost, &password, &salt)).await?
    }

    /// Is this the password of that hash?
    pub async fn verify(&self, hash: &str, password: &str) -> AppResult<bool> {
        let (hash, password) = (hash.to_owned(), password.to_owned());
        self.off_thread(move || verify_now(&hash, &password)).await?
    }

    /// Takes as long as [`Self::verify`] does and is always wrong: for logins that do not exist, so that the time of
    /// the answer does not tell which ones do.
    pub async fn verify_nobody(&self, password: &str) -> AppResult<()> {
        let (cost, stand_in, password) = (self.cost, Arc::clone(&self.stand_in), password.to_owned());
        self.off_thread(move || {
            let hash = match stand_in.get() {
                Some(hash) => hash.clone(),
                None => {
                    let hash = hash_now(cost, "nobody", &[7; argon2::RECOMMENDED_SALT_LEN])?;
                    stand_in.get_or_init(|| hash).clone()
                }
            };
            verify_now(&hash, &password).map(|_| ())
        })
        .await?
    }

    /// Is it one of these?
    pub async fn verify_any(&self, hashes: &[String], password: &str) -> AppResult<bool> {
        for hash in hashes {
            if self.verify(hash, password).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> AppResult<T> {
        let _turn = self.turnstile.acquire().await.map_err(AppError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(AppError::internal)
    }
}

fn hash_now(cost: PasswordCost, password: &str, salt: &[u8]) -> AppResult<String> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(AppError::internal)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password_with_salt(password.as_bytes(), salt).map_err(AppError::internal)?;
    Ok(hash.to_string())
}

fn verify_now(hash: &str, password: &str) -> AppResult<bool> {
    let parsed = PasswordHash::new(hash).map_err(AppError::internal)?;
    // The parameters are those of the hash; comparison is in constant time.
    Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.iter_mut().zip(1u8..).for_each(|(byte, value)| *byte = value);
        }
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_at_the_standard_cost_and_recognises_its_password_only() {
        let passwords = Passwords::new(PasswordCost::STANDARD);
        let hash = passwords.hash(&Counting, "Caoyuan-26").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(&hash, "Caoyuan-26").await.unwrap());
        assert!(!passwords.verify(&hash, "Caoyuan-27").await.unwrap());
        passwords.verify_nobody("Caoyuan-26").await.unwrap();
    }

    #[tokio::test]
    async fn hashes_of_another_cost_are_still_verified() {
        let cheap = Passwords::new(PasswordCost::FOR_TESTS).hash(&Counting, "示例口令1a").await.unwrap();
        assert!(Passwords::new(PasswordCost::STANDARD).verify(&cheap, "示例口令1a").await.unwrap());
    }
}
