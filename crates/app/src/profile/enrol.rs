//! Setting up the second factor: a secret for the authenticator, then a first code that proves it arrived.

use domain::actor::Actor;
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use totp_rs::Secret;

use super::{recovery, require_own};
use crate::{App, AppError, AppResult, record, session};

/// What the page of the set-up shows.
#[derive(Debug, Clone, Serialize)]
pub struct Enrolment {
    /// Base32, in groups of four, for typing.
    pub secret: String,
    /// `otpauth://` address.
    pub address: String,
    /// The same as a QR code, SVG.
    pub qr_svg: String,
}

/// A second factor that is in force.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// Recovery codes, shown once.
    pub recovery_codes: Vec<String>,
    /// New token of the session.
    pub token: String,
}

/// The set-up that was begun and not confirmed, if any.
pub async fn pending_second_factor(app: &App, actor: &Actor) -> AppResult<Option<Enrolment>> {
    require_own(app, actor)?;
    let known = store::person::credentials_by_login(&app.store.read(), &actor.login).await?;
    let known = known.ok_or(AppError::Unauthenticated)?;
    match known.totp_secret {
        Some(secret) if !known.person.second_factor => enrolment(&secret, &actor.login).map(Some),
        _ => Ok(None),
    }
}

/// Begins a set-up with a fresh secret; an unconfirmed earlier one is forgotten.
pub async fn begin_second_factor(app: &App, actor: &Actor) -> AppResult<Enrolment> {
    require_own(app, actor)?;
    // 160 bits, as RFC 4226 recommends.
    let mut bytes = [0u8; 20];
    app.entropy.fill(&mut bytes);
    let secret = &Secret::new(Box::new(bytes)).to_base32();
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, actor.person).await?.ok_or(AppError::Unauthenticated)?;
            if now.person.second_factor {
                return Err(AppError::Conflict("二次验证已启用。如需更换手机，请先停用再重新设置。".into()));
            }
            store::person::set_second_factor(&tx, actor.person, Some(secret), false).await?;
            record::event("second_factor.begin", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    enrolment(secret, &actor.login)
}

/// Puts the second factor in force with a first right code. The session counts as having passed it and gets a new
/// token; all other sessions end.
pub async fn confirm_second_factor(app: &App, actor: &Actor, code: &str) -> AppResult<Confirmed> {
    require_own(app, actor)?;
    let code: &str = &code.chars().filter(char::is_ascii_digit).collect::<String>();
    let (codes, hashes) = recovery::fresh(app.entropy.as_ref());
    let token = session::fresh_token(app.entropy.as_ref());
    let (token_hash, hashes) = (&session::token_hash(&token), &hashes);
    app.store
        .write(|tx| async move {
            let now = store::person::lock(&tx, actor.person).await?.ok_or(AppError::Unauthenticated)?;
            let Some(secret) = now.totp_secret.as_deref().filter(|_| !now.person.second_factor) else {
                return Err(AppError::Conflict("没有待确认的二次验证，请重新开始设置。".into()));
            };
            let Some(step) = session::totp_step(&now, code, tx.now())? else {
                return Err(AppError::invalid("code", "验证码不正确。请核对手机时间，填写验证器当前显示的 6 位数字。"));
            };
            store::person::set_second_factor(&tx, actor.person, Some(secret), true).await?;
            store::person::set_second_factor_step(&tx, actor.person, step).await?;
            store::person::replace_recovery_codes(&tx, actor.person, hashes).await?;
            store::session::revoke_all_of(&tx, actor.person, actor.session).await?;
            if let Some(id) = actor.session {
                store::session::change_token(&tx, id, token_hash, true).await?;
            }
            record::event("second_factor.confirm", actor.person, actor.login.clone())
                .unit(actor.home_unit)
                .before(serde_json::json!({ "second_factor": false }))
                .after(serde_json::json!({ "second_factor": true }))
                .write(&tx, Some(actor))
                .await
        })
        .await?;
    Ok(Confirmed { recovery_codes: codes, token })
}

fn enrolment(secret: &str, login: &str) -> AppResult<Enrolment> {
    let address = session::totp(secret, login)?.to_url().map_err(AppError::internal)?;
    let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).map_err(AppError::internal)?;
    let qr_svg = code.render::<svg::Color<'_>>().min_dimensions(220, 220).quiet_zone(true).build();
    // The page embeds the drawing: without the XML declaration.
    let qr_svg = qr_svg.find("<svg").map_or(qr_svg.clone(), |start| qr_svg[start..].to_owned());
    let groups: Vec<String> =
        secret.chars().collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
    Ok(Enrolment { secret: groups.join(" "), address, qr_svg })
}
