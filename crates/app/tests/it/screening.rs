//! Around the screening: what stops a text and who lets it pass, exceptions, appeals, and what became of findings.

use std::time::Duration;

use app::{
    AppError,
    appeal::{self, Answer, NewFollowUp},
    clearance::{self, Verdict},
    edition::{self, DraftChange, NewDraft, ScreenedFinding},
    precision::{self, RulePrecision},
    review,
    screening_exception::{self, NewException},
};
use domain::{
    actor::Actor, appeal::AppealState, clearance::ClearanceState, disposition::DispositionKind, duty::Duty,
    edition::Edition, element::Elements, ids::EditionId, resource::ResourceKind, screening_exception::ExceptionState,
    time::beijing_date, unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};

use crate::session::events;

struct Office {
    test: TestApp,
    unit: Unit,
    other: Unit,
    editor: Actor,
    colleague: Actor,
    first: Actor,
    second: Actor,
    last: Actor,
    deputy: Actor,
    manager: Actor,
    stranger: Actor,
    region: Actor,
    region_two: Actor,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("office", Some(&root)).await;
    let other = test.unit("other", Some(&root)).await;
    Office {
        editor: test.person("editor", Duty::Editor, &unit).await,
        colleague: test.person("colleague", Duty::Editor, &unit).await,
        first: test.person("first", Duty::Reviewer1, &unit).await,
        second: test.person("second", Duty::Reviewer2, &unit).await,
        last: test.person("last", Duty::Reviewer3, &unit).await,
        deputy: test.person("deputy", Duty::Reviewer3, &unit).await,
        manager: test.person("manager", Duty::SiteManager, &unit).await,
        stranger: test
            .person_with(
                "stranger",
                &[
                    (Duty::Editor, &other),
                    (Duty::Reviewer1, &other),
                    (Duty::Reviewer3, &other),
                    (Duty::SiteManager, &other),
                ],
            )
            .await,
        region: test.person("region", Duty::Supervisor, &root).await,
        region_two: test.person("region.two", Duty::Supervisor, &root).await,
        unit,
        other,
        test,
    }
}

/// A number whose check character holds; it belongs to nobody, the test makes it.
pub fn id_number(serial: u32) -> String {
    let body = format!("15010219900101{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize])
}

fn elements() -> Elements {
    Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() }
}

const WRONG_NUMBER: &str = "<p>现转发内政办发[2026]8号文件。</p>";

impl Office {
    async fn draft(&self, body: &str) -> Edition {
        let draft = NewDraft {
            kind: ResourceKind::Article,
            unit: self.unit.id,
            title: "示例动态".into(),
            body: body.into(),
            elements: elements(),
            origin_key: None,
            address_month: None,
        };
        edition::create(&self.test.app, &self.editor, draft).await.unwrap().edition
    }

    /// Saves another body, a second later: with a standing clock no report would be newer than another.
    async fn rewrite(&self, id: EditionId, body: &str) -> Edition {
        self.test.db.clock.advance(Duration::from_secs(1));
        let now = edition::load(&self.test.app, &self.editor, id).await.unwrap().edition;
        let change = DraftChange {
            lock_version: now.lock_version,
            title: now.title,
            body: body.into(),
            elements: now.elements,
            change_note: None,
        };
        edition::save(&self.test.app, &self.editor, id, &change).await.unwrap()
    }

    async fn findings(&self, id: EditionId) -> Vec<ScreenedFinding> {
        self.test.db.clock.advance(Duration::from_secs(1));
        edition::screen(&self.test.app, &self.editor, id).await.unwrap().findings
    }

    async fn one(&self, id: EditionId, check: &str) -> ScreenedFinding {
        let found = self.findings(id).await;
        found.iter().find(|one| one.finding.check == check).unwrap_or_else(|| panic!("{check} in {found:?}")).clone()
    }

    async fn submit(&self, id: EditionId) -> Result<edition::Submission, AppError> {
        let now = edition::load(&self.test.app, &self.editor, id).await.unwrap().edition;
        edition::submit(&self.test.app, &self.editor, id, now.lock_version).await
    }

    async fn ask(&self, id: EditionId) -> (ScreenedFinding, domain::ids::ClearanceId) {
        let found = self.one(id, "personal_id").await;
        let reason = "示例号码，由测试程序生成";
        let asked =
            clearance::ask(&self.test.app, &self.editor, id, found.finding.fingerprint(), reason).await.unwrap();
        (found, asked)
    }

    async fn rule(&self, actor: &Actor, rule: &str) -> RulePrecision {
        let found = precision::precision(&self.test.app, actor, None).await.unwrap().rules;
        found.iter().find(|one| one.rule == rule).unwrap_or_else(|| panic!("{rule} in {found:?}")).clone()
    }
}

fn blocking() -> String {
    format!("<p>示例居民，身份证号{}，补贴五百元。</p>", id_number(1))
}

#[db_test]
async fn an_editor_cannot_ignore_what_blocks_but_the_last_reviewer_can_let_it_pass(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(&blocking()).await;
    let refused = office.submit(draft.id).await;
    assert!(matches!(&refused, Err(AppError::Invalid(problems)) if problems[0].field == "screening"), "{refused:?}");
    let finding = office.one(draft.id, "personal_id").await;
    assert!(finding.stands_in_the_way());
    for kind in [DispositionKind::Accepted, DispositionKind::Overruled] {
        let refused = edition::dispose(
            app,
            &office.editor,
            draft.id,
            finding.finding.fingerprint(),
            kind,
            Some("示例号码，由测试程序生成"),
        )
        .await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    }
    let (_, asked) = office.ask(draft.id).await;
    let again = clearance::ask(app, &office.editor, draft.id, finding.finding.fingerprint(), "再次申请放行").await;
    assert!(matches!(again, Err(AppError::Conflict(_))), "{again:?}");
    assert_eq!(clearance::waiting(app, &office.last).await.unwrap().len(), 1);
    assert!(clearance::waiting(app, &office.second).await.unwrap().is_empty());
    for nobody in [&office.editor, &office.first, &office.second, &office.manager, &office.stranger, &office.region] {
        let refused = clearance::decide(app, nobody, asked, Verdict::Grant, "示例理由").await;
        assert!(matches!(refused, Err(AppError::NotFound(_))), "{}: {refused:?}", nobody.login);
    }
    let short = clearance::decide(app, &office.last, asked, Verdict::Grant, "行 ").await;
    assert!(matches!(short, Err(AppError::Invalid(_))), "{short:?}");
    assert!(office.submit(draft.id).await.is_err(), "asking alone lets nothing pass");
    clearance::decide(app, &office.last, asked, Verdict::Grant, "号码为示例，准予放行").await.unwrap();
    let late = clearance::decide(app, &office.deputy, asked, Verdict::Refuse, "不同意放行").await.unwrap_err();
    assert!(matches!(&late, AppError::Conflict(text) if text.contains("last示例")), "{late}");
    let review = office.submit(draft.id).await.unwrap().review;
    let shown = review::show(app, &office.first, review.id).await.unwrap();
    let cleared = shown.screening.unwrap().findings.into_iter().find(|one| one.cleared).unwrap();
    assert_eq!(cleared.clearance.unwrap().remark.as_deref(), Some("号码为示例，准予放行"));
    for (actor, step) in [(&office.first, 0), (&office.second, 1), (&office.last, 2)] {
        review::pass(app, actor, review.id, review.steps[step].id, None).await.unwrap();
    }
    assert_eq!(events(app, "clearance.ask").await.len(), 1);
    assert_eq!(events(app, "clearance.grant").await.len(), 1);
    let story = edition::timeline(app, &office.editor, draft.id).await.unwrap();
    assert!(story.iter().any(|line| line.what == "准予放行" && line.note.is_some()), "{story:?}");
}

#[db_test]
async fn a_release_ends_with_the_words_it_was_given_for(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(&blocking()).await;
    let (_, asked) = office.ask(draft.id).await;
    clearance::decide(app, &office.last, asked, Verdict::Grant, "号码为示例，准予放行").await.unwrap();
    assert!(!office.one(draft.id, "personal_id").await.stands_in_the_way());
    let elsewhere = format!("<p>新增一段说明。</p>{}", blocking());
    office.rewrite(draft.id, &elsewhere).await;
    assert!(!office.one(draft.id, "personal_id").await.stands_in_the_way(), "edits elsewhere do not matter");
    office.rewrite(draft.id, &blocking().replace(&id_number(1), &id_number(2))).await;
    assert!(office.one(draft.id, "personal_id").await.stands_in_the_way());
    assert!(office.submit(draft.id).await.is_err());
    let (_, other) = office.ask(draft.id).await;
    office.rewrite(draft.id, &blocking().replace(&id_number(1), &id_number(3))).await;
    let late = clearance::decide(app, &office.last, other, Verdict::Grant, "号码为示例").await;
    assert!(matches!(late, Err(AppError::Conflict(_))), "{late:?}");
    clearance::withdraw(app, &office.editor, other).await.unwrap();
    let gone = clearance::decide(app, &office.last, other, Verdict::Refuse, "已经撤回").await;
    assert!(matches!(gone, Err(AppError::Conflict(_))), "{gone:?}");
}

#[db_test]
async fn nobody_lets_the_own_text_pass_and_a_longer_chain_needs_its_own_last_word(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let both = office.test.person_with("both", &[(Duty::Editor, &office.unit), (Duty::Reviewer3, &office.unit)]).await;
    let draft = office.draft(&blocking()).await;
    let finding = office.one(draft.id, "personal_id").await;
    let asked =
        clearance::ask(app, &both, draft.id, finding.finding.fingerprint(), "示例号码，测试生成").await.unwrap();
    let own = clearance::decide(app, &both, asked, Verdict::Grant, "自己放行").await;
    assert!(matches!(own, Err(AppError::Forbidden(_))), "{own:?}");
    assert!(clearance::waiting(app, &both).await.unwrap().is_empty());
    let special = office.test.person("special", Duty::Reviewer4, &office.unit).await;
    office.test.chain(&office.unit, &[Duty::Reviewer1, Duty::Reviewer3, Duty::Reviewer4]).await;
    let moved = clearance::decide(app, &office.last, asked, Verdict::Grant, "号码为示例").await;
    assert!(matches!(&moved, Err(AppError::Conflict(text)) if text.contains("特别审签")), "{moved:?}");
    assert_eq!(clearance::waiting(app, &special).await.unwrap().len(), 1, "it went to the new last step");
    clearance::decide(app, &special, asked, Verdict::Grant, "号码为示例").await.unwrap();
    assert!(!office.one(draft.id, "personal_id").await.stands_in_the_way());
    office.test.chain(&office.unit, &[Duty::Reviewer1, Duty::Reviewer3]).await;
    let standing = office.one(draft.id, "personal_id").await;
    assert!(standing.stands_in_the_way(), "another last step has not spoken");
    assert_eq!(standing.clearance.unwrap().state, ClearanceState::Granted);
}

#[db_test]
async fn of_two_who_decide_the_same_request_at_once_one_is_told(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(&blocking()).await;
    let (_, asked) = office.ask(draft.id).await;
    let (a, b) = tokio::join!(
        clearance::decide(app, &office.last, asked, Verdict::Grant, "号码为示例"),
        clearance::decide(app, &office.deputy, asked, Verdict::Refuse, "应当先遮盖"),
    );
    assert_eq!([&a, &b].iter().filter(|outcome| outcome.is_ok()).count(), 1, "{a:?} {b:?}");
    let lost = a.err().or(b.err()).unwrap();
    assert!(matches!(&lost, AppError::Conflict(text) if text.contains("办结")), "{lost}");
    let count = events(app, "clearance.grant").await.len() + events(app, "clearance.refuse").await.len();
    assert_eq!(count, 1);
}

#[db_test]
async fn an_exception_for_an_item_holds_in_its_later_editions_until_it_is_ended(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(WRONG_NUMBER).await;
    let finding = office.one(draft.id, "document_number").await;
    let fingerprint = finding.finding.fingerprint();
    let new = NewException { for_unit: false, whole_rule: false, until: None, reason: "原文件如此书写".into() };
    let (id, state) = screening_exception::propose(app, &office.editor, draft.id, fingerprint, &new).await.unwrap();
    assert_eq!(state, ExceptionState::InForce);
    let twice = screening_exception::propose(app, &office.editor, draft.id, fingerprint, &new).await;
    assert!(matches!(twice, Err(AppError::Conflict(_))), "{twice:?}");
    assert!(office.one(draft.id, "document_number").await.ignored(), "still in the report");
    let review = office.submit(draft.id).await.unwrap().review;
    review::pass_urgently(app, &office.last, review.id, "示例：测试紧急发布").await.unwrap();
    let revised = edition::revise(app, &office.editor, draft.id).await.unwrap();
    assert!(office.one(revised.id, "document_number").await.ignored());
    let another = office.draft(WRONG_NUMBER).await;
    assert!(!office.one(another.id, "document_number").await.ignored(), "another item");
    let hidden = screening_exception::end(app, &office.stranger, id, "不再需要").await;
    assert!(matches!(hidden, Err(AppError::NotFound(_))), "{hidden:?}");
    screening_exception::end(app, &office.colleague, id, "改用规范写法").await.unwrap();
    assert!(!office.one(revised.id, "document_number").await.ignored());
    let over = screening_exception::end(app, &office.editor, id, "再次终止").await;
    assert!(matches!(over, Err(AppError::Conflict(_))), "{over:?}");
    let listed = screening_exception::list(app, &office.editor, None).await.unwrap();
    assert_eq!((listed.len(), listed[0].state_words), (1, "已终止"));
    assert!(screening_exception::list(app, &office.stranger, None).await.unwrap().is_empty());
    assert_eq!(screening_exception::list(app, &office.region, None).await.unwrap().len(), 1);
}

#[db_test]
async fn an_exception_for_a_unit_needs_a_second_person_and_ends_with_its_day(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let both = office.test.person_with("both", &[(Duty::Editor, &office.unit), (Duty::Reviewer1, &office.unit)]).await;
    let draft = office.draft(WRONG_NUMBER).await;
    let finding = office.one(draft.id, "document_number").await;
    let fingerprint = finding.finding.fingerprint();
    let until = beijing_date(app.now()).tomorrow().unwrap();
    let new =
        NewException {
            for_unit: true, whole_rule: true, until: Some(until), reason: "本单位沿用旧式文号".into()
        };
    let endless = NewException { until: Some("2099-01-01".parse().unwrap()), ..new.clone() };
    let refused = screening_exception::propose(app, &both, draft.id, fingerprint, &endless).await;
    assert!(matches!(&refused, Err(AppError::Invalid(problems)) if problems[0].field == "until"), "{refused:?}");
    let (id, state) = screening_exception::propose(app, &both, draft.id, fingerprint, &new).await.unwrap();
    assert_eq!(state, ExceptionState::Proposed);
    assert!(!office.one(draft.id, "document_number").await.ignored(), "one person alone changes nothing");
    use screening_exception::{Verdict, decide};
    let own = decide(app, &both, id, Verdict::Confirm, "").await;
    assert!(matches!(own, Err(AppError::Forbidden(_))), "{own:?}");
    let writer = decide(app, &office.editor, id, Verdict::Confirm, "").await;
    assert!(matches!(writer, Err(AppError::Forbidden(_))), "{writer:?}");
    for nobody in [&office.stranger, &office.region] {
        let refused = decide(app, nobody, id, Verdict::Confirm, "").await;
        assert!(matches!(refused, Err(AppError::NotFound(_) | AppError::Forbidden(_))), "{refused:?}");
    }
    assert_eq!(screening_exception::waiting(app, &office.manager).await.unwrap().len(), 1);
    let (a, b) = tokio::join!(
        decide(app, &office.first, id, Verdict::Confirm, ""),
        decide(app, &office.manager, id, Verdict::Refuse, "没有依据"),
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
    if a.is_err() {
        let (again, _) = screening_exception::propose(app, &both, draft.id, fingerprint, &new).await.unwrap();
        decide(app, &office.first, again, Verdict::Confirm, "").await.unwrap();
    }
    let other = office.draft("<p>另转发内政办发[2026]9号文件。</p>").await;
    assert!(office.one(other.id, "document_number").await.ignored(), "other words of the same rule, too");
    office.test.db.clock.advance(Duration::from_secs(86_400));
    assert!(office.one(other.id, "document_number").await.ignored(), "the last day counts");
    office.test.db.clock.advance(Duration::from_secs(86_400));
    assert!(!office.one(other.id, "document_number").await.ignored());
    let listed = screening_exception::list(app, &office.editor, Some(ExceptionState::InForce)).await.unwrap();
    assert_eq!(listed[0].state_words, "已到期");
}

#[db_test]
async fn nothing_that_blocks_and_no_whole_rule_of_personal_data_is_excepted(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(&blocking()).await;
    let finding = office.one(draft.id, "personal_id").await;
    let until = Some(beijing_date(app.now()));
    for new in [
        NewException { for_unit: false, whole_rule: false, until: None, reason: "示例理由".into() },
        NewException { for_unit: true, whole_rule: false, until, reason: "示例理由".into() },
        NewException { for_unit: true, whole_rule: true, until, reason: "示例理由".into() },
    ] {
        let refused =
            screening_exception::propose(app, &office.editor, draft.id, finding.finding.fingerprint(), &new).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    }
    assert!(events(app, "exception.propose").await.is_empty());
}

#[db_test]
async fn an_appeal_is_joined_answered_in_time_by_another_and_told_to_all(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(WRONG_NUMBER).await;
    let found = office.one(draft.id, "document_number").await;
    let fingerprint = found.finding.fingerprint();
    let short = appeal::file(app, &office.editor, draft.id, fingerprint, "不对").await;
    assert!(matches!(short, Err(AppError::Invalid(_))), "{short:?}");
    let hidden = appeal::file(app, &office.stranger, draft.id, fingerprint, "这种写法有文件依据").await;
    assert!(matches!(hidden, Err(AppError::NotFound(_))), "{hidden:?}");
    let filed = appeal::file(app, &office.editor, draft.id, fingerprint, "这种写法有文件依据").await.unwrap();
    assert!(!filed.joined);
    let twice = appeal::file(app, &office.editor, draft.id, fingerprint, "这种写法有文件依据").await;
    assert!(matches!(twice, Err(AppError::Conflict(_))), "{twice:?}");
    let joined = appeal::file(app, &office.first, draft.id, fingerprint, "我也认为这是误报").await.unwrap();
    assert!(joined.joined && joined.id == filed.id);
    let shown = appeal::show(app, &office.region, filed.id).await.unwrap();
    assert_eq!(shown.parties.len(), 2);
    assert!(shown.may_decide);
    let due = shown.row.due_at.unwrap();
    assert_eq!(beijing_date(due).to_string(), "2026-03-16", "ten working days after 2026-03-02");
    let clocks = app::deadline::list(app, &office.region, None).await.unwrap();
    assert_eq!(clocks.len(), 1);
    assert_eq!(appeal::waiting(app, &office.region).await.unwrap().len(), 1);
    let follow_up = NewFollowUp { kind: "words_allowed".into(), text: "该写法列入允许".into(), link: None };
    let adopt = Answer { verdict: appeal::Verdict::Adopt, opinion: "确有依据，予以采纳".into(), follow_up };
    let party = appeal::decide(app, &office.editor, filed.id, &adopt).await;
    assert!(matches!(party, Err(AppError::Forbidden(_))), "{party:?}");
    let stranger = appeal::decide(app, &office.stranger, filed.id, &adopt).await;
    assert!(matches!(stranger, Err(AppError::NotFound(_))), "{stranger:?}");
    let bare = Answer { follow_up: NewFollowUp::default(), ..adopt.clone() };
    let refused = appeal::decide(app, &office.region, filed.id, &bare).await;
    assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    let (a, b) = tokio::join!(
        appeal::decide(app, &office.region, filed.id, &adopt),
        appeal::decide(app, &office.region_two, filed.id, &adopt),
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
    assert!(matches!(a.err().or(b.err()).unwrap(), AppError::Conflict(_)));
    let running = app::deadline::list(app, &office.region, Some(app::deadline::DeadlineProgress::Running)).await;
    assert!(running.unwrap().is_empty(), "the clock stops with the answer");
    for party in [&office.editor, &office.first] {
        assert_eq!(appeal::answered(app, party).await.unwrap().len(), 1);
        appeal::acknowledge(app, party, filed.id).await.unwrap();
        assert!(appeal::answered(app, party).await.unwrap().is_empty());
    }
    let shown = appeal::show(app, &office.editor, filed.id).await.unwrap();
    assert_eq!((shown.row.appeal.state, shown.follow_ups.len()), (AppealState::Adopted, 1));
    let anew = appeal::file(app, &office.editor, draft.id, fingerprint, "答复以后又有新的情况").await.unwrap();
    assert!(!anew.joined, "a decided appeal is not joined");
}

#[db_test]
async fn of_two_appeals_at_once_one_joins_the_other(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let draft = office.draft(WRONG_NUMBER).await;
    let found = office.one(draft.id, "document_number").await;
    let fingerprint = found.finding.fingerprint();
    let other = office.draft(WRONG_NUMBER).await;
    let twin = office.one(other.id, "document_number").await;
    let (a, b) = tokio::join!(
        appeal::file(app, &office.editor, draft.id, fingerprint, "这种写法有文件依据"),
        appeal::file(app, &office.first, other.id, twin.finding.fingerprint(), "我也认为这是误报"),
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.id, b.id);
    assert_ne!(a.joined, b.joined);
    assert_eq!(app::deadline::list(app, &office.region, None).await.unwrap().len(), 1);
}

#[db_test]
async fn what_became_of_findings_is_counted_honestly(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    // Corrected: its words are gone.
    let corrected = office.draft(WRONG_NUMBER).await;
    let rule = office.one(corrected.id, "document_number").await.finding.rule_id;
    office.findings(corrected.id).await;
    let figures = office.rule(&office.region, &rule).await.total;
    assert_eq!((figures.tally.hits, figures.undecided, figures.precision), (1, 1, None), "screening twice counts once");
    office.rewrite(corrected.id, "<p>现转发内政办发〔2026〕8号文件。</p>").await;
    office.findings(corrected.id).await;
    assert_eq!(office.rule(&office.region, &rule).await.total.tally.right, 1);
    // Back again: undecided once more, and no second hit.
    office.rewrite(corrected.id, WRONG_NUMBER).await;
    office.findings(corrected.id).await;
    let back = office.rule(&office.region, &rule).await.total;
    assert_eq!((back.tally.hits, back.tally.right, back.undecided), (1, 0, 1));
    // Edits elsewhere decide nothing.
    office.rewrite(corrected.id, &format!("<p>新增一段。</p>{WRONG_NUMBER}")).await;
    office.findings(corrected.id).await;
    assert_eq!(office.rule(&office.region, &rule).await.total.undecided, 1);
    // Overruled here, and an appeal.
    let fingerprint = office.one(corrected.id, "document_number").await.finding.fingerprint().to_owned();
    let overrule = DispositionKind::Overruled;
    edition::dispose(app, &office.editor, corrected.id, &fingerprint, overrule, Some("原文如此")).await.unwrap();
    appeal::file(app, &office.editor, corrected.id, &fingerprint, "这种写法有文件依据").await.unwrap();
    // One adopted suggestion in another item.
    let adopted = office.draft("<p>另转发内政办发[2026]9号文件。</p>").await;
    let finding = office.one(adopted.id, "document_number").await;
    edition::adopt(app, &office.editor, adopted.id, adopted.lock_version, finding.finding.fingerprint(), 0)
        .await
        .unwrap();
    let row = office.rule(&office.region, &rule).await;
    let total = &row.total;
    assert_eq!((total.tally.hits, total.tally.right, total.tally.wrong, total.tally.appeals), (2, 1, 1, 1));
    assert_eq!(total.precision, Some(500));
    assert_eq!(row.months.len(), 12);
    assert_eq!((row.months[11].month.as_str(), row.months[11].tally.hits), ("2026-03", 2));
    // An office sees its own figures, another sees none of them.
    assert_eq!(office.rule(&office.editor, &rule).await.total.tally.hits, 2);
    assert!(precision::precision(app, &office.stranger, None).await.unwrap().rules.is_empty());
    let hidden = precision::precision(app, &office.stranger, Some(office.unit.id)).await;
    assert!(matches!(hidden, Err(AppError::NotFound(_))), "{hidden:?}");
    let chosen = precision::precision(app, &office.region, Some(office.other.id)).await.unwrap();
    assert!(chosen.rules.is_empty());
    let security = office.test.person("an.quan", Duty::SecurityAdmin, &office.unit).await;
    let refused = precision::precision(app, &security, None).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
}

#[db_test]
async fn all_personal_data_is_masked_in_one_save(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let (one, two) = (id_number(1), id_number(2));
    let body =
        format!("<p>甲，{one}。</p><table><tbody><tr><td>乙</td><td>{two}</td></tr></tbody></table><p>再列{one}。</p>");
    let draft = office.draft(&body).await;
    let current = office.rewrite(draft.id, &body).await;
    office.findings(draft.id).await;
    office.test.db.clock.advance(Duration::from_secs(1));
    let masked = edition::mask_personal_data(app, &office.editor, draft.id, current.lock_version).await.unwrap();
    assert_eq!((masked.places, masked.left.len()), (3, 0));
    let after = edition::load(app, &office.editor, draft.id).await.unwrap().edition;
    assert!(!after.body.contains(&one) && !after.body.contains(&two), "{}", after.body);
    assert!(after.body.contains("<td>乙</td>") && after.body.contains("<p>甲，"), "{}", after.body);
    assert_eq!(after.lock_version, current.lock_version + 1, "one save");
    assert!(office.findings(draft.id).await.iter().all(|one| one.finding.check != "personal_id"));
    let again = edition::mask_personal_data(app, &office.editor, draft.id, after.lock_version).await;
    assert!(matches!(again, Err(AppError::Conflict(_))), "{again:?}");
    let corrected = office.rule(&office.region, "privacy.personal_id").await.total;
    assert_eq!((corrected.tally.hits, corrected.tally.right), (3, 3));
}
