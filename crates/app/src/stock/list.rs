//! 存量问题: what was found, for the offices that answer for it.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    duty::Duty,
    ids::{EditionId, PersonId, ResourceId, StockIssueId, StockRunId, UnitId},
    stock::StockIssueState,
};
use jiff::Timestamp;
use policy::{Action, Target};
use screen::{Category, Finding};
use serde::Serialize;
use store::{
    Scope,
    stock::issue::{IssueFilter, IssueScope, StockIssue},
};

use crate::{App, AppError, AppResult, names};

/// What a list is cut down to.
#[derive(Debug, Clone, Default)]
pub struct IssueQuery<'q> {
    /// One state.
    pub state: Option<StockIssueState>,
    /// One gravity, as a stable word.
    pub severity: Option<&'q str>,
    /// One run.
    pub run: Option<StockRunId>,
    /// Words of the title.
    pub search: Option<&'q str>,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct IssueRow {
    /// Key.
    pub id: StockIssueId,
    /// The resource.
    pub resource: ResourceId,
    /// The edition that was screened.
    pub edition: EditionId,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub unit_name: String,
    /// 正文, 标题 …
    pub field: String,
    /// The words with their surroundings; blank for sensitive words.
    pub excerpt: String,
    /// What is wrong; general for sensitive words.
    pub message: String,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// Kind of fault.
    pub category: &'static str,
    /// Gravity as a stable word.
    pub severity: &'static str,
    /// In Chinese.
    pub severity_words: &'static str,
    /// 文号 and clause.
    pub basis: String,
    /// Version of the pack.
    pub pack_version: String,
    /// State.
    pub state: StockIssueState,
    /// In Chinese.
    pub state_words: &'static str,
    /// When it was found.
    pub found_at: Timestamp,
    /// Who closed it.
    pub closed_by_name: Option<String>,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// Why, or what was done.
    pub remark: Option<String>,
    /// The actor may close it.
    pub may_handle: bool,
    /// The actor may start a new edition.
    pub may_revise: bool,
    /// The actor may recall the resource.
    pub may_recall: bool,
}

/// A page of what the actor may see, the newest first, and how many match.
pub async fn list(
    app: &App,
    actor: &Actor,
    query: &IssueQuery<'_>,
    offset: u64,
    limit: u64,
) -> AppResult<(Vec<IssueRow>, u64)> {
    let read = app.store.read();
    let filter = IssueFilter {
        state: query.state,
        severity: query.severity.map(str::to_owned),
        run: query.run,
        words: query.search.map(str::to_owned),
    };
    let (issues, total) = store::stock::issue::list(&read, &scope(actor), &filter, offset, limit).await?;
    Ok((rows(app, actor, issues).await?, total))
}

/// How many open issues wait for the actor's own hand, for the work desk.
pub async fn open_count(app: &App, actor: &Actor) -> AppResult<u64> {
    let filter = IssueFilter { state: Some(StockIssueState::Open), ..IssueFilter::default() };
    Ok(store::stock::issue::count(&app.store.read(), &own_scope(actor), &filter).await?)
}

/// An issue that the actor may see.
pub(super) async fn visible(app: &App, actor: &Actor, id: StockIssueId) -> AppResult<StockIssue> {
    let missing = || AppError::NotFound("存量问题".to_owned());
    let issue = store::stock::issue::by_id(&app.store.read(), id).await?.ok_or_else(missing)?;
    let target = Target::Unit { path: &issue.unit_path };
    crate::authorise::visible(app, actor, Action::StockRead, &target, "存量问题")?;
    Ok(issue)
}

async fn rows(app: &App, actor: &Actor, issues: Vec<StockIssue>) -> AppResult<Vec<IssueRow>> {
    let people: HashMap<PersonId, String> =
        names::people(app, issues.iter().filter_map(|issue| issue.closed_by)).await?;
    let units: HashMap<UnitId, String> = names::units(app, issues.iter().map(|issue| issue.unit)).await?;
    issues
        .into_iter()
        .map(|issue| {
            let finding: Finding = serde_json::from_str(&issue.finding).map_err(AppError::internal)?;
            let may = |action, target: &Target<'_>| app.policy.decide(actor, action, target).allowed;
            let unit = Target::Unit { path: &issue.unit_path };
            let resource = Target::Resource { unit_path: &issue.unit_path, admitted: true, open: true };
            let hide = finding.category == Category::Sensitive;
            Ok(IssueRow {
                id: issue.id,
                resource: issue.resource,
                edition: issue.edition,
                unit_name: units.get(&issue.unit).cloned().unwrap_or_default(),
                field: finding.field.chinese(),
                excerpt: if hide { String::new() } else { finding.excerpt },
                message: match hide {
                    true => "发现敏感词。词语不在列表中显示，请打开稿件查看。".to_owned(),
                    false => finding.message,
                },
                suggestion: finding.suggestion.filter(|_| !hide),
                category: finding.category.chinese(),
                severity: finding.severity.as_str(),
                severity_words: finding.severity.chinese(),
                basis: finding.basis,
                pack_version: finding.pack_version,
                state: issue.state,
                state_words: issue.state.chinese(),
                found_at: issue.found_at,
                closed_by_name: issue.closed_by.and_then(|person| people.get(&person).cloned()),
                closed_at: issue.closed_at,
                may_handle: issue.state == StockIssueState::Open && may(Action::StockHandle, &unit),
                may_revise: issue.state == StockIssueState::Open && may(Action::EditionEdit, &resource),
                may_recall: issue.state == StockIssueState::Open && may(Action::ResourceRecall, &resource),
                remark: issue.remark,
                title: issue.title,
            })
        })
        .collect()
}

/// The same as deciding `stock.read` one by one.
pub(super) fn scope(actor: &Actor) -> IssueScope {
    IssueScope { units: own_units(actor), below: below(actor, &[Duty::SiteManager, Duty::Supervisor, Duty::Observer]) }
}

/// Where issues wait for the actor's own hand.
fn own_scope(actor: &Actor) -> IssueScope {
    IssueScope { units: own_units(actor), below: below(actor, &[Duty::SiteManager]) }
}

pub(super) fn below(actor: &Actor, duties: &[Duty]) -> Scope {
    let held = actor.duties.iter().filter(|held| held.on_behalf_of.is_none() && duties.contains(&held.duty));
    match separated(actor) {
        true => Scope::below(Vec::<String>::new()),
        false => Scope::below(held.map(|held| held.unit_path.clone())),
    }
}

fn own_units(actor: &Actor) -> Vec<UnitId> {
    let reviewing = [Duty::Reviewer1, Duty::Reviewer2, Duty::Reviewer3, Duty::Reviewer4];
    let counts = |duty: Duty, own: bool| reviewing.contains(&duty) || (own && duty == Duty::Editor);
    let held = actor.duties.iter().filter(|held| counts(held.duty, held.on_behalf_of.is_none()));
    if separated(actor) { Vec::new() } else { held.map(|held| held.unit).collect() }
}

/// Administrators never take part in what offices do.
pub(super) fn separated(actor: &Actor) -> bool {
    actor.duties.iter().any(|held| held.on_behalf_of.is_none() && held.duty.is_administrator())
}
