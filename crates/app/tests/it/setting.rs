//! Policy values: who sets which, within which bounds.

use app::{AppError, setting};
use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

use crate::session::events;

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[db_test]
async fn each_administrator_sets_the_own_values_within_bounds_and_all_or_none(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &root).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &root).await;
    let app = &test.app;

    let both = [pair("login.max_failures", "3"), pair("password.min_length", "10")];
    assert_eq!(setting::change(app, &security, &both).await.unwrap(), 2);
    assert_eq!(setting::change(app, &security, &both).await.unwrap(), 0, "nothing new, nothing written");
    assert_eq!(events(app, "setting.change").await.len(), 1);
    assert!(matches!(setting::change(app, &system, &both).await.unwrap_err(), AppError::Forbidden(_)));
    assert_eq!(setting::change(app, &system, &[pair("review.due_hours", "48")]).await.unwrap(), 1);
    let refused = setting::change(app, &security, &[pair("review.due_hours", "12")]).await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)), "{refused}");

    let mixed = [
        pair("login.max_failures", "4"),
        pair("login.lock_minutes", "1"),
        pair("x", "1"),
        pair("session.idle_minutes", "半小时"),
    ];
    let AppError::Invalid(problems) = setting::change(app, &security, &mixed).await.unwrap_err() else {
        panic!("a form with problems")
    };
    assert_eq!(problems.len(), 3);
    let values = setting::list(app, &security).await.unwrap();
    let of = |key: &str| values.iter().find(|view| view.rule.key == key).unwrap();
    assert_eq!(of("login.max_failures").value, 3, "one wrong value keeps the others from being set");
    assert_eq!(of("login.max_failures").changed_by.as_deref(), Some("an.quan示例"));
    assert!(of("login.max_failures").may_change && !of("review.due_hours").may_change);
    assert_eq!(of("review.due_hours").value, 48);
}

#[db_test]
async fn nobody_else_sees_or_sets_them(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let below = test.unit("B", Some(&root)).await;
    let manager = test.person("zhu.ban", Duty::SiteManager, &root).await;
    let audit = test.person("shen.ji", Duty::AuditAdmin, &root).await;
    let local = test.person("an.quan.b", Duty::SecurityAdmin, &below).await;
    for actor in [&manager, &audit, &local] {
        setting::list(&test.app, actor).await.unwrap_err();
        let refused = setting::change(&test.app, actor, &[pair("login.max_failures", "10")]).await.unwrap_err();
        assert!(matches!(refused, AppError::Forbidden(_)), "{refused}");
    }
}
