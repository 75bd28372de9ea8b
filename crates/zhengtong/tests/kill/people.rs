//! People at the console while the server dies under them.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    ledger::Ledger,
    support::browser::{Answer, Browser, value_of},
};

const PASSWORD: &str = "Shili-2021-45";

/// Someone whose session outlives the server.
struct Seat {
    browser: Browser,
    login: &'static str,
    logged_in: bool,
}

impl Seat {
    fn new(address: &str, login: &'static str) -> Self {
        Self { browser: Browser::at(address), login, logged_in: false }
    }

    fn sit_down(&mut self) -> io::Result<()> {
        if !self.logged_in {
            self.browser.log_in(self.login, PASSWORD)?;
            self.logged_in = true;
        }
        Ok(())
    }

    /// Starts a draft; its key.
    fn create(&mut self, title: &str) -> io::Result<String> {
        let page = must(self.browser.get("/console/resources/new")?, 200);
        let (token, unit) = (field(&page, "csrf_token"), field(&page, "unit"));
        let fields = [("csrf_token", &*token), ("kind", "article"), ("unit", &unit), ("title", title)];
        let made = must(self.browser.post("/console/resources", &fields)?, 303);
        let location = made.location.unwrap_or_default();
        let edition = location.split('/').nth(3).expect("the address of the draft");
        Ok(edition.to_owned())
    }

    /// Saves a draft, and submits it when `then` says so.
    fn save(&mut self, edition: &str, title: &str, then: &str) -> io::Result<()> {
        let page = must(self.browser.get(&format!("/console/editions/{edition}/edit"))?, 200);
        let (token, version) = (field(&page, "csrf_token"), field(&page, "lock_version"));
        let column = field(&page, "placements");
        let fields = [
            ("csrf_token", &*token),
            ("lock_version", &version),
            ("title", title),
            ("body", "<p>为了中断测试而写的示例内容，与任何机关无关。</p>"),
            ("source", "示例单位"),
            ("open_mode", "active"),
            ("secrecy_reviewed", "true"),
            ("placements", &column),
            ("do", then),
        ];
        must(self.browser.post(&format!("/console/editions/{edition}"), &fields)?, 303);
        Ok(())
    }
}

/// Writes drafts and saves them again and again.
pub struct Author {
    seat: Seat,
    ledger: Arc<Ledger>,
    drafts: u32,
}

impl Author {
    pub fn new(address: &str, ledger: Arc<Ledger>) -> Self {
        Self { seat: Seat::new(address, "nmg.editor2"), ledger, drafts: 0 }
    }

    /// Works until the server is dead.
    pub fn work(&mut self, over: &AtomicBool) {
        let outcome = self.go_on();
        assert!(over.load(Ordering::SeqCst) || is_death(&outcome), "{outcome:?}");
    }

    fn go_on(&mut self) -> io::Result<()> {
        self.seat.sit_down()?;
        loop {
            self.drafts += 1;
            let edition = self.seat.create(&format!("中断草稿{}", self.drafts))?;
            for number in 1..=4 {
                self.ledger.save_attempted(&edition, number);
                self.seat.save(&edition, &format!("中断草稿{} 第{number}次保存", self.drafts), "save")?;
                self.ledger.save_acknowledged(&edition, number);
            }
        }
    }
}

/// An editor and a reviewer of a site where one step leads to publication.
pub struct Publisher {
    editor: Seat,
    reviewer: Seat,
    ledger: Arc<Ledger>,
    texts: u32,
}

impl Publisher {
    pub fn new(address: &str, ledger: Arc<Ledger>) -> Self {
        let (editor, reviewer) = (Seat::new(address, "tmtzq.editor"), Seat::new(address, "tmtzq.zhong"));
        Self { editor, reviewer, ledger, texts: 0 }
    }

    /// Works until the server is dead.
    pub fn work(&mut self, over: &AtomicBool) {
        let outcome = self.go_on();
        assert!(over.load(Ordering::SeqCst) || is_death(&outcome), "{outcome:?}");
    }

    fn go_on(&mut self) -> io::Result<()> {
        self.editor.sit_down()?;
        self.reviewer.sit_down()?;
        loop {
            self.texts += 1;
            let title = format!("中断发布{}（示例）", self.texts);
            let edition = self.editor.create(&title)?;
            self.editor.save(&edition, &title, "submit")?;
            let Some(review) = self.waiting(&title)? else { continue };
            let path = format!("/console/reviews/{review}");
            let page = must(self.reviewer.browser.get(&path)?, 200);
            let (token, step) = (field(&page, "csrf_token"), field(&page, "step"));
            let fields = [("csrf_token", &*token), ("step", &step), ("opinion", "同意")];
            must(self.reviewer.browser.post(&format!("{path}/pass"), &fields)?, 303);
            self.ledger.pass_acknowledged(&edition, &title);
        }
    }

    /// The review that waits for this title.
    fn waiting(&mut self, title: &str) -> io::Result<Option<String>> {
        let page = must(self.reviewer.browser.get("/console/reviews")?, 200).body.replace("&#x2f;", "/");
        let Some((before, _)) = page.split_once(&format!(">{title}<")) else { return Ok(None) };
        Ok(before.rsplit_once("/console/reviews/").and_then(|(_, after)| after.get(..36)).map(str::to_owned))
    }
}

fn field(answer: &Answer, name: &str) -> String {
    value_of(&answer.body, name).unwrap_or_else(|| panic!("no field {name} in {}", answer.body)).to_owned()
}

/// A living server gives the expected answer, a dying one gives none; anything else is a fault.
fn must(answer: Answer, status: u16) -> Answer {
    assert_eq!(answer.status, status, "{answer:?}");
    answer
}

/// The connection broke, which is how death looks from here. The kill may come before `over` is set.
fn is_death(outcome: &io::Result<()>) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionRefused, ConnectionReset, UnexpectedEof};
    let broken =
        |error: &io::Error| matches!(error.kind(), BrokenPipe | ConnectionRefused | ConnectionReset | UnexpectedEof);
    outcome.as_ref().is_err_and(broken)
}
