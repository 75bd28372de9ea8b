//! Rules, calendar and deadlines in the console.

use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

use crate::{
    region::{RULE, TABLE, kept},
    support::Browser,
};

#[db_test]
async fn rules_are_listed_filtered_exported_and_shown_on_a_day(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    test.person("bian.ji", Duty::Editor, &root).await;
    let editor = Browser::of(&test, "bian.ji").await;
    let page = editor.get("/console/rules?per_page=100").await.expect(200).plain();
    assert!(page.text.contains("待确认") && page.text.contains("导出表格"));
    let found = editor.get("/console/rules?q=依申请公开答复").await.expect(200).plain();
    assert!(found.text.contains(RULE) && found.text.contains("共 1 条"), "{}", found.text);
    let only = editor.get("/console/rules?only=to_confirm&pack=platform-settings").await.expect(200).plain();
    assert!(only.text.contains("platform.password"));
    let table = editor.get("/console/rules?format=csv").await.expect(200);
    assert!(table.header("content-type").starts_with("text/csv") && table.text.contains(RULE));
    let rule = editor.get(&format!("/console/rules/{RULE}")).await.expect(200).plain();
    assert!(rule.text.contains("国令第711号") && rule.text.contains("20个工作日") && !rule.text.contains("调整参数"));
    let past = editor.get(&format!("/console/rules/{RULE}?date=2018-01-01")).await.expect(200).plain();
    assert!(past.text.contains("还没有生效"), "{}", past.text);
    editor.get("/console/rules/no.such.rule").await.expect(404);
    editor.get("/console/rules?division=150200").await.expect(404);
}

#[db_test]
async fn a_wrong_value_comes_back_with_what_was_typed_and_a_looser_one_waits_on_the_desk(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    test.person("qu.yi", Duty::Supervisor, &root).await;
    test.person("qu.er", Duty::Supervisor, &root).await;
    let (one, two) = (Browser::of(&test, "qu.yi").await, Browser::of(&test, "qu.er").await);
    let path = format!("/console/rules/{RULE}/amend");
    one.get(&path).await.expect(200);
    let fields = [("division", "150000"), ("key", "days"), ("value", "二十"), ("reason", "示例原因")];
    let asked = one.post(&path, &fields).await.expect(422).plain();
    assert!(asked.text.contains("二十") && asked.text.contains("示例原因") && asked.text.contains("请填写数字"));
    let fields = [("division", "150000"), ("key", "days"), ("value", "25"), ("reason", "示例原因")];
    one.post(&path, &fields).await.expect(303);
    one.post(&path, &fields).await.expect(409);
    assert!(!one.get("/console").await.expect(200).plain().text.contains("等您审批"));
    let desk = two.get("/console").await.expect(200).plain();
    assert!(desk.text.contains("等您审批") && desk.text.contains("示例原因"));
    let id =
        desk.text.split("/console/rules/amendments/").nth(1).and_then(|rest| rest.split("/decide").next()).unwrap();
    let decide = format!("/console/rules/amendments/{id}/decide");
    one.post(&decide, &[("ruling", "approve")]).await.expect(403);
    two.post(&decide, &[("ruling", "approve"), ("remark", "同意")]).await.expect(303);
    let shown = two.get(&format!("/console/rules/{RULE}")).await.expect(200).plain();
    assert!(shown.text.contains("25个工作日") && shown.text.contains("经批准放宽"), "{}", shown.text);
    let all = two.get("/console/rules/amendments?state=in_force").await.expect(200).plain();
    assert!(all.text.contains("生效中") && all.text.contains("意见：同意"));
}

#[db_test]
async fn a_year_is_previewed_submitted_by_one_and_confirmed_by_another(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    test.person("qu.yi", Duty::Supervisor, &root).await;
    test.person("qu.er", Duty::Supervisor, &root).await;
    let (one, two) = (Browser::of(&test, "qu.yi").await, Browser::of(&test, "qu.er").await);
    let unknown = one.get("/console/calendar?year=2027").await.expect(200).plain();
    assert!(unknown.text.contains("2027年安排尚未录入"));
    let known = one.get("/console/calendar?year=2021").await.expect(200).plain();
    assert!(known.text.contains("国庆节") && known.text.contains("班") && known.text.contains("休"));
    let path = "/console/calendar/upload";
    let wrong = format!("{TABLE}2027-02-30,放假,示例节\n");
    let answer = one.post(path, &[("text", &wrong), ("step", "preview")]).await.expect(200).plain();
    assert!(answer.text.contains("第4行") && answer.text.contains("2027-02-30"), "{}", answer.text);
    let seen = one.upload(path, &[("step", "preview"), ("source", "示例通知")], "file", "2027.csv", TABLE.as_bytes());
    let seen = seen.await.expect(200).plain();
    assert!(seen.text.contains("提交复核") && seen.text.contains("星期六"), "{}", seen.text);
    one.upload(path, &[("step", "preview")], "file", "2027.csv", b"\xff\xfe\x00").await.expect(422);
    one.post(path, &[("text", TABLE), ("source", "示例通知"), ("step", "submit")]).await.expect(303);
    let desk = two.get("/console").await.expect(200).plain();
    assert!(desk.text.contains("等您复核"));
    let page = two.get("/console/calendar?year=2027").await.expect(200).plain();
    let id =
        page.text.split("/console/calendar/entries/").nth(1).and_then(|rest| rest.split("/decide").next()).unwrap();
    let decide = format!("/console/calendar/entries/{id}/decide");
    one.post(&decide, &[("verdict", "confirm")]).await.expect(403);
    two.post(&decide, &[("verdict", "confirm"), ("year", "2027")]).await.expect(303);
    let page = two.get("/console/calendar?year=2027").await.expect(200).plain();
    assert!(page.text.contains("已生效") && page.text.contains("个工作日"));
}

#[db_test]
async fn a_moved_due_day_stands_on_the_desk_until_somebody_has_seen_it(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let unit = test.unit("B", Some(&root)).await;
    let kept = kept(&test, &unit).await;
    test.person("bian.ji", Duty::Editor, &unit).await;
    let editor = Browser::of(&test, "bian.ji").await;
    let desk = editor.get("/console").await.expect(200).plain();
    assert!(desk.text.contains("到期日有变动") && desk.text.contains("2027-01-19"), "{}", desk.text);
    let list = editor.get("/console/deadlines").await.expect(200).plain();
    assert!(list.text.contains("示例公开申请"));
    let shown = editor.get(&format!("/console/deadlines/{}", kept.deadline)).await.expect(200).plain();
    assert!(shown.text.contains("第 20") && shown.text.contains("示例节"), "{}", shown.text);
    editor.post(&format!("/console/deadlines/notices/{}/acknowledge", kept.notice), &[]).await.expect(303);
    assert!(!editor.get("/console").await.expect(200).plain().text.contains("到期日有变动"));
}
