//! Recovery codes (恢复码): ten, shown once, each good for one login without the phone.

use domain::{actor::Actor, time::Entropy};
use sha2::{Digest, Sha256};

use super::{check_own_password, require_own};
use crate::{App, AppError, AppResult, record};

/// How many there are.
const HOW_MANY: usize = 10;
/// Without characters that are mistaken for each other on paper; 32 of them, so a byte maps evenly.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Makes ten new codes; the old ones stop working. Returns them for showing once.
pub async fn regenerate_recovery_codes(app: &App, actor: &Actor, password: &str) -> AppResult<Vec<String>> {
    require_own(app, actor)?;
    let settings = store::setting::in_force(&app.store.read()).await?;
    let credentials = check_own_password(app, actor, &settings, "password", password).await?;
    if !credentials.person.second_factor {
        return Err(AppError::Conflict("请先设置二次验证，再生成恢复码。".into()));
    }
    let (codes, hashes) = fresh(app.entropy.as_ref());
    let hashes = &hashes;
    app.store
        .write(|tx| async move {
            store::person::replace_recovery_codes(&tx, actor.person, hashes).await?;
            record::event("second_factor.recovery_codes", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(codes)
}

/// Ten codes of 80 bits in four groups, and their hashes.
pub(super) fn fresh(entropy: &dyn Entropy) -> (Vec<String>, Vec<String>) {
    let codes: Vec<String> = (0..HOW_MANY).map(|_| code(entropy)).collect();
    let hashes = codes.iter().map(|code| hash(code)).collect();
    (codes, hashes)
}

/// What the database keeps of a code. 80 random bits need no slow hash.
pub(crate) fn hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    hex::encode(Sha256::digest(plain.as_bytes()))
}

fn code(entropy: &dyn Entropy) -> String {
    let mut bytes = [0u8; 16];
    entropy.fill(&mut bytes);
    let characters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
