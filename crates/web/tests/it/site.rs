//! Sites, columns, placements, releases and recalls at a browser: what a manager does, and what others may not.

use app::{
    edition::{self, NewDraft},
    placement, review,
};
use domain::{
    actor::Actor,
    column::Column,
    duty::Duty,
    element::Elements,
    ids::{EditionId, PlacementId, ResourceId},
    resource::ResourceKind,
    site::Site,
    unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};
use web::error_page::percent_encode;

use crate::support::Browser;

/// Two offices side by side below one root; the site belongs to the first.
struct Office {
    test: TestApp,
    unit: Unit,
    site: Site,
    news: Column,
    editor: Actor,
    reviewer: Actor,
    manager: Browser,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("office", Some(&root)).await;
    let other = test.unit("other", Some(&root)).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let site = test.site("shili", &unit).await;
    let news = test.column(&site, "xwdt", "工作动态").await;
    test.person("manager", Duty::SiteManager, &unit).await;
    test.person("stranger", Duty::SiteManager, &other).await;
    test.person("observer", Duty::Observer, &root).await;
    test.person("supervisor", Duty::Supervisor, &root).await;
    let editor = test.person("editor", Duty::Editor, &unit).await;
    let reviewer = test.person("reviewer", Duty::Reviewer1, &unit).await;
    let manager = Browser::of(&test, "manager").await;
    Office { test, unit, site, news, editor, reviewer, manager }
}

impl Office {
    /// An article in the library, proposed for the news column or for none, and live when it is proposed.
    async fn article(&self, title: &str, placed: bool) -> (ResourceId, EditionId) {
        let app = &self.test.app;
        let elements = Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() };
        let draft = NewDraft {
            kind: ResourceKind::Article,
            unit: self.unit.id,
            title: title.into(),
            body: format!("<p>{title}的示例正文。</p>"),
            elements,
            origin_key: None,
            address_month: None,
        };
        let edition = edition::create(app, &self.editor, draft).await.expect("a draft").edition;
        if placed {
            placement::propose(app, &self.editor, edition.resource, &[self.news.id], None).await.expect("a proposal");
        }
        let sent = edition::submit(app, &self.editor, edition.id, edition.lock_version).await.expect("a submission");
        let step = sent.review.steps[0].id;
        review::pass(app, &self.reviewer, sent.review.id, step, Some("同意")).await.expect("admission");
        self.test.settle().await;
        (edition.resource, edition.id)
    }

    async fn placement_of(&self, resource: ResourceId) -> PlacementId {
        let read = self.test.app.store.read();
        store::placement::of_resource(&read, resource).await.expect("placements")[0].id
    }

    async fn live_text(&self, path: &str) -> Option<String> {
        let (_, pages) = app::release::live_pages(&self.test.app, self.site.id).await.expect("live pages");
        let page = pages.into_iter().find(|page| page.path == path)?;
        let bytes = app::release::read_bytes(&self.test.app, &page.hash).await.expect("bytes").expect("bytes");
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn release_number(&self) -> i64 {
        app::release::live_pages(&self.test.app, self.site.id).await.expect("live pages").0
    }

    /// Every page of the site with its forms.
    fn pages(&self, placement: PlacementId) -> Vec<String> {
        let (site, column) = (self.site.id, self.news.id);
        vec![
            format!("/console/sites/{site}"),
            format!("/console/sites/{site}/columns"),
            format!("/console/columns/{column}"),
            format!("/console/columns/{column}?state=scheduled"),
            format!("/console/sites/{site}/releases"),
            format!("/console/sites/{site}/releases/1"),
            format!("/console/sites/{site}/edit"),
            format!("/console/sites/{site}/rebuild"),
            format!("/console/sites/{site}/columns/new"),
            format!("/console/columns/{column}/edit"),
            format!("/console/columns/{column}/move"),
            format!("/console/columns/{column}/close"),
            format!("/console/placements/{placement}/remove"),
            format!("/console/placements/{placement}/schedule"),
            format!("/console/sites/{site}/releases/1/rollback"),
            format!("/console/placements/new?column={column}"),
        ]
    }

    /// Every way to change something of the site.
    fn changes(&self, placement: PlacementId, resource: ResourceId) -> Vec<(String, Vec<(&'static str, String)>)> {
        let (site, column) = (self.site.id, self.news.id);
        let reason = ("reason", "示例原因".to_owned());
        let column_fields =
            vec![("name", "示例栏目".to_owned()), ("slug", "shili".to_owned()), ("column_type", "工作动态".to_owned())];
        let site_fields = vec![
            ("name", "改过的名称".to_owned()),
            ("domain", "www.gaiguo-shili.gov.cn".to_owned()),
            ("contact", "0471-0000000".to_owned()),
        ];
        vec![
            (format!("/console/sites/{site}"), site_fields),
            (format!("/console/sites/{site}/rebuild"), vec![]),
            (format!("/console/sites/{site}/columns"), column_fields.clone()),
            (format!("/console/columns/{column}"), column_fields),
            (format!("/console/columns/{column}/shift"), vec![("direction", "up".to_owned())]),
            (format!("/console/columns/{column}/close"), vec![]),
            (format!("/console/columns/{column}/reopen"), vec![]),
            (format!("/console/placements/{placement}/pin"), vec![("pinned", "true".to_owned())]),
            (format!("/console/placements/{placement}/remove"), vec![reason.clone()]),
            (format!("/console/placements/{placement}/schedule"), vec![("when", "now".to_owned())]),
            (format!("/console/sites/{site}/releases/1/rollback"), vec![reason.clone()]),
            (
                "/console/placements".to_owned(),
                vec![("resource", resource.to_string()), ("columns", column.to_string())],
            ),
        ]
    }
}

fn fields<'a>(pairs: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Text as people read it: templates write a slash as an entity.
fn plain(html: &str) -> String {
    html.replace("&#x2f;", "/")
}

#[db_test]
async fn another_offices_site_does_not_exist_on_any_route(db: TestDb) {
    let office = office(db).await;
    let (resource, _) = office.article("示例动态", true).await;
    let placement = office.placement_of(resource).await;
    let stranger = Browser::of(&office.test, "stranger").await;
    for path in office.pages(placement) {
        let answer = stranger.get(&path).await;
        assert!(answer.status == 404, "{path} answers {}", answer.status);
        assert!(!answer.text.contains("shili示例网站"), "{path} tells the name of the site");
    }
    for (path, typed) in office.changes(placement, resource) {
        let answer = stranger.post(&path, &fields(&typed)).await;
        assert!(answer.status == 404, "{path} answers {}: {}", answer.status, answer.text);
    }
    assert!(!stranger.get("/console/sites").await.expect(200).text.contains("shili示例网站"));
    assert!(!stranger.get("/console/releases").await.expect(200).text.contains("shili示例网站"));
    assert!(!stranger.get("/console/placements").await.expect(200).text.contains("shili示例网站"));
    let notice = [("resource", resource.to_string()), ("reason", "越权".to_owned())];
    stranger.post("/console/recalls", &fields(&notice)).await.expect(403);
    assert_eq!(office.release_number().await, 1, "nothing was changed");
}

#[db_test]
async fn an_observer_sees_everything_of_the_site_and_changes_nothing(db: TestDb) {
    let office = office(db).await;
    let (resource, _) = office.article("示例动态", true).await;
    let placement = office.placement_of(resource).await;
    let observer = Browser::of(&office.test, "observer").await;
    for path in office.pages(placement).iter().take(6) {
        let page = observer.get(path).await.expect(200);
        assert!(!page.text.contains("method=\"post\" action=\"/console/columns"), "{path} offers a change");
    }
    for path in office.pages(placement).iter().skip(6) {
        observer.get(path).await.expect(403);
    }
    for (path, typed) in office.changes(placement, resource) {
        let answer = observer.post(&path, &fields(&typed)).await;
        assert!(matches!(answer.status, 403 | 422), "{path} answers {}", answer.status);
    }
    observer.post("/console/recalls", &[("resource", &resource.to_string()), ("reason", "越权")]).await.expect(403);
    office.test.settle().await;
    assert_eq!(office.release_number().await, 1, "nothing was changed");
}

#[db_test]
async fn a_manager_looks_at_every_page_of_the_site(db: TestDb) {
    let office = office(db).await;
    let (resource, _) = office.article("示例动态", true).await;
    let placement = office.placement_of(resource).await;
    office.article("又一条示例动态", true).await;
    for path in office.pages(placement) {
        let page = office.manager.get(&path).await.expect(200);
        assert!(page.text.contains("shili示例网站") || path.contains("rebuild"), "{path} does not name the site");
    }
    for path in ["/console/sites", "/console/releases", "/console/placements", "/console/recalls", "/console/imports"] {
        office.manager.get(path).await.expect(200);
    }
    let column = office.manager.get(&format!("/console/columns/{}", office.news.id)).await.expect(200);
    assert!(column.text.contains("又一条示例动态") && column.text.contains("下栏目"));
    let table = office.manager.get("/console/sites?format=csv").await.expect(200);
    assert!(table.text.contains("www.shili-shili.gov.cn"), "{}", table.text);
}

#[db_test]
async fn a_slip_in_an_identifier_keeps_what_was_typed_and_one_click_takes_the_correction(db: TestDb) {
    let office = office(db).await;
    let path = format!("/console/sites/{}", office.site.id);
    let lock = office.site.lock_version.to_string();
    let typed = vec![
        ("name", "写了很久的名称"),
        ("domain", "www.shili-shili.gov.cn"),
        ("site_code", "1500000001"),
        ("icp_record", "蒙ICP备12345678-1"),
        ("police_record", "蒙公网安备15010202000001号"),
        ("contact", "0471-0000000"),
        ("description", "示例网站"),
        ("state", "live"),
        ("lock_version", lock.as_str()),
    ];
    let asked = office.manager.post(&path, &typed).await.expect(422);
    assert!(asked.text.contains("写了很久的名称"));
    assert!(asked.text.contains("value=\"icp_record=蒙ICP备12345678号-1\""), "{}", asked.text);
    let mut clicked = typed.clone();
    clicked.push(("use_correction", "icp_record=蒙ICP备12345678号-1"));
    office.manager.post(&path, &clicked).await.expect(303);
    let page = office.manager.get(&path).await.expect(200);
    assert!(page.text.contains("蒙ICP备12345678号-1") && page.text.contains("写了很久的名称"));
    // Somebody who still holds the old version is refused, with everything typed.
    let late = office.manager.post(&path, &clicked).await.expect(409);
    assert!(late.text.contains("写了很久的名称"));
}

#[db_test]
async fn a_supervisor_registers_a_site_which_tells_what_it_lacks(db: TestDb) {
    let office = office(db).await;
    let supervisor = Browser::of(&office.test, "supervisor").await;
    let unit = office.unit.id.to_string();
    supervisor.get("/console/sites/new").await.expect(200);
    let typed =
        [("name", "新开示例网站"), ("slug", "Xin"), ("domain", "www.xinkai-shili.gov.cn"), ("sponsor", unit.as_str())];
    let asked = supervisor.post("/console/sites", &typed).await.expect(422);
    assert!(asked.text.contains("新开示例网站") && asked.text.contains("网址简称只能用小写字母"));
    let typed = [
        ("name", "新开示例网站"),
        ("slug", "xin"),
        ("domain", "www.xinkai-shili.gov.cn"),
        ("description", "示例网站"),
        ("sponsor", unit.as_str()),
    ];
    let saved = supervisor.post("/console/sites", &typed).await.expect(303);
    let page = supervisor.get(saved.header("location")).await.expect(200);
    assert!(page.text.contains("缺少 4 项必备标识"), "{}", page.text);
    office.manager.get("/console/sites/new").await.expect(403);
}

#[db_test]
async fn columns_are_added_arranged_moved_closed_and_opened(db: TestDb) {
    let office = office(db).await;
    let tree = format!("/console/sites/{}/columns", office.site.id);
    let wrong =
        office.manager.post(&tree, &[("name", "通知公告"), ("slug", "Tzgg"), ("column_type", "通知公告")]).await;
    assert!(wrong.expect(422).text.contains("value=\"通知公告\""));
    for (name, slug) in [("通知公告", "tzgg"), ("政策文件", "zcwj")] {
        let typed = [
            ("name", name),
            ("slug", slug),
            ("column_type", name),
            ("description", "示例栏目的说明"),
            ("keywords", "示例"),
            ("in_navigation", "true"),
        ];
        office.manager.post(&tree, &typed).await.expect(303);
    }
    let (_, columns) = app::column::list(&office.test.app, &office.editor, office.site.id).await.expect("columns");
    let id_of = |slug: &str| columns.iter().find(|column| column.slug == slug).expect("the column").id;
    let (notices, policies) = (id_of("tzgg"), id_of("zcwj"));
    let order = |text: &str| {
        let at = |name: &str| text.find(&format!(">{name}</a>")).expect("the column is listed");
        at("通知公告") < at("政策文件")
    };
    assert!(order(&office.manager.get(&tree).await.expect(200).text));
    let shift = format!("/console/columns/{policies}/shift");
    office.manager.post(&shift, &[("direction", "up")]).await.expect(303);
    assert!(!order(&office.manager.get(&tree).await.expect(200).text));
    office.manager.post(&shift, &[("direction", "up")]).await.expect(303);
    office.manager.post(&shift, &[("direction", "up")]).await.expect(409);
    let parent = notices.to_string();
    office.manager.post(&format!("/console/columns/{policies}/move"), &[("parent", &parent)]).await.expect(303);
    assert!(plain(&office.manager.get(&tree).await.expect(200).text).contains("/tzgg/zcwj/"));
    let ask = office.manager.get(&format!("/console/columns/{notices}/close")).await.expect(200);
    assert!(ask.text.contains("下级栏目一并关闭：政策文件"));
    office.manager.post(&format!("/console/columns/{notices}/close"), &[]).await.expect(303);
    assert!(office.manager.get(&tree).await.expect(200).text.contains("已关闭"));
    office.manager.post(&format!("/console/columns/{notices}/reopen"), &[]).await.expect(303);
    assert!(!office.manager.get(&tree).await.expect(200).text.contains("已关闭"));
}

#[db_test]
async fn a_text_is_placed_from_the_library_pinned_scheduled_and_taken_off_with_a_reason(db: TestDb) {
    let office = office(db).await;
    let (resource, _) = office.article("供选用的示例信息", false).await;
    let found =
        office.manager.get(&format!("/console/placements/new?q={}", percent_encode("供选用"))).await.expect(200);
    assert!(found.text.contains(&format!("resource={resource}")));
    let column = office.news.id.to_string();
    let resource = resource.to_string();
    let wrong = [("resource", resource.as_str()), ("columns", column.as_str()), ("publish_at", "明天上午")];
    let asked = office.manager.post("/console/placements", &wrong).await.expect(422);
    assert!(asked.text.contains("明天上午") && asked.text.contains("供选用的示例信息"));
    let later = [("resource", resource.as_str()), ("columns", column.as_str()), ("publish_at", "2099-01-01T09:00")];
    office.manager.post("/console/placements", &later).await.expect(303);
    let again = office.manager.post("/console/placements", &later).await.expect(422);
    assert!(again.text.contains("已在栏目"), "{}", again.text);
    let board = office.manager.get("/console/placements").await.expect(200);
    assert!(board.text.contains("2099-01-01 09:00") && board.text.contains("供选用的示例信息"));
    let placement = office.placement_of(resource.parse().expect("an id")).await;
    let schedule = format!("/console/placements/{placement}/schedule");
    office.manager.post(&schedule, &[("when", "at")]).await.expect(422);
    office.manager.post(&schedule, &[("when", "now")]).await.expect(303);
    office.test.settle().await;
    assert!(office.live_text("xwdt/index.html").await.expect("the list").contains("供选用的示例信息"));
    office.manager.post(&format!("/console/placements/{placement}/pin"), &[("pinned", "true")]).await.expect(303);
    let page = office.manager.get(&format!("/console/columns/{column}")).await.expect(200);
    assert!(page.text.contains("取消置顶"));
    let remove = format!("/console/placements/{placement}/remove");
    office.manager.post(&remove, &[("reason", " ")]).await.expect(422);
    office.manager.post(&remove, &[("reason", "栏目选错")]).await.expect(303);
    office.test.settle().await;
    assert!(!office.live_text("xwdt/index.html").await.expect("the list").contains("供选用的示例信息"));
}

#[db_test]
async fn a_rollback_is_shown_beforehand_needs_a_reason_and_never_brings_back_what_was_recalled(db: TestDb) {
    let office = office(db).await;
    let (recalled, _) = office.article("将被撤回的示例信息", true).await;
    office.article("留下的示例信息", true).await;
    let fields = [("resource", recalled.to_string()), ("reason", "示例：内容有误".to_owned())];
    let answer = office.manager.post("/console/recalls", &self::fields(&fields)).await.expect(303);
    assert!(answer.header("location").starts_with("/console/recalls/"));
    office.test.settle().await;
    let before = office.release_number().await;
    let path = format!("/console/sites/{}/releases/1/rollback", office.site.id);
    let preview = office.manager.get(&path).await.expect(200);
    assert!(preview.text.contains("该内容已撤回，不得恢复"), "{}", preview.text);
    let asked = office.manager.post(&path, &[("reason", "")]).await.expect(422);
    assert!(asked.text.contains("请写明回退的原因"));
    assert_eq!(office.release_number().await, before);
    office.manager.post(&path, &[("reason", "示例：误发")]).await.expect(303);
    assert!(office.live_text("index.html").await.is_some_and(|home| !home.contains("将被撤回的示例信息")));
    let list = office.manager.get(&format!("/console/sites/{}/releases", office.site.id)).await.expect(200);
    assert!(list.text.contains("线上"));
    let beyond = format!("/console/sites/{}/releases/999/rollback", office.site.id);
    office.manager.get(&beyond).await.expect(409);
}

#[db_test]
async fn a_recall_lists_every_place_beforehand_and_a_receipt_for_each_afterwards(db: TestDb) {
    let office = office(db).await;
    let (resource, _) = office.article("要撤回的示例信息", true).await;
    let form = office.manager.get(&format!("/console/recalls/new?resource={resource}")).await.expect(200);
    for word in ["首页", "内容页", "列表", "xwdt/index.html"] {
        assert!(plain(&form.text).contains(word), "{word} is missing: {}", form.text);
    }
    let id = resource.to_string();
    let typed = [("resource", id.as_str()), ("reason", ""), ("public_notice", "想了很久的说明")];
    let asked = office.manager.post("/console/recalls", &typed).await.expect(422);
    assert!(asked.text.contains("想了很久的说明") && asked.text.contains("请写明撤回原因"));
    let typed = [("resource", id.as_str()), ("reason", "示例：数字有误"), ("public_notice", "想了很久的说明")];
    let sent = office.manager.post("/console/recalls", &typed).await.expect(303);
    let receipts = sent.header("location").to_owned();
    let waiting = office.manager.get(&receipts).await.expect(200);
    assert!(waiting.text.contains("清除中") && waiting.text.contains("hx-trigger"), "{}", waiting.text);
    office.test.settle().await;
    let done = office.manager.get(&receipts).await.expect(200);
    assert!(done.text.contains("已全部下线") && !done.text.contains("hx-trigger=\"every"), "{}", done.text);
    assert!(!done.text.contains("清除中"));
    assert!(office.manager.get("/console/recalls").await.expect(200).text.contains("全部清除"));
    office.manager.get(&format!("/console/recalls/new?resource={resource}")).await.expect(409);
    let editor = Browser::of(&office.test, "editor").await;
    editor.get("/console/recalls/new").await.expect(403);
    let stranger = Browser::of(&office.test, "stranger").await;
    stranger.get(&receipts).await.expect(404);
}
