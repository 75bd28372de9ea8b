//! Rules: read by everybody, tightened by leagues, loosened with the region's approval, all on record.

use app::{
    AppError,
    rule::{self, NewAmendment, RuleQuery, Ruling},
};
use domain::{
    actor::Actor,
    identifier::DivisionCode,
    rule::{AmendmentState, Judgement},
    time::beijing_date,
};
use testkit::{TestApp, TestDb, db_test};

use crate::{
    region::{Region, region},
    session::events,
};

/// 20 working days, fewer is stricter.
const REPLY: &str = "disclosure.reply";

fn wanted(division: &str, value: &str) -> NewAmendment {
    NewAmendment {
        division: division.into(),
        key: "days".into(),
        value: value.into(),
        from: None,
        reason: "示例：本地要求".into(),
        document: Some("示政办发〔2026〕1号".into()),
    }
}

async fn days_at(test: &TestApp, division: &str) -> i64 {
    let place = DivisionCode::parse(division).unwrap();
    let today = beijing_date(test.app.now());
    let held = rule::in_force(&test.app, &test.app.store.read(), Some(&place), today).await.unwrap();
    held.rules().rule(REPLY).unwrap().whole("days").unwrap()
}

async fn propose(region: &Region, actor: &Actor, division: &str, value: &str) -> domain::ids::AmendmentId {
    rule::amend(&region.test.app, actor, REPLY, &wanted(division, value)).await.unwrap().0
}

#[db_test]
async fn a_league_tightens_at_once_for_itself_alone_and_everything_is_on_record(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let (_, judgement) = rule::amend(app, &region.local, REPLY, &wanted("150100", "15")).await.unwrap();
    assert!(matches!(judgement, Judgement::Stricter { .. }), "{judgement:?}");
    assert_eq!((days_at(&region.test, "150100").await, days_at(&region.test, "150200").await), (15, 20));
    assert_eq!(events(app, "rule.amend").await.len(), 1);
    let query = RuleQuery { division: Some("150100"), pack: Some("deadlines"), adjusted: true, ..RuleQuery::default() };
    let found = rule::list(app, &region.local, &query).await.unwrap();
    assert_eq!(found.rows.len(), 1);
    let parameter = found.rows[0].parameters.iter().find(|one| one.key == "days").unwrap();
    assert_eq!((parameter.value.as_str(), parameter.pack_value.as_str(), parameter.whose), ("15", "20", "盟市"));
    assert_eq!(parameter.changed_by.as_deref(), Some("meng.yi示例"));
    region.test.db.clock.advance(std::time::Duration::from_secs(60));
    let later = propose(&region, &region.local, "150100", "12").await;
    assert_eq!(days_at(&region.test, "150100").await, 12);
    let shown = rule::show(app, &region.local, REPLY, Some("150100"), None).await.unwrap();
    assert_eq!(shown.amendments.len(), 2, "the one before is kept");
    assert_eq!(shown.amendments[0].amendment.id, later);
    assert_eq!(shown.amendments[1].state_words, "未生效即终止");
    let seen = rule::show(app, &region.foreign, REPLY, None, None).await.unwrap();
    assert!(seen.amendments.is_empty(), "another league's amendments are none of its business");
}

#[db_test]
async fn a_looser_value_waits_for_another_person_of_the_region(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let id = propose(&region, &region.local, "150100", "25").await;
    assert_eq!(days_at(&region.test, "150100").await, 20);
    assert_eq!(rule::waiting(app, &region.one).await.unwrap().len(), 1);
    assert!(rule::waiting(app, &region.local).await.unwrap().is_empty());
    let refused = rule::decide(app, &region.local, id, Ruling::Approve, "").await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)), "{refused}");
    let hidden = rule::decide(app, &region.foreign, id, Ruling::Approve, "").await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    rule::decide(app, &region.one, id, Ruling::Approve, "同意").await.unwrap();
    assert_eq!((days_at(&region.test, "150100").await, days_at(&region.test, "150200").await), (25, 20));
    assert_eq!(events(app, "rule.decide").await.len(), 1);
    let again = rule::decide(app, &region.two, id, Ruling::Refuse, "晚了").await.unwrap_err();
    assert!(matches!(again, AppError::Conflict(_)), "{again}");
    rule::end(app, &region.local, id, None, "恢复").await.unwrap();
    assert_eq!(days_at(&region.test, "150100").await, 25, "the day of ending still counts");
    region.test.db.clock.advance(std::time::Duration::from_secs(86_400));
    assert_eq!(days_at(&region.test, "150100").await, 20);
    assert!(matches!(rule::end(app, &region.local, id, None, "").await.unwrap_err(), AppError::Conflict(_)));
    assert_eq!(events(app, "rule.end").await.len(), 1);
}

#[db_test]
async fn nobody_approves_the_own_proposal(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let id = propose(&region, &region.one, "150000", "22").await;
    let refused = rule::decide(app, &region.one, id, Ruling::Approve, "").await.unwrap_err();
    assert!(matches!(&refused, AppError::Forbidden(text) if text.contains("本人")), "{refused}");
    let blank = rule::decide(app, &region.two, id, Ruling::Refuse, " ").await.unwrap_err();
    assert!(matches!(blank, AppError::Invalid(_)), "{blank}");
    rule::decide(app, &region.two, id, Ruling::Refuse, "没有依据").await.unwrap();
    assert_eq!(days_at(&region.test, "150100").await, 20);
    let all = rule::amendments(app, &region.local, Some(AmendmentState::Refused)).await.unwrap();
    assert_eq!(all.len(), 1, "what the region does concerns its leagues");
}

#[db_test]
async fn strangers_and_readers_change_nothing(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let hidden = rule::amend(app, &region.foreign, REPLY, &wanted("150100", "15")).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    let above = rule::amend(app, &region.local, REPLY, &wanted("150000", "15")).await.unwrap_err();
    assert!(matches!(above, AppError::Forbidden(_)), "{above}");
    let reader = rule::amend(app, &region.editor, REPLY, &wanted("150100", "15")).await.unwrap_err();
    assert!(matches!(reader, AppError::Forbidden(_)), "{reader}");
    let id = propose(&region, &region.local, "150100", "25").await;
    for (actor, hidden) in [(&region.foreign, true), (&region.editor, false)] {
        let refused = rule::withdraw(app, actor, id).await.unwrap_err();
        assert_eq!(matches!(refused, AppError::NotFound(_)), hidden, "{refused}");
    }
    assert!(rule::places(app, &region.editor).await.unwrap().iter().all(|place| place.code.as_str() != "150200"));
    let other = RuleQuery { division: Some("150200"), ..RuleQuery::default() };
    assert!(matches!(rule::list(app, &region.local, &other).await.unwrap_err(), AppError::NotFound(_)));
    rule::list(app, &region.one, &other).await.unwrap();
    rule::withdraw(app, &region.local, id).await.unwrap();
    assert!(matches!(rule::withdraw(app, &region.local, id).await.unwrap_err(), AppError::Conflict(_)));
    assert_eq!(events(app, "rule.withdraw").await.len(), 1);
}

#[db_test]
async fn wrong_values_are_refused_at_their_fields(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    for (change, field) in [
        (NewAmendment { value: "二十".into(), ..wanted("150100", "15") }, "value"),
        (NewAmendment { value: "0".into(), ..wanted("150100", "15") }, "value"),
        (NewAmendment { value: "20".into(), ..wanted("150100", "15") }, "value"),
        (NewAmendment { key: "hours".into(), ..wanted("150100", "15") }, "key"),
        (NewAmendment { from: Some("2026-03-01".into()), ..wanted("150100", "15") }, "from"),
        (NewAmendment { from: Some("明天".into()), ..wanted("150100", "15") }, "from"),
        (NewAmendment { reason: " ".into(), ..wanted("150100", "15") }, "reason"),
        (NewAmendment { document: Some("一号文".into()), ..wanted("150100", "15") }, "document"),
    ] {
        let error = rule::amend(app, &region.local, REPLY, &change).await.unwrap_err();
        let AppError::Invalid(problems) = &error else { panic!("{change:?}: {error}") };
        assert_eq!(problems[0].field, field, "{problems:?}");
    }
    let setting = NewAmendment { key: "password.min_length".into(), ..wanted("150000", "12") };
    let refused = rule::amend(app, &region.one, "platform.password", &setting).await.unwrap_err();
    assert!(matches!(&refused, AppError::Conflict(text) if text.contains("策略参数")), "{refused}");
    let unknown = rule::amend(app, &region.local, "no.such.rule", &wanted("150100", "15")).await.unwrap_err();
    assert!(matches!(unknown, AppError::NotFound(_)), "{unknown}");
    assert!(events(app, "rule.amend").await.is_empty());
}

#[db_test]
async fn of_two_people_who_change_the_same_at_once_one_is_told(db: TestDb) {
    let region = region(db).await;
    let (app, new) = (&region.test.app, wanted("150100", "25"));
    let (a, b) = tokio::join!(rule::amend(app, &region.local, REPLY, &new), rule::amend(app, &region.one, REPLY, &new));
    let outcomes = [a, b];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    let error = outcomes.iter().find_map(|outcome| outcome.as_ref().err()).unwrap();
    assert!(matches!(error, AppError::Conflict(_)), "{error}");
    assert_eq!(events(app, "rule.amend").await.len(), 1);
    let id = rule::amendments(app, &region.one, None).await.unwrap()[0].amendment.id;
    let deciders = [&region.one, &region.two];
    let (a, b) = tokio::join!(
        rule::decide(app, deciders[0], id, Ruling::Approve, ""),
        rule::decide(app, deciders[1], id, Ruling::Approve, "")
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
    assert_eq!(events(app, "rule.decide").await.len(), 1);
    assert_eq!(days_at(&region.test, "150100").await, 25);
}

#[db_test]
async fn settings_show_what_is_set_on_their_own_page(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let security = region.test.person("an.quan", domain::duty::Duty::SecurityAdmin, &region.root).await;
    app::setting::change(app, &security, &[("password.min_length".into(), "11".into())]).await.unwrap();
    let shown = rule::show(app, &region.local, "platform.password", None, None).await.unwrap();
    let row = shown.on_day.unwrap();
    let parameter = row.parameters.iter().find(|one| one.key == "password.min_length").unwrap();
    assert!(row.is_setting && !shown.may_amend && !parameter.adjustable);
    assert_eq!((parameter.value.as_str(), parameter.pack_value.as_str(), parameter.whose), ("11", "8", "平台设置"));
}
