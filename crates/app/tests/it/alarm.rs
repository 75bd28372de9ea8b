//! Alarms: up once per occasion, for the right people, until dealt with.

use app::{
    AppError,
    alarm::{self, NewAlarm},
};
use domain::{duty::Duty, ids::UnitId};
use testkit::{TestApp, TestDb, db_test};

fn occasion(key: &str, unit: Option<UnitId>) -> NewAlarm {
    NewAlarm {
        kind: "publication.late".into(),
        dedupe_key: key.into(),
        unit,
        subject_id: "1".into(),
        message: "示例信息未按时上线，请检查后台任务。".into(),
    }
}

async fn raise(test: &TestApp, new: &NewAlarm) -> bool {
    test.app.store.write(|tx| async move { alarm::raise(&tx, new).await }).await.unwrap()
}

#[db_test]
async fn an_occasion_is_up_once_until_cleared_and_comes_up_again(db: TestDb) {
    let test = TestApp::on(db).await;
    let unit = test.unit("A", None).await;
    let manager = test.person("zhu.ban", Duty::SiteManager, &unit).await;
    let late = occasion("late-1", Some(unit.id));
    assert!(raise(&test, &late).await);
    assert!(!raise(&test, &late).await);
    let up = alarm::list_for(&test.app, &manager).await.unwrap();
    assert_eq!(up.len(), 1);
    alarm::clear(&test.app, &manager, up[0].id).await.unwrap();
    assert!(alarm::list_for(&test.app, &manager).await.unwrap().is_empty());
    alarm::clear(&test.app, &manager, up[0].id).await.expect_err("twice");
    assert!(raise(&test, &late).await, "it happened again");
    let cleared = test.app.store.write(|tx| async move { alarm::clear_occasion(&tx, "late-1").await }).await.unwrap();
    assert!(cleared && alarm::list_for(&test.app, &manager).await.unwrap().is_empty());
}

#[db_test]
async fn alarms_are_shown_to_those_who_run_the_unit_and_platform_ones_to_the_system_administrator(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let (one, two) = (test.unit("B", Some(&root)).await, test.unit("C", Some(&root)).await);
    let manager = test.person("zhu.ban", Duty::SiteManager, &one).await;
    let other = test.person("zhu.ban.2", Duty::SiteManager, &two).await;
    let overseer = test.person("xun.jian", Duty::Supervisor, &root).await;
    let editor = test.person("bian.ji", Duty::Editor, &one).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &root).await;
    raise(&test, &occasion("unit", Some(one.id))).await;
    raise(&test, &occasion("platform", None)).await;
    let count = async |actor| alarm::list_for(&test.app, actor).await.unwrap().len();
    assert_eq!(
        (
            count(&manager).await,
            count(&other).await,
            count(&overseer).await,
            count(&editor).await,
            count(&system).await
        ),
        (1, 0, 1, 0, 1)
    );
    let id = alarm::list_for(&test.app, &manager).await.unwrap()[0].id;
    alarm::clear(&test.app, &editor, id).await.unwrap_err();
    let hidden = alarm::clear(&test.app, &system, id).await.unwrap_err();
    assert!(!matches!(hidden, AppError::Conflict(_)), "{hidden}");
    alarm::clear(&test.app, &manager, id).await.unwrap();
}
