//! A publication that is killed with SIGKILL at any moment leaves the site as it was, or as it shall be.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use app::{
    App, AppParts, Renderer,
    edition::{self, NewDraft},
    files::Files,
    placement, release, review, site,
};
use domain::{
    actor::Actor,
    duty::Duty,
    element::Elements,
    ids::{IdSource, SiteId},
    resource::ResourceKind,
};
use store::{Durability, Store, StoreOptions};
use testkit::{TestApp, TestClock, TestDb, TestEntropy, db_test};

const URL: &str = "ZHENGTONG_TEST_PUBLISH_URL";
const FILES: &str = "ZHENGTONG_TEST_PUBLISH_FILES";
const SITE: &str = "ZHENGTONG_TEST_PUBLISH_SITE";
const SEED: &str = "ZHENGTONG_TEST_PUBLISH_SEED";
const ARTICLES: usize = 30;

#[db_test]
async fn a_publication_killed_at_any_moment_is_live_altogether_or_not_at_all(db: TestDb) {
    let test = TestApp::on(db).await;
    let (manager, site) = published_site(&test).await;
    let mut outcomes = BTreeSet::new();
    for round in 0..14u64 {
        let contact = format!("0471-{:07}", round + 1);
        change_contact(&test.app, &manager, site, &contact).await;
        let before = release::live_pages(&test.app, site).await.unwrap().0;
        // From before the first page is rendered to after the switch.
        kill_after(&test, site, round, Duration::from_millis(round * round * 4)).await;
        let (number, pages) = release::live_pages(&test.app, site).await.unwrap();
        assert!(number == before || number == before + 1, "release {number} after {before}");
        let mut contacts = BTreeSet::new();
        for page in pages.iter().filter(|page| page.media_type.starts_with("text/html")) {
            let bytes = release::read_bytes(&test.app, &page.hash).await.unwrap().expect("live bytes are stored");
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            contacts.insert(text.split("0471-").nth(1).map(|rest| rest[..7].to_owned()));
        }
        assert_eq!(contacts.len(), 1, "pages of two releases are live together: {contacts:?}");
        assert_eq!(contacts.contains(&Some(contact[5..].to_owned())), number == before + 1);
        let exceptions = release::verify(&test.app, |_, _| {}).await.unwrap();
        assert!(exceptions.is_empty(), "{exceptions:#?}");
        outcomes.insert(number == before);
        // What was not published still waits.
        let published = release::publish_site(&test.app, site).await.unwrap();
        assert_eq!(published.is_some_and(|published| published.release.is_some()), number == before);
    }
    println!("killed before the switch and after it: {outcomes:?}");
    assert!(outcomes.contains(&true), "no round was killed before its switch");
}

/// A site with some articles, once published.
async fn published_site(test: &TestApp) -> (Actor, SiteId) {
    let unit = test.unit("office", None).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    let site = test.site("region", &unit).await;
    let news = test.column(&site, "xwdt", "工作动态").await;
    let editor = test.person("editor", Duty::Editor, &unit).await;
    let reviewer = test.person("reviewer", Duty::Reviewer1, &unit).await;
    let manager = test.person("manager", Duty::SiteManager, &unit).await;
    let app = &test.app;
    for number in 0..ARTICLES {
        let draft = NewDraft {
            kind: ResourceKind::Article,
            unit: unit.id,
            title: format!("示例动态{number}"),
            body: "<p>示例正文。</p>".into(),
            elements: Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() },
            origin_key: None,
            address_month: None,
        };
        let edition = edition::create(app, &editor, draft).await.unwrap().edition;
        placement::propose(app, &editor, edition.resource, &[news.id], None).await.unwrap();
        let review = edition::submit(app, &editor, edition.id, edition.lock_version).await.unwrap().review;
        review::pass(app, &reviewer, review.id, review.steps[0].id, None).await.unwrap();
    }
    release::publish_site(app, site.id).await.unwrap().unwrap();
    (manager, site.id)
}

/// Every page carries the contact, so every page is rendered again.
async fn change_contact(app: &App, manager: &Actor, id: SiteId, contact: &str) {
    let now = site::get(app, manager, id).await.unwrap();
    let change = site::SiteChange {
        name: now.name,
        domain: now.domain.into(),
        site_code: now.site_code.map(Into::into),
        icp_record: now.icp_record.map(Into::into),
        police_record: now.police_record.map(Into::into),
        conac_id: now.conac_id.map(Into::into),
        operator: now.operator,
        contact: contact.to_owned(),
        description: now.description,
        state: now.state,
        lock_version: now.lock_version,
    };
    site::change(app, manager, id, change).await.unwrap();
}

/// Publishes in a process of its own and kills it so long after it began.
async fn kill_after(test: &TestApp, site: SiteId, round: u64, delay: Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "publishes_once", "--nocapture"])
        .env(URL, test.db.url())
        .env(FILES, test.app.files.place())
        .env(SITE, site.to_string())
        .env(SEED, (round + 1000).to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let began = output.lines().map_while(Result::ok).any(|line| line.contains("publishing"));
    assert!(began, "the child did not begin");
    tokio::time::sleep(delay).await;
    child.kill().unwrap(); // SIGKILL
    child.wait().unwrap();
    // PostgreSQL needs a moment to notice that its client is gone and to roll back.
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// The child process of the test above.
#[test]
#[ignore = "run by a_publication_killed_at_any_moment_is_live_altogether_or_not_at_all"]
fn publishes_once() {
    let Ok(url) = std::env::var(URL) else { return };
    let variable = |name: &str| std::env::var(name).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(TestClock::default());
        let entropy = Arc::new(TestEntropy::seeded(variable(SEED).parse().unwrap()));
        let ids = IdSource::new(clock.clone(), entropy.clone());
        let mut options = StoreOptions::new(clock.clone(), ids);
        options.durability = Durability::ProcessCrash;
        let parts = AppParts {
            store: Store::connect(&url, options).await.unwrap(),
            files: Files::open(&variable(FILES)).unwrap(),
            clock: clock.clone(),
            entropy,
            renderer: Arc::new(Renderer::official().unwrap()),
            rules: Arc::new(domain::rule::builtin::book().clone()),
            fetch: testkit::local_fetcher(clock.clone()),
        };
        let app = App::new(parts).unwrap();
        println!("publishing");
        release::publish_site(&app, variable(SITE).parse().unwrap()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
    });
}
