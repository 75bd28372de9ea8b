//! Sends requests as the frontier allows and hands over steps.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::Instant,
};
use url::Url;

use super::{
    CrawlHandle, CrawlProgress, CrawlSettings, FailReason, Finish, Known, Outcome, Step,
    frontier::{Frontier, Next},
    handle::Wish,
    host::Moment,
    item::Item,
    judge::{self, Judged},
    visit::{self, Answer, Arrived, NoRules},
};
use crate::{Fetch, FetchError, address::Address, links::LinkKind, robots::Robots};

/// Begins, or goes on with, a crawl. It ends by itself; dropping the receiver ends it at once, and requests in flight
/// are cut off.
pub fn start(fetch: Arc<dyn Fetch>, settings: CrawlSettings, known: Known) -> (mpsc::Receiver<Step>, CrawlHandle) {
    let (steps, receiver) = mpsc::channel(settings.channel.max(1));
    let (wish, wishes) = watch::channel(Wish::Run);
    let handle = CrawlHandle { wish: Arc::new(wish), progress: Arc::new(Mutex::new(CrawlProgress::default())) };
    let answers = known.finished.len();
    let driver = Driver {
        fetch,
        settings: Arc::new(settings.clone()),
        frontier: Frontier::new(settings, known),
        in_flight: JoinSet::new(),
        steps,
        wishes,
        handle: handle.clone(),
        progress: CrawlProgress::default(),
        answers,
        begin: Instant::now(),
    };
    tokio::spawn(driver.run());
    (receiver, handle)
}

struct Driver {
    fetch: Arc<dyn Fetch>,
    settings: Arc<CrawlSettings>,
    frontier: Frontier,
    in_flight: JoinSet<Arrived>,
    steps: mpsc::Sender<Step>,
    wishes: watch::Receiver<Wish>,
    /// Also keeps the sending side of `wishes` alive.
    handle: CrawlHandle,
    progress: CrawlProgress,
    /// Addresses dealt with in this run, earlier starts included, for the limit.
    answers: usize,
    begin: Instant,
}

impl Driver {
    async fn run(mut self) {
        let finish = self.drive().await;
        self.in_flight.shutdown().await;
        self.progress.finish = Some(finish);
        self.show();
    }

    async fn drive(&mut self) -> Finish {
        loop {
            let wish = *self.wishes.borrow_and_update();
            let mut ending = match wish {
                Wish::Stop => Some(Finish::Stopped),
                Wish::Run | Wish::Pause => None,
            };
            let mut wake: Option<Moment> = None;
            while ending.is_none() && wish == Wish::Run {
                if self.answers + self.in_flight.len() >= self.settings.max_pages {
                    ending = (self.frontier.waiting() > 0).then_some(Finish::LimitReached);
                    break;
                }
                match self.frontier.next(self.now()) {
                    Next::Rules { authority, example } => self.ask_rules(authority, &example),
                    Next::Fetch(item) => self.ask(*item),
                    Next::Refuse(item, refusal) => {
                        if let Some(step) = judge::refused(*item, refusal)
                            && !self.hand_over(step).await
                        {
                            return Finish::Stopped;
                        }
                    }
                    Next::Wait(until) => {
                        wake = until;
                        break;
                    }
                    Next::Nothing => break,
                }
            }
            self.show();
            if self.in_flight.is_empty() {
                if let Some(ending) = ending {
                    return ending;
                }
                if wish == Wish::Run && wake.is_none() {
                    return Finish::Complete;
                }
            }
            let sleep = async {
                match wake {
                    Some(moment) => tokio::time::sleep_until(self.begin + moment).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some(arrived) = self.in_flight.join_next() => {
                    let arrived = match arrived {
                        Ok(arrived) => arrived,
                        // The address stays queued with the owner; going on would call the crawl complete without it.
                        Err(error) => {
                            tracing::error!(%error, "a request broke down");
                            return Finish::Stopped;
                        }
                    };
                    if let Err(finish) = self.take(arrived).await {
                        return finish;
                    }
                }
                () = sleep => {}
                _ = self.wishes.changed() => {}
                () = self.steps.closed() => return Finish::Stopped,
            }
        }
    }

    fn ask_rules(&mut self, authority: String, example: &Address) {
        let (fetch, settings) = (self.fetch.clone(), self.settings.clone());
        self.in_flight.spawn(visit::rules(fetch, settings, authority, example.url()));
    }

    fn ask(&mut self, item: Item) {
        self.progress.requests += 1;
        self.in_flight.spawn(visit::fetch(self.fetch.clone(), self.settings.clone(), item));
    }

    async fn take(&mut self, arrived: Arrived) -> Result<(), Finish> {
        match arrived {
            Arrived::Rules { authority, root, robots, requests } => {
                self.progress.requests += requests;
                let seed = self.settings.seeds.iter().any(|seed| seed.authority() == authority);
                if robots == Err(NoRules::NoServer) && seed {
                    return Err(Finish::Unreachable(authority));
                }
                self.take_rules(&authority, root, robots.ok());
                Ok(())
            }
            Arrived::MissingPage { authority, shape } => {
                self.frontier.came_in(&authority);
                if let Some(shape) = shape {
                    self.frontier.set_missing_page(&authority, shape);
                }
                Ok(())
            }
            Arrived::Answer(answer) => self.take_answer(*answer).await,
        }
    }

    fn take_rules(&mut self, authority: &str, root: Url, robots: Option<Robots>) {
        let sitemaps = robots.as_ref().map(|robots| robots.sitemaps.clone()).unwrap_or_default();
        let reachable = robots.is_some();
        self.frontier.rules_came_in(authority, robots);
        if !reachable {
            return;
        }
        let rules = &self.settings.address_rules;
        let named = sitemaps.iter().map(|sitemap| (sitemap.as_str(), false));
        for (sitemap, guessed) in named.chain([("/sitemap.xml", true)]) {
            if let Ok(url) = root.join(sitemap)
                && let Ok(address) = Address::from_url(&url, rules)
            {
                self.frontier.push_new(Item { guessed, ..Item::new(address, LinkKind::SiteMap) });
            }
        }
        // Uses the place among the connections that the rules have just left.
        self.frontier.went_out(authority);
        self.progress.requests += 1;
        let (fetch, settings) = (self.fetch.clone(), self.settings.clone());
        self.in_flight.spawn(visit::missing_page(fetch, settings, authority.to_owned(), root));
    }

    async fn take_answer(&mut self, answer: Answer) -> Result<(), Finish> {
        let authority = answer.item.address.authority().to_owned();
        self.frontier.came_in(&authority);
        let unreachable = matches!(
            &answer.result,
            Err(FetchError::Connect { .. } | FetchError::UnknownHost(_) | FetchError::TimedOut(_))
        );
        let failures = self.frontier.note_connection(&authority, unreachable);
        let now = self.now();
        match judge::judge(&mut self.frontier, answer, now) {
            Judged::Again { item, at, whole_host } => {
                self.progress.retries += 1;
                if whole_host {
                    self.frontier.leave_alone(&authority, at);
                }
                self.frontier.retry(*item, at);
            }
            Judged::Step(step) => {
                self.answers += 1;
                if !self.hand_over(*step).await {
                    return Err(Finish::Stopped);
                }
            }
            Judged::Silence => {}
        }
        if failures >= self.settings.unreachable_after {
            return Err(Finish::Unreachable(authority));
        }
        Ok(())
    }

    /// Whether somebody took it.
    async fn hand_over(&mut self, step: Step) -> bool {
        let progress = &mut self.progress;
        match &step.outcome {
            Outcome::Page(fetched) => {
                progress.pages += 1;
                progress.bytes += fetched.body.len() as u64;
            }
            Outcome::File(fetched) => {
                progress.files += 1;
                progress.bytes += fetched.body.len() as u64;
            }
            Outcome::Redirect { .. } => progress.redirects += 1,
            Outcome::NotModified => progress.not_modified += 1,
            Outcome::Failed(reason) => {
                progress.failed += 1;
                if let FailReason::NoAnswer(error) = reason {
                    tracing::debug!(address = %step.address, %error, "no answer");
                }
            }
            Outcome::Refused(_) => progress.refused += 1,
        }
        progress.duplicates += usize::from(step.duplicate);
        progress.traps += judge::traps_among(&step.discovered);
        self.show();
        self.steps.send(step).await.is_ok()
    }

    fn show(&mut self) {
        self.progress.waiting = self.frontier.waiting();
        self.progress.in_flight = self.in_flight.len();
        *self.handle.progress.lock().unwrap_or_else(PoisonError::into_inner) = self.progress.clone();
    }

    fn now(&self) -> Duration {
        self.begin.elapsed()
    }
}
