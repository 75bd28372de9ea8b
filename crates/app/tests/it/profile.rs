//! One's own password and second factor.

use std::time::Duration;

use app::{
    App, AppError,
    profile::{self, PasswordChange},
    session::{self, LoggedIn, Pending},
};
use domain::{actor::Actor, duty::Duty};
use testkit::{TEST_PASSWORD, TestApp, TestDb, db_test};
use totp_rs::{Builder, Secret};

use crate::session::{an_editor, events, log_in, origin, set};

const NEW: &str = "Caoyuan-2026-x";

fn change(current: &str, new: &str) -> PasswordChange {
    PasswordChange { current: current.into(), new: new.into(), repeat: new.into() }
}

async fn actor(app: &App, logged_in: &LoggedIn) -> Actor {
    session::peek(app, &logged_in.token).await.unwrap().unwrap().actor
}

/// The code an authenticator shows at the test's moment.
fn code(test: &TestApp, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(test.app.now().as_second()).unwrap()).to_string()
}

/// Sets the second factor up; returns secret, recovery codes and the new token.
async fn enrol(test: &TestApp, me: &Actor) -> (String, Vec<String>, String) {
    let enrolment = profile::begin_second_factor(&test.app, me).await.unwrap();
    assert!(enrolment.qr_svg.starts_with("<svg") && enrolment.address.starts_with("otpauth://totp/"));
    let code = code(test, &enrolment.secret);
    let confirmed = profile::confirm_second_factor(&test.app, me, &code).await.unwrap();
    (enrolment.secret, confirmed.recovery_codes, confirmed.token)
}

#[db_test]
async fn a_changed_password_works_and_ends_all_other_sessions(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let here = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let elsewhere = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let me = actor(&test.app, &here).await;
    let token = profile::change_password(&test.app, &me, change(TEST_PASSWORD, NEW)).await.unwrap();
    assert_ne!(token, here.token);
    assert!(session::peek(&test.app, &token).await.unwrap().is_some());
    assert!(session::peek(&test.app, &here.token).await.unwrap().is_none());
    assert!(session::peek(&test.app, &elsewhere.token).await.unwrap().is_none());
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    log_in(&test.app, "bian.ji", NEW).await.unwrap();
    assert_eq!(events(&test.app, "profile.change_password").await.len(), 1);
}

#[db_test]
async fn one_of_the_last_five_passwords_cannot_come_back(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let here = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let me = actor(&test.app, &here).await;
    let mut present = TEST_PASSWORD.to_owned();
    for number in 1..=5 {
        let next = format!("{NEW}-{number}");
        profile::change_password(&test.app, &me, change(&present, &next)).await.unwrap();
        present = next;
        test.db.clock.advance(Duration::from_secs(1));
    }
    for earlier in 1..=5 {
        let refused = profile::change_password(&test.app, &me, change(&present, &format!("{NEW}-{earlier}"))).await;
        assert!(refused.unwrap_err().to_string().contains("最近 5 次"), "password {earlier}");
    }
    profile::change_password(&test.app, &me, change(&present, &format!("{NEW}-6"))).await.unwrap();
    profile::change_password(&test.app, &me, change(&format!("{NEW}-6"), &format!("{NEW}-1"))).await.unwrap();
}

#[db_test]
async fn a_found_open_screen_cannot_guess_the_password_either(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let here = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let me = actor(&test.app, &here).await;
    for attempt in 1..=5 {
        let refused = profile::change_password(&test.app, &me, change("Wrong-Password-1", NEW)).await.unwrap_err();
        assert_eq!(matches!(refused, AppError::TooMany(_)), attempt == 5, "{attempt}: {refused}");
    }
    assert!(session::peek(&test.app, &here.token).await.unwrap().is_none(), "the lock ends the session");
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
}

#[db_test]
async fn every_rule_of_passwords_is_told_at_once(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let typed = PasswordChange { current: String::new(), new: "short".into(), repeat: "other".into() };
    let AppError::Invalid(problems) = profile::change_password(&test.app, &editor, typed).await.unwrap_err() else {
        panic!("a form with problems")
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["current", "new", "repeat"]);
}

#[db_test]
async fn with_a_second_factor_the_password_alone_is_not_enough(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let first = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let me = actor(&test.app, &first).await;
    let (secret, _, token) = enrol(&test, &me).await;
    assert!(session::peek(&test.app, &first.token).await.unwrap().is_none(), "the token changes");
    assert_eq!(session::peek(&test.app, &token).await.unwrap().unwrap().pending, None);

    let half = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    assert_eq!(half.pending, Some(Pending::SecondFactor));
    let used = code(&test, &secret);
    session::pass_second_factor(&test.app, &half.token, &used, &origin()).await.expect_err("used to enrol: no replay");
    test.db.clock.advance(Duration::from_secs(30));
    let fresh = code(&test, &secret);
    let whole = session::pass_second_factor(&test.app, &half.token, &fresh, &origin()).await.unwrap();
    assert_ne!(whole.token, half.token, "a token seen before the second factor is worthless after it");
    assert!(session::peek(&test.app, &half.token).await.unwrap().is_none());
    assert_eq!(session::peek(&test.app, &whole.token).await.unwrap().unwrap().pending, None);

    let again = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    session::pass_second_factor(&test.app, &again.token, &fresh, &origin()).await.expect_err("no replay");
}

#[db_test]
async fn a_phone_half_a_minute_wrong_still_works_and_two_minutes_do_not(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let first = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let (secret, ..) = enrol(&test, &actor(&test.app, &first).await).await;
    test.db.clock.advance(Duration::from_secs(90));
    let old = code(&test, &secret);
    test.db.clock.advance(Duration::from_secs(120));
    let half = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    session::pass_second_factor(&test.app, &half.token, &old, &origin()).await.unwrap_err();
    let late = code(&test, &secret);
    test.db.clock.advance(Duration::from_secs(30));
    session::pass_second_factor(&test.app, &half.token, &late, &origin()).await.unwrap();
}

#[db_test]
async fn guessing_codes_locks_the_account_even_with_logins_in_between(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let first = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    enrol(&test, &actor(&test.app, &first).await).await;
    let mut last = String::new();
    for _ in 0..5 {
        let half = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
        let refused = session::pass_second_factor(&test.app, &half.token, "000000", &origin()).await.unwrap_err();
        last = refused.to_string();
    }
    assert!(last.contains("锁定"), "{last}");
    log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    assert_eq!(events(&test.app, "session.second_factor").await.iter().filter(|event| !event.entry.success).count(), 5);
}

#[db_test]
async fn a_recovery_code_works_once(db: TestDb) {
    let (test, _) = an_editor(db).await;
    let first = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let (_, codes, token) = enrol(&test, &actor(&test.app, &first).await).await;
    assert_eq!(codes.len(), 10);
    let half = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let typed = codes[3].to_lowercase().replace('-', " ");
    session::pass_second_factor(&test.app, &half.token, &typed, &origin()).await.unwrap();
    let half = log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap();
    session::pass_second_factor(&test.app, &half.token, &codes[3], &origin()).await.unwrap_err();
    let me = session::peek(&test.app, &token).await.unwrap().unwrap().actor;
    assert_eq!(profile::get(&test.app, &me).await.unwrap().recovery_codes_left, 9);
    let fresh = profile::regenerate_recovery_codes(&test.app, &me, TEST_PASSWORD).await.unwrap();
    session::pass_second_factor(&test.app, &half.token, &codes[4], &origin()).await.expect_err("replaced");
    session::pass_second_factor(&test.app, &half.token, &fresh[0], &origin()).await.unwrap();
}

#[db_test]
async fn an_administrator_must_set_up_a_second_factor_unless_the_policy_says_otherwise(db: TestDb) {
    let (test, editor) = an_editor(db).await;
    let unit = store::unit::by_id(&test.db.store.read(), editor.home_unit).await.unwrap().unwrap();
    test.person("shen.ji", Duty::AuditAdmin, &unit).await;
    assert_eq!(log_in(&test.app, "shen.ji", TEST_PASSWORD).await.unwrap().pending, None);
    set(&test.app, "login.admin_second_factor", 1).await;
    let logged_in = log_in(&test.app, "shen.ji", TEST_PASSWORD).await.unwrap();
    assert_eq!(logged_in.pending, Some(Pending::EnrolSecondFactor));
    let me = actor(&test.app, &logged_in).await;
    let (secret, _, token) = enrol(&test, &me).await;
    assert_eq!(session::peek(&test.app, &token).await.unwrap().unwrap().pending, None);

    test.db.clock.advance(Duration::from_secs(30));
    let fresh = code(&test, &secret);
    profile::remove_second_factor(&test.app, &me, "Wrong-Password-1", &fresh).await.unwrap_err();
    profile::remove_second_factor(&test.app, &me, TEST_PASSWORD, &fresh).await.unwrap();
    let resolved = session::peek(&test.app, &token).await.unwrap().unwrap();
    assert_eq!(resolved.pending, Some(Pending::EnrolSecondFactor));
    assert_eq!(log_in(&test.app, "bian.ji", TEST_PASSWORD).await.unwrap().pending, None, "others are free");
}
