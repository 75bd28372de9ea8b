//! One request, and the reading of its answer, away from the driver so that several run at once.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use url::Url;

use super::{ContentHash, CrawlSettings, item::Item};
use crate::{
    Ask, Fetch, FetchError, Fetched,
    links::{self, Link, PageScan},
    robots::Robots,
};

/// Links beyond the first 8 MiB of a page are not read.
const MOST_SCANNED: usize = 8 << 20;

/// What a request brought.
pub(super) enum Arrived {
    Rules {
        authority: String,
        root: Url,
        robots: Result<Robots, NoRules>,
        requests: usize,
    },
    /// The server's page for what does not exist, if it says 200.
    MissingPage {
        authority: String,
        shape: Option<u64>,
    },
    Answer(Box<Answer>),
}

/// Why `robots.txt` could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoRules {
    /// The server answers, but with errors.
    ServerError,
    /// No server answers.
    NoServer,
}

pub(super) struct Answer {
    pub item: Item,
    pub result: Result<Fetched, FetchError>,
    pub hash: Option<ContentHash>,
    pub page: Option<PageScan>,
    /// Links of a body that is not a page.
    pub links: Vec<Link>,
}

pub(super) async fn fetch(fetch: Arc<dyn Fetch>, settings: Arc<CrawlSettings>, item: Item) -> Arrived {
    let mut ask = ask(&settings, item.ask_as.as_deref().cloned().unwrap_or_else(|| item.address.url()));
    if let Some(earlier) = &item.earlier {
        ask.validators = earlier.0.clone();
    }
    ask.referrer = item.referrer.as_ref().map(|referrer| referrer.as_str().to_owned());
    let result = fetch.fetch(ask).await;
    let mut answer = Answer { item, result, hash: None, page: None, links: Vec::new() };
    if let Ok(fetched) = &answer.result
        && fetched.succeeded()
    {
        answer.hash = Some(ContentHash::of(&fetched.body));
        // A fault in reading one strange page must not end the crawl of all the others.
        match catch_unwind(AssertUnwindSafe(|| read(fetched, &settings))) {
            Ok((page, links)) => (answer.page, answer.links) = (page, links),
            Err(_) => tracing::error!(address = %answer.item.address, "the links of this page could not be read"),
        }
    }
    Arrived::Answer(Box::new(answer))
}

/// The links of a body, by its kind.
fn read(fetched: &Fetched, settings: &CrawlSettings) -> (Option<PageScan>, Vec<Link>) {
    let body = &fetched.body[..fetched.body.len().min(MOST_SCANNED)];
    if is_page(fetched) {
        let (text, encoding) = links::decode(body, fetched.charset().as_deref());
        return (Some(links::scan_page(&text, &fetched.address, encoding)), Vec::new());
    }
    if links::looks_like_sitemap(&fetched.address, &fetched.body) {
        return (None, links::scan_sitemap(&fetched.body, &fetched.address));
    }
    if settings.fetch_styles && fetched.content_type().as_deref() == Some("text/css") {
        let (text, _) = links::decode(body, fetched.charset().as_deref());
        return (None, links::scan_style(&text, &fetched.address));
    }
    (None, Vec::new())
}

/// `robots.txt`, following redirects as the standard asks.
pub(super) async fn rules(
    fetch: Arc<dyn Fetch>,
    settings: Arc<CrawlSettings>,
    authority: String,
    root: Url,
) -> Arrived {
    let Ok(address) = root.join("/robots.txt") else {
        return Arrived::Rules { authority, root, robots: Ok(Robots::allow_all()), requests: 0 };
    };
    if !settings.obey_robots {
        // Its site maps are still welcome.
        let mut robots = Robots::allow_all();
        if let Ok(found) = fetch.fetch(Ask { redirects: None, ..ask(&settings, address) }).await
            && found.succeeded()
        {
            robots.sitemaps = Robots::read(&found.body, &settings.robots_name).sitemaps;
        }
        return Arrived::Rules { authority, root, robots: Ok(robots), requests: 1 };
    }
    let attempts = settings.attempts.max(1);
    let mut trouble = NoRules::NoServer;
    for attempt in 1..=attempts {
        let found = fetch.fetch(Ask { redirects: None, ..ask(&settings, address.clone()) }).await;
        let robots = match found {
            // Old servers answer everything with a page.
            Ok(found) if found.succeeded() && is_page(&found) => Ok(Robots::allow_all()),
            Ok(found) if found.status < 500 && found.status != 429 => {
                Ok(Robots::from_answer(found.status, &found.body, &settings.robots_name))
            }
            Err(FetchError::TooManyRedirects(_) | FetchError::RedirectLoop(_)) => Ok(Robots::allow_all()),
            Ok(_) => Err(NoRules::ServerError),
            // The guard or the certificate: every page will say the same, and why.
            Err(error) if !error.is_passing() => Ok(Robots::allow_all()),
            Err(_) => Err(NoRules::NoServer),
        };
        match robots {
            Ok(robots) => {
                return Arrived::Rules { authority, root, robots: Ok(robots), requests: usize::from(attempt) };
            }
            Err(why) => trouble = why,
        }
        if attempt < attempts {
            tokio::time::sleep(settings.retry_wait * (1 << attempt.min(6))).await;
        }
    }
    Arrived::Rules { authority, root, robots: Err(trouble), requests: usize::from(attempts) }
}

/// Asks for something that cannot exist.
pub(super) async fn missing_page(
    fetch: Arc<dyn Fetch>,
    settings: Arc<CrawlSettings>,
    authority: String,
    root: Url,
) -> Arrived {
    let Ok(address) = root.join("/zhengtong-no-such-page-7f3a.html") else {
        return Arrived::MissingPage { authority, shape: None };
    };
    let found = fetch.fetch(ask(&settings, address)).await;
    let shape = match found {
        Ok(found) if found.succeeded() && is_page(&found) => {
            let (text, encoding) = links::decode(&found.body, found.charset().as_deref());
            Some(links::scan_page(&text, &found.address, encoding).shape)
        }
        _ => None,
    };
    Arrived::MissingPage { authority, shape }
}

fn ask(settings: &CrawlSettings, address: Url) -> Ask {
    Ask {
        redirects: Some(0),
        max_bytes: Some(settings.max_bytes),
        user_agent: settings.user_agent.clone(),
        ..Ask::get(address)
    }
}

/// By the claimed type, or by the first bytes when the claim says nothing.
fn is_page(fetched: &Fetched) -> bool {
    match fetched.content_type().as_deref() {
        Some("text/html" | "application/xhtml+xml") => !is_document(&fetched.body),
        None | Some("text/plain" | "application/octet-stream" | "text/xml" | "application/xml") => {
            let head = fetched.body[..fetched.body.len().min(512)].to_ascii_lowercase();
            let has = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
            has(b"<html") || has(b"<!doctype html") || has(b"<head")
        }
        _ => false,
    }
}

/// Old servers call every download a page.
fn is_document(body: &[u8]) -> bool {
    [b"%PDF-".as_slice(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!"]
        .iter()
        .any(|magic| body.starts_with(magic))
}
