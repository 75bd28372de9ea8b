//! Running deadlines: their sum, what may happen to them, and what a new calendar does to them.

use app::{
    AppError,
    calendar::{self, Verdict},
    deadline::{self, DeadlineProgress, Light, NewDeadline, RecomputeDeadlines},
};
use domain::{
    ids::{DeadlineId, PersonId},
    time::parse_beijing,
};
use testkit::{TestDb, db_test};

use crate::{
    calendar::{TABLE, entered},
    region::{Region, region},
    session::events,
};

async fn started(region: &Region, received: &str, owner: Option<PersonId>) -> DeadlineId {
    let app = &region.test.app;
    let new = &NewDeadline {
        rule: "disclosure.reply".into(),
        subject_kind: "disclosure_request".into(),
        subject_id: "1".into(),
        title: "示例公开申请".into(),
        path: "/console/deadlines".into(),
        unit: region.league.id,
        owner,
        received: parse_beijing(received).unwrap(),
    };
    app.store.write(|tx| async move { deadline::start(app, &tx, new).await }).await.unwrap()
}

fn at(text: &str) -> Option<jiff::Timestamp> {
    parse_beijing(text)
}

/// The last second of a day.
fn end_of(day: &str) -> Option<jiff::Timestamp> {
    at(&format!("{day} 23:59:59"))
}

#[db_test]
async fn a_deadline_shows_its_sum_to_its_office_and_those_above_alone(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let id = started(&region, "2021-09-17 10:00", Some(region.editor.person)).await;
    let shown = deadline::show(app, &region.editor, id).await.unwrap();
    assert_eq!(shown.due_at, end_of("2021-10-21"));
    let counted = shown.lines.iter().filter(|line| line.what == "计入").count();
    assert_eq!(counted, 20);
    assert!(shown.lines.iter().any(|line| line.what == "不计" && line.reason.contains("国庆节")), "{:?}", shown.lines);
    assert_eq!(shown.light, Light::Overdue);
    assert!(deadline::show(app, &region.one, id).await.is_ok() && deadline::show(app, &region.local, id).await.is_ok());
    assert!(matches!(deadline::show(app, &region.foreign, id).await.unwrap_err(), AppError::NotFound(_)));
    assert!(deadline::list(app, &region.foreign, None).await.unwrap().is_empty());
    assert_eq!(deadline::list(app, &region.local, None).await.unwrap().len(), 1);
    assert_eq!(deadline::desk(app, &region.editor).await.unwrap().len(), 1);
    for refused in [
        deadline::pause(app, &region.foreign, id, "示例").await,
        deadline::resume(app, &region.foreign, id).await,
        deadline::finish(app, &region.foreign, id, DeadlineProgress::Met).await,
    ] {
        assert!(matches!(refused.unwrap_err(), AppError::NotFound(_)));
    }
}

#[db_test]
async fn a_deadline_is_paused_resumed_extended_once_and_finished(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    // Received on the day of the test, Monday 2 March 2026: twenty working days end on 30 March.
    let id = started(&region, "2026-03-02 09:00", None).await;
    let due = async || deadline::show(app, &region.editor, id).await.unwrap().due_at;
    let plain = due().await;
    assert_eq!(plain, end_of("2026-03-30"));
    region.test.db.clock.advance(std::time::Duration::from_secs(86_400));
    deadline::pause(app, &region.editor, id, "征求第三方意见").await.unwrap();
    assert_eq!(due().await, None);
    assert!(matches!(deadline::pause(app, &region.editor, id, "再次").await.unwrap_err(), AppError::Conflict(_)));
    region.test.db.clock.advance(std::time::Duration::from_secs(2 * 86_400));
    deadline::resume(app, &region.editor, id).await.unwrap();
    assert_eq!(due().await, end_of("2026-04-02"), "Tuesday to Thursday do not count");
    assert!(matches!(deadline::resume(app, &region.editor, id).await.unwrap_err(), AppError::Conflict(_)));
    let nameless = deadline::extend(app, &region.editor, id, 5, " ", "情况复杂").await.unwrap_err();
    assert!(matches!(nameless, AppError::Invalid(_)), "{nameless}");
    let long = deadline::extend(app, &region.editor, id, 21, "示例负责人", "情况复杂").await.unwrap_err();
    assert!(matches!(long, AppError::Invalid(_)), "{long}");
    deadline::extend(app, &region.editor, id, 1, "示例负责人", "情况复杂").await.unwrap();
    assert_eq!(due().await, end_of("2026-04-03"));
    let twice = deadline::extend(app, &region.editor, id, 1, "示例负责人", "情况复杂").await.unwrap_err();
    assert!(matches!(&twice, AppError::Invalid(_)), "{twice}");
    region.test.db.clock.advance(std::time::Duration::from_secs(86_400));
    deadline::restart(app, &region.editor, id, "收到补正").await.unwrap();
    // From Monday 9 March; Monday 6 April is off (清明节).
    assert_eq!(due().await, end_of("2026-04-07"));
    deadline::finish(app, &region.editor, id, DeadlineProgress::Met).await.unwrap();
    let over = deadline::pause(app, &region.editor, id, "示例").await.unwrap_err();
    assert!(matches!(over, AppError::Conflict(_)), "{over}");
    for action in ["pause", "resume", "extend", "restart", "finish"] {
        assert_eq!(events(app, &format!("deadline.{action}")).await.len(), 1, "{action}");
    }
}

#[db_test]
async fn a_confirmed_year_turns_an_unknown_due_day_into_a_date_and_tells_the_owner_once(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let id = started(&region, "2026-12-21 10:00", Some(region.editor.person)).await;
    let nobodys = started(&region, "2026-12-21 10:00", None).await;
    let early = started(&region, "2026-03-02 09:00", Some(region.editor.person)).await;
    let shown = deadline::show(app, &region.editor, id).await.unwrap();
    assert_eq!((shown.due_at, shown.light), (None, Light::Unknown));
    assert!(shown.conclusion.contains("2027年"), "{}", shown.conclusion);
    let arrangement = entered(&region, TABLE).await;
    calendar::decide(app, &region.two, arrangement, Verdict::Confirm, "").await.unwrap();
    region.test.settle().await;
    let shown = deadline::show(app, &region.editor, id).await.unwrap();
    // 22 to 31 December are eight working days; 1 and 4 January are off, Saturday the 9th is worked: the twentieth
    // is Tuesday the 19th.
    assert_eq!(shown.due_at, end_of("2027-01-19"));
    let notices = deadline::notices(app, &region.editor).await.unwrap();
    let told: Vec<DeadlineId> = notices.iter().map(|notice| notice.deadline).collect();
    assert!(told.contains(&id) && told.contains(&nobodys) && !told.contains(&early), "{notices:?}");
    let notice = notices.iter().find(|notice| notice.deadline == id).unwrap();
    assert_eq!((notice.due_before, notice.due_after), (None, end_of("2027-01-19")));
    assert!(notice.reason.contains("不能推算"), "{}", notice.reason);
    let job = RecomputeDeadlines { arrangement, after: None };
    assert_eq!(deadline::recompute(app, &job).await.unwrap(), 0, "done twice it changes nothing");
    assert_eq!(deadline::notices(app, &region.editor).await.unwrap().len(), 2);
    let hidden = deadline::acknowledge(app, &region.foreign, notice.id).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    deadline::acknowledge(app, &region.editor, notice.id).await.unwrap();
    assert!(matches!(deadline::acknowledge(app, &region.editor, notice.id).await.unwrap_err(), AppError::Conflict(_)));
    assert_eq!(deadline::notices(app, &region.editor).await.unwrap().len(), 1);
    assert_eq!(events(app, "deadline.acknowledge").await.len(), 1);
}

#[db_test]
async fn an_unknown_rule_starts_nothing(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let new = &NewDeadline {
        rule: "no.such.rule".into(),
        subject_kind: "letter".into(),
        subject_id: "1".into(),
        title: "示例来信".into(),
        path: String::new(),
        unit: region.league.id,
        owner: None,
        received: parse_beijing("2026-03-02 09:00").unwrap(),
    };
    let refused = app.store.write(|tx| async move { deadline::start(app, &tx, new).await }).await.unwrap_err();
    assert!(matches!(refused, AppError::Invalid(_)), "{refused}");
}
