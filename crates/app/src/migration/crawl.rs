//! Crawling a live site: the crawler visits, each handful of steps is kept in one transaction, and what is kept is handed
//! back when it begins again.

use std::time::Duration;

use domain::migration::{Migration, OldPageKind};
use fetch::{
    Validators,
    address::{Address, AddressRules},
    crawl::{self, CrawlSettings, Earlier, Finish, Known, Outcome, Queued, Step, Verdict},
    links::LinkKind,
};

use super::{
    collect::stopping,
    keep::{Captured, keep},
};
use crate::{App, AppError, AppResult};

/// Steps kept in one transaction.
const HANDFUL: usize = 24;

/// Visits what is left of the site.
pub(super) async fn crawl(app: &App, migration: &Migration) -> AppResult<()> {
    let settings = settings(migration)?;
    let known = known(app, migration).await?;
    let (mut steps, handle) = crawl::start(app.fetch.clone(), settings, known);
    let mut handful: Vec<Step> = Vec::with_capacity(HANDFUL);
    while steps.recv_many(&mut handful, HANDFUL).await > 0 {
        keep(app, migration, handful.drain(..).flat_map(captured).collect()).await?;
        if stopping(app, migration.id).await? {
            handle.stop();
        }
    }
    match handle.progress().finish {
        Some(Finish::Unreachable(host)) => Err(AppError::Conflict(format!(
            "旧网站 {host} 连续多次没有答复，已采集的页面都在。请确认旧网站能打开，再点“继续”。"
        ))),
        Some(Finish::Complete | Finish::LimitReached | Finish::Stopped) | None => Ok(()),
    }
}

fn settings(migration: &Migration) -> AppResult<CrawlSettings> {
    let rules = AddressRules::default();
    let seed = Address::parse(&migration.source.address, &rules)
        .map_err(|_| AppError::Conflict(format!("旧网站的网址“{}”无效。", migration.source.address)))?;
    Ok(CrawlSettings {
        hosts: migration.source.more_hosts.clone(),
        max_pages: usize::try_from(migration.source.max_pages).unwrap_or(usize::MAX),
        delay: Duration::from_millis(migration.source.delay),
        obey_robots: !migration.source.ignore_robots,
        address_rules: rules,
        ..CrawlSettings::new(vec![seed])
    })
}

async fn known(app: &App, migration: &Migration) -> AppResult<Known> {
    let mut known = Known::default();
    for page in store::migration::page::known(&app.store.read(), migration.id).await? {
        let Ok(address) = Address::parse(&page.address, &AddressRules::default()) else { continue };
        let depth = u16::try_from(page.depth).unwrap_or(u16::MAX);
        if page.kind == OldPageKind::Queued {
            known.queued.push(Queued { address, depth, barren: 0, referrer: None, kind: LinkKind::Anchor });
        } else if page.seen_round >= migration.round {
            known.finished.push((address, None));
        } else {
            let unread = page.hash.is_none();
            let validators = match unread {
                true => Validators::default(),
                false => Validators { etag: page.etag, last_modified: page.last_modified },
            };
            known.earlier.push(Earlier { address, depth, referrer: None, validators, hash: None });
        }
    }
    Ok(known)
}

fn captured(step: Step) -> Vec<Captured> {
    let refused = step.discovered.iter().filter(|found| found.verdict == Verdict::Robots).map(|found| Captured {
        address: found.address.as_str().to_owned(),
        fault: Some(crawl::Refusal::Robots.explanation()),
        referrer: Some(step.address.as_str().to_owned()),
        depth: i64::from(found.depth),
        ..Captured::default()
    });
    let mut all: Vec<Captured> = refused.collect();
    let mut one = Captured {
        address: step.address.as_str().to_owned(),
        etag: step.validators.etag,
        last_modified: step.validators.last_modified,
        referrer: step.referrer.map(|address| address.as_str().to_owned()),
        depth: i64::from(step.depth),
        discovered: step
            .discovered
            .iter()
            .filter(|found| found.verdict == Verdict::Queued)
            .map(|found| found.address.as_str().to_owned())
            .collect(),
        ..Captured::default()
    };
    match step.outcome {
        Outcome::Page(fetched) | Outcome::File(fetched) => {
            one.status = Some(fetched.status);
            one.media_type = fetched.header("content-type").map(str::to_owned);
            one.collected_at = Some(fetched.started);
            if step.soft_404 {
                one.fault = Some("旧网站对不存在的网页显示的提示页，没有内容。".to_owned());
            } else if let Some(cut) = fetched.truncated {
                one.fault = Some(format!("{}。", cut.name()));
            } else {
                one.body = Some(fetched.body);
            }
        }
        Outcome::Redirect { status, to } => (one.status, one.redirect) = (Some(status), Some(to)),
        Outcome::NotModified => one.status = Some(304),
        Outcome::Failed(reason) => {
            if let crawl::FailReason::Status(status) = reason {
                one.status = Some(status);
            }
            one.fault = Some(format!("{}。", reason.explanation().trim_end_matches('。')));
        }
        Outcome::Refused(refusal) => one.fault = Some(format!("{}。", refusal.explanation().trim_end_matches('。'))),
    }
    all.insert(0, one);
    all
}
