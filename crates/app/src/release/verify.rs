//! The proof of 先入库，后使用: every byte that citizens can read comes from an admitted edition that passed review.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    edition::{EditionState, content_hash},
    ids::{EditionId, PersonId},
    review::StepOutcome,
    site::Site,
};
use store::{
    Read,
    live_page::StandingPage,
    published::{PassedReview, ReviewedEdition},
};

use crate::{App, AppResult, files::hash_of};

/// Something live that the proof does not cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Slug of the site.
    pub site: String,
    /// Path inside the site.
    pub path: String,
    /// What is wrong, in Chinese.
    pub problem: String,
}

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}：{}", self.site, self.path, self.problem)
    }
}

/// Looks at every live page of every site and returns what the proof does not cover; none is the only good answer.
/// `on_site` is told the site's name and its number of pages as the work goes on.
pub async fn verify(app: &App, mut on_site: impl FnMut(&str, usize)) -> AppResult<Vec<Exception>> {
    let mut exceptions = Vec::new();
    let sites = store::site::list(&app.store.read(), &store::Scope::everything()).await?;
    for site in sites {
        let read = app.store.snapshot().await?;
        let pages = store::live_page::all_standing(&read, site.id).await?;
        on_site(&site.name, pages.len());
        let mut found = |path: &str, problem: String| {
            exceptions.push(Exception { site: site.slug.clone(), path: path.to_owned(), problem });
        };
        check_editions(&read, &pages, &mut found).await?;
        check_releases(&read, &site, &pages, &mut found).await?;
        check_dependencies(&read, &site, &pages, &mut found).await?;
        drop(read);
        check_bytes(app, &pages, &mut found).await?;
    }
    Ok(exceptions)
}

/// Every edition that a live page shows is admitted, was reviewed by others, and is what they reviewed.
async fn check_editions(read: &Read, pages: &[StandingPage], found: &mut impl FnMut(&str, String)) -> AppResult<()> {
    let shown: BTreeSet<EditionId> = pages
        .iter()
        .flat_map(|standing| standing.sources.shown.iter().map(|(_, edition)| *edition).chain(standing.page.edition))
        .collect();
    let shown: Vec<EditionId> = shown.into_iter().collect();
    let mut problems: BTreeMap<EditionId, Vec<String>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for chunk in shown.chunks(500) {
        for edition in store::published::reviewed_editions(read, chunk).await? {
            known.insert(edition.edition);
            problems.insert(edition.edition, problems_of(&edition));
        }
    }
    for standing in pages {
        let path = standing.page.path.as_str();
        for edition in standing.sources.shown.iter().map(|(_, edition)| *edition).collect::<BTreeSet<_>>() {
            if !known.contains(&edition) {
                found(path, format!("显示的版本 {edition} 不在信息资源库中。"));
            }
            for problem in problems.get(&edition).into_iter().flatten() {
                found(path, problem.clone());
            }
        }
        let content = path.starts_with("content/") && standing.page.status == 200;
        let names_own = standing
            .page
            .edition
            .is_some_and(|edition| standing.sources.shown.iter().any(|(_, shown)| *shown == edition));
        if content && !names_own {
            found(path, "内容页没有对应的入库版本。".to_owned());
        }
    }
    Ok(())
}

fn problems_of(edition: &ReviewedEdition) -> Vec<String> {
    let mut problems = Vec::new();
    let title = &edition.title;
    if edition.state != EditionState::Admitted {
        problems.push(format!("“{title}”的状态是“{}”，未入库却仍可访问。", edition.state.chinese()));
    }
    if !edition.elements.open_mode.may_be_published() {
        problems.push(format!("“{title}”的公开方式是“{}”，不得公开。", edition.elements.open_mode.chinese()));
    }
    let now = content_hash(title, &edition.body, &edition.elements, &edition.file_digests);
    if edition.content_hash.as_deref() != Some(now.as_str()) {
        problems.push(format!("“{title}”的内容与送审时的摘要不符。"));
    }
    let reviewed = edition.passed.iter().any(|review| review.content_hash == now);
    if edition.passed.is_empty() {
        problems.push(format!("“{title}”没有通过审核的记录。"));
    } else if !reviewed {
        problems.push(format!("“{title}”的内容与审核通过的内容不符。"));
    }
    if let Some(review) = edition.passed.last() {
        problems.extend(eyes(edition, review));
    }
    problems
}

/// Four eyes: nobody who wrote or submitted it decided a step, and no two steps share a person.
fn eyes(edition: &ReviewedEdition, review: &PassedReview) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen: BTreeSet<PersonId> = BTreeSet::new();
    let mut passed = 0;
    for (outcome, persons) in &review.steps {
        if !matches!(outcome, StepOutcome::Passed | StepOutcome::MadeUp) {
            continue;
        }
        passed += 1;
        let own = |person: &PersonId| edition.writers.contains(person) || edition.submitted_by == Some(*person);
        if persons.iter().any(own) {
            problems.push(format!("“{}”由撰写或送审人自己审核。", edition.title));
        }
        if persons.iter().any(|person| seen.contains(person)) {
            problems.push(format!("“{}”的不同审核步骤由同一人办理。", edition.title));
        }
        seen.extend(persons);
    }
    if passed == 0 {
        problems.push(format!("“{}”没有任何一步审核通过。", edition.title));
    }
    problems
}

/// Every live page was put there by a release, with exactly these bytes.
async fn check_releases(
    read: &Read,
    site: &Site,
    pages: &[StandingPage],
    found: &mut impl FnMut(&str, String),
) -> AppResult<()> {
    let mut released: BTreeMap<String, Option<String>> = BTreeMap::new();
    let releases = store::release::after(read, site.id, 0).await?;
    for (position, release) in releases.iter().enumerate() {
        if release.number != i64::try_from(position).unwrap_or(i64::MAX) + 1 {
            found("", format!("发布版编号不连续：第 {} 版之前有缺失。", release.number));
        }
        for change in store::release::pages(read, release.id).await? {
            released.insert(change.path, change.after.map(|standing| standing.page.hash));
        }
    }
    if releases.len() != usize::try_from(site.release_number).unwrap_or(0) {
        found("", format!("网站登记的发布版号是 {}，实有 {} 版。", site.release_number, releases.len()));
    }
    for standing in pages {
        match released.remove(&standing.page.path) {
            Some(Some(hash)) if hash == standing.page.hash => {}
            Some(_) => found(&standing.page.path, "现有内容与最后一次发布的内容不一致。".to_owned()),
            None => found(&standing.page.path, "没有任何发布版写入过该页面。".to_owned()),
        }
    }
    for (path, hash) in released {
        if hash.is_some() {
            found(&path, "已发布的页面不见了。".to_owned());
        }
    }
    Ok(())
}

/// The index of sources says the same as the pages themselves.
async fn check_dependencies(
    read: &Read,
    site: &Site,
    pages: &[StandingPage],
    found: &mut impl FnMut(&str, String),
) -> AppResult<()> {
    let mut noted: BTreeSet<(String, String)> =
        store::live_page::dependencies_of_site(read, site.id).await?.into_iter().collect();
    for standing in pages {
        for dependency in &standing.sources.dependencies {
            if !noted.remove(&(standing.page.path.clone(), dependency.clone())) {
                found(&standing.page.path, format!("缺少依赖登记：{dependency}。"));
            }
        }
    }
    for (path, dependency) in noted {
        found(&path, format!("多余的依赖登记：{dependency}。"));
    }
    Ok(())
}

/// The bytes are there and are what their hash says.
async fn check_bytes(app: &App, pages: &[StandingPage], found: &mut impl FnMut(&str, String)) -> AppResult<()> {
    let mut checked: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for standing in pages {
        let hash = standing.page.hash.as_str();
        if !checked.contains_key(hash) {
            let problem = match app.files.get(hash).await? {
                None => Some("文件库中没有它的内容。".to_owned()),
                Some(bytes) if hash_of(&bytes) != hash => Some("文件库中的内容已损坏，与哈希不符。".to_owned()),
                Some(_) => None,
            };
            checked.insert(hash, problem);
        }
        if let Some(Some(problem)) = checked.get(hash) {
            found(&standing.page.path, problem.clone());
        }
    }
    Ok(())
}
