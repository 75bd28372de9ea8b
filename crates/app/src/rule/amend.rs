//! 调整规则参数: a stricter value holds at once, a looser one waits for the region.

use std::sync::Arc;

use domain::{
    actor::Actor,
    identifier::{DivisionCode, DocumentNumber},
    ids::AmendmentId,
    problem::FieldProblem,
    rule::{Amendment, AmendmentState, Judgement, RuleId, Value, amendment::judge},
    setting,
    time::beijing_date,
};
use jiff::civil::Date;
use policy::{Action, Target};

use super::place::{chosen, office_of, places};
use crate::{App, AppError, AppResult, authorise, record};

/// The form, as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct NewAmendment {
    /// Six digits of the region or league.
    pub division: String,
    /// Key of the parameter.
    pub key: String,
    /// The wanted value.
    pub value: String,
    /// First day; today when blank.
    pub from: Option<String>,
    /// Why.
    pub reason: String,
    /// 文号 it rests on.
    pub document: Option<String>,
}

/// Proposes another value. The answer says whether it holds or waits for the region.
///
/// # Errors
/// [`AppError::NotFound`] for unknown rules and other people's places, [`AppError::Forbidden`] for people who may read
/// but not change, [`AppError::Invalid`] for what `domain` refuses, [`AppError::Conflict`] when one is open already.
pub async fn amend(app: &App, actor: &Actor, rule: &str, new: &NewAmendment) -> AppResult<(AmendmentId, Judgement)> {
    let places = places(app, actor).await?;
    let division = chosen(&places, Some(new.division.trim()))?.code.clone();
    let office = office_of(&app.store.read(), &division).await?;
    authorise::require(app, actor, Action::RuleAmend, &Target::Unit { path: &office.path })?;
    let wanted = &Wanted::read(app, rule, division, new)?;
    let office = &office;
    app.store
        .write(|tx| async move {
            let open = store::rule_amendment::lock_open(&tx, &wanted.rule, &wanted.key, &wanted.division).await?;
            if open.iter().any(|one| one.state == AmendmentState::Proposed) {
                return Err(already_open());
            }
            let all = store::rule_amendment::in_force(&tx).await?;
            let judgement = wanted.judge(&all, beijing_date(tx.now()))?;
            let looser = matches!(judgement, Judgement::Looser { .. });
            let amendment = Amendment {
                id: tx.ids().fresh(),
                rule: wanted.rule.clone(),
                key: wanted.key.clone(),
                division: wanted.division.clone(),
                value: wanted.value.clone(),
                from: wanted.from,
                until: None,
                looser,
                reason: wanted.reason.clone(),
                document: wanted.document.clone(),
                state: if looser { AmendmentState::Proposed } else { AmendmentState::InForce },
                proposed_by: actor.person,
                proposed_at: tx.now(),
                decided_by: None,
                decided_at: None,
                remark: None,
            };
            let ended = if looser { Vec::new() } else { end_earlier(&tx, &open, amendment.from).await? };
            store::rule_amendment::insert(&tx, &amendment).await.map_err(taken)?;
            record::event("rule.amend", amendment.id, format!("{} {}", wanted.rule, wanted.key))
                .unit(office.id)
                .before(ended)
                .after(&amendment)
                .write(&tx, Some(actor))
                .await?;
            Ok((amendment.id, judgement))
        })
        .await
}

/// Ends what held before, the day before the new value begins; returns what was ended, as it stood.
pub(super) async fn end_earlier(tx: &store::Tx, open: &[Amendment], from: Date) -> AppResult<Vec<Amendment>> {
    let mut ended = Vec::new();
    for earlier in open.iter().filter(|one| one.state == AmendmentState::InForce) {
        if earlier.until.is_some_and(|until| until < from) {
            continue;
        }
        if earlier.from > from {
            return Err(AppError::Conflict(format!(
                "这个参数已有一项将于 {} 生效的调整。请先终止它，再作新的调整。",
                earlier.from
            )));
        }
        let mut shorter = earlier.clone();
        shorter.until = Some(from.yesterday().unwrap_or(from));
        store::rule_amendment::update(tx, &shorter).await?;
        ended.push(earlier.clone());
    }
    Ok(ended)
}

/// Two people at once: the unique keys let one through.
pub(super) fn taken(error: store::StoreError) -> AppError {
    match error {
        store::StoreError::Duplicate { .. } => already_open(),
        other => other.into(),
    }
}

fn already_open() -> AppError {
    AppError::Conflict("刚刚有人对这个参数提出了调整，还没有办结。请刷新页面核对，必要时先撤销原来的调整。".to_owned())
}

struct Wanted {
    book: Arc<domain::rule::RuleBook>,
    rule: RuleId,
    key: String,
    division: DivisionCode,
    value: Value,
    from: Date,
    reason: String,
    document: Option<String>,
}

impl Wanted {
    fn read(app: &App, rule: &str, division: DivisionCode, new: &NewAmendment) -> AppResult<Self> {
        let not_found = || AppError::NotFound("规则".to_owned());
        let versions = app.rules.versions(rule);
        let newest = versions.first().ok_or_else(not_found)?;
        if newest.pack == setting::PACK {
            return Err(AppError::Conflict("这是平台参数，请到“策略参数”页设置。".to_owned()));
        }
        let mut problems = Vec::new();
        let today = beijing_date(app.now());
        let from = match new.from.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            None => today,
            Some(text) => text.parse().unwrap_or_else(|_| {
                problems.push(FieldProblem::new("from", "请填写生效日期，例如 2026-12-01；不填表示今天。"));
                today
            }),
        };
        let version = app.rules.rule(rule, from).unwrap_or(newest);
        let mut value = Value::Flag(false);
        match version.parameter(new.key.trim()) {
            None => problems.push(FieldProblem::new("key", "请选择要调整的参数。")),
            Some(parameter) => match parameter.value.read_like(&new.value) {
                Ok(read) => value = read,
                Err(message) => problems.push(FieldProblem::new("value", message)),
            },
        }
        let reason = new.reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > 500 {
            problems.push(FieldProblem::new("reason", "请说明调整原因（500 字以内）。"));
        }
        let document = new.document.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let document = document.map(DocumentNumber::parse).transpose().unwrap_or_else(|error| {
            problems.push(FieldProblem::new("document", error.to_string()));
            None
        });
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(Self {
            book: app.rules.clone(),
            rule: newest.id.clone(),
            key: new.key.trim().to_owned(),
            division,
            value,
            from,
            reason,
            document: document.map(|number| number.to_string()),
        })
    }

    fn judge(&self, all: &[Amendment], today: Date) -> AppResult<Judgement> {
        let Self { book, rule, key, division, value, from, .. } = self;
        judge(book, all, rule, key, division, value, *from, today).map_err(|problem| AppError::Invalid(vec![problem]))
    }
}
