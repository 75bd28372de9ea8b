//! Logging in through the router: cookies, tokens, steps that come first, and where people land.

use std::{sync::Arc, time::Duration};

use app::person;
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::{actor::Actor, duty::Duty};
use testkit::{TEST_PASSWORD, TestApp, TestDb, db_test};
use tower::ServiceExt;
use web::{WebConfig, WebState};

use crate::support::{Answer, Browser};

async fn an_office(db: TestDb) -> (TestApp, Actor, Actor) {
    let test = TestApp::on(db).await;
    let unit = test.unit("A", None).await;
    let editor = test.person("bian.ji", Duty::Editor, &unit).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &unit).await;
    (test, editor, system)
}

async fn try_to_log_in(browser: &Browser, login: &str, password: &str, next: &str) -> Answer {
    let fields = [("login", login), ("password", password), ("next", next)];
    browser.post("/console/login", &fields).await
}

/// The token of the `Set-Cookie` header, if the answer sets one.
fn token(answer: &Answer) -> Option<String> {
    answer
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| value.strip_prefix("zt_session="))
        .and_then(|rest| rest.split(';').next())
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
}

fn with(browser: &Browser, answer: &Answer) -> Browser {
    Browser { session: Some(token(answer).expect("a session cookie")), ..browser.clone() }
}

#[db_test]
async fn a_person_logs_in_and_lands_where_they_wanted(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    let page = visitor.get("/console/login?next=/console/account%3Fx%3D1").await.expect(200).plain();
    assert!(page.text.contains("value=\"/console/account?x=1\""), "{}", page.text);
    let answer = try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, "/console/account?x=1").await.expect(303);
    assert_eq!(answer.header("location"), "/console/account?x=1");
    let cookie = answer.header("set-cookie");
    assert!(cookie.ends_with("; Path=/console; HttpOnly; SameSite=Lax"), "{cookie}");
    let editor = with(&visitor, &answer);
    assert!(editor.get("/console/account").await.expect(200).plain().text.contains("采编"));
    assert_eq!(editor.get("/console/login").await.expect(303).header("location"), "/console");
}

#[db_test]
async fn the_cookie_is_secure_where_tls_is_in_front(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let config = WebConfig { secure_cookies: true, ..WebConfig::default() };
    let router = web::router(WebState::new(Arc::new(test.app.clone()), config));
    let request = Request::post("/console/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("login=bian.ji&password={TEST_PASSWORD}")))
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert!(response.headers()["set-cookie"].to_str().unwrap().ends_with("; HttpOnly; SameSite=Lax; Secure"));
}

#[db_test]
async fn nobody_is_led_to_another_site_after_the_login(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    for next in ["https://evil.example/console", "//evil.example", "/\\evil.example", "/console/../\\\\evil.example"] {
        let answer = try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, next).await.expect(303);
        assert_eq!(answer.header("location"), "/console", "{next}");
    }
}

#[db_test]
async fn a_token_planted_before_the_login_is_worth_nothing_after_it(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let planted = "f".repeat(64);
    let victim = Browser { session: Some(planted.clone()), ..Browser::anonymous(&test) };
    let answer = try_to_log_in(&victim, "bian.ji", TEST_PASSWORD, "").await.expect(303);
    assert_ne!(token(&answer).unwrap(), planted);
    victim.get("/console/account").await.expect(303);
    let first = with(&victim, &answer);
    let again = try_to_log_in(&first, "bian.ji", TEST_PASSWORD, "").await.expect(303);
    assert_ne!(token(&again), first.session);
    first.get("/console/account").await.expect(303);
    with(&victim, &again).get("/console/account").await.expect(200).plain();
}

#[db_test]
async fn another_site_cannot_log_anybody_in(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    let fields = [("login", "bian.ji"), ("password", TEST_PASSWORD)];
    let answer = visitor.post_exactly("/console/login", &fields, "cross-site").await.expect(403);
    assert_eq!(token(&answer), None);
}

#[db_test]
async fn a_wrong_password_keeps_the_login_name_and_five_lock(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    for _ in 0..5 {
        let answer =
            try_to_log_in(&visitor, "bian.ji", "Wrong-Password-1", "/console/account").await.expect(422).plain();
        assert!(answer.text.contains("value=\"bian.ji\"") && answer.text.contains("value=\"/console/account\""));
        assert!(!answer.text.contains("Wrong-Password-1") && token(&answer).is_none());
    }
    let unknown = try_to_log_in(&visitor, "nobody", TEST_PASSWORD, "").await.expect(422).plain();
    let locked = try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, "").await.expect(422).plain();
    let words = |answer: &Answer| answer.text.contains("登录名或口令不正确");
    assert!(words(&unknown) && words(&locked));
}

#[db_test]
async fn one_address_tries_ten_times_and_then_waits(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    for number in 0..10 {
        try_to_log_in(&visitor, &format!("nobody{number}"), "x", "").await.expect(422).plain();
    }
    let answer = try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, "").await.expect(429);
    assert!(answer.text.contains("6 秒后再试") && token(&answer).is_none(), "{}", answer.text);
    test.db.clock.advance(Duration::from_secs(6));
    try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, "").await.expect(303);
}

#[db_test]
async fn logging_out_needs_the_token_of_the_session_and_ends_it(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let editor = Browser::of(&test, "bian.ji").await;
    editor.post_exactly("/console/logout", &[], "same-origin").await.expect(403);
    editor.get("/console/account").await.expect(200);
    let answer = editor.post("/console/logout", &[]).await.expect(303);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    editor.get("/console/account").await.expect(303);
}

#[db_test]
async fn a_disabled_person_s_next_click_leads_to_the_login(db: TestDb) {
    let (test, editor, system) = an_office(db).await;
    let browser = Browser::of(&test, "bian.ji").await;
    browser.get("/console/account").await.expect(200);
    person::disable(&test.app, &system, editor.person, "调离").await.unwrap();
    let answer = browser.get("/console/account").await.expect(303);
    assert!(answer.header("location").starts_with("/console/login?next="));
}

#[db_test]
async fn a_one_time_password_opens_nothing_but_its_own_change(db: TestDb) {
    let (test, editor, system) = an_office(db).await;
    let password = person::reset_password(&test.app, &system, editor.person).await.unwrap();
    let visitor = Browser::anonymous(&test);
    let answer = try_to_log_in(&visitor, "bian.ji", &password, "").await.expect(303);
    assert_eq!(answer.header("location"), "/console/account/password");
    let browser = with(&visitor, &answer);
    for path in ["/console/account", "/console/people", "/console/delegations", "/console/account/sessions"] {
        assert_eq!(browser.get(path).await.expect(303).header("location"), "/console/account/password", "{path}");
    }
    let fields = [("phone", "0471-0000000"), ("lock_version", "1")];
    assert_eq!(
        browser.post("/console/account/contact", &fields).await.expect(303).header("location"),
        "/console/account/password"
    );
    let page = browser.get("/console/account/password").await.expect(200).plain();
    assert!(page.text.contains("请先修改口令") && !page.text.contains("class=\"zt-nav\""));

    let new = "Caoyuan-2026-x";
    let weak = [("current", password.as_str()), ("new", "short"), ("repeat", "short")];
    assert!(browser.post("/console/account/password", &weak).await.expect(422).plain().text.contains("至少 8 位"));
    let right = [("current", password.as_str()), ("new", new), ("repeat", new)];
    let answer = browser.post("/console/account/password", &right).await.expect(303);
    let after = with(&browser, &answer);
    assert_ne!(after.session, browser.session);
    after.get("/console/account").await.expect(200);
    browser.get("/console/account").await.expect(303);
}

#[db_test]
async fn the_second_factor_is_set_up_with_a_code_and_asked_for_at_the_next_login(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let browser = Browser::of(&test, "bian.ji").await;
    assert!(browser.get("/console/account/second-factor").await.expect(200).plain().text.contains("开始设置"));
    browser.post("/console/account/second-factor/begin", &[]).await.expect(303);
    let page = browser.get("/console/account/second-factor").await.expect(200).plain();
    assert!(page.text.contains("<svg") && page.text.contains("密钥"));
    browser.post("/console/account/second-factor/confirm", &[("code", "000000")]).await.expect(422);
    let code = current_code(&test, &secret_on(&page.text));
    let confirmed =
        browser.post("/console/account/second-factor/confirm", &[("code", code.as_str())]).await.expect(200);
    let recovery =
        confirmed.text.split("<li><code>").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let after = with(&browser, &confirmed);
    assert_ne!(after.session, browser.session);
    after.get("/console/account").await.expect(200);

    let visitor = Browser::anonymous(&test);
    let answer = try_to_log_in(&visitor, "bian.ji", TEST_PASSWORD, "/console/account").await.expect(303);
    assert_eq!(answer.header("location"), "/console/login/second-factor?next=/console/account");
    let half = with(&visitor, &answer);
    assert_eq!(half.get("/console/account").await.expect(303).header("location"), "/console/login/second-factor");
    half.get("/console/account/second-factor").await.expect(303);
    half.post("/console/account/second-factor/begin", &[]).await.expect(401);
    let fields = [("code", recovery.as_str()), ("next", "/console/account")];
    let answer = half.post("/console/login/second-factor", &fields).await.expect(303);
    assert_eq!(answer.header("location"), "/console/account");
    let whole = with(&half, &answer);
    assert_ne!(whole.session, half.session, "a new token after the second factor");
    whole.get("/console/account").await.expect(200);
    half.get("/console/account").await.expect(303);
}

#[db_test]
async fn an_administrator_without_a_second_factor_is_led_to_set_it_up(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &test.unit("B", None).await).await;
    // Only a security administrator of the whole region sets it; any root unit counts as such in this test.
    let required = [("login.admin_second_factor".to_owned(), "1".to_owned())];
    app::setting::change(&test.app, &security, &required).await.unwrap();
    let browser = Browser::of(&test, "xi.tong").await;
    assert_eq!(browser.get("/console/people").await.expect(303).header("location"), "/console/account/second-factor");
    let page = browser.get("/console/account/second-factor").await.expect(200).plain();
    assert!(page.text.contains("请先启用二次验证"));
}

#[db_test]
async fn open_sessions_are_listed_and_ended(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let (here, elsewhere) = (Browser::of(&test, "bian.ji").await, Browser::of(&test, "bian.ji").await);
    let page = here.get("/console/account/sessions").await.expect(200).plain();
    assert!(page.text.contains("本设备") && page.text.contains("192.0.2.1"));
    here.post("/console/account/sessions/revoke-others", &[]).await.expect(303);
    elsewhere.get("/console/account").await.expect(303);
    here.get("/console/account").await.expect(200);
}

/// The Base32 secret printed on the page.
fn secret_on(page: &str) -> String {
    let after = page.split("密钥：<code>").nth(1).expect("the secret");
    after.split('<').next().expect("its end").replace(' ', "")
}

/// What an authenticator shows at the test's moment.
fn current_code(test: &TestApp, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(test.app.now().as_second()).unwrap()).to_string()
}

#[db_test]
async fn a_wrong_method_and_an_unknown_session_are_no_faults(db: TestDb) {
    let (test, ..) = an_office(db).await;
    let visitor = Browser::anonymous(&test);
    visitor.send(Method::GET, "/console/logout", &[], Body::empty()).await.expect(405);
    let stale = Browser { session: Some("0".repeat(64)), ..visitor };
    stale.get("/console/login/second-factor").await.expect(303);
    stale.post("/console/login/second-factor", &[("code", "123456")]).await.expect(401);
    stale.post("/console/logout", &[]).await.expect(303);
}
