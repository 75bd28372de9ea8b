//! Writing: nothing typed is lost, and everything wrong is said at its field.

use testkit::{TestDb, db_test};

use crate::{between, office};

#[db_test]
async fn a_draft_without_a_title_is_asked_again_and_keeps_its_type(db: TestDb) {
    let office = office(db).await;
    let unit = office.unit.id.to_string();
    let fields = [("kind", "policy"), ("unit", unit.as_str()), ("title", " ")];
    let page = office.editor.post("/console/resources", &fields).await.expect(422);
    assert!(page.text.contains("请先填写标题"));
    assert!(page.text.contains("value=\"policy\" checked"));
}

#[db_test]
async fn every_missing_element_is_named_and_the_text_stays(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let typed = [("body", "<p>写了很久的一段文字。</p>"), ("source", ""), ("secrecy_reviewed", "")];
    let version = office.version(id).await;
    let mut fields =
        vec![("lock_version", version.as_str()), ("do", "submit"), ("title", "示例标题"), ("open_mode", "active")];
    fields.extend(&typed[..2]);
    let page = office.editor.post(&format!("/console/editions/{id}"), &fields).await.expect(422);
    assert!(page.text.contains("写了很久的一段文字"), "{}", page.text);
    assert!(page.text.contains("“来源”为必填项"));
    assert!(page.text.contains("href=\"#field-source\""));
    assert!(page.text.contains("请在完成保密审查后勾选"));
    // The text was saved before it was refused, so the form carries the version after it.
    assert_ne!(between(&page.text, "name=\"lock_version\" value=\"", "\""), version);
}

#[db_test]
async fn an_unreadable_date_is_said_at_its_field_and_nothing_is_saved(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let page = office.press(id, "save", &[("expires_at", "明年"), ("title", "改过的标题")]).await.expect(422);
    assert!(page.text.contains("有效期至应写作"));
    assert!(page.text.contains("value=\"改过的标题\"") && page.text.contains("value=\"明年\""));
    let again = office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
    assert!(again.text.contains("value=\"示例标题\""));
}

#[db_test]
async fn whoever_saves_second_sees_both_versions_and_may_keep_their_own(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let old = office.version(id).await;
    office.press(id, "save", &[("body", "<p>先保存的文字。</p>")]).await.expect(303);
    let late = [("lock_version", old.as_str()), ("body", "<p>后保存的文字。</p>")];
    let page = office.press(id, "save", &late).await.expect(409);
    assert!(page.text.contains("以我的内容保存"), "{}", page.text);
    assert!(page.text.contains("后保存的文字"));
    assert!(page.text.contains("<del>") && page.text.contains("<ins>"));
    let now = between(&page.text, "name=\"lock_version\" value=\"", "\"").to_owned();
    office.press(id, "save", &[("lock_version", &now), ("body", "<p>后保存的文字。</p>")]).await.expect(303);
    let page = office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
    assert!(page.text.contains("后保存的文字") && !page.text.contains("先保存的文字"));
}

#[db_test]
async fn autosaving_answers_with_the_new_version_and_never_overwrites_another(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let path = format!("/console/editions/{id}/autosave");
    let version = office.version(id).await;
    let fields =
        [("lock_version", version.as_str()), ("title", "自动保存的标题"), ("body", ""), ("open_mode", "active")];
    let saved = office.editor.post(&path, &fields).await.expect(200);
    assert!(saved.text.contains("lock_version"));
    let stale = office.editor.post(&path, &fields).await.expect(409);
    assert!(stale.text.contains("未自动保存"));
    assert!(stale.header("content-type").starts_with("application/json"));
}

#[db_test]
async fn a_picture_travels_from_the_editor_into_the_text_and_back(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    let path = format!("/console/editions/{id}/pictures");
    let answer = office.editor.upload(&path, &[], "file", "示例图.png", picture).await.expect(200);
    let address = between(&answer.text, "\"url\":\"", "\"").to_owned();
    assert!(address.starts_with("/console/attachments/"), "{address}");
    let body = format!("<p>看图<img src=\"http://gov.example{address}\" alt=\"示例\"></p>");
    office.press(id, "save", &[("body", &body)]).await.expect(303);
    let stored = app::edition::load(&office.test.app, &office.writer, id).await.unwrap().edition;
    assert!(stored.body.contains("src=\"attachment:"), "{}", stored.body);
    let page = office.editor.get(&format!("/console/editions/{id}")).await.expect(200);
    assert!(page.text.contains(&format!("src=\"{address}\"")));
    let shown = office.editor.get(&address).await.expect(200);
    assert_eq!(shown.header("content-type"), "image/png");
    office.stranger.get(&address).await.expect(404);
    let refused = office.editor.upload(&path, &[], "file", "脚本.svg", b"<svg onload='x'/>").await.expect(422);
    assert!(refused.text.contains("不支持"));
}

#[db_test]
async fn files_are_uploaded_with_what_was_typed_and_taken_off_again(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let version = office.version(id).await;
    let fields = [
        ("lock_version", version.as_str()),
        ("do", "upload"),
        ("title", "上传时的标题"),
        ("body", ""),
        ("open_mode", "active"),
    ];
    let path = format!("/console/editions/{id}");
    office.editor.upload(&path, &fields, "file", "预算表.pdf", b"%PDF-1.7\n").await.expect(303);
    let page = office.editor.get(&format!("{path}/edit")).await.expect(200);
    assert!(page.text.contains("预算表.pdf") && page.text.contains("上传时的标题"));
    let file = between(&page.text, "value=\"remove:", "\"").to_owned();
    office.press(id, &format!("remove:{file}"), &[]).await.expect(303);
    let page = office.editor.get(&format!("{path}/edit")).await.expect(200);
    assert!(!page.text.contains("预算表.pdf"));
}

#[db_test]
async fn what_the_machine_finds_is_corrected_or_overruled_with_a_reason(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("示例标题").await;
    let body = "<p>现印发内政办发[2026]8号文件。</p>";
    office.press(id, "screen", &[("body", body)]).await.expect(303);
    let page = office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
    let finding = between(&page.text, "value=\"adopt:", ":0\"").to_owned();
    let silent = office.press(id, &format!("overrule:{finding}"), &[("body", body)]).await.expect(422);
    assert!(silent.text.contains("须写明理由"));
    office.press(id, &format!("adopt:{finding}"), &[("body", body)]).await.expect(303);
    let page = office.editor.get(&format!("/console/editions/{id}/edit")).await.expect(200);
    assert!(page.text.contains("内政办发〔2026〕8号"), "{}", page.text);
}

#[db_test]
async fn a_discarded_draft_leaves_the_desk_but_not_the_library(db: TestDb) {
    let office = office(db).await;
    let id = office.draft("不再需要的示例").await;
    assert!(office.editor.get("/console").await.expect(200).text.contains("不再需要的示例"));
    office.editor.post(&format!("/console/editions/{id}/discard"), &[]).await.expect(303);
    assert!(!office.editor.get("/console").await.expect(200).text.contains("不再需要的示例"));
    let ended = office.editor.get("/console/resources?state=ended").await.expect(200);
    assert!(ended.text.contains("不再需要的示例"));
    let csv = office.editor.get("/console/resources?state=ended&format=csv").await.expect(200);
    assert!(csv.text.contains("不再需要的示例") && csv.header("content-type").starts_with("text/csv"));
}
