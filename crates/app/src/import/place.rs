//! Who imports where: the site, the column, the unit that will answer, and the reviewers.

use domain::{
    actor::Actor, column::Column, duty::Duty, identifier::SiteCode, review_chain::ChainStep, site::Site, unit::Unit,
};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise};

/// Everything fixed before the first line is read.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub site: Site,
    pub column: Column,
    pub unit: Unit,
    /// One step per reviewer, in the order given.
    pub steps: Vec<ChainStep>,
}

/// Finds and checks the place; the whole import is refused when anything is wrong with it.
pub(super) async fn find(
    app: &App,
    importer: &Actor,
    reviewers: &[Actor],
    site: &str,
    column: &str,
) -> AppResult<Place> {
    let read = app.store.read();
    let by_code = match SiteCode::parse(site) {
        Ok(code) => store::site::by_site_code(&read, &code).await?,
        Err(_) => None,
    };
    let found = match by_code {
        Some(site) => Some(site),
        None => store::site::by_slug(&read, site).await?,
    };
    let site = found.ok_or_else(|| AppError::invalid("site", format!("没有标识码或代号为“{site}”的网站。")))?;
    let by_path = store::column::by_path(&read, site.id, column).await?;
    let column = match by_path {
        Some(column) => Some(column),
        None => store::column::of_site(&read, site.id).await?.into_iter().find(|one| one.slug == column),
    };
    let column = column
        .filter(|column| column.active)
        .ok_or_else(|| AppError::invalid("column", format!("网站“{}”没有这个栏目，或栏目已关闭。", site.name)))?;
    let unit = unit_of(&read, importer, &site).await?;
    authorise::require(app, importer, Action::ImportRun, &Target::Unit { path: &unit.path })?;
    let steps = reviewers
        .iter()
        .enumerate()
        .map(|(index, reviewer)| step_of(importer, reviewers, index, reviewer, &unit))
        .collect::<AppResult<_>>()?;
    Ok(Place { site, column, unit, steps })
}

/// The site's sponsor, where the importer must be an editor.
async fn unit_of(read: &store::Read, importer: &Actor, site: &Site) -> AppResult<Unit> {
    if !importer.holds_at(Duty::Editor, site.sponsor) {
        return Err(AppError::Forbidden(format!(
            "{}在“{}”的主办单位没有采编职责，不能向该网站导入信息。请换用主办单位采编人员的账号。",
            importer.login, site.name
        )));
    }
    store::unit::by_id(read, site.sponsor).await?.ok_or_else(|| AppError::NotFound("单位".into()))
}

fn step_of(importer: &Actor, reviewers: &[Actor], index: usize, reviewer: &Actor, unit: &Unit) -> AppResult<ChainStep> {
    if reviewer.person == importer.person || reviewers.iter().take(index).any(|other| other.person == reviewer.person) {
        return Err(AppError::Forbidden(format!(
            "{}不能审核自己导入的信息，也不能重复审核：导入人与各审核人须为不同的人。",
            reviewer.login
        )));
    }
    let duties = [Duty::Reviewer4, Duty::Reviewer3, Duty::Reviewer2, Duty::Reviewer1];
    let duty = duties.into_iter().find(|duty| reviewer.holds_at(*duty, unit.id)).ok_or_else(|| {
        AppError::Forbidden(format!(
            "{}在“{}”没有审核职责，不能审核这批信息。请换用该单位的审核人员账号。",
            reviewer.login, unit.name
        ))
    })?;
    let name = if reviewers.len() == 1 { "批量审核".to_owned() } else { format!("批量审核{}", index + 1) };
    Ok(ChainStep { name, duty, unit: Some(unit.id) })
}
