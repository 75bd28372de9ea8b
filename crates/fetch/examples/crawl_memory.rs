//! Crawls a made-up site of `ARTICLES` pages (default 5,000) full of traps, in a process of its own, and prints time,
//! requests and this process's memory. With the word `serve` it is that server.
//!
//! `cargo run --release -p fetch --example crawl_memory -- 5000 [plain]`

use std::{
    error::Error,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use domain::time::Clock;
use fetch::{
    FetchSettings, Fetcher,
    address::{Address, AddressRules},
    crawl::{CrawlSettings, Known, start},
};
use old_site::{OldSite, OldSiteSettings};

struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "an example measures by the machine's clock")]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let articles = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(5000);
    let traps = !arguments.iter().any(|argument| argument == "plain");
    if arguments.iter().any(|argument| argument == "serve") {
        let settings = OldSiteSettings { articles, traps, hazards: traps, ..OldSiteSettings::default() };
        let served = OldSite::generate(settings).serve().await?;
        println!("{}", served.root());
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        let stats = served.stats();
        println!(
            "server: {} requests on {} connections; at once {} requests, {} connections",
            stats.total, stats.connections, stats.most_active_requests, stats.most_open_connections
        );
        return Ok(());
    }
    let mut server = Command::new(std::env::current_exe()?)
        .args(&arguments)
        .args(arguments.is_empty().then_some("5000"))
        .arg("serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(server.stdout.take().ok_or("no output")?).lines();
    let root = lines.next().ok_or("no server")??;
    let settings = CrawlSettings {
        connections_per_host: 4,
        delay: Duration::ZERO,
        retry_wait: Duration::from_millis(100),
        max_bytes: 32 << 20,
        ..CrawlSettings::new(vec![Address::parse(&root, &AddressRules::default())?])
    };
    let allow = vec!["127.0.0.1/32".parse()?];
    let fetcher = Fetcher::new(
        FetchSettings { allow, idle_timeout: Duration::from_secs(2), ..FetchSettings::default() },
        Arc::new(MachineClock),
    )?;
    let before = memory("VmRSS:");
    let begin = Instant::now();
    let (mut steps, handle) = start(Arc::new(fetcher), settings, Known::default());
    let mut count = 0;
    while steps.recv().await.is_some() {
        count += 1;
    }
    println!("{count} steps in {:.1} s: {:?}", begin.elapsed().as_secs_f64(), handle.progress());
    println!("memory: {before} before, {} after, {} at most", memory("VmRSS:"), memory("VmHWM:"));
    drop(server.stdin.take());
    println!("{}", lines.next().ok_or("the server is gone")??);
    server.wait()?;
    Ok(())
}

fn memory(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or("unknown").trim().to_owned()
}
