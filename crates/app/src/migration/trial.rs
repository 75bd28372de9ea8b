//! The trial (试迁移): drafts are made of every page that moves. Nothing of it is public: a draft is its unit's alone.

use std::{collections::HashMap, sync::Arc};

use domain::{
    actor::{Actor, Origin},
    ids::MigrationId,
    migration::{Fate, MigrationState, OldPage, OldPageKind},
};
use jobs::{Attempt, EnqueueOptions, Job, JobError};
use policy::{Action, Target};
use serde::{Deserialize, Serialize};

use super::{
    bring_in::{Prepared, Surroundings, bring_in, prepare},
    collect::{stand_still, stopping},
    paged::Paged,
    reach::{hold, surroundings},
    read::rules_of,
};
use crate::{App, AppError, AppResult, authorise, record};

/// Pages brought in between two commits.
const HANDFUL: usize = 16;

/// Makes the drafts of a migration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TryMigration {
    /// The migration.
    pub migration: MigrationId,
}

impl Job for TryMigration {
    const NAME: &'static str = "migration.try";
    const QUEUE: &'static str = "migration";
    type Context = App;

    async fn run(self, app: App, _attempt: Attempt) -> Result<(), JobError> {
        run(&app, self.migration).await.map_err(JobError::retry)
    }
}

/// Begins the trial. Whoever begins it is the writer of the drafts, and can therefore not review them.
///
/// # Errors
/// [`AppError::Forbidden`] unless the actor is an editor of the sponsor; [`AppError::Conflict`] when nothing is to move.
pub async fn start_trial(app: &App, actor: &Actor, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            use MigrationState::{Live, Mapping, Reviewing, Tried};
            let mut reached = hold(app, &tx, actor, id, Action::MigrationRun).await?;
            reached.require(&[Mapping, Tried, Reviewing, Live], "试迁移")?;
            authorise::require(app, actor, Action::ResourceCreate, &Target::Unit { path: &reached.unit.path })?;
            let moving = store::migration::page::balance(&tx, id).await?.of(Fate::Moved);
            if moving == 0 {
                return Err(AppError::Conflict("还没有要迁移的页面：请先在“栏目对应”中为旧栏目选择新栏目。".into()));
            }
            let was_live = reached.migration.live_at.is_some();
            reached.migration.state = MigrationState::Trying;
            reached.migration.stopping = false;
            reached.migration.fault = None;
            reached.migration.started_by = actor.person;
            store::migration::project::update(&tx, &reached.migration).await?;
            jobs::enqueue(&tx, &TryMigration { migration: id }, EnqueueOptions::default()).await?;
            record::event("migration.start_trial", id, &reached.migration.name)
                .unit(reached.unit.id)
                .after(serde_json::json!({ "moving": moving, "live": was_live }))
                .write(&tx, Some(actor))
                .await
        })
        .await
}

/// Brings in what is to move and not tried yet; goes on where a killed run stopped.
async fn run(app: &App, id: MigrationId) -> AppResult<()> {
    let read = app.store.read();
    let Some(migration) = store::migration::project::by_id(&read, id).await? else { return Ok(()) };
    if migration.state != MigrationState::Trying {
        return Ok(());
    }
    let person = store::person::by_id(&read, migration.started_by).await?.filter(|person| person.active);
    let Some(person) = person else {
        return stand_still(app, id, "开始试迁移的人员账号已停用，请由其他采编人员重新开始。".into()).await;
    };
    let actor = crate::session::actor_of(&read, &person, None, Origin::job(), app.now()).await?;
    let reached = surroundings(&read, migration).await?;
    let columns = store::migration::column::of(&read, id).await?;
    let paged = paged_of(app, id).await?;
    let articles = paged.articles();
    let around = Surroundings {
        further: articles
            .iter()
            .map(|(first, further)| ((*first).to_owned(), further.iter().map(|one| (*one).to_owned()).collect()))
            .collect(),
        columns: columns.into_iter().map(|column| (column.key.clone(), column)).collect::<HashMap<_, _>>(),
        targets: store::column::of_site(&read, reached.site.id).await?,
        rules: Arc::new(rules_of(&reached.migration)?),
        actor,
        reached,
    };
    let mut after = None;
    loop {
        let pages = store::migration::page::after(&read, id, TEXTS, after, 200).await?;
        let Some(last) = pages.last() else { break };
        after = Some(last.id);
        let changed = |page: &OldPage| {
            let further = articles.get(page.address.as_str()).map(|further| paged.changed_round(further));
            page.changed_round.max(further.unwrap_or(0)).max(1)
        };
        let due: Vec<OldPage> =
            pages.into_iter().filter(|page| page.fate == Fate::Moved && page.tried_round < changed(page)).collect();
        for handful in due.chunks(HANDFUL) {
            if stopping(app, id).await? {
                return stand_still(app, id, "已按要求暂停，已生成的稿件都在。".into()).await;
            }
            take(app, &around, handful).await?;
        }
    }
    finish(app, id).await
}

async fn paged_of(app: &App, id: MigrationId) -> AppResult<Paged> {
    let (mut paged, mut after) = (Paged::default(), None);
    loop {
        let pages = store::migration::page::after(&app.store.read(), id, TEXTS, after, 500).await?;
        let Some(last) = pages.last() else { return Ok(paged) };
        after = Some(last.id);
        pages.iter().for_each(|page| paged.add(page));
    }
}

const TEXTS: &[OldPageKind] = &[OldPageKind::Article, OldPageKind::Guide];

/// Takes a handful in one transaction; when that fails, one by one, so that one bad page cannot stop the others.
async fn take(app: &App, around: &Surroundings, handful: &[OldPage]) -> AppResult<()> {
    let mut ready: Vec<Prepared> = Vec::new();
    for page in handful {
        match prepare(app, around, page.clone()).await? {
            Ok(prepared) => ready.push(prepared),
            Err(why) => note(app, page, &why).await?,
        }
    }
    let all = write(app, around, &ready).await;
    match all {
        Ok(refused) => {
            for (page, why) in refused {
                note(app, &page, &why).await?;
            }
        }
        Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
        Err(_) => {
            for one in &ready {
                match write(app, around, std::slice::from_ref(one)).await {
                    Ok(refused) => {
                        for (page, why) in refused {
                            note(app, &page, &why).await?;
                        }
                    }
                    Err(AppError::Internal(fault)) => return Err(AppError::Internal(fault)),
                    Err(error) => note(app, one.page(), &error.to_string()).await?,
                }
            }
        }
    }
    Ok(())
}

async fn write(app: &App, around: &Surroundings, ready: &[Prepared]) -> AppResult<Vec<(OldPage, String)>> {
    app.store
        .write(|tx| async move {
            let mut refused = Vec::new();
            for one in ready {
                if let Err(why) = bring_in(app, &tx, around, one).await? {
                    refused.push((one.page().clone(), why));
                }
            }
            Ok(refused)
        })
        .await
}

/// Notes why a page could not be brought in.
async fn note(app: &App, page: &OldPage, why: &str) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            if let Some(page) = store::migration::page::lock(&tx, page.id).await? {
                let page = OldPage { trial_fault: Some(why.to_owned()), ..page };
                store::migration::page::update(&tx, &page).await?;
            }
            Ok(())
        })
        .await
}

async fn finish(app: &App, id: MigrationId) -> AppResult<()> {
    app.store
        .write(|tx| async move {
            let Some(mut migration) = store::migration::project::lock(&tx, id).await? else { return Ok(()) };
            if migration.state != MigrationState::Trying {
                return Ok(());
            }
            migration.state = MigrationState::Tried;
            store::migration::project::update(&tx, &migration).await?;
            record::event("migration.tried", id, &migration.name).unit(migration.unit).write(&tx, None).await
        })
        .await
}
