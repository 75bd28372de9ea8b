//! What every request passes through: login, token, headers, error pages, static files.

use axum::{body::Body, http::Method};
use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

use crate::support::Browser;

async fn an_editor(db: TestDb) -> (TestApp, Browser) {
    let test = TestApp::on(db).await;
    let unit = test.unit("A", None).await;
    test.person("editor", Duty::Editor, &unit).await;
    let browser = Browser::of(&test, "editor").await;
    (test, browser)
}

#[db_test]
async fn without_a_session_people_are_led_to_the_login_and_back(db: TestDb) {
    let test = TestApp::on(db).await;
    let visitor = Browser::anonymous(&test);
    let answer = visitor.get("/console/session-state?x=1").await.expect(303);
    assert_eq!(answer.header("location"), "/console/login?next=/console/session-state%3Fx%3D1");
    let fragment = visitor.get_fragment("/console/session-state").await.expect(401);
    assert!(fragment.header("hx-redirect").starts_with("/console/login?next="));
    let stranger = Browser { session: Some("0".repeat(64)), ..visitor };
    stranger.get("/console/session-state").await.expect(303);
}

#[db_test]
async fn a_session_tells_its_token(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let answer = editor.get("/console/session-state").await.expect(200);
    assert!(answer.text.contains(&editor.csrf_token()));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[db_test]
async fn a_form_without_the_token_or_from_another_site_is_refused_and_what_was_typed_is_shown(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let typed = ("summary", "写了很久的一段文字，不能丢失");
    let stale = editor.post_exactly("/console/styleguide", &[typed], "same-origin").await.expect(403);
    assert!(stale.text.contains(typed.1), "{}", stale.text);
    let token = editor.csrf_token();
    let fields = [("csrf_token", token.as_str()), typed];
    editor.post_exactly("/console/styleguide", &fields, "cross-site").await.expect(403);
    editor.post_exactly("/console/styleguide", &fields, "same-site").await.expect(403);
    editor.post_exactly("/console/styleguide", &fields, "same-origin").await.expect(422);
}

#[db_test]
async fn an_upload_is_checked_for_its_token_and_arrives_whole(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let content = vec![b'x'; 200_000];
    let answer =
        editor.upload("/console/styleguide", &[("title", "带附件的表单")], "attachment", "a.pdf", &content).await;
    assert!(answer.expect(422).text.contains("带附件的表单"));
    let body = "--sample\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\nwrong\r\n--sample--\r\n";
    let headers = [("content-type", "multipart/form-data; boundary=sample"), ("sec-fetch-site", "same-origin")];
    editor.send(Method::POST, "/console/styleguide", &headers, Body::from(body)).await.expect(403);
}

#[db_test]
async fn uploads_in_a_burst_are_asked_to_wait_before_they_are_read(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    for _ in 0..60 {
        editor.upload("/console/styleguide", &[("title", "示例")], "attachment", "a.pdf", b"x").await.expect(422);
    }
    let answer = editor.upload("/console/styleguide", &[("title", "示例")], "attachment", "a.pdf", b"x").await;
    assert!(answer.expect(429).text.contains("上传太频繁"));
    editor.post("/console/styleguide", &[("title", "示例")]).await.expect(422);
}

#[db_test]
async fn a_nul_character_reaches_no_database(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    for path in ["/console/library?q=%00", "/console/editions/%00", "/sites/%00/", "/%00", "/api/v1/changes?after=%00"]
    {
        editor.get(path).await.expect(400);
    }
    let page = editor.post("/console/styleguide", &[("title", "示\u{0}例"), ("number", "乱写")]).await.expect(422);
    assert!(page.text.contains("示例") && !page.text.contains('\u{0}'));
}

#[db_test]
async fn a_refused_form_keeps_what_was_typed_and_names_each_field(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let page = editor.post("/console/styleguide", &[("title", "<b>标题</b>"), ("number", "乱写")]).await.expect(422);
    assert!(page.text.contains("&lt;b&gt;标题"), "typed text is kept and escaped");
    assert!(page.text.contains("href=\"#field-number\""));
    assert!(page.text.contains("aria-invalid=\"true\""));
}

#[db_test]
async fn every_page_forbids_inline_scripts_framing_and_sniffing(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let page = editor.get("/console/nothing-here").await.expect(404);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(page.text.contains("没有找到这个页面"));
    assert!(page.text.contains("工作台"), "the frame stays around an error");
    let editor_page = editor.get("/console/styleguide").await.expect(200);
    let policy = editor_page.header("content-security-policy");
    assert!(policy.contains("style-src 'self' 'unsafe-inline'") && !policy.contains("script-src"), "{policy}");
    assert!(!editor_page.text.contains("<script>") && !editor_page.text.contains(" style=\""));
}

#[db_test]
async fn htmx_gets_the_content_of_the_same_page_without_the_frame(db: TestDb) {
    let (_test, editor) = an_editor(db).await;
    let whole = editor.get("/console/styleguide?page=2").await.expect(200);
    let part = editor.get_fragment("/console/styleguide?page=2").await.expect(200);
    assert!(whole.text.contains("<nav class=\"zt-nav\"") && !part.text.contains("<nav class=\"zt-nav\""));
    assert!(whole.text.contains("id=\"list\"") && part.text.contains("id=\"list\""));
    assert!(part.header("vary").contains("HX-Request"));
    let problem = editor.get_fragment("/console/nothing-here").await.expect(404);
    assert_eq!(problem.header("hx-retarget"), "#messages");
}

#[db_test]
async fn bundled_files_are_cached_for_ever_and_sent_compressed(db: TestDb) {
    let test = TestApp::on(db).await;
    let visitor = Browser::anonymous(&test);
    let state = crate::support::state(&test);
    let url = state.assets.url("console.css").expect("run `make assets` before the tests");
    let send = |accept: &'static str| {
        let (visitor, url) = (visitor.clone(), url.clone());
        async move {
            let headers = [("accept-encoding", accept)];
            visitor.send(Method::GET, &url, &headers, Body::empty()).await.expect(200)
        }
    };
    let compressed = send("gzip, br").await;
    assert_eq!(compressed.header("content-encoding"), "br");
    assert!(compressed.header("cache-control").contains("immutable"));
    let plain = send("identity").await;
    assert!(plain.text.contains(".zt-nav"));
    visitor.get("/assets/console.0000000000.css").await.expect(404);
}
