//! From the library to citizens and back: releases, recalls, rollbacks, told on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::{collections::BTreeSet, time::Duration};

use app::{
    edition::{self, NewDraft},
    placement, recall, release, review,
};
use domain::{
    actor::Actor,
    column::Column,
    duty::Duty,
    edition::Edition,
    element::{Elements, Validity},
    ids::ResourceId,
    placement::PlacementState,
    release::LivePage,
    resource::ResourceKind,
    site::Site,
    unit::Unit,
};
use jiff::{SignedDuration, Timestamp};
use testkit::{TestApp, TestDb, db_test};

struct Newsroom {
    app: TestApp,
    unit: Unit,
    site: Site,
    news: Column,
    editor: Actor,
    reviewer: Actor,
    manager: Actor,
}

async fn newsroom(db: TestDb) -> Newsroom {
    let app = TestApp::on(db).await;
    let unit = app.unit("office", None).await;
    app.chain(&unit, &[Duty::Reviewer1]).await;
    let site = app.site("region", &unit).await;
    let news = app.column(&site, "xwdt", "工作动态").await;
    Newsroom {
        editor: app.person("editor", Duty::Editor, &unit).await,
        reviewer: app.person("reviewer", Duty::Reviewer1, &unit).await,
        manager: app.person("manager", Duty::SiteManager, &unit).await,
        news,
        site,
        unit,
        app,
    }
}

impl Newsroom {
    fn elements(&self) -> Elements {
        Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() }
    }

    async fn draft(&self, kind: ResourceKind, title: &str, elements: Elements, column: &Column) -> Edition {
        let draft = NewDraft {
            kind,
            unit: self.unit.id,
            title: title.into(),
            body: format!("<p>{title}的示例正文。</p>"),
            elements,
            origin_key: None,
            address_month: None,
        };
        let edition = edition::create(&self.app.app, &self.editor, draft).await.unwrap().edition;
        placement::propose(&self.app.app, &self.editor, edition.resource, &[column.id], None).await.unwrap();
        edition
    }

    async fn admit(&self, edition: &Edition) {
        let submission = edition::submit(&self.app.app, &self.editor, edition.id, edition.lock_version).await.unwrap();
        let review = submission.review;
        review::pass(&self.app.app, &self.reviewer, review.id, review.steps[0].id, Some("同意")).await.unwrap();
    }

    /// An article in the library and proposed for the news column.
    async fn article(&self, title: &str) -> ResourceId {
        let edition = self.draft(ResourceKind::Article, title, self.elements(), &self.news).await;
        self.admit(&edition).await;
        edition.resource
    }

    async fn publish(&self) -> Option<release::Published> {
        release::publish_site(&self.app.app, self.site.id).await.unwrap()
    }

    async fn live(&self) -> Vec<LivePage> {
        release::live_pages(&self.app.app, self.site.id).await.unwrap().1
    }

    async fn page(&self, path: &str) -> Option<LivePage> {
        self.live().await.into_iter().find(|page| page.path == path)
    }

    async fn text(&self, path: &str) -> String {
        let page = self.page(path).await.unwrap_or_else(|| panic!("{path} is not live"));
        let bytes = release::read_bytes(&self.app.app, &page.hash).await.unwrap().unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// The part of the list of addresses that names a content page.
    fn addresses(&self, path: &str) -> String {
        format!("sitemap-{}.xml", path.split('/').nth(1).unwrap())
    }

    async fn path_of(&self, resource: ResourceId) -> String {
        let read = self.app.app.store.read();
        store::resource::by_id(&read, resource).await.unwrap().unwrap().resource.page_path()
    }

    async fn number(&self) -> i64 {
        release::live_pages(&self.app.app, self.site.id).await.unwrap().0
    }

    async fn proof(&self) {
        let exceptions = release::verify(&self.app.app, |_, _| {}).await.unwrap();
        assert!(exceptions.is_empty(), "{exceptions:#?}");
    }
}

#[db_test]
async fn an_admitted_article_stands_on_its_page_in_its_list_and_on_the_home_page(db: TestDb) {
    let room = newsroom(db).await;
    let article = room.article("示例动态一").await;
    assert_eq!(room.live().await, vec![], "nothing is live before it was published");
    room.app.settle().await;
    assert_eq!(room.number().await, 1);
    let path = room.path_of(article).await;
    for page in [path.as_str(), "xwdt/index.html", "index.html"] {
        assert!(room.text(page).await.contains("示例动态一"), "{page} does not show the article");
    }
    let month = path.split('/').nth(1).unwrap();
    assert!(room.text("sitemap.xml").await.contains(&format!("sitemap-{month}.xml")));
    assert!(room.text(&format!("sitemap-{month}.xml")).await.contains(&path));
    assert!(room.page("404.html").await.is_some_and(|page| page.status == 404));
    let owned = store::resource::by_id(&room.app.app.store.read(), article).await.unwrap().unwrap();
    assert!(owned.resource.first_published_at.is_some());
    room.proof().await;
}

#[db_test]
async fn a_changed_article_touches_only_its_dependants(db: TestDb) {
    let room = newsroom(db).await;
    let other = room.app.column(&room.site, "tzgg", "通知公告").await;
    let first = room.article("示例动态一").await;
    let second = room.article("示例动态二").await;
    let elsewhere = room.draft(ResourceKind::Article, "示例公告", room.elements(), &other).await;
    room.admit(&elsewhere).await;
    room.publish().await.unwrap();
    let before = room.live().await;
    room.app.db.clock.advance(Duration::from_secs(60));
    let admitted = store::edition::admitted_of(&room.app.app.store.read(), first, "zh-Hans").await.unwrap().unwrap();
    let revision = edition::revise(&room.app.app, &room.editor, admitted.id).await.unwrap();
    let change = edition::DraftChange {
        title: "示例动态一（更新）".into(),
        body: revision.body.clone(),
        elements: revision.elements.clone(),
        change_note: None,
        lock_version: revision.lock_version,
    };
    let saved = edition::save(&room.app.app, &room.editor, revision.id, &change).await.unwrap();
    room.admit(&saved).await;
    let published = room.publish().await.unwrap().release.unwrap();
    let after = room.live().await;
    let changed: BTreeSet<&str> =
        after.iter().filter(|page| !before.contains(page)).map(|page| page.path.as_str()).collect();
    let own = room.path_of(first).await;
    let mut expected = BTreeSet::from([own.as_str(), "xwdt/index.html", "index.html"]);
    // The list of addresses carries the time of the change.
    let addresses = room.addresses(&own);
    expected.insert(addresses.as_str());
    assert_eq!(changed, expected);
    assert_eq!(published.pages_written, 4);
    assert!(room.text(&room.path_of(second).await).await.contains("示例动态二"));
    room.proof().await;
}

#[db_test]
async fn publishing_again_without_a_change_makes_no_release(db: TestDb) {
    let room = newsroom(db).await;
    room.article("示例动态").await;
    room.publish().await.unwrap();
    assert!(room.publish().await.is_none());
    release::rebuild(&room.app.app, &room.manager, room.site.id).await.unwrap();
    let rebuilt = room.publish().await.unwrap();
    assert!(rebuilt.release.is_none(), "the same bytes are not released twice: {rebuilt:?}");
    assert_eq!(room.number().await, 1);
}

#[db_test]
async fn two_publishers_at_once_make_one_release(db: TestDb) {
    let room = newsroom(db).await;
    room.article("示例动态").await;
    let app = &room.app.app;
    let (one, two) = tokio::join!(release::publish_site(app, room.site.id), release::publish_site(app, room.site.id));
    let releases = [one.unwrap(), two.unwrap()].into_iter().flatten().filter(|made| made.release.is_some()).count();
    assert_eq!((releases, room.number().await), (1, 1));
    room.proof().await;
}

#[db_test]
async fn a_release_prepared_before_another_went_live_is_prepared_again(db: TestDb) {
    let room = newsroom(db).await;
    room.article("示例动态一").await;
    let stale = release::prepare(&room.app.app, room.site.id).await.unwrap().unwrap();
    room.publish().await.unwrap();
    assert!(release::commit(&room.app.app, &stale).await.unwrap().is_none());
    assert_eq!(room.number().await, 1);
}

#[db_test]
async fn a_publication_killed_before_its_switch_leaves_no_trace_and_its_changes_wait(db: TestDb) {
    let room = newsroom(db).await;
    let article = room.article("示例动态").await;
    let prepared = release::prepare(&room.app.app, room.site.id).await.unwrap().unwrap();
    assert!(!prepared.changed_paths().is_empty());
    drop(prepared);
    assert_eq!((room.number().await, room.live().await), (0, vec![]));
    room.publish().await.unwrap();
    assert!(room.page(&room.path_of(article).await).await.is_some());
    room.proof().await;
}

#[db_test]
async fn a_recalled_page_answers_410_and_every_place_signs_its_receipt(db: TestDb) {
    let room = newsroom(db).await;
    let article = room.article("示例动态一").await;
    room.article("示例动态二").await;
    room.publish().await.unwrap();
    let app = &room.app.app;
    let path = room.path_of(article).await;
    let id = recall::recall(app, &room.manager, article, "内容有误", "该信息有误，已撤回。").await.unwrap();
    let owed = recall::receipts(app, &room.manager, id).await.unwrap();
    let places: BTreeSet<&str> = owed.receipts.iter().map(|receipt| receipt.place.as_str()).collect();
    assert_eq!(places, BTreeSet::from(["内容页", "列表", "首页", "网站地图"]));
    assert_eq!(owed.open(), owed.receipts.len());
    room.app.settle().await;
    let page = room.page(&path).await.unwrap();
    assert_eq!((page.status, page.edition), (410, None));
    let gone = room.text(&path).await;
    assert!(gone.contains("该信息有误，已撤回。") && !gone.contains("示例动态一"), "{gone}");
    for list in ["xwdt/index.html", "index.html"] {
        assert!(!room.text(list).await.contains("示例动态一"), "{list} still names it");
    }
    assert!(!room.text(&room.addresses(&path)).await.contains(&path));
    let signed = recall::receipts(app, &room.manager, id).await.unwrap();
    assert_eq!(signed.open(), 0, "{:#?}", signed.receipts);
    assert!(signed.receipts.iter().all(|receipt| receipt.release_number == Some(2)));
    room.proof().await;
}

#[db_test]
async fn a_recall_while_pages_are_rendered_never_lets_the_recalled_page_out(db: TestDb) {
    let room = newsroom(db).await;
    let recalled = room.article("示例动态一").await;
    let kept = room.article("示例动态二").await;
    let app = &room.app.app;
    let prepared = release::prepare(app, room.site.id).await.unwrap().unwrap();
    recall::recall(app, &room.manager, recalled, "内容有误", "").await.unwrap();
    release::commit(app, &prepared).await.unwrap();
    let (recalled, kept) = (room.path_of(recalled).await, room.path_of(kept).await);
    assert!(room.page(&recalled).await.is_none(), "a recalled page went out");
    for page in room.live().await.iter().filter(|page| page.path.ends_with(".html")) {
        assert!(!room.text(&page.path).await.contains("示例动态一"), "{} names it", page.path);
    }
    assert!(room.text(&kept).await.contains("示例动态二"), "the rest goes out");
    room.app.settle().await;
    assert!(room.text("xwdt/index.html").await.contains("示例动态二"));
    room.proof().await;
}

#[db_test]
async fn a_rollback_brings_the_old_pages_back_but_never_what_was_recalled(db: TestDb) {
    let room = newsroom(db).await;
    let app = &room.app.app;
    let first = room.article("示例动态一").await;
    room.publish().await.unwrap();
    let second = room.article("示例动态二").await;
    room.publish().await.unwrap();
    let back = release::rollback(app, &room.manager, room.site.id, 1, "示例：首页出错").await.unwrap();
    assert_eq!(back.release.as_ref().map(|release| release.number), Some(3));
    assert!(room.page(&room.path_of(second).await).await.is_none());
    assert!(!room.text("xwdt/index.html").await.contains("示例动态二"));
    let second = room.path_of(second).await;
    assert!(!room.text(&room.addresses(&second)).await.contains(&second));
    room.proof().await;

    recall::recall(app, &room.manager, first, "内容有误", "").await.unwrap();
    room.publish().await.unwrap();
    let path = room.path_of(first).await;
    for to in 1..4 {
        let back = release::rollback(app, &room.manager, room.site.id, to, "示例：首页出错").await.unwrap();
        assert!(back.kept.iter().any(|kept| kept.path == path && kept.reason.contains("撤回")), "{back:?}");
        assert_eq!(room.page(&path).await.map(|page| page.status), Some(410));
        for page in room.live().await.iter().filter(|page| page.path.ends_with(".html")) {
            assert!(!room.text(&page.path).await.contains("示例动态一"), "{} names it", page.path);
        }
        room.proof().await;
    }
}

#[db_test]
async fn a_policy_and_its_interpretation_point_to_each_other(db: TestDb) {
    let room = newsroom(db).await;
    let policies = room.app.column(&room.site, "zcwj", "政策文件").await;
    let policy = Elements {
        subject_class: Some("综合政务\\政务公开".into()),
        issuer: Some("示例单位".into()),
        written_on: Some(jiff::civil::date(2026, 11, 1)),
        validity: Some(Validity::InForce),
        ..room.elements()
    };
    let policy = room.draft(ResourceKind::Policy, "示例办法", policy, &policies).await;
    room.admit(&policy).await;
    room.publish().await.unwrap();
    let elements = Elements { interprets: vec![policy.resource], ..room.elements() };
    let reading = room.draft(ResourceKind::Interpretation, "示例办法解读", elements, &room.news).await;
    room.admit(&reading).await;
    room.publish().await.unwrap();
    let (policy_path, reading_path) = (room.path_of(policy.resource).await, room.path_of(reading.resource).await);
    assert!(room.text(&policy_path).await.contains("示例办法解读"));
    assert!(room.text(&reading_path).await.contains("示例办法"));
    recall::recall(&room.app.app, &room.manager, reading.resource, "内容有误", "").await.unwrap();
    room.publish().await.unwrap();
    assert!(!room.text(&policy_path).await.contains("示例办法解读"));
    room.proof().await;
}

#[db_test]
async fn a_page_that_lacks_a_mark_keeps_its_former_version_and_raises_an_alarm(db: TestDb) {
    let room = newsroom(db).await;
    room.article("示例动态一").await;
    room.publish().await.unwrap();
    let before = room.text("xwdt/index.html").await;
    // A column without its description: lists need `ColumnDescription` (国办发〔2017〕47号 附件2).
    let broken = Column { description: String::new(), lock_version: 1, ..room.news.clone() };
    let row = &broken;
    room.app.app.store.write(|tx| async move { store::column::update(&tx, row).await }).await.unwrap();
    let article = room.article("示例动态二").await;
    let published = room.publish().await.unwrap();
    assert!(published.refused.iter().any(|(path, _)| path == "xwdt/index.html"), "{published:?}");
    assert_eq!(room.text("xwdt/index.html").await, before, "the former version stays");
    assert!(room.page(&room.path_of(article).await).await.is_none(), "its content page lacks the mark as well");
    let alarms = store::alarm::up(&room.app.app.store.read(), &store::Scope::everything(), true, 50).await.unwrap();
    assert!(alarms.iter().any(|alarm| alarm.message.contains("xwdt/index.html")), "{alarms:?}");
}

#[db_test]
async fn a_site_without_its_marks_is_refused_when_a_place_is_asked_for(db: TestDb) {
    let room = newsroom(db).await;
    let bare = Site { icp_record: None, lock_version: 1, ..room.site.clone() };
    let row = &bare;
    room.app.app.store.write(|tx| async move { store::site::update(&tx, row).await }).await.unwrap();
    let draft = NewDraft {
        kind: ResourceKind::Article,
        unit: room.unit.id,
        title: "示例动态".into(),
        body: "<p>示例正文。</p>".into(),
        elements: room.elements(),
        origin_key: None,
        address_month: None,
    };
    let edition = edition::create(&room.app.app, &room.editor, draft).await.unwrap().edition;
    let refused =
        placement::propose(&room.app.app, &room.editor, edition.resource, &[room.news.id], None).await.unwrap_err();
    assert!(refused.to_string().contains("ICP备案编号"), "{refused}");
}

#[db_test]
async fn a_scheduled_article_goes_live_at_its_hour_and_leaves_when_it_expires(db: TestDb) {
    let room = newsroom(db).await;
    let hour = |hours: i64| -> Timestamp { room.app.db.clock_now() + SignedDuration::from_hours(hours) };
    let (start, end) = (hour(2), hour(5));
    let elements = Elements { expires_at: Some(end), ..room.elements() };
    let edition = room.draft(ResourceKind::Article, "示例活动", elements, &room.news).await;
    placement::propose(&room.app.app, &room.editor, edition.resource, &[room.news.id], Some(start)).await.unwrap();
    room.admit(&edition).await;
    room.publish().await;
    let path = room.path_of(edition.resource).await;
    assert!(room.page(&path).await.is_none());
    assert_eq!(placement::turn_due(&room.app.app).await.unwrap(), 0);
    room.app.db.clock.advance(Duration::from_secs(2 * 3600));
    assert_eq!(placement::turn_due(&room.app.app).await.unwrap(), 1);
    room.publish().await.unwrap();
    assert!(room.page(&path).await.is_some());
    room.app.db.clock.advance(Duration::from_secs(3 * 3600));
    assert_eq!(placement::turn_due(&room.app.app).await.unwrap(), 1);
    room.publish().await.unwrap();
    assert!(room.page(&path).await.is_none());
    room.proof().await;
}

#[db_test]
async fn a_manager_places_an_admitted_resource_in_another_column_and_takes_it_off_again(db: TestDb) {
    let room = newsroom(db).await;
    let app = &room.app.app;
    let other = room.app.column(&room.site, "tzgg", "通知公告").await;
    let article = room.article("示例动态").await;
    room.publish().await.unwrap();
    let placed = placement::place(app, &room.manager, article, other.id, None).await.unwrap();
    assert_eq!(placed.state, PlacementState::Live);
    room.publish().await.unwrap();
    assert!(room.text("tzgg/index.html").await.contains("示例动态"));
    placement::pin(app, &room.manager, placed.id, true).await.unwrap();
    room.publish().await.unwrap();
    placement::remove(app, &room.manager, placed.id, "示例：栏目选错").await.unwrap();
    room.publish().await.unwrap();
    assert!(!room.text("tzgg/index.html").await.contains("示例动态"));
    assert!(room.page(&room.path_of(article).await).await.is_some(), "it still stands in its first column");
    let stranger_unit = room.app.unit("stranger", None).await;
    let stranger = room.app.person("stranger", Duty::SiteManager, &stranger_unit).await;
    let refused = placement::place(app, &stranger, article, other.id, None).await.unwrap_err();
    assert!(matches!(refused, app::AppError::NotFound(_)), "{refused}");
    room.proof().await;
}

#[db_test]
async fn a_growing_column_freezes_archive_pages_and_a_rebuild_finds_nothing_to_do(db: TestDb) {
    let room = newsroom(db).await;
    let mut articles = Vec::new();
    for number in 0..release::LIST_PAGE_SIZE * 2 + 3 {
        room.app.db.clock.advance(Duration::from_secs(60));
        articles.push(room.article(&format!("示例动态{number:02}")).await);
        if number % 10 == 9 {
            room.publish().await.unwrap();
        }
    }
    room.publish().await.unwrap();
    assert!(room.text("xwdt/p1.html").await.contains("示例动态00"));
    assert!(!room.text("xwdt/index.html").await.contains("示例动态00"));
    release::rebuild(&room.app.app, &room.manager, room.site.id).await.unwrap();
    assert!(room.publish().await.unwrap().release.is_none(), "steps and rebuild give the same pages");
    recall::recall(&room.app.app, &room.manager, articles[3], "内容有误", "").await.unwrap();
    room.publish().await.unwrap();
    release::rebuild(&room.app.app, &room.manager, room.site.id).await.unwrap();
    assert!(room.publish().await.unwrap().release.is_none(), "after a recall too");
    room.proof().await;
}

#[db_test]
async fn after_a_rollback_the_next_article_leads_to_no_missing_page(db: TestDb) {
    let room = newsroom(db).await;
    let app = &room.app.app;
    room.article("示例动态一").await;
    room.publish().await.unwrap();
    let second = room.article("示例动态二").await;
    room.publish().await.unwrap();
    release::rollback(app, &room.manager, room.site.id, 1, "示例原因").await.unwrap();
    assert!(room.page(&room.path_of(second).await).await.is_none());
    room.article("示例动态三").await;
    room.publish().await.unwrap();
    let list = room.text("xwdt/index.html").await;
    assert!(list.contains("示例动态二") && list.contains("示例动态三"));
    assert!(room.page(&room.path_of(second).await).await.is_some(), "the list names it again, so its page is there");
    room.proof().await;
}

#[db_test]
async fn a_recalled_resource_comes_back_only_with_a_new_admitted_edition(db: TestDb) {
    let room = newsroom(db).await;
    let app = &room.app.app;
    let article = room.article("示例动态一").await;
    room.publish().await.unwrap();
    recall::recall(app, &room.manager, article, "内容有误", "").await.unwrap();
    room.publish().await.unwrap();
    let refused = placement::place(app, &room.manager, article, room.news.id, None).await.unwrap_err();
    assert!(matches!(refused, app::AppError::Conflict(_) | app::AppError::NotFound(_)), "{refused}");
    let again = recall::recall(app, &room.manager, article, "再次撤回", "").await.unwrap_err();
    assert!(matches!(again, app::AppError::Conflict(_) | app::AppError::NotFound(_)), "{again}");
    assert_eq!(room.page(&room.path_of(article).await).await.map(|page| page.status), Some(410));
    release::rebuild(app, &room.manager, room.site.id).await.unwrap();
    room.publish().await;
    assert_eq!(room.page(&room.path_of(article).await).await.map(|page| page.status), Some(410), "a rebuild keeps it");
    room.proof().await;
}

#[db_test]
async fn admitting_recalling_pinning_and_publishing_all_at_once_ends_in_a_sound_site(db: TestDb) {
    let room = newsroom(db).await;
    let app = &room.app.app;
    let mut old = Vec::new();
    for number in 0..6 {
        old.push(room.article(&format!("示例旧闻{number}")).await);
    }
    room.publish().await.unwrap();
    let kept = old.pop().unwrap();
    let pinned = store::placement::of_resource(&app.store.read(), kept).await.unwrap().remove(0).id;
    let admitting = async {
        for number in 0..6 {
            room.article(&format!("示例新闻{number}")).await;
        }
    };
    let recalling = async {
        for resource in &old {
            recall::recall(app, &room.manager, *resource, "内容有误", "").await.unwrap();
        }
    };
    let pinning = async {
        for round in 0..8 {
            placement::pin(app, &room.manager, pinned, round % 2 == 0).await.unwrap();
        }
    };
    let publishing = || async {
        for _ in 0..8 {
            match release::publish_site(app, room.site.id).await {
                Ok(_) | Err(app::AppError::Conflict(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    };
    tokio::join!(admitting, recalling, pinning, publishing(), publishing());
    room.app.settle().await;
    for resource in &old {
        assert_eq!(room.page(&room.path_of(*resource).await).await.map(|page| page.status), Some(410));
    }
    let list = room.text("xwdt/index.html").await;
    for number in 0..6 {
        assert!(list.contains(&format!("示例新闻{number}")));
    }
    assert!(!list.contains("示例旧闻0") && list.contains("示例旧闻5"));
    room.proof().await;
}
