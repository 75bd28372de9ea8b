//! Lexicons, the stock and the screening interface, through the doors that people and systems use.

use app::api_token::{NewToken, issue};
use axum::{body::Body, http::Method};
use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

use crate::support::{Answer, Browser};

/// The part of an address after `before`, up to the next character that cannot stand in a key.
fn key_after<'t>(text: &'t str, before: &str) -> &'t str {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default()
}

#[db_test]
async fn a_word_is_proposed_tried_out_and_confirmed_by_another_person(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    test.person("qu.yi", Duty::Supervisor, &root).await;
    test.person("qu.er", Duty::Supervisor, &root).await;
    let (one, two) = (Browser::of(&test, "qu.yi").await, Browser::of(&test, "qu.er").await);
    let unit = root.id.to_string();
    let fields = [
        ("name", "示例词库"),
        ("unit", unit.as_str()),
        ("category", "sensitive"),
        ("severity", "block"),
        ("source", "示例清单"),
    ];
    one.get("/console/lexicons/new").await.expect(200);
    let kept = one.post("/console/lexicons", &[("name", "写到一半"), ("unit", &unit)]).await.expect(422);
    assert!(kept.text.contains("写到一半"));
    let made = one.post("/console/lexicons", &fields).await.expect(303);
    let path = made.header("location").to_owned();
    let wrong = one.post(&format!("{path}/propose"), &[("action", "add"), ("word", "示例敏感词")]).await.expect(422);
    assert!(wrong.text.contains("示例敏感词") && wrong.text.contains("请说明变更原因"), "{}", wrong.text);
    let proposed = one
        .post(&format!("{path}/propose"), &[("action", "add"), ("word", "示例敏感词"), ("reason", "示例原因")])
        .await
        .expect(303);
    let change = proposed.header("location").to_owned();
    let own = one.get(&change).await.expect(200);
    assert!(own.text.contains("示＊＊＊＊") && !own.text.contains("示例敏感词"), "{}", own.text);
    assert!(own.text.contains("等另一位有权人员确认") && !own.text.contains("verdict"));
    let desk = two.get("/console").await.expect(200).plain();
    assert!(desk.text.contains("词库变更，等您确认") && desk.text.contains(&change), "{}", desk.text);
    let revealed = two.post(&format!("{change}/reveal"), &[]).await.expect(200);
    assert!(revealed.text.contains("示例敏感词"));
    let tried = two.post(&format!("{change}/try"), &[("text", "文中有示例敏感词一处。")]).await.expect(200);
    assert!(tried.text.contains("本次变更引起"), "{}", tried.text);
    two.post(&format!("{change}/try"), &[("text", " ")]).await.expect(422);
    two.post(&format!("{change}/decide"), &[("verdict", "refuse")]).await.expect(422);
    one.post(&format!("{change}/decide"), &[("verdict", "confirm")]).await.expect(403);
    two.post(&format!("{change}/decide"), &[("verdict", "confirm")]).await.expect(303);
    two.post(&format!("{change}/decide"), &[("verdict", "confirm")]).await.expect(409);
    let shown = two.get(&format!("{path}?q=敏感")).await.expect(200).plain();
    assert!(shown.text.contains("示＊＊＊＊") && !shown.text.contains("示例敏感词"), "{}", shown.text);
    let key = key_after(&shown.text, &format!("{path}/entries/")).to_owned();
    let entry = two.get(&format!("{path}/entries/{key}")).await.expect(200);
    assert!(entry.text.contains("示＊＊＊＊") && entry.text.contains("示例原因"));
    let revealed = two.post(&format!("{path}/entries/{key}/reveal"), &[]).await.expect(200);
    assert!(revealed.text.contains("示例敏感词"));
    let table = one.post(&format!("{path}/export"), &[]).await.expect(200);
    assert!(table.header("content-type").starts_with("text/csv") && table.text.contains("示例敏感词"));
    let list = one.get("/console/lexicons").await.expect(200).plain();
    assert!(list.text.contains("示例词库") && list.text.contains("随平台提供"));
    let starter = key_after(&list.text, "<td class=\"zt-cell-main\"><a href=\"/console/lexicons/").to_owned();
    let shipped = one.get(&format!("/console/lexicons/{starter}")).await.expect(200);
    assert!(shipped.text.contains("随平台提供的词库只读") && shipped.text.contains("停用或调轻词条"));
    one.get(&format!("/console/lexicons/{starter}/propose?action=withdraw")).await.expect(200);
    one.get("/console/lexicon-changes?state=confirmed&format=csv").await.expect(200);
    one.get("/console/lexicons/no-such-pack").await.expect(404);
    let found = one.get(&format!("{path}/settings")).await.expect(200);
    assert!(found.text.contains("示例清单"));
}

#[db_test]
async fn a_file_with_bad_lines_is_previewed_and_its_bad_lines_can_be_fetched(db: TestDb) {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    test.person("qu.yi", Duty::Supervisor, &root).await;
    test.person("qu.er", Duty::Supervisor, &root).await;
    let (one, two) = (Browser::of(&test, "qu.yi").await, Browser::of(&test, "qu.er").await);
    let unit = root.id.to_string();
    let fields = [
        ("name", "示例词库"),
        ("unit", unit.as_str()),
        ("category", "wording"),
        ("severity", "warn"),
        ("source", "示例清单"),
    ];
    let path = one.post("/console/lexicons", &fields).await.expect(303).header("location").to_owned();
    let import = format!("{path}/import");
    one.get(&import).await.expect(200);
    let file = "词,级别,建议\n示例错词,请核对,示例对词\nb,请核对,\n示例错词,请核对,又一次\n";
    let blank = one.upload(&import, &[("reason", " ")], "file", "名单.csv", file.as_bytes()).await.expect(422);
    assert!(blank.text.contains("请说明变更原因"), "{}", blank.text);
    one.post(&import, &[("reason", "示例")]).await.expect(422);
    let read = one.upload(&import, &[("reason", "示例名单")], "file", "名单.csv", file.as_bytes()).await.expect(303);
    let change = read.header("location").to_owned();
    let preview = one.get(&change).await.expect(200).plain();
    assert!(preview.text.contains("还没有提出") && preview.text.contains("不能导入的行 1"), "{}", preview.text);
    let bad = one.get(&format!("{change}/rejected")).await.expect(200);
    assert!(bad.text.contains("\"3\""), "{}", bad.text);
    two.get(&change).await.expect(404);
    one.post(&format!("{change}/submit"), &[]).await.expect(303);
    let seen = two.get(&change).await.expect(200);
    assert!(seen.text.contains("示例错词") && seen.text.contains("示例对词"));
    two.post(&format!("{change}/decide"), &[("verdict", "confirm")]).await.expect(303);
    test.settle().await;
    let runs = one.get("/console/stock/runs").await.expect(200);
    assert!(runs.text.contains("词库变更复查"), "{}", runs.text);
    one.get("/console/stock").await.expect(200);
}

async fn screen(browser: &Browser, secret: &str, body: impl Into<Body>) -> Answer {
    let bearer = format!("Bearer {secret}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    browser.send(Method::POST, "/api/v1/screenings", &headers, body.into()).await
}

#[db_test]
async fn systems_have_texts_screened_by_the_packs_of_their_unit(db: TestDb) {
    let test = TestApp::on(db).await;
    let app = &test.app;
    let root = test.unit("A", None).await;
    let unit = test.unit("B", Some(&root)).await;
    let other = test.unit("C", Some(&root)).await;
    let one = test.person("qu.yi", Duty::Editor, &unit).await;
    let two = test.person("qu.er", Duty::SiteManager, &unit).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &root).await;
    let new = app::lexicon::NewPack {
        name: "示例词库".into(),
        unit: unit.id.to_string(),
        category: "wording".into(),
        severity: "block".into(),
        message: None,
        source: "示例清单".into(),
    };
    let pack = app::lexicon::create(app, &one, &new).await.unwrap();
    let entry = app::lexicon::NewEntry {
        action: "add".into(),
        word: "示例错词".into(),
        suggestion: Some("示例对词|另一写法".into()),
        reason: "示例".into(),
        ..app::lexicon::NewEntry::default()
    };
    let change = app::lexicon::propose(app, &one, &app::lexicon::PackRef::Stored(pack), &entry).await.unwrap();
    app::lexicon::decide(app, &two, change, app::lexicon::Verdict::Confirm, "").await.unwrap();
    let token = async |unit: &domain::unit::Unit, scope: &str| {
        let new = NewToken { name: "示例系统".into(), unit: unit.id, scopes: vec![scope.into()], days: 30 };
        issue(app, &security, &new).await.unwrap().secret
    };
    let (secret, foreign, reader) =
        (token(&unit, "screening:run").await, token(&other, "screening:run").await, token(&unit, "library:read").await);
    let browser = Browser::anonymous(&test);
    let sent = r#"{"title":"示例标题","text":"第一段。\n这里有示例错词。","attachments":[{"name":"附件.txt","text":"又有示例错词"}]}"#;
    let answer = screen(&browser, &secret, sent).await.expect(200);
    let found: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let hits: Vec<&serde_json::Value> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule_id"].as_str().is_some_and(|id| id.starts_with("lexicon.office-")))
        .collect();
    assert_eq!(hits.len(), 2, "{found}");
    let body = hits.iter().find(|hit| hit["field"] == "body").unwrap();
    let plain: Vec<char> = "第一段。\n这里有示例错词。".chars().collect();
    let (start, end) =
        (body["range"]["start"].as_u64().unwrap() as usize, body["range"]["end"].as_u64().unwrap() as usize);
    assert_eq!(plain[start..end].iter().collect::<String>(), "示例错词", "{body}");
    assert_eq!(body["suggestions"], serde_json::json!(["示例对词", "另一写法"]));
    assert_eq!((found["blocks"].as_bool(), body["severity"].as_str()), (Some(true), Some("block")));
    let elsewhere = screen(&browser, &foreign, sent).await.expect(200);
    assert!(!elsewhere.text.contains("lexicon.office-"), "another unit's words are not its own: {}", elsewhere.text);
    screen(&browser, &reader, sent).await.expect(403);
    screen(&browser, "zt_wrong", sent).await.expect(401);
    let many: Vec<_> = (0..21).map(|n| serde_json::json!({ "name": format!("{n}.txt"), "text": "示例" })).collect();
    for (body, status, said) in [
        ("{".to_owned(), 400, "JSON"),
        (r#"{"text":"示例","colour":"red"}"#.to_owned(), 400, "colour"),
        (r#"{"title":"示例"}"#.to_owned(), 422, "body_html"),
        (r#"{"text":"示例","body_html":"<p>示例</p>"}"#.to_owned(), 422, "只能提供一个"),
        (r#"{"text":"示例","kind":"poem"}"#.to_owned(), 422, "kind"),
        (r#"{"text":"示例","elements":{"colour":"red"}}"#.to_owned(), 422, "colour"),
        (format!(r#"{{"text":"{}","title":"{}"}}"#, "示例", "长".repeat(201)), 422, "title"),
        (serde_json::json!({ "text": "示例", "attachments": many }).to_string(), 422, "attachments"),
        (format!(r#"{{"text":"{}"}}"#, "长".repeat(400_000)), 413, "1 MB"),
    ] {
        let answer = screen(&browser, &secret, body).await.expect(status);
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
    }
    let filter = store::audit::AuditFilter { action: Some("screening.request".into()), ..Default::default() };
    let (events, _) = store::audit::search(&app.store.read(), &filter, 0, 100).await.unwrap();
    assert_eq!(events.len(), 2, "calls that were answered are on record");
    assert!(events.iter().all(|event| !format!("{event:?}").contains("示例错词")), "nothing of the text is kept");
    let description = browser.get("/api/openapi.json").await.expect(200);
    assert!(description.text.contains("/api/v1/screenings"));
}
