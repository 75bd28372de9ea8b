//! Logging in, failing to, and what ends a session.

use std::time::Duration;

use app::{
    App, AppError,
    session::{self, Credential, LoggedIn, Pending},
};
use domain::{
    actor::{Actor, Origin},
    audit::AuditEvent,
    duty::Duty,
};
use store::audit::AuditFilter;
use testkit::{TEST_PASSWORD, TestApp, TestDb, db_test};

pub fn origin() -> Origin {
    Origin { channel: "console".into(), address: "192.0.2.7".into(), request_id: Some("r1".into()) }
}

pub async fn log_in(app: &App, login: &str, password: &str) -> Result<LoggedIn, AppError> {
    let typed = Credential { login: login.into(), password: password.into() };
    session::log_in(app, &typed, &origin(), "test browser", None).await
}

/// Sets a policy value as the platform itself would.
pub async fn set(app: &App, key: &str, value: i64) {
    app.store.write(|tx| async move { store::setting::set(&tx, key, value, None).await }).await.unwrap();
}

pub async fn events(app: &App, action: &str) -> Vec<AuditEvent> {
    let filter = AuditFilter { action: Some(action.into()), ..AuditFilter::default() };
    store::audit::search(&app.store.read(), &filter, 0, 100).await.unwrap().0
}

pub async fn an_editor(db: TestDb) -> (TestApp, Actor) {
    let test = TestApp::on(db).await;
    let unit = test.unit("A", None).await;
    let editor = test.person("bian.ji", Duty::Editor, &unit).await;
    (test, editor)
}

#[db_test]
async fn a_right_password_becomes_an_actor_with_the_duties_in_force(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let logged_in = log_in(&test.app, " Bian.Ji ", TEST_PASSWORD).await.unwrap();
    assert_eq!((logged_in.token.len(), logged_in.pending), (64, None));
    let resolved = session::resolve(&test.app, &logged_in.token).await.unwrap().unwrap();
    assert_eq!(resolved.actor.person, editor.person);
    assert_eq!(resolved.actor.duties, editor.duties);
    assert_eq!(resolved.actor.session, Some(logged_in.session));
    let written = events(&test.app, "session.log_in").await;
    assert_eq!(written.len(), 1);
    assert_eq!((written[0].person, written[0].address.as_str()), (Some(editor.person), "192.0.2.7"));
    assert!(written[0].entry.success);
    assert!(session::resolve(&test.app, &"0".repeat(64)).await.unwrap().is_none());
}

#[db_test]
async fn unknown_wrong_locked_and_disabled_are_answered_alike_and_each_is_recorded(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let unit = store::unit::by_id(&test.db.store.read(), editor.home_unit).await.unwrap().unwrap();
    let gone = test.person("li.gang", Duty::Editor, &unit).await;
    test.app.store.write(|tx| async move { store::person::set_active(&tx, gone.person, false).await }).await.unwrap();
    let mut answers = Vec::new();
    for (login, password) in
        [("nobody", TEST_PASSWORD), ("bian.ji", "Wrong-Password-1"), ("li.gang", TEST_PASSWORD), ("Mima-12345 x", "")]
    {
        answers.push(log_in(&test.app, login, password).await.unwrap_err().to_string());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let written = events(&test.app, "session.log_in").await;
    assert_eq!(written.len(), 4);
    assert!(written.iter().all(|event| !event.entry.success && event.address == "192.0.2.7"));
    assert!(written.iter().all(|event| !event.login.contains("mima")), "a password in the wrong field is not kept");
    assert_eq!(written.iter().filter(|event| event.person.is_some()).count(), 2);
}

#[db_test]
async fn five_failures_lock_the_account_for_a_quarter_of_an_hour(db: TestDb) {
    let (test, _) = an_editor(db).await;
    for _ in 0..5 {
        log_in(&test.app, "bian.ji", "Wrong-Password-1").await.unwrap_err();
    }
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    test.db.clock.advance(Duration::from_secs(14 * 60));
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    test.db.clock.advance(Duration::from_secs(61));
    log_in(&test.app, "bian.ji", "Wrong-Password-1").await.unwrap_err();
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.expect("one failure after the lock begins a new count");
}

#[db_test]
async fn a_success_clears_the_count(db: TestDb) {
    let (test, _) = an_editor(db).await;
    for _ in 0..3 {
        for _ in 0..4 {
            log_in(&test.app, "bian.ji", "Wrong-Password-1").await.unwrap_err();
        }
        log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    }
}

#[db_test]
async fn guesses_sent_at_once_are_not_checked_beyond_the_limit(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let guesses = (0..20).map(|number| {
        let app = test.app.clone();
        tokio::spawn(async move { log_in(&app, "bian.ji", &format!("Wrong-Password-{number}")).await.is_ok() })
    });
    let outcomes = futures::future::join_all(guesses).await;
    let checked = events(&test.app, "session.log_in")
        .await
        .into_iter()
        .filter(|event| event.entry.after["reason"] == "口令不正确")
        .count();
    // Counting after the check would have let all twenty through.
    assert!(checked <= 5, "{checked} wrong guesses were checked");
    assert!(outcomes.into_iter().all(|outcome| !outcome.expect("a guess that ends")));
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
}

#[db_test]
async fn a_session_ends_when_idle_and_an_administrator_s_sooner(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let unit = store::unit::by_id(&test.db.store.read(), editor.home_unit).await.unwrap().unwrap();
    test.person("xi.tong", Duty::SystemAdmin, &unit).await;
    let ordinary = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    let administrator = log_in(&test.app, "xi.tong", TEST_PASSWORD).await.unwrap().token;
    test.db.clock.advance(Duration::from_secs(15 * 60));
    assert!(session::peek(&test.app, &administrator).await.unwrap().is_none());
    assert!(session::resolve(&test.app, &ordinary).await.unwrap().is_some(), "this request counts as activity");
    test.db.clock.advance(Duration::from_secs(29 * 60));
    assert!(session::peek(&test.app, &ordinary).await.unwrap().is_some(), "peeking does not");
    test.db.clock.advance(Duration::from_secs(60));
    assert!(session::resolve(&test.app, &ordinary).await.unwrap().is_none());
}

#[db_test]
async fn a_session_ends_after_half_a_day_however_busy(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let token = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    for _ in 0..35 {
        test.db.clock.advance(Duration::from_secs(20 * 60));
        assert!(session::resolve(&test.app, &token).await.unwrap().is_some());
    }
    test.db.clock.advance(Duration::from_secs(20 * 60));
    assert!(session::resolve(&test.app, &token).await.unwrap().is_none());
}

#[db_test]
async fn logging_in_again_ends_the_session_of_the_token_that_was_sent(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let first = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    let typed = Credential { login: "bian.ji".into(), password: TEST_PASSWORD.into() };
    let second = session::log_in(&test.app, &typed, &origin(), "", Some(&first)).await.unwrap().token;
    assert_ne!(first, second);
    assert!(session::peek(&test.app, &first).await.unwrap().is_none());
    assert!(session::peek(&test.app, &second).await.unwrap().is_some());
}

#[db_test]
async fn logging_out_ends_the_session_and_twice_is_no_error(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let token = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    session::log_out(&test.app, &token, &origin()).await.unwrap();
    session::log_out(&test.app, &token, &origin()).await.unwrap();
    assert!(session::peek(&test.app, &token).await.unwrap().is_none());
    assert_eq!(events(&test.app, "session.log_out").await.len(), 1);
}

#[db_test]
async fn the_token_itself_is_nowhere_in_the_database(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let token = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    assert!(store::session::by_token(&test.db.store.read(), &token).await.unwrap().is_none());
    let all = store::audit::page_after(&test.db.store.read(), 0, 1000).await.unwrap();
    assert!(all.iter().all(|event| !serde_json::to_string(event).unwrap().contains(&token)));
}

#[db_test]
async fn people_end_their_own_sessions_and_only_the_security_administrator_those_of_others(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let unit = store::unit::by_id(&test.db.store.read(), editor.home_unit).await.unwrap().unwrap();
    let colleague = test.person("tong.shi", Duty::Editor, &unit).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &unit).await;
    let (one, two) = (
        log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap(),
        log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap(),
    );
    let me = session::resolve(&test.app, &one.token).await.unwrap().unwrap().actor;
    let listed = session::list_own(&test.app, &me).await.unwrap();
    assert_eq!(listed.iter().filter(|session| session.current).count(), 1);
    assert_eq!(listed.len(), 2);
    let refused = session::revoke(&test.app, &colleague, two.session).await.unwrap_err();
    assert!(matches!(refused, AppError::NotFound(_)), "{refused}");
    session::revoke(&test.app, &me, two.session).await.unwrap();
    assert!(session::peek(&test.app, &two.token).await.unwrap().is_none());
    assert_eq!(session::revoke_all(&test.app, &security, editor.person).await.unwrap(), 1);
    assert!(session::peek(&test.app, &one.token).await.unwrap().is_none());
}

#[db_test]
async fn an_expired_password_must_be_changed_first(db: TestDb) {
    let (test, _) = an_editor(db).await;
    test.db.clock.advance(Duration::from_secs(90 * 86_400));
    let logged_in = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    assert_eq!(logged_in.pending, Some(Pending::ChangePassword));
}

#[db_test]
async fn sessions_unused_for_a_month_are_forgotten(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let old = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().session;
    test.db.clock.advance(Duration::from_secs(30 * 86_400));
    let new = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().session;
    test.db.clock.advance(Duration::from_secs(1));
    assert_eq!(session::sweep(&test.app).await.unwrap(), 1);
    let read = test.db.store.read();
    assert!(store::session::by_id(&read, old).await.unwrap().is_none());
    assert!(store::session::by_id(&read, new).await.unwrap().is_some());
}
