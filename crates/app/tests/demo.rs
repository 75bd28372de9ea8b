//! The demo fills either engine through the verbs, leaves nothing unproved, and refuses an instance that is not empty.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::sync::Arc;

use app::{
    App, AppParts, Renderer,
    demo::{DemoClock, Presence, fill, presence, summary},
    files::Files,
    person::password::PasswordCost,
};
use domain::{
    edition::EditionState,
    ids::IdSource,
    time::{Clock, Entropy},
};
use testkit::{TestClock, TestDb, TestEntropy, db_test};

async fn demo_app(db: &TestDb, files: &std::path::Path) -> (App, Arc<DemoClock>) {
    let real: Arc<dyn Clock> = Arc::new(TestClock::default());
    let clock = Arc::new(DemoClock::new(real));
    let entropy: Arc<dyn Entropy> = Arc::new(TestEntropy::seeded(7));
    let ids = IdSource::new(clock.clone(), entropy.clone());
    let options = store::StoreOptions { clock: clock.clone(), ids, ..db.options() };
    let store = store::Store::connect(db.url(), options).await.unwrap();
    let parts = AppParts {
        store,
        files: Files::open(files.to_str().unwrap()).unwrap(),
        clock: clock.clone(),
        entropy,
        renderer: Arc::new(Renderer::official().unwrap()),
        rules: Arc::new(domain::rule::builtin::book().clone()),
        fetch: testkit::local_fetcher(clock.clone()),
    };
    (App::new(parts).unwrap().with_password_cost(PasswordCost::FOR_TESTS), clock)
}

#[db_test]
async fn the_demo_shows_every_state_and_every_proof_holds(db: TestDb) {
    let folder = tempfile::tempdir().unwrap();
    let (app, clock) = demo_app(&db, folder.path()).await;
    assert_eq!(presence(&app).await.unwrap(), Presence::Empty);
    fill(&app, &clock, &mut |_, _| {}).await.unwrap();
    assert_eq!(presence(&app).await.unwrap(), Presence::Demo);

    let read = app.store.read();
    let events = store::audit::page_after(&read, 0, 100_000).await.unwrap();
    assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at), "the trail tells things in their order");
    let proof = app::audit::verify(&app).await.unwrap();
    assert_eq!(proof.breaks, []);
    let mut pages = 0;
    let exceptions = app::release::verify(&app, |_, count| pages += count).await.unwrap();
    assert!(exceptions.is_empty(), "{exceptions:?}");
    assert!(pages > 60, "{pages}");
    for action in
        ["edition.submit", "review.pass", "review.return", "recall.recall", "placement.place", "edition.revise"]
    {
        assert!(events.iter().any(|event| event.entry.action == action), "{action}");
    }
    let states: std::collections::BTreeSet<String> = events
        .iter()
        .filter_map(|event| event.entry.after.get("edition_state").and_then(|state| state.as_str()).map(str::to_owned))
        .collect();
    assert!(states.contains(EditionState::Admitted.as_str()), "{states:?}");

    let refused = fill(&app, &clock, &mut |_, _| {}).await.unwrap_err();
    assert!(refused.to_string().contains("不是空的"), "{refused}");
    let summary = summary(&app, "http://127.0.0.1:8080").await.unwrap();
    assert_eq!(summary.sites.len(), 3);
    assert!(summary.sites.iter().all(|site| site.columns.len() >= 5 && site.address.ends_with('/')));
    assert!(summary.logins.len() >= 25);
}
