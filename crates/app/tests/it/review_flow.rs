//! From draft to library: graded review before publication, by different people.

use app::{
    AppError,
    edition::{self, DraftChange, NewDraft},
    library, review,
};
use domain::{
    actor::Actor,
    duty::Duty,
    edition::{Edition, EditionState},
    element::{Elements, Validity},
    ids::ReviewStepId,
    resource::ResourceKind,
    review::{Review, ReviewState, StepOutcome},
    unit::Unit,
};
use store::library::LibraryFilter;
use testkit::{TestApp, TestDb, db_test};

struct Office {
    app: TestApp,
    unit: Unit,
    editor: Actor,
    first: Actor,
    second: Actor,
    last: Actor,
}

async fn office(db: TestDb) -> Office {
    let app = TestApp::on(db).await;
    let unit = app.unit("office", None).await;
    Office {
        editor: app.person("editor", Duty::Editor, &unit).await,
        first: app.person("first", Duty::Reviewer1, &unit).await,
        second: app.person("second", Duty::Reviewer2, &unit).await,
        last: app.person("last", Duty::Reviewer3, &unit).await,
        unit,
        app,
    }
}

fn elements() -> Elements {
    Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() }
}

impl Office {
    async fn draft(&self) -> Edition {
        let draft = NewDraft {
            kind: ResourceKind::Article,
            unit: self.unit.id,
            title: "示例动态".into(),
            body: "<p>示例正文，共一段。</p>".into(),
            elements: elements(),
            origin_key: None,
            address_month: None,
        };
        edition::create(&self.app.app, &self.editor, draft).await.unwrap().edition
    }

    async fn submitted(&self) -> (Edition, Review) {
        let draft = self.draft().await;
        let done = edition::submit(&self.app.app, &self.editor, draft.id, draft.lock_version).await.unwrap();
        (done.edition, done.review)
    }

    async fn state(&self, edition: &Edition) -> EditionState {
        edition::load(&self.app.app, &self.editor, edition.id).await.unwrap().edition.state
    }
}

fn step(review: &Review, position: i32) -> ReviewStepId {
    review.steps.iter().find(|step| step.position == position).unwrap().id
}

#[db_test]
async fn three_different_people_pass_a_text_into_the_library(db: TestDb) {
    let office = office(db).await;
    let (edition, review) = office.submitted().await;
    for (position, reviewer) in [&office.first, &office.second, &office.last].into_iter().enumerate() {
        assert_eq!(office.state(&edition).await, EditionState::InReview);
        let position = i32::try_from(position).unwrap() + 1;
        review::pass(&office.app.app, reviewer, review.id, step(&review, position), None).await.unwrap();
    }
    assert_eq!(office.state(&edition).await, EditionState::Admitted);
    let feed = store::library_change::since(&office.app.app.store.read(), 0, 10).await.unwrap();
    assert_eq!(feed.iter().map(|change| (change.number, change.edition)).collect::<Vec<_>>(), [(1, edition.id)]);
}

#[db_test]
async fn nobody_reviews_what_they_wrote_even_with_the_duty(db: TestDb) {
    let office = office(db).await;
    let both = office.app.person_with("both", &[(Duty::Editor, &office.unit), (Duty::Reviewer1, &office.unit)]).await;
    let draft = office.draft().await;
    let change = DraftChange {
        lock_version: draft.lock_version,
        title: "示例动态（改）".into(),
        body: draft.body.clone(),
        elements: elements(),
        change_note: None,
    };
    let saved = edition::save(&office.app.app, &both, draft.id, &change).await.unwrap();
    let done = edition::submit(&office.app.app, &office.editor, draft.id, saved.lock_version).await.unwrap();
    let refused = review::pass(&office.app.app, &both, done.review.id, step(&done.review, 1), None).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
}

#[db_test]
async fn one_person_cannot_pass_two_steps(db: TestDb) {
    let office = office(db).await;
    let twice =
        office.app.person_with("twice", &[(Duty::Reviewer1, &office.unit), (Duty::Reviewer2, &office.unit)]).await;
    let (_, review) = office.submitted().await;
    review::pass(&office.app.app, &twice, review.id, step(&review, 1), None).await.unwrap();
    let refused = review::pass(&office.app.app, &twice, review.id, step(&review, 2), None).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
}

#[db_test]
async fn a_stand_in_counts_as_both_persons(db: TestDb) {
    let office = office(db).await;
    let (_, review) = office.submitted().await;
    review::pass(&office.app.app, &office.first, review.id, step(&review, 1), None).await.unwrap();
    let mut stand_in = office.app.person("standin", Duty::Observer, &office.unit).await;
    let mut delegated = office.second.duties.clone();
    delegated.iter_mut().for_each(|held| held.on_behalf_of = Some(office.first.person));
    stand_in.duties.extend(delegated);
    let refused = review::pass(&office.app.app, &stand_in, review.id, step(&review, 2), None).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
}

#[db_test]
async fn steps_are_passed_in_their_order_only(db: TestDb) {
    let office = office(db).await;
    let (edition, review) = office.submitted().await;
    let early = review::pass(&office.app.app, &office.last, review.id, step(&review, 3), None).await;
    assert!(matches!(early, Err(AppError::Conflict(_))), "{early:?}");
    assert_eq!(office.state(&edition).await, EditionState::InReview);
}

#[db_test]
async fn two_reviewers_at_once_pass_a_step_once(db: TestDb) {
    let office = office(db).await;
    let rival = office.app.person("rival", Duty::Reviewer1, &office.unit).await;
    let (_, review) = office.submitted().await;
    let (one, two) = tokio::join!(
        review::pass(&office.app.app, &office.first, review.id, step(&review, 1), None),
        review::pass(&office.app.app, &rival, review.id, step(&review, 1), None),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let after = store::review::by_id(&office.app.app.store.read(), review.id).await.unwrap().unwrap();
    assert_eq!(after.current_position, 2);
}

#[db_test]
async fn a_returned_text_is_a_draft_again_with_its_reason(db: TestDb) {
    let office = office(db).await;
    let (edition, review) = office.submitted().await;
    let unsaid = review::return_to_writer(&office.app.app, &office.first, review.id, step(&review, 1), " ").await;
    assert!(matches!(unsaid, Err(AppError::Invalid(_))));
    review::return_to_writer(&office.app.app, &office.first, review.id, step(&review, 1), "请补充数据来源。")
        .await
        .unwrap();
    assert_eq!(office.state(&edition).await, EditionState::Returned);
    let after = store::review::by_id(&office.app.app.store.read(), review.id).await.unwrap().unwrap();
    assert_eq!(after.state, ReviewState::Returned);
    assert_eq!(after.steps[0].opinion.as_deref(), Some("请补充数据来源。"));
}

#[db_test]
async fn the_urgent_path_leaves_owed_reviews_until_others_make_them_up(db: TestDb) {
    let office = office(db).await;
    let (edition, review) = office.submitted().await;
    let unsaid = review::pass_urgently(&office.app.app, &office.last, review.id, "急").await;
    assert!(matches!(unsaid, Err(AppError::Invalid(_))));
    review::pass_urgently(&office.app.app, &office.last, review.id, "暴雨红色预警，须立即发布").await.unwrap();
    assert_eq!(office.state(&edition).await, EditionState::Admitted);
    let desk = review::desk(&office.app.app, &office.first).await.unwrap();
    assert_eq!(desk.owed.len(), 1);
    review::make_up(&office.app.app, &office.first, review.id, step(&review, 1), "内容属实").await.unwrap();
    let after = store::review::by_id(&office.app.app.store.read(), review.id).await.unwrap().unwrap();
    assert_eq!(
        after.steps.iter().map(|step| step.outcome).collect::<Vec<_>>(),
        [StepOutcome::MadeUp, StepOutcome::Skipped, StepOutcome::Passed]
    );
}

#[db_test]
async fn another_office_neither_sees_nor_touches_a_draft(db: TestDb) {
    let office = office(db).await;
    let other = office.app.unit("other", Some(&office.unit)).await;
    let stranger = office.app.person_with("stranger", &[(Duty::Editor, &other), (Duty::Reviewer1, &other)]).await;
    let (edition, review) = office.submitted().await;
    let seen = edition::load(&office.app.app, &stranger, edition.id).await;
    assert!(matches!(seen, Err(AppError::NotFound(_))), "{seen:?}");
    let passed = review::pass(&office.app.app, &stranger, review.id, step(&review, 1), None).await;
    assert!(matches!(passed, Err(AppError::NotFound(_))), "{passed:?}");
    let taken_back = edition::withdraw(&office.app.app, &stranger, edition.id).await;
    assert!(matches!(taken_back, Err(AppError::NotFound(_))), "{taken_back:?}");
    let listed = library::list(&office.app.app, &stranger, &LibraryFilter::default(), 0, 50).await.unwrap();
    assert_eq!(listed.total, 0);
    let listed = library::list(&office.app.app, &office.editor, &LibraryFilter::default(), 0, 50).await.unwrap();
    assert_eq!(listed.total, 1);
}

#[db_test]
async fn of_two_people_saving_at_once_the_second_is_told_and_loses_nothing(db: TestDb) {
    let office = office(db).await;
    let colleague = office.app.person("colleague", Duty::Editor, &office.unit).await;
    let draft = office.draft().await;
    let change = |title: &str| DraftChange {
        lock_version: draft.lock_version,
        title: title.into(),
        body: draft.body.clone(),
        elements: elements(),
        change_note: None,
    };
    let (mine, theirs) = (change("我的标题"), change("同事的标题"));
    let (one, two) = tokio::join!(
        edition::save(&office.app.app, &office.editor, draft.id, &mine),
        edition::save(&office.app.app, &colleague, draft.id, &theirs),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let refused = if one.is_ok() { two } else { one };
    assert!(matches!(refused, Err(AppError::Conflict(message)) if message.contains("没有丢失")));
}

#[db_test]
async fn an_incomplete_policy_is_refused_with_every_missing_element(db: TestDb) {
    let office = office(db).await;
    let draft = NewDraft {
        kind: ResourceKind::Policy,
        unit: office.unit.id,
        title: "关于示例工作的通知".into(),
        body: "<p>正文。</p>".into(),
        elements: Elements::default(),
        origin_key: None,
        address_month: None,
    };
    let draft = edition::create(&office.app.app, &office.editor, draft).await.unwrap().edition;
    let refused = edition::submit(&office.app.app, &office.editor, draft.id, draft.lock_version).await;
    let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["source", "secrecy_reviewed", "subject_class", "issuer", "written_on", "validity"]);
}

#[db_test]
async fn a_policy_gets_the_next_index_number_of_its_organ_and_keeps_it(db: TestDb) {
    let office = office(db).await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let draft = NewDraft {
            kind: ResourceKind::Policy,
            unit: office.unit.id,
            title: "关于示例工作的通知".into(),
            body: "<p>正文。</p>".into(),
            elements: Elements {
                subject_class: Some("综合政务\\政务公开".into()),
                issuer: Some("示例单位".into()),
                written_on: Some(jiff::civil::date(2026, 1, 5)),
                validity: Some(Validity::InForce),
                ..elements()
            },
            origin_key: None,
            address_month: None,
        };
        let draft = edition::create(&office.app.app, &office.editor, draft).await.unwrap().edition;
        let done = edition::submit(&office.app.app, &office.editor, draft.id, draft.lock_version).await.unwrap();
        numbers.push(done.edition.elements.index_number.clone().unwrap());
        edition::withdraw(&office.app.app, &office.editor, draft.id).await.unwrap();
        let again = edition::load(&office.app.app, &office.editor, draft.id).await.unwrap().edition;
        let done = edition::submit(&office.app.app, &office.editor, draft.id, again.lock_version).await.unwrap();
        assert_eq!(done.edition.elements.index_number.as_ref(), numbers.last());
    }
    assert!(numbers[0].ends_with("/2026-00001") && numbers[1].ends_with("/2026-00002"), "{numbers:?}");
}

#[db_test]
async fn every_verb_leaves_one_event_and_the_chain_holds(db: TestDb) {
    let office = office(db).await;
    let (_, review) = office.submitted().await;
    review::pass(&office.app.app, &office.first, review.id, step(&review, 1), Some("同意")).await.unwrap();
    let refused = review::pass(&office.app.app, &office.first, review.id, step(&review, 2), None).await;
    assert!(refused.is_err());
    let events = store::audit::page_after(&office.app.app.store.read(), 0, 100).await.unwrap();
    let actions: Vec<&str> = events.iter().map(|event| event.entry.action.as_str()).collect();
    assert_eq!(actions, ["edition.create", "edition.submit", "review.pass"]);
    let mut before = None;
    for event in &events {
        assert_eq!(domain::audit::check_link(before, event), vec![]);
        before = Some(event);
    }
}

#[db_test]
async fn a_new_edition_leaves_the_admitted_one_in_place_until_it_is_admitted_itself(db: TestDb) {
    let office = office(db).await;
    let (edition, review) = office.submitted().await;
    review::pass_urgently(&office.app.app, &office.last, review.id, "示例：测试紧急发布").await.unwrap();
    let revised = edition::revise(&office.app.app, &office.editor, edition.id).await.unwrap();
    assert_eq!((revised.number, revised.state), (2, EditionState::Draft));
    assert_eq!(office.state(&edition).await, EditionState::Admitted);
    let again = edition::revise(&office.app.app, &office.editor, edition.id).await;
    assert!(matches!(again, Err(AppError::Conflict(_))), "{again:?}");
    let done = edition::submit(&office.app.app, &office.editor, revised.id, revised.lock_version).await.unwrap();
    review::pass_urgently(&office.app.app, &office.last, done.review.id, "示例：测试紧急发布").await.unwrap();
    assert_eq!(office.state(&edition).await, EditionState::Superseded);
    assert_eq!(office.state(&revised).await, EditionState::Admitted);
}
