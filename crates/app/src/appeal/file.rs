//! 提出异议: from a finding, with the person's words; a second appeal about the same rule and words joins the first.

use domain::{
    actor::Actor,
    appeal::{Appeal, AppealParty, AppealState},
    ids::{AppealId, EditionId},
};
use policy::Action;

use super::ANSWER_RULE;
use crate::{
    App, AppError, AppResult, authorise,
    deadline::{self, NewDeadline},
    edition::{find, inside, known_finding, month_of},
    record,
};

/// What filing led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// The appeal.
    pub id: AppealId,
    /// An open one was joined.
    pub joined: bool,
}

/// Files an appeal against the rule of a finding, or joins the open one.
///
/// # Errors
/// [`AppError::NotFound`] for texts and findings that the actor may not see, [`AppError::Invalid`] without words,
/// [`AppError::Conflict`] when the actor is a party of the open appeal already.
pub async fn file(app: &App, actor: &Actor, edition: EditionId, fingerprint: &str, text: &str) -> AppResult<Filed> {
    let loaded = crate::edition::load(app, actor, edition).await?;
    if !inside(app, &app.store.read(), actor, &loaded).await? {
        return Err(AppError::NotFound("稿件".into()));
    }
    authorise::require(app, actor, Action::AppealFile, &loaded.target())?;
    let text = text.trim();
    if !(8..=1000).contains(&text.chars().count()) {
        return Err(AppError::invalid("text", "请写明规则哪里不对（8至1000字），例如这种写法的出处或依据。"));
    }
    match file_once(app, actor, edition, fingerprint, text).await {
        // Somebody else filed the same in this moment: theirs is joined.
        Err(AppError::Internal(reason)) if reason == TAKEN => file_once(app, actor, edition, fingerprint, text).await,
        other => other,
    }
}

/// Says that the unique key of open appeals was taken meanwhile.
const TAKEN: &str = "an appeal about the same rule and words was filed at the same moment";

async fn file_once(app: &App, actor: &Actor, edition: EditionId, fingerprint: &str, text: &str) -> AppResult<Filed> {
    app.store
        .write(|tx| async move {
            let seen = find(&tx, edition).await?;
            store::resource::lock(&tx, seen.resource.id).await?;
            store::edition::lock(&tx, edition).await?;
            let loaded = find(&tx, edition).await?;
            let (finding, words) = known_finding(app, &tx, &loaded, fingerprint).await?;
            let key = words.key(&finding);
            let open = store::appeal::lock_open(&tx, &finding.rule_id, &key).await?;
            let joined = open.is_some();
            let appeal = match open {
                Some(open) => open,
                None => begin(app, &tx, &finding, key).await?,
            };
            let party = AppealParty {
                appeal: appeal.id,
                person: actor.person,
                unit: loaded.resource.unit,
                edition,
                fingerprint: fingerprint.to_owned(),
                text: text.to_owned(),
                joined_at: tx.now(),
                told_at: None,
            };
            store::appeal::join(&tx, &party, &month_of(tx.now())).await.map_err(|error| match error {
                store::StoreError::Duplicate { .. } => {
                    AppError::Conflict("您已对这条规则的同一处用语提出过异议，正在等待答复。".into())
                }
                other => other.into(),
            })?;
            record::event(if joined { "appeal.join" } else { "appeal.file" }, appeal.id, appeal.rule.clone())
                .unit(loaded.resource.unit)
                .after(serde_json::json!({ "appeal": appeal, "party": party }))
                .write(&tx, Some(actor))
                .await?;
            Ok(Filed { id: appeal.id, joined })
        })
        .await
}

async fn begin(app: &App, tx: &store::Tx, finding: &screen::Finding, words: String) -> AppResult<Appeal> {
    let office = store::unit::root(tx).await?;
    let office = office.ok_or_else(|| AppError::Internal("the root unit is missing".into()))?;
    let mut appeal = Appeal {
        id: tx.ids().fresh(),
        rule: finding.rule_id.clone(),
        words,
        excerpt: finding.excerpt.clone(),
        message: finding.message.clone(),
        severity: finding.severity.as_str().to_owned(),
        pack_version: finding.pack_version.clone(),
        state: AppealState::Open,
        office: office.id,
        deadline: None,
        filed_at: tx.now(),
        decided_by: None,
        decided_at: None,
        opinion: None,
    };
    let title = match finding.excerpt.is_empty() {
        true => format!("机审规则异议：{}", finding.message),
        false => format!("机审规则异议：“{}”", finding.excerpt),
    };
    let new = NewDeadline {
        rule: ANSWER_RULE.to_owned(),
        subject_kind: "appeal".to_owned(),
        subject_id: appeal.id.to_string(),
        title: title.chars().take(80).collect(),
        path: format!("/console/appeals/{}", appeal.id),
        unit: office.id,
        owner: None,
        received: tx.now(),
    };
    appeal.deadline = Some(deadline::start(app, tx, &new).await?);
    store::appeal::insert(tx, &appeal).await.map_err(|error| match error {
        store::StoreError::Duplicate { .. } => AppError::Internal(TAKEN.into()),
        other => other.into(),
    })?;
    Ok(appeal)
}
