//! What citizens get: pages of releases at a site's own domain and below `/sites/`, and nothing else.

use std::sync::Arc;

use app::{
    edition::{self, NewDraft},
    placement, recall, release, review,
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request},
};
use domain::{actor::Actor, duty::Duty, element::Elements, ids::ResourceId, resource::ResourceKind, site::Site};
use testkit::{TestApp, TestDb, db_test};
use tower::ServiceExt;
use web::{WebConfig, WebState};

struct Portal {
    test: TestApp,
    web: WebState,
    router: Router,
    site: Site,
    manager: Actor,
    article: ResourceId,
    path: String,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// A site with one published article that has two files.
async fn portal(db: TestDb) -> Portal {
    let test = TestApp::on(db).await;
    let unit = test.unit("office", None).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let site = test.site("region", &unit).await;
    let news = test.column(&site, "xwdt", "工作动态").await;
    let editor = test.person("editor", Duty::Editor, &unit).await;
    let reviewer = test.person("reviewer", Duty::Reviewer1, &unit).await;
    let manager = test.person("manager", Duty::SiteManager, &unit).await;
    let app = &test.app;
    let draft = NewDraft {
        kind: ResourceKind::Article,
        unit: unit.id,
        title: "示例动态".into(),
        body: "<p>示例正文。</p>".into(),
        elements: Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() },
        origin_key: None,
        address_month: None,
    };
    let created = edition::create(app, &editor, draft).await.unwrap().edition;
    let article = created.resource;
    let file = app::attachment::Upload {
        file_name: "示例说明.txt".into(),
        bytes: "示例附件内容。\n".repeat(80).into_bytes().into(),
        usage: domain::attachment::AttachmentUse::Listed,
        alt_text: None,
        replace: false,
    };
    app::attachment::upload(app, &editor, created.id, &file).await.unwrap();
    placement::propose(app, &editor, article, &[news.id], None).await.unwrap();
    let now = edition::load(app, &editor, created.id).await.unwrap().edition.lock_version;
    let review = edition::submit(app, &editor, created.id, now).await.unwrap().review;
    review::pass(app, &reviewer, review.id, review.steps[0].id, None).await.unwrap();
    release::publish_site(app, site.id).await.unwrap().unwrap();
    let (_, live) = release::live_pages(app, site.id).await.unwrap();
    let path =
        live.into_iter().map(|page| page.path).find(|path| path.starts_with("content/") && path.ends_with(".html"));
    let web = WebState::new(Arc::new(test.app.clone()), WebConfig::default());
    web.portal.refresh().await.unwrap();
    Portal { router: web::router(web.clone()), web, test, site, manager, article, path: path.unwrap() }
}

impl Portal {
    async fn ask(&self, method: &str, host: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let address: std::net::SocketAddr = "192.0.2.7:1000".parse().unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", self.site.domain.as_str(), path, &[]).await
    }
}

#[db_test]
async fn a_site_answers_at_its_domain_and_below_its_short_word_with_the_same_bytes(db: TestDb) {
    let portal = portal(db).await;
    let at_domain = portal.get(&format!("/{}", portal.path)).await;
    assert_eq!(at_domain.status, 200);
    assert!(at_domain.text().contains("示例动态"));
    let below = portal.ask("GET", "elsewhere.example:8080", &format!("/sites/region/{}", portal.path), &[]).await;
    assert_eq!((below.status, &below.body), (200, &at_domain.body));
    for path in ["/", "/index.html", "/xwdt/", "/xwdt/index.html", "/sitemap.xml", "/sitemap.html"] {
        assert_eq!(portal.get(path).await.status, 200, "{path}");
    }
    assert!(portal.get("/").await.header("content-type").starts_with("text/html"));
    let index = portal.ask("GET", "elsewhere.example", "/", &[]).await;
    assert!(index.text().contains("sites/region/"));
}

#[db_test]
async fn a_page_is_revalidated_by_its_hash_and_sent_compressed(db: TestDb) {
    let portal = portal(db).await;
    let path = format!("/{}", portal.path);
    let plain = portal.get(&path).await;
    let tag = plain.header("etag").to_owned();
    assert_eq!(plain.header("cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!(plain.header("x-content-type-options"), "nosniff");
    assert!(plain.header("content-security-policy").contains("default-src 'self'"));
    let host = portal.site.domain.to_string();
    let again = portal.ask("GET", &host, &path, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    for encoding in ["br", "gzip"] {
        let packed = portal.ask("GET", &host, &path, &[("accept-encoding", encoding)]).await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.body.len() < plain.body.len() / 2);
        assert_ne!(packed.header("etag"), tag);
        let again = portal
            .ask("GET", &host, &path, &[("accept-encoding", encoding), ("if-none-match", packed.header("etag"))])
            .await;
        assert_eq!(again.status, 304);
    }
    let head = portal.ask("HEAD", &host, &path, &[]).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), plain.body.len().to_string());
    assert_eq!(portal.ask("POST", &host, &path, &[]).await.status, 405);
}

#[db_test]
async fn theme_files_are_kept_for_ever_and_attachments_are_saved(db: TestDb) {
    let portal = portal(db).await;
    let (_, live) = release::live_pages(&portal.test.app, portal.site.id).await.unwrap();
    let asset = live.iter().find(|page| page.path.starts_with("assets/")).unwrap();
    assert!(portal.get(&format!("/{}", asset.path)).await.header("cache-control").contains("immutable"));
    let file = live.iter().find(|page| page.edition.is_some() && !page.path.ends_with(".html")).unwrap();
    let encoded = web::error_page::percent_encode(&file.path);
    let sent = portal.get(&format!("/{encoded}")).await;
    assert_eq!(sent.status, 200, "{encoded}");
    assert!(sent.header("content-disposition").starts_with("attachment"));
    assert!(sent.header("content-security-policy").contains("sandbox"));
    assert!(sent.text().contains("示例附件内容"));
}

#[db_test]
async fn what_is_not_in_the_release_is_not_found_whatever_the_path_says(db: TestDb) {
    let portal = portal(db).await;
    for path in [
        "/nothing",
        "/xwdt/nothing.html",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/content/..%2f..%2fx",
        "/%ff",
        "/assets/",
        "//elsewhere.example/",
        "/console/login",
    ] {
        let answer = portal.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("root:"));
    }
    let deep = portal.get("/a/b/c").await;
    assert!(deep.text().contains("../../index.html") && !deep.text().contains("__site_root__"), "links fit the depth");
    assert_eq!(portal.ask("GET", "elsewhere.example", "/sites/unknown/", &[]).await.status, 404);
}

#[db_test]
async fn a_folder_without_its_slash_is_moved(db: TestDb) {
    let portal = portal(db).await;
    let moved = portal.get("/xwdt?from=mail").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/xwdt/?from=mail"));
    let moved = portal.ask("GET", "elsewhere.example", "/sites/region", &[]).await;
    assert_eq!((moved.status, moved.header("location")), (301, "/sites/region/"));
}

#[db_test]
async fn a_recalled_page_and_its_files_answer_410(db: TestDb) {
    let portal = portal(db).await;
    let app = &portal.test.app;
    recall::recall(app, &portal.manager, portal.article, "内容有误", "已撤回。").await.unwrap();
    let number = release::publish_site(app, portal.site.id).await.unwrap().unwrap().release.unwrap().number;
    portal.web.portal.refresh().await.unwrap();
    let gone = portal.get(&format!("/{}", portal.path)).await;
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("已撤回。") && !gone.text().contains("示例正文"));
    let (_, live) = release::live_pages(app, portal.site.id).await.unwrap();
    let files: Vec<_> =
        live.iter().filter(|page| page.path.starts_with("content/") && page.path != portal.path).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(portal.get(&format!("/{}", web::error_page::percent_encode(&files[0].path))).await.status, 410);
    assert_eq!(number, 2);
    assert!(!portal.get("/xwdt/").await.text().contains("示例动态"));
}

#[db_test]
async fn a_release_shows_by_itself_within_a_second(db: TestDb) {
    let portal = portal(db).await;
    let fresh = portal.web.portal.keep_fresh();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let app = &portal.test.app;
    recall::recall(app, &portal.manager, portal.article, "内容有误", "").await.unwrap();
    release::publish_site(app, portal.site.id).await.unwrap();
    let mut status = 200;
    for _ in 0..100 {
        status = portal.get(&format!("/{}", portal.path)).await.status;
        if status == 410 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(status, 410);
    fresh.abort();
}

#[db_test]
async fn a_suspended_site_answers_503_and_a_site_in_preparation_is_not_found(db: TestDb) {
    let portal = portal(db).await;
    for (state, status) in [("suspended", 503), ("preparing", 404), ("closed", 410), ("live", 200)] {
        let site = app::site::get(&portal.test.app, &portal.manager, portal.site.id).await.unwrap();
        let change = app::site::SiteChange {
            name: site.name,
            domain: site.domain.into(),
            site_code: site.site_code.map(Into::into),
            icp_record: site.icp_record.map(Into::into),
            police_record: site.police_record.map(Into::into),
            conac_id: None,
            operator: None,
            contact: site.contact,
            description: site.description,
            state: domain::site::SiteState::parse(state).unwrap(),
            lock_version: site.lock_version,
        };
        app::site::change(&portal.test.app, &portal.manager, portal.site.id, change).await.unwrap();
        portal.web.portal.refresh().await.unwrap();
        assert_eq!(portal.get("/").await.status, status, "{state}");
    }
}
