//! 会话: where a person is logged in.

use domain::{
    actor::Actor,
    ids::{PersonId, SessionId},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::resolve::idle_minutes;
use crate::{App, AppResult};

/// One open session as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct SessionView {
    /// Key.
    pub id: SessionId,
    /// From where.
    pub address: String,
    /// Browser and system, shortened.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Last request, exact to a minute.
    pub last_seen_at: Timestamp,
    /// The second factor was given.
    pub second_factor_passed: bool,
    /// It is the one that asks.
    pub current: bool,
}

/// The caller's own open sessions.
pub async fn list_own(app: &App, actor: &Actor) -> AppResult<Vec<SessionView>> {
    open_sessions(app, actor.person, actor.session).await
}

/// Open sessions of a person; `current` is marked. The caller has checked the permission.
pub async fn open_sessions(app: &App, person: PersonId, current: Option<SessionId>) -> AppResult<Vec<SessionView>> {
    let read = app.store.read();
    let settings = store::setting::in_force(&read).await?;
    let now = app.now();
    let since = now - SignedDuration::from_mins(idle_minutes(&settings, false));
    let begun = now - SignedDuration::from_hours(settings.value("session.max_hours"));
    let sessions = store::session::open_of(&read, person, since).await?;
    Ok(sessions
        .into_iter()
        .filter(|session| session.created_at > begun)
        .map(|session| SessionView {
            id: session.id,
            device: device(&session.user_agent),
            address: session.address,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            second_factor_passed: session.second_factor_passed,
            current: current == Some(session.id),
        })
        .collect())
}

/// “Edge · Windows” from the browser's long self-description.
fn device(user_agent: &str) -> String {
    // Order matters: Edge calls itself Chrome too, Chrome calls itself Safari.
    let browsers = [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "未知设备".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_named_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0";
        assert_eq!(device(edge), "Edge · Windows");
        assert_eq!(device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox · Linux");
        assert_eq!(device("curl/8"), "未知设备");
    }
}
