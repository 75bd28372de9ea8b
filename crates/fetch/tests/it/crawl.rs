//! Whole sites.

use std::{collections::HashSet, sync::Arc, time::Duration};

use fetch::{
    FakeAnswer, FakeFetcher,
    crawl::{CrawlSettings, FailReason, Finish, Known, Outcome, Refusal, Step, TrapKind, Verdict, start},
};
use old_site::{Expected, OldSite, OldSiteSettings, PageKind};

use crate::support::{address, body, by_path, crawl, impatient};

#[tokio::test]
async fn a_plain_site_is_fetched_whole_and_nothing_twice() {
    let served =
        OldSite::generate(OldSiteSettings { articles: 300, ..OldSiteSettings::default() }).serve().await.unwrap();
    let (steps, progress) = crawl(impatient(&served), Known::default()).await;
    assert_eq!(progress.finish, Some(Finish::Complete));
    let found = by_path(&steps);
    let stats = served.stats();
    for page in served.site().pages() {
        let step = found.get(&page.address).unwrap_or_else(|| panic!("{} was not found", page.address));
        assert!(matches!(step.outcome, Outcome::Page(_) | Outcome::File(_)), "{step:?}");
        assert_eq!(stats.of(&page.address), 1, "{}", page.address);
        if page.kind == PageKind::Article {
            assert!(
                fetch::links::decode(body(step), None).0.contains(page.text.lines().next().unwrap()),
                "{}",
                page.address
            );
            for attachment in &page.attachments {
                let link = step.discovered.iter().find(|found| found.address.path() == attachment.address).unwrap();
                assert_eq!(link.text, attachment.name);
            }
        }
    }
    assert!(steps.iter().all(|step| !step.duplicate && !step.soft_404));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_pages_full_of_traps_come_to_an_end() {
    let settings = OldSiteSettings { articles: 5000, traps: true, ..OldSiteSettings::default() };
    let served = OldSite::generate(settings).serve().await.unwrap();
    let (steps, progress) = crawl(impatient(&served), Known::default()).await;
    assert_eq!(progress.finish, Some(Finish::Complete), "{progress:?}");
    let stats = served.stats();
    eprintln!("{progress:?}; {} requests, most at once {}", stats.total, stats.most_active_requests);
    assert!(stats.most_active_requests <= 4, "{} requests at once", stats.most_active_requests);
    assert!(stats.most_open_connections <= 4, "{} connections at once", stats.most_open_connections);
    let addresses: HashSet<_> = steps.iter().map(|step| step.address.key()).collect();
    assert_eq!(addresses.len(), steps.len(), "one step for one address");
    // Session numbers do not make new pages.
    let sessions = stats.requests.keys().filter(|target| target.contains("jsessionid")).count();
    assert_eq!(sessions, 0);
    let found = by_path(&steps);
    let mut flaky = 0;
    for page in served.site().pages() {
        let Some(step) = found.get(&page.address) else {
            assert_eq!(page.expected, Expected::Forbidden, "{} was not found", page.address);
            continue;
        };
        let times = stats.of(&page.address);
        match &page.expected {
            Expected::Content | Expected::SoftMissing => {
                assert!(matches!(step.outcome, Outcome::Page(_) | Outcome::File(_)), "{step:?}");
                flaky += usize::from(times == 3);
                assert!(times == 1 || (times == 3 && step.attempts == 3), "{} {times} times", page.address);
                assert_eq!(step.soft_404, page.expected == Expected::SoftMissing, "{}", page.address);
            }
            Expected::Duplicate { .. } => {
                assert!(step.duplicate || found[&page.address.to_lowercase()].duplicate, "{step:?}")
            }
            Expected::Redirect { to } => {
                assert!(
                    matches!(&step.outcome, Outcome::Redirect { to: found, .. } if found.ends_with(to)),
                    "{step:?}"
                );
                assert_eq!(times, 1);
            }
            Expected::Missing => assert!(matches!(step.outcome, Outcome::Failed(FailReason::Status(404))), "{step:?}"),
            Expected::Broken => match &step.outcome {
                Outcome::Failed(_) => {}
                Outcome::Page(fetched) => assert!(fetched.truncated.is_some(), "{step:?}"),
                other => panic!("{}: {other:?}", page.address),
            },
            Expected::Forbidden => assert!(matches!(step.outcome, Outcome::Refused(Refusal::Robots)), "{step:?}"),
        }
    }
    assert!(flaky > 50, "{flaky} pages came at the third try");
    assert_eq!(stats.of("/private/secret.htm"), 0, "robots.txt is obeyed");
    // What the traps cost.
    assert!(stats.total < served.site().pages().len() as u64 + 1500, "{} requests", stats.total);
}

async fn crawl_fake(
    pages: &[(&str, &str)],
    change: impl FnOnce(&mut CrawlSettings),
) -> (Vec<Step>, Arc<FakeFetcher>, Option<Finish>) {
    let fake = Arc::new(FakeFetcher::new());
    for (path, html) in pages {
        fake.put(&format!("http://a.gov.cn{path}"), Ok(FakeAnswer::html((*html).to_owned())));
    }
    let mut settings = CrawlSettings {
        delay: Duration::ZERO,
        retry_wait: Duration::from_millis(1),
        ..CrawlSettings::new(vec![address("http://a.gov.cn/")])
    };
    change(&mut settings);
    let (mut receiver, handle) = start(fake.clone(), settings, Known::default());
    let mut steps = Vec::new();
    while let Some(step) = receiver.recv().await {
        steps.push(step);
    }
    (steps, fake, handle.progress().finish)
}

#[tokio::test]
async fn links_get_verdicts() {
    let html = "<a href=/b>b</a><a href=http://b.gov.cn/>c</a><a href=/x/x/x/x/x/x>d</a><a href=/private/e>e</a><link rel=stylesheet href=/f.css>";
    let (steps, ..) = crawl_fake(&[("/", html), ("/b", "<a href=/>home</a>")], |_| {}).await;
    let verdicts: Vec<_> =
        steps[0].discovered.iter().map(|found| (found.address.path().to_owned(), found.verdict)).collect();
    assert_eq!(
        verdicts,
        [
            ("/b".into(), Verdict::Queued),
            ("/".into(), Verdict::OffSite),
            // Folders of one letter are numbers more often than mistakes.
            ("/x/x/x/x/x/x".into(), Verdict::Queued),
            ("/private/e".into(), Verdict::Queued),
            ("/f.css".into(), Verdict::NotWanted),
        ]
    );
    let (steps, ..) = crawl_fake(&[("/", "<a href=/xx/xx/xx/xx/a>d</a>")], |_| {}).await;
    assert_eq!(steps[0].discovered[0].verdict, Verdict::Trap(TrapKind::RepeatedFolders));
}

#[tokio::test]
async fn limits_stop_the_crawl_and_leave_the_rest() {
    let (steps, _, finish) = crawl_fake(
        &[("/", "<a href=/a>a</a><a href=/b>b</a><a href=/c>c</a>"), ("/a", "1"), ("/b", "2"), ("/c", "3")],
        |settings| settings.max_pages = 2,
    )
    .await;
    assert_eq!((steps.len(), finish), (2, Some(Finish::LimitReached)));
    let (steps, _, finish) =
        crawl_fake(&[("/", "<a href=/a>a</a>"), ("/a", "<a href=/b>b</a>"), ("/b", "3")], |settings| {
            settings.max_depth = 1;
        })
        .await;
    assert_eq!((steps.len(), finish), (2, Some(Finish::Complete)));
    assert_eq!(steps[1].discovered[0].verdict, Verdict::TooDeep);
}

#[tokio::test]
async fn a_failing_robots_file_means_stay_away() {
    let fake = Arc::new(FakeFetcher::new());
    fake.put("http://a.gov.cn/robots.txt", Ok(FakeAnswer { status: 500, ..FakeAnswer::default() }));
    let settings =
        CrawlSettings { retry_wait: Duration::from_millis(1), ..CrawlSettings::new(vec![address("http://a.gov.cn/")]) };
    let (mut receiver, _handle) = start(fake.clone(), settings.clone(), Known::default());
    let step = receiver.recv().await.unwrap();
    assert!(matches!(step.outcome, Outcome::Refused(Refusal::RobotsUnreachable)), "{step:?}");
    assert!(fake.asked().iter().all(|asked| asked.ends_with("/robots.txt")), "{:?}", fake.asked());
    let ignoring = CrawlSettings { obey_robots: false, ..settings };
    let (mut receiver, _handle) = start(fake.clone(), ignoring, Known::default());
    assert!(matches!(receiver.recv().await.unwrap().outcome, Outcome::Failed(FailReason::Status(404))));
}

#[tokio::test]
async fn a_server_that_is_switched_off_ends_the_crawl_with_everything_left() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let settings = CrawlSettings {
        retry_wait: Duration::from_millis(1),
        ..CrawlSettings::new(vec![address(&format!("http://{closed}/"))])
    };
    let (steps, progress) = crawl(settings, Known::default()).await;
    assert_eq!((steps.len(), progress.finish), (0, Some(Finish::Unreachable(closed.to_string()))));
}

#[tokio::test]
async fn the_site_is_asked_no_faster_than_allowed() {
    let site =
        OldSiteSettings { articles: 10, attachments: false, crawl_delay: Some(60), ..OldSiteSettings::default() };
    let served = OldSite::generate(site).serve().await.unwrap();
    let settings = CrawlSettings { longest_crawl_delay: Duration::from_millis(40), ..impatient(&served) };
    let begin = std::time::Instant::now();
    let (steps, _) = crawl(settings, Known::default()).await;
    assert!(
        begin.elapsed() >= Duration::from_millis(40) * (u32::try_from(steps.len()).unwrap() - 1),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test]
async fn chinese_file_names_are_asked_for_in_gbk_where_utf_8_finds_nothing() {
    let fake = Arc::new(FakeFetcher::new());
    fake.put("http://a.gov.cn/", Ok(FakeAnswer::html("<a href='/通知.doc'>a</a><a href='/没有.doc'>b</a>")));
    fake.put("http://a.gov.cn/%CD%A8%D6%AA.doc", Ok(FakeAnswer { status: 200, ..FakeAnswer::default() }));
    let settings = CrawlSettings { delay: Duration::ZERO, ..CrawlSettings::new(vec![address("http://a.gov.cn/")]) };
    let (mut receiver, _handle) = start(fake, settings, Known::default());
    let mut steps = Vec::new();
    while let Some(step) = receiver.recv().await {
        steps.push(step);
    }
    let found = by_path(&steps);
    assert!(matches!(found["/%E9%80%9A%E7%9F%A5.doc"].outcome, Outcome::File(_)));
    assert!(matches!(found["/%E6%B2%A1%E6%9C%89.doc"].outcome, Outcome::Failed(FailReason::Status(404))));
}

#[tokio::test]
async fn redirects_and_refreshes_without_end_come_to_an_end() {
    let fake = Arc::new(FakeFetcher::new());
    fake.put("http://a.gov.cn/", Ok(FakeAnswer::html("<a href=/r/1>a</a><a href=/m/1>b</a>")));
    for number in 1..1000 {
        let headers = vec![("location".to_owned(), format!("/r/{}", number + 1))];
        fake.put(
            &format!("http://a.gov.cn/r/{number}"),
            Ok(FakeAnswer { status: 302, headers, ..FakeAnswer::default() }),
        );
        let words = ["甲", "乙", "丙", "丁"][number % 4].repeat(number);
        let html = format!("<meta http-equiv=refresh content='0;url=/m/{}'>{words}", number + 1);
        fake.put(&format!("http://a.gov.cn/m/{number}"), Ok(FakeAnswer::html(html)));
    }
    let settings = CrawlSettings { delay: Duration::ZERO, ..CrawlSettings::new(vec![address("http://a.gov.cn/")]) };
    let (mut receiver, handle) = start(fake, settings, Known::default());
    let mut count = 0;
    while receiver.recv().await.is_some() {
        count += 1;
    }
    assert_eq!(handle.progress().finish, Some(Finish::Complete));
    assert!(count < 350, "{count}");
}
