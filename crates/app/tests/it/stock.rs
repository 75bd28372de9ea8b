//! The stock: screened again when a word comes, every day by sample, each hit reported once.

use app::{
    AppError,
    edition::{self, NewDraft},
    recall, review,
    stock::{self, IssueQuery, IssueRow, RescreenStock, ScreenDaily, ScreenStock},
};
use domain::{
    actor::Actor,
    duty::Duty,
    element::Elements,
    resource::ResourceKind,
    stock::{StockIssueState, StockRunKind},
    unit::Unit,
};
use jobs::{Attempt, Job};
use testkit::{TestApp, TestDb, db_test};

use crate::{
    lexicon::{add, agree, pack},
    region::{Region, region},
    session::events,
};

/// An office of the league that writes, reviews, and owns what is found.
struct Office {
    unit: Unit,
    editor: Actor,
    reviewer: Actor,
    manager: Actor,
}

async fn office(test: &TestApp, league: &Unit) -> Office {
    let unit = test.unit("D", Some(league)).await;
    let editor = test.person("bu.men", Duty::Editor, &unit).await;
    let reviewer = test.person("shen.he", Duty::Reviewer1, &unit).await;
    let manager = test.person("guan.li", Duty::SiteManager, &unit).await;
    test.chain(&unit, &[Duty::Reviewer1]).await;
    Office { unit, editor, reviewer, manager }
}

impl Office {
    async fn admit(&self, test: &TestApp, title: &str, body: &str) -> edition::Loaded {
        let new = NewDraft {
            kind: ResourceKind::Article,
            unit: self.unit.id,
            title: title.into(),
            body: format!("<p>{body}</p>"),
            elements: Elements { source: Some("示例".into()), secrecy_reviewed: true, ..Elements::default() },
            origin_key: None,
            address_month: None,
        };
        let loaded = edition::create(&test.app, &self.editor, new).await.unwrap();
        self.pass(test, &loaded).await;
        loaded
    }

    async fn pass(&self, test: &TestApp, loaded: &edition::Loaded) {
        let lock = edition::load(&test.app, &self.editor, loaded.edition.id).await.unwrap().edition.lock_version;
        let done = edition::submit(&test.app, &self.editor, loaded.edition.id, lock).await.unwrap();
        review::pass(&test.app, &self.reviewer, done.review.id, done.review.steps[0].id, None).await.unwrap();
    }
}

async fn issues(test: &TestApp, actor: &Actor) -> Vec<IssueRow> {
    stock::list(&test.app, actor, &IssueQuery::default(), 0, 100).await.unwrap().0
}

fn attempt(test: &TestApp) -> Attempt {
    Attempt { job: test.app.ids.fresh(), number: 1, of: 12, unit: None, enqueued_at: test.app.now() }
}

#[db_test]
async fn a_new_word_finds_what_stands_in_the_library_once_and_only_there(db: TestDb) {
    let Region { test, root, league, one, two, local, foreign, .. } = &region(db).await;
    let app = &test.app;
    let office = office(test, league).await;
    let hit = office.admit(test, "含新词的示例", "本局布置示例新词工作，又一次示例新词。").await;
    office.admit(test, "不含的示例", "本局布置日常工作。").await;
    let id = pack(app, one, root, "wording").await;
    let change = agree(app, one, two, id, &add("示例新词")).await;
    test.settle().await;
    let found = issues(test, &office.editor).await;
    assert_eq!(found.len(), 2, "two places, one document: {found:?}");
    assert!(found.iter().all(|issue| issue.edition == hit.edition.id && issue.may_handle && issue.may_revise));
    let (runs, _) = stock::runs(app, one, Some(StockRunKind::Change), 0, 20).await.unwrap();
    let run = &runs[0].run;
    assert_eq!((run.looked_at, run.selected, run.screened, run.hits), (2, 1, 1, 2), "{run:?}");
    // Jobs come twice, and two workers at once.
    let twice = || RescreenStock { change }.run(app.clone(), attempt(test));
    let (a, b) = tokio::join!(twice(), twice());
    a.unwrap();
    b.unwrap();
    ScreenStock { run: run.id }.run(app.clone(), attempt(test)).await.unwrap();
    test.settle().await;
    assert_eq!(issues(test, &office.editor).await.len(), 2);
    assert!(issues(test, foreign).await.is_empty(), "another league's stock");
    assert_eq!(issues(test, local).await.len(), 2, "the competent office above sees it");
    assert_eq!(stock::open_count(app, &office.editor).await.unwrap(), 2);
    let (target, other) = (found[0].id, found[1].id);
    let hidden = stock::ignore(app, foreign, target, "示例").await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    assert!(matches!(stock::ignore(app, &office.reviewer, target, "示例").await.unwrap_err(), AppError::Forbidden(_)));
    assert!(matches!(stock::ignore(app, &office.editor, target, " ").await.unwrap_err(), AppError::Invalid(_)));
    stock::ignore(app, &office.editor, target, "引用原文").await.unwrap();
    assert!(matches!(stock::ignore(app, &office.editor, target, "又一次").await.unwrap_err(), AppError::Conflict(_)));
    assert_eq!(events(app, "stock.ignore").await.len(), 1);
    // Daily runs go over it again and say nothing new.
    ScreenDaily {}.run(app.clone(), attempt(test)).await.unwrap();
    ScreenDaily {}.run(app.clone(), attempt(test)).await.unwrap();
    test.settle().await;
    let (daily, total) = stock::runs(app, one, Some(StockRunKind::Daily), 0, 20).await.unwrap();
    assert_eq!((total, daily[0].run.sampled, daily[0].run.screened, daily[0].run.hits), (1, 2, 2, 0), "{daily:?}");
    // A new edition without the words closes what is left.
    let draft = edition::revise(app, &office.editor, hit.edition.id).await.unwrap();
    let draft = edition::load(app, &office.editor, draft.id).await.unwrap();
    let saved = edition::DraftChange {
        title: draft.edition.title.clone(),
        body: "<p>本局布置日常工作。</p>".into(),
        elements: draft.edition.elements.clone(),
        change_note: Some("改正用词".into()),
        lock_version: draft.edition.lock_version,
    };
    edition::save(app, &office.editor, draft.edition.id, &saved).await.unwrap();
    office.pass(test, &draft).await;
    let all = IssueQuery { state: Some(StockIssueState::Handled), ..IssueQuery::default() };
    let (closed, _) = stock::list(app, &office.editor, &all, 0, 20).await.unwrap();
    assert_eq!((closed.len(), closed[0].id), (1, other), "{closed:?}");
}

#[db_test]
async fn what_people_knew_at_admission_is_not_reported_and_late_words_are(db: TestDb) {
    let Region { test, root, league, one, two, .. } = &region(db).await;
    let app = &test.app;
    let office = office(test, league).await;
    let id = pack(app, one, root, "wording").await;
    agree(app, one, two, id, &crate::lexicon::add("词语乙")).await;
    test.settle().await;
    // Submitted before the word came, admitted after it.
    let new = NewDraft {
        kind: ResourceKind::Article,
        unit: office.unit.id,
        title: "审核中的示例".into(),
        body: "<p>这里有词语甲。</p>".into(),
        elements: Elements { source: Some("示例".into()), secrecy_reviewed: true, ..Elements::default() },
        origin_key: None,
        address_month: None,
    };
    let waiting = edition::create(app, &office.editor, new).await.unwrap();
    let lock = waiting.edition.lock_version;
    let submitted = edition::submit(app, &office.editor, waiting.edition.id, lock).await.unwrap();
    test.db.clock.advance(std::time::Duration::from_secs(60));
    let warn = app::lexicon::NewEntry { severity: Some("warn".into()), ..add("词语甲") };
    agree(app, one, two, id, &warn).await;
    test.settle().await;
    assert!(issues(test, &office.editor).await.is_empty(), "it is no stock yet");
    test.db.clock.advance(std::time::Duration::from_secs(60));
    review::pass(app, &office.reviewer, submitted.review.id, submitted.review.steps[0].id, None).await.unwrap();
    test.settle().await;
    assert_eq!(issues(test, &office.editor).await.len(), 1, "admitted with an old report, so looked at again");
    // Screened with the word in force: people saw the warning and went on.
    let known = office.admit(test, "见过警告的示例", "这里有词语甲。").await;
    ScreenDaily {}.run(app.clone(), attempt(test)).await.unwrap();
    test.settle().await;
    let found = issues(test, &office.editor).await;
    assert!(found.len() == 1 && found[0].edition != known.edition.id, "{found:?}");
    recall::recall(app, &office.manager, found[0].resource, "示例", "").await.unwrap();
    let closed = issues(test, &office.editor).await;
    assert!(closed.iter().all(|one| one.state == StockIssueState::Handled), "a recall closes it: {closed:?}");
}

#[db_test]
async fn sensitive_columns_are_gone_over_whole_and_the_rest_by_sample(db: TestDb) {
    let Region { test, league, one, .. } = &region(db).await;
    let app = &test.app;
    let office = office(test, league).await;
    let site = test.site("aa", &office.unit).await;
    let column = test.column(&site, "news", "工作动态").await;
    for number in 0..3 {
        let new = NewDraft {
            kind: ResourceKind::Article,
            unit: office.unit.id,
            title: format!("栏目里的示例{number}"),
            body: "<p>本局布置日常工作。</p>".into(),
            elements: Elements { source: Some("示例".into()), secrecy_reviewed: true, ..Elements::default() },
            origin_key: None,
            address_month: None,
        };
        let loaded = edition::create(app, &office.editor, new).await.unwrap();
        app::placement::propose(app, &office.editor, loaded.resource.id, &[column.id], None).await.unwrap();
        office.pass(test, &loaded).await;
    }
    for number in 0..4 {
        office.admit(test, &format!("其他示例{number}"), "本局布置日常工作。").await;
    }
    test.settle().await;
    let change = app::column::ColumnChange {
        name: column.name.clone(),
        column_type: column.column_type.clone(),
        description: column.description.clone(),
        keywords: column.keywords.clone(),
        in_navigation: true,
        sensitive: true,
        lock_version: column.lock_version,
    };
    app::column::change(app, &office.manager, column.id, change).await.unwrap();
    app.store.write(|tx| async move { store::setting::set(&tx, "stock.daily_sample", 2, None).await }).await.unwrap();
    ScreenDaily {}.run(app.clone(), attempt(test)).await.unwrap();
    test.settle().await;
    let (runs, _) = stock::runs(app, one, Some(StockRunKind::Daily), 0, 20).await.unwrap();
    let run = &runs[0].run;
    assert_eq!((run.sensitive, run.sampled, run.screened), (3, 2, 5), "{run:?}");
    assert!(run.finished_at.is_some());
}
