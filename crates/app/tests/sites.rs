//! Sites and their columns: registered with their marks, changed by their managers, unknown to everybody else.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use app::{
    AppError, column, release,
    site::{self, NewSite},
};
use domain::{
    actor::Actor, column::Column, duty::Duty, identifier::IcpRecord, site::Site, site::SiteState, unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};

struct Region {
    app: TestApp,
    office: Unit,
    supervisor: Actor,
    manager: Actor,
    site: Site,
}

async fn region(db: TestDb) -> Region {
    let app = TestApp::on(db).await;
    let office = app.unit("office", None).await;
    Region {
        supervisor: app.person("supervisor", Duty::Supervisor, &office).await,
        manager: app.person("manager", Duty::SiteManager, &office).await,
        site: app.site("region", &office).await,
        office,
        app,
    }
}

impl Region {
    fn new_site(&self) -> NewSite {
        NewSite {
            slug: "banner".into(),
            name: "示例旗人民政府".into(),
            domain: "www.shiliqi.gov.cn".into(),
            site_code: Some("1501210001".into()),
            icp_record: Some("蒙ICP备12345678号-1".into()),
            police_record: Some("蒙公网安备15010202000001号".into()),
            conac_id: None,
            sponsor: self.office.id,
            operator: None,
            contact: "0471-0000000".into(),
            description: "示例旗人民政府门户网站".into(),
            state: SiteState::Live,
        }
    }

    async fn events(&self) -> i64 {
        store::audit::head(&self.app.app.store.read()).await.unwrap().0
    }

    async fn paths(&self) -> Vec<String> {
        release::publish_site(&self.app.app, self.site.id).await.unwrap();
        release::live_pages(&self.app.app, self.site.id).await.unwrap().1.into_iter().map(|page| page.path).collect()
    }

    async fn add(&self, parent: Option<&Column>, slug: &str) -> Column {
        let new = column::NewColumn {
            parent: parent.map(|parent| parent.id),
            slug: slug.into(),
            name: format!("{slug}示例"),
            column_type: "工作动态".into(),
            description: "示例说明".into(),
            keywords: "示例".into(),
            position: None,
            in_navigation: parent.is_none(),
            sensitive: false,
        };
        column::create(&self.app.app, &self.manager, self.site.id, new).await.unwrap()
    }
}

fn fields(error: AppError) -> Vec<String> {
    match error {
        AppError::Invalid(problems) => problems.into_iter().map(|problem| problem.field).collect(),
        other => panic!("not a refusal of fields: {other}"),
    }
}

#[db_test]
async fn a_site_is_registered_with_its_marks_in_official_form_and_leaves_one_audit_event(db: TestDb) {
    let region = region(db).await;
    let before = region.events().await;
    let new = NewSite { icp_record: Some(" 蒙icp备12345678号-1 ".into()), ..region.new_site() };
    let made = site::create(&region.app.app, &region.supervisor, new).await.unwrap();
    assert_eq!(made.icp_record.as_ref().map(IcpRecord::as_str), Some("蒙ICP备12345678号-1"));
    assert_eq!(region.events().await, before + 1);
    let seen = site::get_by_slug(&region.app.app, &region.manager, "banner").await.unwrap();
    assert_eq!(seen.id, made.id);
}

#[db_test]
async fn wrong_marks_are_refused_field_by_field(db: TestDb) {
    let region = region(db).await;
    let wrong = NewSite {
        slug: "示例".into(),
        domain: "http://".into(),
        site_code: Some("12".into()),
        icp_record: Some("无".into()),
        police_record: Some("无".into()),
        conac_id: Some("1".into()),
        ..region.new_site()
    };
    let refused = site::create(&region.app.app, &region.supervisor, wrong).await.unwrap_err();
    assert_eq!(fields(refused), ["slug", "domain", "site_code", "icp_record", "police_record", "conac_id"]);
    let taken = NewSite { slug: "region".into(), ..region.new_site() };
    assert_eq!(fields(site::create(&region.app.app, &region.supervisor, taken).await.unwrap_err()), ["slug"]);
}

#[db_test]
async fn another_offices_site_is_not_found_and_a_visible_one_is_not_changed_without_the_duty(db: TestDb) {
    let region = region(db).await;
    let other = region.app.unit("other", None).await;
    let stranger = region.app.person("stranger", Duty::SiteManager, &other).await;
    let app = &region.app.app;
    assert!(matches!(site::get(app, &stranger, region.site.id).await, Err(AppError::NotFound(_))));
    let editor = region.app.person("editor", Duty::Editor, &region.office).await;
    let made = region.add(None, "xwdt").await;
    assert!(matches!(column::close(app, &editor, made.id).await, Err(AppError::Forbidden(_))));
    assert!(matches!(column::close(app, &stranger, made.id).await, Err(AppError::NotFound(_))));
    assert!(site::list(app, &stranger).await.unwrap().is_empty());
}

#[db_test]
async fn columns_are_added_moved_and_closed_and_their_lists_follow(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let open = region.add(None, "zwgk").await;
    let below = region.add(Some(&open), "zcwj").await;
    let news = region.add(None, "xwdt").await;
    let paths = region.paths().await;
    assert!(paths.contains(&"zwgk/zcwj/index.html".into()) && paths.contains(&"xwdt/index.html".into()));
    let moved = column::move_to(app, &region.manager, below.id, Some(news.id), 1).await.unwrap();
    assert_eq!(moved.path, "xwdt/zcwj");
    let paths = region.paths().await;
    assert!(paths.contains(&"xwdt/zcwj/index.html".into()) && !paths.contains(&"zwgk/zcwj/index.html".into()));
    let inside = column::move_to(app, &region.manager, news.id, Some(below.id), 1).await.unwrap_err();
    assert_eq!(fields(inside), ["parent"]);
    column::close(app, &region.manager, news.id).await.unwrap();
    let paths = region.paths().await;
    assert!(!paths.iter().any(|path| path.starts_with("xwdt/")), "{paths:?}");
    let refused = column::reopen(app, &region.manager, below.id).await.unwrap_err();
    assert!(matches!(refused, AppError::Conflict(_)), "{refused}");
    column::reopen(app, &region.manager, news.id).await.unwrap();
    assert!(region.paths().await.contains(&"xwdt/zcwj/index.html".into()));
    assert!(release::verify(app, |_, _| {}).await.unwrap().is_empty());
}

#[db_test]
async fn words_that_the_platform_needs_are_no_column_addresses(db: TestDb) {
    let region = region(db).await;
    for slug in ["content", "assets", "p1", "大事", ""] {
        let new = column::NewColumn {
            parent: None,
            slug: slug.into(),
            name: "示例".into(),
            column_type: "工作动态".into(),
            description: "示例说明".into(),
            keywords: "示例".into(),
            position: None,
            in_navigation: true,
            sensitive: false,
        };
        let refused = column::create(&region.app.app, &region.manager, region.site.id, new).await.unwrap_err();
        assert!(fields(refused).iter().all(|field| field == "slug"), "{slug}");
    }
}
