//! Accounts: made, changed, disabled, reset; who sees whom.

use app::{
    AppError,
    person::{self, AccountChange, Bootstrap, InitialPassword, NewAccount, PersonQuery},
    session::{self, Pending},
};
use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    unit::Unit,
};
use testkit::{TEST_PASSWORD, TestApp, TestDb, db_test};

use crate::session::{events, log_in};

struct Office {
    test: TestApp,
    root: Unit,
    below: Unit,
    system: Actor,
    security: Actor,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let below = test.unit("B", Some(&root)).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &root).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &root).await;
    Office { test, root, below, system, security }
}

fn account(login: &str, unit: &Unit) -> NewAccount {
    NewAccount { login: login.into(), name: "示例人员".into(), home_unit: unit.id, phone: None }
}

#[db_test]
async fn a_new_account_has_no_duty_and_a_password_for_one_login(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let created = person::create(app, &office.system, account("xin.ren", &office.below)).await.unwrap();
    let logged_in = log_in(app, "xin.ren", &created.one_time_password).await.unwrap();
    assert_eq!(logged_in.pending, Some(Pending::ChangePassword));
    let actor = session::peek(app, &logged_in.token).await.unwrap().unwrap().actor;
    assert!(actor.duties.is_empty());
    let written = events(app, "person.create").await;
    assert_eq!(written.len(), 1);
    assert!(!written[0].entry.after.to_string().contains(&created.one_time_password));
}

#[db_test]
async fn only_the_system_administrator_makes_accounts(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let manager = office.test.person("zhu.ban", Duty::SiteManager, &office.root).await;
    for actor in [&office.security, &manager] {
        let refused = person::create(app, actor, account("xin.ren", &office.root)).await.unwrap_err();
        assert!(matches!(refused, AppError::Forbidden(_)), "{refused}");
    }
    let local = office.test.person("xi.tong.b", Duty::SystemAdmin, &office.below).await;
    person::create(app, &local, account("xin.ren.b", &office.below)).await.unwrap();
    person::create(app, &local, account("xin.ren.a", &office.root)).await.expect_err("not above one's own unit");
}

#[db_test]
async fn login_names_are_plain_and_never_used_twice(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let problem = |error: AppError| match error {
        AppError::Invalid(problems) => (problems[0].field.clone(), problems[0].message.clone()),
        other => panic!("{other}"),
    };
    let taken = person::create(app, &office.system, account("an.quan", &office.root)).await.unwrap_err();
    let (field, message) = problem(taken);
    assert!(field == "login" && message.contains("不能重复"), "{message}");
    let odd = person::create(app, &office.system, account("张三", &office.root)).await.unwrap_err();
    assert_eq!(problem(odd).0, "login");
}

#[db_test]
async fn a_disabled_person_is_out_at_once_and_can_come_back(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let editor = office.test.person("bian.ji", Duty::Editor, &office.below).await;
    let token = log_in(app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    person::disable(app, &office.system, editor.person, " ").await.expect_err("a reason is needed");
    person::disable(app, &office.system, editor.person, "调离").await.unwrap();
    assert!(session::peek(app, &token).await.unwrap().is_none());
    log_in(app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    session::actor_for_login(app, "bian.ji", Origin::command()).await.expect_err("nor by command");
    person::disable(app, &office.system, editor.person, "调离").await.expect_err("twice");
    person::enable(app, &office.system, editor.person).await.unwrap();
    let again = log_in(app, "bian.ji", TEST_PASSWORD).await.unwrap();
    let actor = session::peek(app, &again.token).await.unwrap().unwrap().actor;
    assert!(actor.holds_at(Duty::Editor, office.below.id));
    assert!(session::peek(app, &token).await.unwrap().is_none(), "the old session stays dead");
    assert_eq!((events(app, "person.disable").await.len(), events(app, "person.enable").await.len()), (1, 1));
}

#[db_test]
async fn nobody_disables_themselves_or_the_last_administrator_of_a_kind(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    person::disable(app, &office.system, office.system.person, "测试").await.unwrap_err();
    let refused = person::disable(app, &office.system, office.security.person, "测试").await.unwrap_err();
    assert!(refused.to_string().contains("最后一名"), "{refused}");
    office.test.person("an.quan.2", Duty::SecurityAdmin, &office.root).await;
    person::disable(app, &office.system, office.security.person, "测试").await.unwrap();
}

#[db_test]
async fn two_administrators_of_a_kind_cannot_both_be_disabled_at_the_same_moment(db: TestDb) {
    let office = office(db).await;
    let second = office.test.person("an.quan.2", Duty::SecurityAdmin, &office.root).await;
    let (app, system) = (&office.test.app, &office.system);
    let (one, two) = tokio::join!(
        person::disable(app, system, office.security.person, "测试"),
        person::disable(app, system, second.person, "测试"),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[db_test]
async fn a_reset_password_lifts_the_lock_ends_sessions_and_must_be_changed(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let editor = office.test.person("bian.ji", Duty::Editor, &office.below).await;
    let token = log_in(app, "bian.ji", TEST_PASSWORD).await.unwrap().token;
    for _ in 0..5 {
        log_in(app, "bian.ji", "Wrong-Password-1").await.unwrap_err();
    }
    person::reset_password(app, &office.security, editor.person).await.expect_err("not the security administrator");
    person::reset_password(app, &office.system, office.system.person).await.expect_err("not one's own");
    let password = person::reset_password(app, &office.system, editor.person).await.unwrap();
    assert!(session::peek(app, &token).await.unwrap().is_none());
    log_in(app, "bian.ji", TEST_PASSWORD).await.unwrap_err();
    assert_eq!(log_in(app, "bian.ji", &password).await.unwrap().pending, Some(Pending::ChangePassword));
}

#[db_test]
async fn lists_and_pages_stay_within_the_administrator_s_units(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let editor = office.test.person("bian.ji", Duty::Editor, &office.below).await;
    let local = office.test.person("xi.tong.b", Duty::SystemAdmin, &office.below).await;
    let query = PersonQuery { limit: 50, ..PersonQuery::default() };
    let logins = |rows: Vec<app::person::PersonRow>| rows.into_iter().map(|row| row.person.login).collect::<Vec<_>>();
    let (all, total) = person::list(app, &office.security, &query).await.unwrap();
    assert_eq!(
        (logins(all), total),
        (vec!["an.quan".into(), "bian.ji".into(), "xi.tong".into(), "xi.tong.b".into()], 4)
    );
    assert_eq!(logins(person::list(app, &local, &query).await.unwrap().0), ["bian.ji", "xi.tong.b"]);
    person::list(app, &editor, &query).await.expect_err("no list for an editor");
    let hidden = person::get(app, &local, office.security.person).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "another office's person is not found: {hidden}");
    assert!(matches!(person::get(app, &editor, local.person).await.unwrap_err(), AppError::NotFound(_)));
    person::get(app, &editor, editor.person).await.expect("oneself");

    let by_duty = PersonQuery {
        filter: person::PersonFilter { duty: Some(Duty::Editor), ..Default::default() },
        ..query.clone()
    };
    assert_eq!(logins(person::list(app, &office.system, &by_duty).await.unwrap().0), ["bian.ji"]);
    let by_text = PersonQuery {
        filter: person::PersonFilter { search: Some("XI.TONG.B".into()), ..Default::default() },
        ..query
    };
    assert_eq!(logins(person::list(app, &office.system, &by_text).await.unwrap().0), ["xi.tong.b"]);
}

#[db_test]
async fn a_change_over_somebody_else_s_is_refused(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let editor = office.test.person("bian.ji", Duty::Editor, &office.below).await;
    let change = |name: &str| AccountChange {
        name: name.into(),
        home_unit: office.root.id,
        phone: Some(" 0471-0000000 ".into()),
        lock_version: 1,
    };
    person::change(app, &office.system, editor.person, change("示例甲")).await.unwrap();
    let refused = person::change(app, &office.system, editor.person, change("示例乙")).await.unwrap_err();
    assert!(matches!(refused, AppError::Conflict(_)), "{refused}");
    let now = person::get(app, &office.system, editor.person).await.unwrap().person;
    assert_eq!(
        (now.name.as_str(), now.home_unit, now.phone.as_deref()),
        ("示例甲", office.root.id, Some("0471-0000000"))
    );
}

#[db_test]
async fn the_command_line_makes_the_first_administrators_and_no_further_ones(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let wanted = |login: &str, duty| Bootstrap {
        account: account(login, &root),
        duties: vec![(root.id, duty)],
        password: InitialPassword::OneTime,
    };
    let created = person::bootstrap(&test.app, wanted("guan.li", Duty::SecurityAdmin)).await.unwrap();
    let logged_in = log_in(&test.app, "guan.li", &created.one_time_password).await.unwrap();
    assert_eq!(logged_in.pending, Some(Pending::ChangePassword));
    let refused = person::bootstrap(&test.app, wanted("guan.li.2", Duty::SecurityAdmin)).await.unwrap_err();
    assert!(refused.to_string().contains("已有在任"), "{refused}");
    let mut both = wanted("guan.li.3", Duty::SystemAdmin);
    both.duties.push((root.id, Duty::AuditAdmin));
    person::bootstrap(&test.app, both).await.expect_err("two administrators in one person");
    person::bootstrap(&test.app, wanted("bian.ji", Duty::Editor)).await.unwrap();
    let written = events(&test.app, "person.bootstrap").await;
    assert_eq!(written.len(), 2);
    assert!(written.iter().all(|event| event.channel == "command"));
    let password = person::reset_password_from_command_line(&test.app, "guan.li").await.unwrap();
    log_in(&test.app, "guan.li", &password).await.unwrap();
}
