//! Looking for everything that was acknowledged.

use std::{
    collections::BTreeSet,
    sync::Arc,
    thread::sleep,
    time::{Duration, Instant},
};

use domain::{
    edition::EditionState,
    ids::{EditionId, IdSource},
};
use store::{Read, Store, StoreOptions, audit::AuditFilter};
use testkit::{TestClock, TestEntropy};

use crate::{
    import_lines,
    ledger::Ledger,
    support::{Instance, browser::Browser, finished},
};

/// Checks the instance that `address` serves against the ledger.
pub fn everything(instance: &Instance, address: &str, ledger: &Ledger) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(TestClock::default());
        let ids = IdSource::new(clock.clone(), Arc::new(TestEntropy::default()));
        let store = Store::connect(&instance.database, StoreOptions::new(clock, ids)).await.unwrap();
        let read = store.read();
        drafts(&read, ledger).await;
        publications(&read, address, ledger).await;
        imports(&read, instance, ledger).await;
        store.close().await;
    });
}

/// Every draft holds its last acknowledged save, or a later one that was sent.
async fn drafts(read: &Read, ledger: &Ledger) {
    for (key, saves) in ledger.drafts() {
        let edition = store::edition::by_id(read, id(&key)).await.unwrap().expect("an acknowledged draft exists");
        let kept: u32 =
            edition.title.split_once(" 第").map_or(0, |(_, rest)| rest.trim_end_matches("次保存").parse().unwrap());
        assert!((saves.acknowledged..=saves.attempted).contains(&kept), "{}: {saves:?}", edition.title);
    }
    let created = titles(read, "edition.create").await;
    let ours: Vec<&String> = created.iter().filter(|title| title.starts_with("中断")).collect();
    let distinct: BTreeSet<&&String> = ours.iter().collect();
    assert_eq!(distinct.len(), ours.len(), "nothing is made twice");
}

/// Everything passed is admitted, stands on its site, and is read there.
async fn publications(read: &Read, address: &str, ledger: &Ledger) {
    for (key, title) in ledger.passed() {
        let edition = store::edition::by_id(read, id(&key)).await.unwrap().expect("a passed edition exists");
        assert_eq!((edition.state, edition.title.as_str()), (EditionState::Admitted, title.as_str()));
        let owned = store::resource::by_id(read, edition.resource).await.unwrap().expect("its resource exists");
        let path = format!("/sites/tmtzq/{}", owned.resource.page_path());
        // The last ones may have been passed in the moment of the kill: their job runs now.
        let began = Instant::now();
        loop {
            let answer = Browser::at(address).get(&path).unwrap();
            if answer.status == 200 && answer.body.contains(&title) {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{title} is not published: {}", answer.status);
            sleep(Duration::from_millis(100));
        }
    }
}

/// What an importer acknowledged is there; a last run completes the rest; every line was admitted once.
async fn imports(read: &Read, instance: &Instance, ledger: &Ledger) {
    for line in ledger.imported() {
        let key = format!("nmg-bgt/{line}");
        assert!(store::resource::by_origin_key(read, &key).await.unwrap().is_some(), "{key} is lost");
    }
    let lines: String = (0..crate::ROUNDS).map(|round| ledger.lines_of(round, crate::LINES_PER_ROUND)).collect();
    let writer = std::thread::scope(|scope| {
        scope.spawn(|| finished(import_lines(instance, &lines).wait_with_output().unwrap())).join().unwrap()
    });
    assert_eq!(writer.code, 0, "{writer:?}");
    let imported: Vec<String> = titles(read, "edition.import").await;
    let distinct: BTreeSet<&String> = imported.iter().collect();
    assert_eq!(imported.len(), ledger.offered().len(), "every line is admitted once: {}", distinct.len());
    assert_eq!(distinct.len(), imported.len());
}

async fn titles(read: &Read, action: &str) -> Vec<String> {
    let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
    let (events, _) = store::audit::search(read, &filter, 0, 1_000_000).await.unwrap();
    events.into_iter().map(|event| event.entry.subject_name).collect()
}

fn id(key: &str) -> EditionId {
    key.parse().unwrap()
}
