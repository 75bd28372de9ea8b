//! Alarms in the console.

use app::alarm::{self, NewAlarm};
use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

use crate::support::Browser;

#[db_test]
async fn an_alarm_is_shown_to_those_who_run_the_unit_until_they_have_dealt_with_it(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let (one, two) = (test.unit("B", Some(&root)).await, test.unit("C", Some(&root)).await);
    test.person("zhu.ban", Duty::SiteManager, &one).await;
    test.person("zhu.ban.2", Duty::SiteManager, &two).await;
    let (manager, other) = (Browser::of(&test, "zhu.ban").await, Browser::of(&test, "zhu.ban.2").await);
    assert!(manager.get("/console/alarms").await.expect(200).plain().text.contains("一切正常"));
    let late = &NewAlarm {
        kind: "placement.late".into(),
        dedupe_key: "late".into(),
        unit: Some(one.id),
        subject_id: "1".into(),
        message: "示例信息未按时上线，请检查后台任务。".into(),
    };
    test.app.store.write(|tx| async move { alarm::raise(&tx, late).await }).await.unwrap();
    let page = manager.get("/console/alarms").await.expect(200).plain();
    assert!(page.text.contains("示例信息未按时上线"));
    assert!(!other.get("/console/alarms").await.expect(200).plain().text.contains("示例信息未按时上线"));
    let id = page.text.split("/console/alarms/").nth(1).and_then(|rest| rest.split("/clear").next()).unwrap();
    let path = format!("/console/alarms/{id}/clear");
    other.post(&path, &[]).await.expect(404);
    manager.post(&path, &[]).await.expect(303);
    assert!(manager.get("/console/alarms").await.expect(200).plain().text.contains("一切正常"));
}
