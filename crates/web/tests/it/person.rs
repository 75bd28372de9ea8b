//! Accounts, duties, delegations and settings in the console.

use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};

use crate::support::Browser;

struct Office {
    test: TestApp,
    root: Unit,
    below: Unit,
    editor: Actor,
    system: Browser,
    security: Browser,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let below = test.unit("B", Some(&root)).await;
    let editor = test.person("bian.ji", Duty::Editor, &below).await;
    test.person("xi.tong", Duty::SystemAdmin, &root).await;
    test.person("an.quan", Duty::SecurityAdmin, &root).await;
    test.person("shen.ji", Duty::AuditAdmin, &root).await;
    let (system, security) = (Browser::of(&test, "xi.tong").await, Browser::of(&test, "an.quan").await);
    Office { test, root, below, editor, system, security }
}

#[db_test]
async fn a_new_account_shows_its_password_once_and_gets_its_duty_from_the_security_administrator(db: TestDb) {
    let office = office(db).await;
    let unit = office.below.id.to_string();
    office.system.get("/console/people/new").await.expect(200);
    let fields = [("login", "xin.ren"), ("name", "新人（示例）"), ("home_unit", unit.as_str()), ("phone", "")];
    let page = office.system.post("/console/people", &fields).await.expect(200).plain();
    assert!(page.text.contains("一次性口令") && page.text.contains("xin.ren"));
    let path = page.text.split("href=\"/console/people/").nth(2).and_then(|rest| rest.split('"').next());
    let person = person_id(&office, "xin.ren").await;
    assert!(path.is_some());
    let base = format!("/console/people/{person}");
    let password = page.text.split("id=\"one-time-password\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    assert!(!office.system.get(&base).await.expect(200).plain().text.contains(password));

    let duty = [("duty", "reviewer1"), ("unit", unit.as_str())];
    office.system.post(&format!("{base}/appointments"), &duty).await.expect(403);
    office.security.post(&format!("{base}/appointments"), &duty).await.expect(303);
    let page = office.security.get(&base).await.expect(200).plain();
    assert!(page.text.contains("初审") && page.text.contains("an.quan示例"));
    let conflict = [("duty", "audit_admin"), ("unit", unit.as_str())];
    let page = office.security.post(&format!("{base}/appointments"), &conflict).await.expect(409).plain();
    assert!(page.text.contains("三个不同的人担任"));
    let end = page.text.split("/appointments/").nth(1).and_then(|rest| rest.split("/end").next()).unwrap();
    office.security.post(&format!("{base}/appointments/{end}/end"), &[]).await.expect(303);
    assert!(office.security.get(&base).await.expect(200).plain().text.contains("解除"));
}

async fn person_id(office: &Office, login: &str) -> domain::ids::PersonId {
    app::session::actor_for_login(&office.test.app, login, Origin::command()).await.unwrap().person
}

#[db_test]
async fn what_was_typed_stays_when_something_is_wrong(db: TestDb) {
    let office = office(db).await;
    let unit = office.below.id.to_string();
    let fields = [("login", "张三"), ("name", "张三（示例）"), ("home_unit", unit.as_str()), ("phone", "0471-0000000")];
    let page = office.system.post("/console/people", &fields).await.expect(422).plain();
    for kept in ["张三（示例）", "0471-0000000", "小写字母", &format!("value=\"{unit}\" selected")] {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }
    let nothing = office.system.post("/console/people", &[("login", "x.y"), ("name", "")]).await.expect(422).plain();
    assert!(nothing.text.contains("请选择所属单位"));
    assert!(nothing.text.contains("xi.tong示例"), "the frame shows who is logged in, not whose page it is");
}

#[db_test]
async fn the_list_is_filtered_sorted_paged_and_exported(db: TestDb) {
    let office = office(db).await;
    let page = office.system.get("/console/people?q=BIAN&sort=name&dir=desc&per_page=10").await.expect(200).plain();
    assert!(page.text.contains("bian.ji示例") && !page.text.contains("shen.ji示例"));
    let page = office.system.get("/console/people?duty=audit_admin").await.expect(200).plain();
    assert!(page.text.contains("shen.ji示例") && !page.text.contains("bian.ji示例"));
    assert!(
        office
            .system
            .get("/console/people?state=disabled")
            .await
            .expect(200)
            .plain()
            .text
            .contains("没有符合条件的人员")
    );
    let file = office.security.get("/console/people?format=csv").await.expect(200).plain();
    assert!(file.header("content-type").starts_with("text/csv"));
    assert_eq!(file.text.lines().count(), 5, "{}", file.text);
    assert!(file.text.contains("\"采编（B）\""), "{}", file.text);
}

#[db_test]
async fn people_pages_are_for_administrators_and_another_office_s_person_is_404(db: TestDb) {
    let office = office(db).await;
    let editor = Browser::of(&office.test, "bian.ji").await;
    let audit = Browser::of(&office.test, "shen.ji").await;
    office.test.person("xi.tong.b", Duty::SystemAdmin, &office.below).await;
    let local = Browser::of(&office.test, "xi.tong.b").await;
    let security = person_id(&office, "an.quan").await;
    for browser in [&editor, &audit] {
        browser.get("/console/people").await.expect(403);
        browser.get("/console/people/new").await.expect(403);
        browser.get(&format!("/console/people/{security}")).await.expect(404);
    }
    local.get(&format!("/console/people/{security}")).await.expect(404);
    for verb in ["disable", "enable", "reset-password", "reset-second-factor", "sessions/revoke", "appointments"] {
        let path = format!("/console/people/{security}/{verb}");
        let fields = [("reason", "测试"), ("duty", "editor"), ("unit", &office.root.id.to_string())];
        local.post(&path, &fields).await.expect(404);
    }
    editor.get(&format!("/console/people/{}", office.editor.person)).await.expect(200);
    local.get("/console/people/not-a-key").await.expect(400);
}

#[db_test]
async fn an_account_is_changed_disabled_enabled_and_reset(db: TestDb) {
    let office = office(db).await;
    let base = format!("/console/people/{}", office.editor.person);
    let unit = office.root.id.to_string();
    let page = office.system.get(&format!("{base}/edit")).await.expect(200).plain();
    assert!(page.text.contains("name=\"lock_version\" value=\"1\""));
    assert!(page.text.contains("xi.tong示例"), "the frame shows who is logged in, not whose page it is");
    let fields = [("name", "改名（示例）"), ("home_unit", unit.as_str()), ("phone", ""), ("lock_version", "1")];
    office.system.post(&base, &fields).await.expect(303);
    let stale = office.system.post(&base, &fields).await.expect(409).plain();
    assert!(stale.text.contains("已被其他人修改") && stale.text.contains("改名（示例）"));

    office.system.get(&format!("{base}/disable")).await.expect(200);
    office.system.post(&format!("{base}/disable"), &[("reason", "")]).await.expect(422);
    office.system.post(&format!("{base}/disable"), &[("reason", "调离")]).await.expect(303);
    assert!(office.system.get(&base).await.expect(200).plain().text.contains("停用"));
    office.system.post(&format!("{base}/enable"), &[]).await.expect(303);
    let page = office.system.post(&format!("{base}/reset-password"), &[]).await.expect(200).plain();
    assert!(page.text.contains("口令已重置"));
    office.security.post(&format!("{base}/reset-password"), &[]).await.expect(403);
}

#[db_test]
async fn settings_show_their_source_and_keep_wrong_values_for_correction(db: TestDb) {
    let office = office(db).await;
    let page = office.security.get("/console/settings").await.expect(200).plain();
    assert!(page.text.contains("GB/T 22239-2019") && page.text.contains("name=\"login.max_failures\""));
    assert!(!page.text.contains("name=\"review.due_hours\""), "the system administrator's are read-only here");
    let wrong = office.security.post("/console/settings", &[("login.max_failures", "99")]).await.expect(422).plain();
    assert!(wrong.text.contains("3 到 10") && wrong.text.contains("value=\"99\""));
    office.security.post("/console/settings", &[("login.max_failures", "4")]).await.expect(303);
    let page = office.security.get("/console/settings").await.expect(200).plain();
    assert!(page.text.contains("an.quan示例"));
    Browser::of(&office.test, "bian.ji").await.get("/console/settings").await.expect(403);
}

#[db_test]
async fn a_reviewer_hands_over_and_takes_back(db: TestDb) {
    let office = office(db).await;
    let reviewer = office.test.person("shen.he", Duty::Reviewer1, &office.below).await;
    let browser = Browser::of(&office.test, "shen.he").await;
    let page = browser.get("/console/delegations").await.expect(200).plain();
    assert!(page.text.contains("bian.ji"), "{}", page.text);
    let to = office.editor.person.to_string();
    let mut fields =
        [("to", to.as_str()), ("starts_at", "2026-03-02T09:00"), ("ends_at", "2026-03-05T09:00"), ("reason", "")];
    let page = browser.post("/console/delegations", &fields).await.expect(422).plain();
    assert!(page.text.contains("value=\"2026-03-05T09:00\""));
    fields[3].1 = "出差";
    browser.post("/console/delegations", &fields).await.expect(303);
    let stand_in = Browser::of(&office.test, "bian.ji").await;
    assert!(stand_in.get("/console/account").await.expect(200).plain().text.contains("正在代他人办理：初审"));
    let page = browser.get("/console/delegations").await.expect(200).plain();
    let id = page.text.split("/console/delegations/").nth(1).and_then(|rest| rest.split("/revoke").next()).unwrap();
    stand_in.post(&format!("/console/delegations/{id}/revoke"), &[]).await.expect(404);
    browser.post(&format!("/console/delegations/{id}/revoke"), &[]).await.expect(303);
    assert!(!stand_in.get("/console/account").await.expect(200).plain().text.contains("正在代他人办理"));
    assert_eq!(reviewer.duties.len(), 1);
}
