//! Killed and continued, stopped and paused, run again.

use std::{collections::HashSet, sync::Arc, time::Duration};

use fetch::{
    address::Address,
    crawl::{Earlier, Finish, Known, Outcome, Queued, Step, Verdict, start},
};
use old_site::{Expected, OldSite, OldSiteSettings, Served};

use crate::support::{crawl, fetcher, impatient};

/// What an owner stores: one transaction a step.
#[derive(Default)]
struct Stored {
    steps: Vec<Step>,
    queued: Vec<Queued>,
}

impl Stored {
    fn store(&mut self, step: Step) {
        for found in step.discovered.iter().filter(|found| found.verdict == Verdict::Queued) {
            self.queued.push(Queued {
                address: found.address.clone(),
                depth: found.depth,
                barren: found.barren,
                referrer: Some(step.address.clone()),
                kind: found.kind,
            });
        }
        self.steps.push(step);
    }

    fn known(&self) -> Known {
        let finished: HashSet<&Address> = self.steps.iter().map(|step| &step.address).collect();
        Known {
            finished: self.steps.iter().map(|step| (step.address.clone(), step.hash)).collect(),
            queued: self.queued.iter().filter(|queued| !finished.contains(&queued.address)).cloned().collect(),
            earlier: Vec::new(),
        }
    }
}

async fn serve(articles: usize, traps: bool) -> Served {
    OldSite::generate(OldSiteSettings { articles, traps, ..OldSiteSettings::default() }).serve().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_the_crawl_is_complete_and_nothing_stored_is_fetched_again() {
    let served = serve(600, true).await;
    let mut stored = Stored::default();
    let mut kills = 0;
    loop {
        let before: HashSet<String> =
            stored.steps.iter().map(|step| step.address.path_and_query().to_owned()).collect();
        served.forget();
        let (mut receiver, handle) = start(Arc::new(fetcher()), impatient(&served), stored.known());
        let mut taken = 0;
        while let Some(step) = receiver.recv().await {
            assert!(!before.contains(step.address.path_and_query()), "{} was stored already", step.address);
            stored.store(step);
            taken += 1;
            if taken == 150 && kills < 5 {
                break;
            }
        }
        let again: Vec<_> = served
            .stats()
            .requests
            .into_keys()
            .filter(|asked| before.contains(asked) && asked != "/sitemap.xml")
            .collect();
        assert!(again.is_empty(), "asked again: {again:?}");
        if handle.progress().finish == Some(Finish::Complete) {
            break;
        }
        kills += 1;
        // The process dies here: what was in flight or in the channel is lost.
        drop(receiver);
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert_eq!(kills, 5);
    let found: HashSet<&str> = stored.steps.iter().map(|step| step.address.path_and_query()).collect();
    assert_eq!(found.len(), stored.steps.len(), "every address once");
    for page in served.site().pages().iter().filter(|page| page.expected == Expected::Content) {
        assert!(found.contains(page.address.as_str()), "{} is missing", page.address);
    }
}

#[tokio::test]
async fn a_second_run_takes_only_what_changed() {
    let served = serve(200, false).await;
    let (first, _) = crawl(impatient(&served), Known::default()).await;
    let changed: Vec<String> = served
        .site()
        .pages()
        .iter()
        .filter(|page| !page.text.is_empty() && page.address.ends_with(".htm"))
        .step_by(17)
        .map(|page| page.address.clone())
        .collect();
    assert!(changed.len() > 5 && changed.iter().all(|address| served.site().change(address)));
    served.forget();
    let earlier = first
        .iter()
        .map(|step| Earlier {
            address: step.address.clone(),
            depth: step.depth,
            referrer: step.referrer.clone(),
            validators: step.validators.clone(),
            hash: step.hash,
        })
        .collect();
    let (second, progress) = crawl(impatient(&served), Known { earlier, ..Known::default() }).await;
    assert_eq!((second.len(), &progress.finish), (first.len(), &Some(Finish::Complete)));
    let taken: HashSet<String> = second
        .iter()
        .filter(|step| matches!(step.outcome, Outcome::Page(_) | Outcome::File(_)))
        .map(|step| step.address.path().to_owned())
        .collect();
    assert_eq!(taken, changed.into_iter().collect());
    assert!(progress.not_modified + taken.len() == first.len(), "{progress:?}");
    // Most were not even sent: the server keeps no dates for the pages of its programs only.
    assert!(served.stats().not_modified > 130, "{}", served.stats().not_modified);
}

#[tokio::test]
async fn a_paused_crawl_waits_and_a_stopped_one_ends() {
    let served = serve(300, false).await;
    let (mut receiver, handle) = start(Arc::new(fetcher()), impatient(&served), Known::default());
    let mut taken = 0;
    while taken < 20 {
        receiver.recv().await.unwrap();
        taken += 1;
    }
    handle.pause();
    while tokio::time::timeout(Duration::from_millis(200), receiver.recv()).await.is_ok() {
        taken += 1;
    }
    let requests = served.stats().total;
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(served.stats().total, requests, "nothing is asked during a pause");
    assert!(taken < 60, "{taken}");
    handle.resume();
    receiver.recv().await.unwrap();
    handle.stop();
    while receiver.recv().await.is_some() {}
    assert_eq!(handle.progress().finish, Some(Finish::Stopped));
    assert!(handle.progress().waiting > 0);
}
