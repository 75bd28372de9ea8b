//! A site of one instance moves to a site of another through the open interface: with its fields, its files, its dates.

use std::{sync::Arc, time::Duration};

use app::{
    api_token::{NewToken, issue},
    edition::{self, NewDraft},
    migration::{self, InstanceToken, NewMigration, PageFilter},
    placement, release, review,
};
use axum::{Router, body::Body, http::Request};
use domain::{
    duty::Duty,
    element::Elements,
    migration::{MigrationState, OldPageKind, SourceKind},
    resource::ResourceKind,
    time::parse_beijing,
};
use fetch::{Ask, Fetch, FetchError, Fetched};
use testkit::{TestApp, TestDb, db_test};
use tower::ServiceExt;

use crate::support::{BASE_URL, state};

/// A network whose only server is this platform.
struct OneServer(Router);

#[async_trait::async_trait]
impl Fetch for OneServer {
    async fn fetch(&self, ask: Ask) -> Result<Fetched, FetchError> {
        let target = ask.address.path().to_owned() + &ask.address.query().map(|q| format!("?{q}")).unwrap_or_default();
        let mut request = Request::get(target).header("host", ask.address.host_str().unwrap());
        if let Some(token) = &ask.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = self.0.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let headers = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned()));
        Ok(Fetched {
            asked: ask.address.clone(),
            chain: Vec::new(),
            address: ask.address,
            peer: None,
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
            truncated: None,
            started: parse_beijing("2026-11-20 10:00").unwrap(),
            took: Duration::ZERO,
        })
    }
}

#[db_test]
async fn a_site_of_another_instance_moves_in_through_the_open_interface(db: TestDb) {
    let mut test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("office", Some(&root)).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let old = test.site("jiuzhan", &unit).await;
    let old_news = test.column(&old, "xwdt", "工作动态").await;
    let new = test.site("xinzhan", &unit).await;
    test.column(&new, "news", "工作动态").await;
    let editor = test.person("editor", Duty::Editor, &unit).await;
    let reviewer = test.person("reviewer", Duty::Reviewer1, &unit).await;
    let security = test.person("security", Duty::SecurityAdmin, &root).await;
    let app = &test.app;
    let draft = NewDraft {
        kind: ResourceKind::Article,
        unit: unit.id,
        title: "示例动态".into(),
        body: "<p>示例正文，讲了一件示例的事情。</p>".into(),
        elements: Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() },
        origin_key: None,
        address_month: None,
    };
    let created = edition::create(app, &editor, draft).await.unwrap().edition;
    let file = app::attachment::Upload {
        file_name: "示例说明.txt".into(),
        bytes: "示例附件内容。\n".into(),
        usage: domain::attachment::AttachmentUse::Listed,
        alt_text: None,
        replace: false,
    };
    app::attachment::upload(app, &editor, created.id, &file).await.unwrap();
    placement::propose(app, &editor, created.resource, &[old_news.id], None).await.unwrap();
    let now = edition::load(app, &editor, created.id).await.unwrap().edition.lock_version;
    let submitted = edition::submit(app, &editor, created.id, now).await.unwrap().review;
    review::pass(app, &reviewer, submitted.id, submitted.steps[0].id, None).await.unwrap();
    release::publish_site(app, old.id).await.unwrap().unwrap();
    let scopes = vec!["library:read".into(), "library:changes".into()];
    let token = NewToken { name: "示例系统".into(), unit: root.id, scopes, days: 30 };
    let token = InstanceToken(issue(app, &security, &token).await.unwrap().secret);
    let web = state(&test);
    web.portal.refresh().await.unwrap();
    test.app.fetch = Arc::new(OneServer(web::router(web)));
    let app = &test.app;

    let interface = format!("{BASE_URL}/");
    let begin = NewMigration {
        kind: Some(SourceKind::Instance),
        address: format!("http://{}/", old.domain),
        local: Some(interface.clone()),
        ..NewMigration::default()
    };
    let begun = migration::create(app, &editor, new.id, begin).await.unwrap();
    // A wrong token, and an address at which citizens are answered, not systems.
    let wrong = InstanceToken("zt_wrong".into());
    let portal = format!("http://{}/", old.domain);
    for (interface, token, said) in [(&interface, &wrong, "令牌"), (&portal, &token, "开放接口")] {
        migration::collect_instance(app, &editor, begun.id, interface, token).await.unwrap();
        let refused = migration::show(app, &editor, begun.id).await.unwrap().row.migration;
        assert_eq!(refused.state, MigrationState::Collecting);
        assert!(refused.fault.as_deref().is_some_and(|fault| fault.contains(said)), "{:?}", refused.fault);
    }

    migration::collect_instance(app, &editor, begun.id, &interface, &token).await.unwrap();
    let view = migration::show(app, &editor, begun.id).await.unwrap();
    assert_eq!(view.row.migration.state, MigrationState::Mapping, "{:?}", view.row.migration.fault);
    let (pages, _) = migration::pages(app, &editor, begun.id, &PageFilter::default(), 0, 100).await.unwrap();
    let article = pages.iter().find(|page| page.kind == OldPageKind::Article).unwrap_or_else(|| panic!("{pages:?}"));
    assert_eq!(article.title, "示例动态");
    assert_eq!(article.published_at.map(domain::time::beijing_date), Some(domain::time::beijing_date(app.now())));
    assert_eq!((article.source.as_deref(), article.column_key.as_str()), (Some("示例单位"), "xwdt"));
    let file = pages.iter().find(|page| page.kind == OldPageKind::File).unwrap_or_else(|| panic!("{pages:?}"));
    assert!(file.hash.is_some(), "{:?}", file.fault);
    assert_eq!(article.links, std::slice::from_ref(&file.address));
}
