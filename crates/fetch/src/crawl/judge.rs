//! From an answer to a step.

use std::{collections::HashSet, time::Duration};

use super::{
    Discovered, FailReason, Outcome, Refusal, Step, Verdict,
    frontier::Frontier,
    host::Moment,
    item::Item,
    trap,
    trap::{Brought, Worth},
    visit::Answer,
};
use crate::{
    FetchError, Fetched, Truncation, Validators,
    address::{Address, percent_decoded, percent_encoded},
    links::{Link, LinkKind},
};
use url::Url;

/// What the driver does with an answer.
pub(super) enum Judged {
    Step(Box<Step>),
    /// Try again, not before this moment; the whole host is left alone until then when `whole_host` says so.
    Again {
        item: Box<Item>,
        at: Moment,
        whole_host: bool,
    },
    /// Nothing worth telling.
    Silence,
}

/// The longest that a server's `Retry-After` is followed.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

pub(super) fn judge(frontier: &mut Frontier, mut answer: Answer, now: Moment) -> Judged {
    answer.item.attempts += 1;
    let more_tries = answer.item.attempts < frontier.settings().attempts;
    let backoff = frontier.settings().retry_wait * (1 << u32::from(answer.item.attempts - 1).min(6));
    let fetched = match answer.result {
        Ok(fetched) => fetched,
        Err(error) if error.is_passing() && more_tries => {
            return Judged::Again { item: Box::new(answer.item), at: now + backoff, whole_host: false };
        }
        Err(error) => return fail(answer.item, FailReason::NoAnswer(error), None),
    };
    if fetched.not_modified() {
        return not_modified(frontier, answer.item, &fetched);
    }
    if matches!(fetched.status, 408 | 425 | 429 | 500..=599) {
        if !more_tries {
            return fail(answer.item, FailReason::Status(fetched.status), Some(&fetched));
        }
        let asked = fetched.retry_after(fetched.started).map(|wait| wait.min(LONGEST_WAIT));
        let whole_host = fetched.status == 429 || (fetched.status == 503 && asked.is_some());
        let at = now + asked.unwrap_or(backoff).max(backoff);
        return Judged::Again { item: Box::new(answer.item), at, whole_host };
    }
    if matches!(fetched.status, 300..=303 | 307 | 308) {
        return redirect(frontier, answer.item, &fetched, now);
    }
    if !fetched.succeeded() {
        if fetched.status == 404
            && let Some(other) = other_spelling(&answer.item)
        {
            answer.item.attempts -= 1;
            answer.item.ask_as = Some(Box::new(other));
            return Judged::Again { item: Box::new(answer.item), at: now, whole_host: false };
        }
        if answer.item.guessed {
            return Judged::Silence;
        }
        return fail(answer.item, FailReason::Status(fetched.status), Some(&fetched));
    }
    if matches!(fetched.truncated, Some(Truncation::CutOff | Truncation::TooSlow)) && more_tries {
        return Judged::Again { item: Box::new(answer.item), at: now + backoff, whole_host: false };
    }
    answer.result = Err(FetchError::UserInfo); // taken out; never read again
    content(frontier, answer, fetched)
}

fn content(frontier: &mut Frontier, answer: Answer, fetched: Fetched) -> Judged {
    let Answer { item, hash, page, links, .. } = answer;
    let before = item.earlier.as_ref().and_then(|earlier| earlier.1);
    let unchanged = before.is_some() && before == hash;
    let duplicate = hash.is_some_and(|hash| !frontier.note_body(hash));
    let validators = fetched.validators();
    let took = fetched.took;
    let is_page = page.is_some();
    let (shape, title, links) = match page {
        Some(page) => (Some((page.shape, page.text_length)), page.title, page.links),
        None => (None, String::new(), links),
    };
    let soft_404 = shape.is_some_and(|(shape, length)| {
        frontier.looks_missing(item.address.authority(), shape) || says_missing(&title, length)
    });
    let links = unique(if duplicate { Vec::new() } else { links }, &item.address, frontier);
    let own_pattern = trap::pattern(&item.address);
    let brought = Brought {
        shape: shape.map(|(shape, _)| shape),
        duplicate,
        new_elsewhere: links
            .iter()
            .filter(|(address, _)| trap::pattern(address) != own_pattern && frontier.would_be_new(address))
            .count(),
        to_itself: links
            .iter()
            .filter(|(address, _)| address.path() == item.address.path() && address.query() != item.address.query())
            .count(),
    };
    let worth = frontier.note_page(&item.address, brought);
    let discovered = links.into_iter().filter_map(|(_, link)| frontier.offer(&item, link, worth)).collect();
    let outcome = match (unchanged, is_page) {
        (true, _) => Outcome::NotModified,
        (false, true) => Outcome::Page(Box::new(fetched)),
        (false, false) => Outcome::File(Box::new(fetched)),
    };
    Judged::Step(Box::new(Step {
        hash,
        validators,
        duplicate,
        soft_404,
        title,
        took,
        discovered,
        ..bare(item, outcome)
    }))
}

/// Every address once, the first mention with words winning; the page itself left out.
fn unique(links: Vec<Link>, own: &Address, frontier: &Frontier) -> Vec<(Address, Link)> {
    let rules = &frontier.settings().address_rules;
    let mut order: Vec<(Address, Link)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let own = own.key();
    for link in links {
        let Ok(address) = Address::from_url(&link.address, rules) else { continue };
        let key = address.key();
        if key == own {
            continue;
        }
        match places.get(&key) {
            None => {
                places.insert(key, order.len());
                order.push((address, link));
            }
            Some(place) => {
                let first: &mut (Address, Link) = &mut order[*place];
                if first.1.text.is_empty() && !link.text.is_empty() {
                    first.1.text = link.text;
                }
            }
        }
    }
    order
}

fn redirect(frontier: &mut Frontier, mut item: Item, fetched: &Fetched, now: Moment) -> Judged {
    let Some(target) = fetched.redirect_target() else {
        return fail(item, FailReason::RedirectWithoutTarget(fetched.status), Some(fetched));
    };
    let Ok(address) = Address::from_url(&target, &frontier.settings().address_rules) else {
        return fail(item, FailReason::RedirectWithoutTarget(fetched.status), Some(fetched));
    };
    if address.key() == item.address.key() {
        // The same page over https, or with a session number: one page, so it is fetched here and now.
        let asked = item.ask_as.as_deref().cloned().unwrap_or_else(|| item.address.url());
        if asked == target || item.self_hops >= 4 {
            return fail(item, FailReason::RedirectLoop, Some(fetched));
        }
        item.self_hops += 1;
        item.attempts = item.attempts.saturating_sub(1);
        item.ask_as = Some(Box::new(target));
        return Judged::Again { item: Box::new(item), at: now, whole_host: false };
    }
    if item.guessed {
        return Judged::Silence;
    }
    let link = Link { address: target.clone(), text: String::new(), kind: LinkKind::Redirect };
    let discovered: Vec<Discovered> = frontier.offer(&item, link, Worth::Nothing).into_iter().collect();
    let outcome = Outcome::Redirect { status: fetched.status, to: target.to_string() };
    let took = fetched.took;
    Judged::Step(Box::new(Step { took, discovered, ..bare(item, outcome) }))
}

fn not_modified(frontier: &mut Frontier, mut item: Item, fetched: &Fetched) -> Judged {
    let (sent, hash) = item.earlier.take().map(|earlier| *earlier).unwrap_or_default();
    if let Some(hash) = hash {
        frontier.note_body(hash);
    }
    let new = fetched.validators();
    let validators =
        Validators { etag: new.etag.or(sent.etag), last_modified: new.last_modified.or(sent.last_modified) };
    let took = fetched.took;
    Judged::Step(Box::new(Step { hash, validators, took, ..bare(item, Outcome::NotModified) }))
}

fn fail(item: Item, reason: FailReason, fetched: Option<&Fetched>) -> Judged {
    if item.guessed {
        return Judged::Silence;
    }
    let took = fetched.map_or(Duration::ZERO, |fetched| fetched.took);
    Judged::Step(Box::new(Step { took, ..bare(item, Outcome::Failed(reason)) }))
}

/// Chinese in a path is sent as UTF-8, as browsers do; servers with GBK file names know it in GBK only.
fn other_spelling(item: &Item) -> Option<Url> {
    let path = item.address.path();
    if item.ask_as.is_some() || !path.contains("%E") {
        return None;
    }
    let text = String::from_utf8(percent_decoded(path)).ok()?;
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(&text);
    if unmappable || bytes.is_ascii() {
        return None;
    }
    let mut other = item.address.url();
    other.set_path(&percent_encoded(&bytes));
    Some(other)
}

/// The step of an address that is not fetched.
pub(super) fn refused(item: Item, refusal: Refusal) -> Option<Step> {
    (!item.guessed).then(|| bare(item, Outcome::Refused(refusal)))
}

fn bare(item: Item, outcome: Outcome) -> Step {
    Step {
        address: item.address,
        depth: item.depth,
        referrer: item.referrer,
        kind: item.kind,
        outcome,
        hash: None,
        validators: Validators::default(),
        duplicate: false,
        soft_404: false,
        title: String::new(),
        attempts: item.attempts,
        took: Duration::ZERO,
        discovered: Vec::new(),
    }
}

/// How many of the discovered addresses lead into traps.
pub(super) fn traps_among(discovered: &[Discovered]) -> usize {
    let kinds: HashSet<_> = discovered
        .iter()
        .filter(|found| matches!(found.verdict, Verdict::Trap(_)))
        .map(|found| found.address.key())
        .collect();
    kinds.len()
}

/// A short page that calls itself missing.
fn says_missing(title: &str, length: usize) -> bool {
    let title = title.to_lowercase();
    let says = ["404", "not found", "不存在", "找不到", "无法找到", "未找到", "已删除", "出错了"];
    length < 400 && says.iter().any(|words| title.contains(words))
}
