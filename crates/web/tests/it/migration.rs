//! A migration at a browser: a file is handed over, columns are set, a page is put right, tried, compared, reviewed.

use domain::{duty::Duty, ids::MigrationId, migration::OldPageKind};
use store::migration::page::PageFilter;
use testkit::{TestApp, TestDb, db_test};

use crate::support::Browser;

struct Office {
    test: TestApp,
    site: String,
    column: String,
    editor: Browser,
    manager: Browser,
    stranger: Browser,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("office", Some(&root)).await;
    let other = test.unit("other", Some(&root)).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let site = test.site("shili", &unit).await;
    let column = test.column(&site, "xwdt", "工作动态").await;
    test.person("editor", Duty::Editor, &unit).await;
    test.person("reviewer", Duty::Reviewer1, &unit).await;
    test.person("manager", Duty::SiteManager, &unit).await;
    let all = [Duty::Editor, Duty::Reviewer1, Duty::SiteManager, Duty::Supervisor].map(|duty| (duty, &other));
    test.person_with("stranger", &all).await;
    Office {
        editor: Browser::of(&test, "editor").await,
        manager: Browser::of(&test, "manager").await,
        stranger: Browser::of(&test, "stranger").await,
        site: site.id.to_string(),
        column: column.id.to_string(),
        test,
    }
}

/// Articles of a small old site, one a line.
pub fn old_articles(count: usize) -> String {
    (1..=count)
        .map(|number| {
            let line = serde_json::json!({
                "url": format!("http://old.shili.example/gzdt/2019/{number}.html"),
                "title": format!("旧网站第{number}条示例工作动态"),
                "date": format!("2019-05-{:02} 08:30", number % 28 + 1),
                "source": "示例单位",
                "column": "工作动态",
                "content": format!("<p>旧网站第{number}条示例工作动态的正文，用来测试迁移的各个页面。</p><p>第二段写明第{number}条的经过。</p>"),
            });
            format!("{line}\n")
        })
        .collect()
}

impl Office {
    /// A migration of a file, collected and read.
    async fn begun(&self, count: usize) -> MigrationId {
        let fields = [
            ("site", self.site.as_str()),
            ("kind", "file"),
            ("address", "http://old.shili.example/"),
            ("name", "示例迁移"),
        ];
        let file = old_articles(count);
        let answer =
            self.editor.upload("/console/migrations", &fields, "file", "旧站.jsonl", file.as_bytes()).await.expect(303);
        self.test.settle().await;
        answer.header("location").rsplit('/').next().unwrap().parse().unwrap()
    }

    async fn texts(&self, id: MigrationId) -> Vec<domain::migration::OldPage> {
        let kinds = vec![OldPageKind::Article, OldPageKind::Guide];
        let filter = PageFilter { kinds, ..PageFilter::default() };
        store::migration::page::list(&self.test.app.store.read(), id, &filter, 0, 100).await.unwrap().0
    }

    async fn map(&self, path: &str) {
        let fields = [
            ("key.0", "工作动态"),
            ("decision.0", "move"),
            ("target.0", self.column.as_str()),
            ("kind.0", "article"),
            ("reason.0", ""),
        ];
        self.editor.post(&format!("{path}/columns"), &fields).await.expect(303);
    }
}

#[db_test]
async fn a_new_migration_keeps_what_was_typed_when_something_is_wrong(db: TestDb) {
    let office = office(db).await;
    let form = office.editor.get("/console/migrations/new").await.expect(200);
    assert!(form.text.contains("shili示例网站"), "{}", form.text);
    let fields =
        [("site", office.site.as_str()), ("kind", "site"), ("address", ""), ("more_hosts", "bbs.shili.example")];
    let answer = office.editor.post("/console/migrations", &fields).await.expect(422);
    assert!(answer.text.contains("请填写旧网站的网址"), "{}", answer.text);
    assert!(answer.text.contains("bbs.shili.example"));
    let fields = [("site", office.site.as_str()), ("kind", "file"), ("address", "http://old.shili.example/")];
    office.editor.post("/console/migrations", &fields).await.expect(422);
    office.stranger.get("/console/migrations/new").await.expect(403);
}

#[db_test]
async fn an_old_site_is_moved_in_from_file_to_batch_review(db: TestDb) {
    let office = office(db).await;
    let id = office.begun(6).await;
    let path = format!("/console/migrations/{id}");

    let overview = office.editor.get(&path).await.expect(200);
    assert!(overview.text.contains("下一步") && overview.text.contains("栏目对应"), "{}", overview.text);
    assert!(!overview.text.contains("http-equiv"), "nothing runs any more");
    for report in ["assessment", "trial", "completion"] {
        let html = office.editor.get(&format!("{path}/reports/{report}?format=html")).await.expect(200);
        assert!(html.header("content-disposition").starts_with("attachment"));
        assert!(html.text.contains("示例迁移"));
        let sheet = office.editor.get(&format!("{path}/reports/{report}?format=xlsx")).await.expect(200);
        assert!(sheet.text.starts_with("PK"), "a workbook is a ZIP");
    }
    office.editor.get(&format!("{path}/reports/other")).await.expect(404);

    let columns = office.editor.get(&format!("{path}/columns")).await.expect(200);
    assert!(columns.text.contains("工作动态") && columns.text.contains("6 个内容页"), "{}", columns.text);
    let wrong =
        [("key.0", "工作动态"), ("decision.0", "drop"), ("target.0", ""), ("kind.0", "policy"), ("reason.0", "")];
    let again = office.editor.post(&format!("{path}/columns"), &wrong).await.expect(422);
    assert!(again.text.contains("请说明原因") && again.text.contains("value=\"drop\" selected"), "{}", again.text);
    office.map(&path).await;

    let pages = office.editor.get(&format!("{path}/pages?kind=text")).await.expect(200);
    assert!(pages.text.contains("旧网站第1条示例工作动态"), "{}", pages.text);
    let csv = office.editor.get(&format!("{path}/pages?kind=text&format=csv")).await.expect(200);
    assert_eq!(csv.text.lines().count(), 7);

    let old = office.texts(id).await.remove(0);
    let one = format!("{path}/pages/{}", old.id);
    let beside = office.editor.get(&one).await.expect(200).plain();
    assert!(beside.text.contains(&format!("src=\"{one}/original\"")) && beside.text.contains("sandbox"));
    let original = office.editor.get(&format!("{one}/original")).await.expect(200);
    assert!(original.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(original.header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(original.header("x-content-type-options"), "nosniff");
    assert!(original.text.contains(&old.title), "{}", original.text);
    let corrected = [
        ("title", "改正后的示例标题"),
        ("published", "2019-06-01 09:00"),
        ("source", "示例单位"),
        ("document_number", ""),
    ];
    office.editor.post(&one, &corrected).await.expect(303);
    assert!(office.editor.get(&one).await.text.contains("改正后的示例标题"));
    let wrong = [("title", "示例"), ("published", "某年某月"), ("source", "保留下来的来源")];
    let again = office.editor.post(&one, &wrong).await.expect(422);
    assert!(again.text.contains("保留下来的来源") && again.text.contains("发布时间应为"), "{}", again.text);

    let last = office.texts(id).await.pop().unwrap().id.to_string();
    let bulk = format!("{path}/pages?kind=text");
    let unticked = office.editor.post(&bulk, &[("fate", "dropped"), ("reason", "示例")]).await.expect(422);
    assert!(unticked.text.contains("请先在表格左侧勾选页面"));
    let unreasoned =
        office.editor.post(&bulk, &[("page", &last), ("fate", "dropped"), ("reason", "")]).await.expect(422);
    assert!(unreasoned.text.contains(" checked"), "the ticks stay");
    let done = [("page", last.as_str()), ("fate", "dropped"), ("reason", "内容已过期")];
    office.editor.post(&bulk, &done).await.expect(303);
    let learn = office.editor.post(&bulk, &[("page", &last), ("act", "learn")]).await.expect(303);
    assert!(learn.header("location").ends_with(&format!("/learn?page={last}")));
    office.editor.get(learn.header("location")).await.expect(200);

    office.editor.post(&format!("{path}/trial"), &[]).await.expect(303);
    assert!(office.editor.get(&path).await.text.contains("http-equiv=\"refresh\""), "it is at work");
    office.test.settle().await;
    let trial = office.editor.get(&format!("{path}/trial")).await.expect(200);
    assert!(trial.text.contains("按栏目比较") && trial.text.contains("相等"), "{}", trial.text);
    office.editor.post(&format!("{one}/checks"), &[("agrees", "no"), ("note", "")]).await.expect(422);
    office.editor.post(&format!("{one}/checks"), &[("agrees", "yes"), ("note", "")]).await.expect(303);
    let trial = office.editor.get(&format!("{path}/trial")).await.expect(200);
    assert!(trial.text.contains("editor示例") && trial.text.contains("一致"), "{}", trial.text);

    office.editor.post(&format!("{path}/submit"), &[]).await.expect(303);
    let reviewer = Browser::of(&office.test, "reviewer").await;
    let review = reviewer.get(&format!("{path}/review")).await.expect(200);
    assert!(review.text.contains("改正后的示例标题") && review.text.contains("抽查"), "{}", review.text);
    assert!(review.text.contains("整批通过其余页面"), "{}", review.text);
    reviewer.post(&format!("{path}/review"), &[("position", "1"), ("opinion", "")]).await.expect(409);

    let not_yet = office.manager.post(&format!("{path}/live"), &[]).await.expect(303);
    assert_eq!(not_yet.header("location"), path);
    office.manager.get(&format!("{path}/addresses")).await.expect(200);
    office.editor.post(&format!("{path}/live"), &[]).await.expect(403);
    let listed = office.manager.get("/console/migrations").await.expect(200);
    assert!(listed.text.contains("示例迁移") && listed.text.contains("审核中"), "{}", listed.text);
    office.editor.post(&format!("{path}/abandon"), &[("reason", "")]).await.expect(422);
    office.editor.post(&format!("{path}/abandon"), &[("reason", "示例原因")]).await.expect(303);
    assert!(office.editor.get(&path).await.text.contains("已放弃"));
}

#[db_test]
async fn the_original_of_an_old_page_is_shown_in_its_own_encoding_where_nothing_runs(db: TestDb) {
    let office = office(db).await;
    let html = "<html><head><meta charset=gb2312><title>示例公告</title></head><body><h1>示例公告</h1><script>alert(1)</script>\
                <p>这是一段用国标编码写成的示例公告正文，说明迁移之后仍能阅读。</p></body></html>";
    let (bytes, ..) = encoding_rs::GBK.encode(html);
    let fields = [("site", office.site.as_str()), ("kind", "file"), ("address", "http://old.shili.example/")];
    let answer = office.editor.upload("/console/migrations", &fields, "file", "gonggao.html", &bytes).await.expect(303);
    office.test.settle().await;
    let path = answer.header("location").to_owned();
    let id: MigrationId = path.rsplit('/').next().unwrap().parse().unwrap();
    let filter = PageFilter::default();
    let (pages, _) = store::migration::page::list(&office.test.app.store.read(), id, &filter, 0, 10).await.unwrap();
    let kept = pages.iter().find(|page| page.hash.is_some()).expect("the page that was handed over");
    let original = office.editor.get(&format!("{path}/pages/{}/original", kept.id)).await.expect(200);
    assert_eq!(original.header("content-type"), "text/html; charset=utf-8");
    assert!(original.text.contains("国标编码写成"), "{}", original.text);
    assert!(original.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
}

#[db_test]
async fn people_of_another_office_find_no_migration(db: TestDb) {
    let office = office(db).await;
    let id = office.begun(1).await;
    let path = format!("/console/migrations/{id}");
    let below =
        ["", "/columns", "/pages", "/learn", "/trial", "/review", "/addresses", "/abandon", "/reports/assessment"];
    for below in below {
        office.stranger.get(&format!("{path}{below}")).await.expect(404);
    }
    assert!(!office.stranger.get("/console/migrations").await.expect(200).text.contains("示例迁移"));
}
