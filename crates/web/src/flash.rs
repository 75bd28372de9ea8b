//! One-line messages that survive a redirect (“已保存”), in a cookie signed with the session and gone after one page.

use axum::http::{HeaderMap, HeaderValue};
use serde::Serialize;

use crate::{mac, state::WebConfig, visit::cookie};

/// Name of the cookie.
pub const FLASH_COOKIE: &str = "zt_flash";

/// How the message is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlashKind {
    /// Something was done.
    Success,
    /// Something was done, with a remark.
    Warning,
    /// Something could not be done.
    Danger,
}

/// A message for the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flash {
    /// Colour.
    pub kind: FlashKind,
    /// Plain Chinese.
    pub message: String,
}

impl Flash {
    /// “已…”.
    pub fn success(message: impl Into<String>) -> Self {
        Self { kind: FlashKind::Success, message: message.into() }
    }
    /// Done, but.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { kind: FlashKind::Warning, message: message.into() }
    }
    /// Not done.
    pub fn danger(message: impl Into<String>) -> Self {
        Self { kind: FlashKind::Danger, message: message.into() }
    }
}

/// The `Set-Cookie` value that carries `flash` to the next page; `None` without a session to sign it with.
pub fn write(flash: &Flash, session: Option<&str>, config: &WebConfig) -> Option<HeaderValue> {
    let session = session?;
    let kind = match flash.kind {
        FlashKind::Success => 's',
        FlashKind::Warning => 'w',
        FlashKind::Danger => 'd',
    };
    // A cookie holds about 4 kB; longer messages are cut rather than lost.
    let message: String = flash.message.chars().take(300).collect();
    let body = format!("{kind}{}", hex::encode(message));
    let signature = mac::digest(session, "flash", &body);
    let secure = if config.secure_cookies { "; Secure" } else { "" };
    HeaderValue::try_from(format!(
        "{FLASH_COOKIE}={body}.{signature}; Path=/console; Max-Age=60; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// The `Set-Cookie` value that removes a shown message.
pub fn clear() -> HeaderValue {
    HeaderValue::from_static("zt_flash=; Path=/console; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// Reads and verifies the cookie.
pub fn read(headers: &HeaderMap, session: Option<&str>) -> Option<Flash> {
    let value = cookie(headers, FLASH_COOKIE)?;
    let (body, signature) = value.split_once('.')?;
    if !mac::same(signature, &mac::digest(session?, "flash", body)) {
        return None;
    }
    let kind = match body.get(..1)? {
        "s" => FlashKind::Success,
        "w" => FlashKind::Warning,
        _ => FlashKind::Danger,
    };
    let message = String::from_utf8(hex::decode(body.get(1..)?).ok()?).ok()?;
    Some(Flash { kind, message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    fn carried(session_written: &str, session_read: &str) -> Option<Flash> {
        let cookie = write(&Flash::success("已保存"), Some(session_written), &WebConfig::default()).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(pair).unwrap());
        read(&headers, Some(session_read))
    }

    #[test]
    fn a_message_reaches_the_next_page_of_the_same_session_only() {
        assert_eq!(carried("one", "one"), Some(Flash::success("已保存")));
        assert_eq!(carried("one", "two"), None);
    }
}
