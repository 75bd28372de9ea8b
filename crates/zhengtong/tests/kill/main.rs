//! `kill -9` at random moments, under editing, importing and publishing load, twenty times on each engine: no
//! acknowledged write is lost, nothing is doubled, no release is half published.
//!
//! Each round starts `zhengtong all`, lets people work at the console and an importer run beside it, and kills the
//! server (and in every second round the importer, too). Right after the kill, before anything is mended by a start,
//! the library and the audit trail must prove themselves. At the end everything that was acknowledged is looked for.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

#[path = "../support/mod.rs"]
mod support;

mod check;
mod ledger;
mod people;

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    net::TcpListener,
    process::{Child, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use ledger::Ledger;
use people::{Author, Publisher};
use support::{Instance, browser::Browser, finished};
use testkit::{Engine, TestDb};

const ROUNDS: usize = 20;
const LINES_PER_ROUND: usize = 40;

#[test]
fn sqlite_survives_being_killed_twenty_times() {
    survive(&Instance::demo());
}

#[test]
fn postgres_survives_being_killed_twenty_times() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // The database disappears with `db`, at the end.
    let db = match runtime.block_on(TestDb::new(Engine::Postgres)) {
        Ok(db) => db,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{error}");
            eprintln!("SKIPPED: {error}");
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let instance = Instance::at(db.url(), &folder.path().join("files"));
    let filled = instance.run(&["demo", "--no-serve"]);
    assert_eq!(filled.code, 0, "{filled:?}");
    survive(&instance);
}

fn survive(instance: &Instance) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let ledger = Arc::new(Ledger::default());
    let mut author = Author::new(&address, Arc::clone(&ledger));
    let mut publisher = Publisher::new(&address, Arc::clone(&ledger));
    for round in 0..ROUNDS {
        let mut server = start(instance, &address);
        let mut importer = import(instance, &ledger, round);
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| author.work(&over));
            scope.spawn(|| publisher.work(&over));
            sleep(Duration::from_millis(300 + random() % 1500));
            server.kill().unwrap();
            over.store(true, Ordering::SeqCst);
        });
        server.wait().unwrap();
        if round % 2 == 0 {
            importer.kill().unwrap();
        }
        let imported = finished(importer.wait_with_output().unwrap());
        if imported.code == 0 {
            ledger.import_acknowledged(round);
        } else {
            assert_eq!(imported.code, -1, "only a killed importer may fail: {imported:?}");
        }
        for proof in ["library", "audit"] {
            let done = instance.run(&["verify", proof]);
            assert_eq!(done.code, 0, "round {round}, right after the kill: {done:?}");
        }
    }
    eprintln!("{}", ledger.sums());
    assert!(ledger.has_enough(), "the load was no load: {}", ledger.sums());
    let mut server = start(instance, &address);
    check::everything(instance, &address, &ledger);
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(instance.run(&["verify", "library"]).code, 0);
    assert_eq!(instance.run(&["verify", "audit"]).code, 0);
}

/// Starts the server and waits until it answers.
fn start(instance: &Instance, address: &str) -> Child {
    let mut command = instance.command(&["all", "--listen", address]);
    let mut server = command
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    loop {
        if Browser::at(address).get("/console/login").is_ok_and(|answer| answer.status == 200) {
            return server;
        }
        if let Some(ended) = server.try_wait().unwrap() {
            panic!("the server ended by itself: {ended}");
        }
        assert!(began.elapsed() < Duration::from_secs(60), "the server does not come up");
        sleep(Duration::from_millis(20));
    }
}

/// Starts an importer with the lines of this round and of the one before, which must change nothing any more.
fn import(instance: &Instance, ledger: &Ledger, round: usize) -> Child {
    let before = round.checked_sub(1).map(|before| ledger.lines_of(before, LINES_PER_ROUND)).unwrap_or_default();
    let lines = format!("{before}{}", ledger.lines_of(round, LINES_PER_ROUND));
    ledger.import_offered(round, LINES_PER_ROUND);
    import_lines(instance, &lines)
}

/// Starts an importer.
fn import_lines(instance: &Instance, lines: &str) -> Child {
    use std::io::Write;
    let arguments = [
        "import",
        "documents",
        "-",
        "--site",
        "nmg",
        "--column",
        "tzgg",
        "--as",
        "nmg.editor",
        "--reviewed-by",
        "nmg.zhong",
    ];
    let mut command = instance.command(&arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // All of it fits into the pipe, or the importer reads on; its death is not ours.
    let _ = input.write_all(lines.as_bytes());
    child
}

/// Chance without a clock.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
