//! The calendar: one person enters, another confirms, and everything that runs is computed anew.

use app::{
    AppError,
    calendar::{self, ArrangementInput, NewLocalDay, Verdict},
};
use domain::{calendar::LocalDayUse, duty::Duty, identifier::DivisionCode, ids::ArrangementId};
use jiff::civil::date;
use testkit::{TestDb, db_test};

use crate::{
    region::{Region, region},
    session::events,
};

/// A made-up arrangement of 2027: nobody knows the real one yet.
pub const TABLE: &str = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-04,放假,示例节\n2027-01-09,上班,示例节\n";

pub fn input(text: &str) -> ArrangementInput {
    ArrangementInput {
        year: None, source: "示例发明电〔2026〕9号".into(), text: text.into(), supplement: false
    }
}

pub async fn entered(region: &Region, text: &str) -> ArrangementId {
    calendar::upload(&region.test.app, &region.one, &input(text)).await.unwrap()
}

async fn knows(region: &Region, year: i16) -> bool {
    let read = region.test.app.store.read();
    let known = calendar::work_calendar(&read, None, LocalDayUse::Statutory).await.unwrap();
    known.arrangement(year).is_some()
}

#[db_test]
async fn a_year_holds_when_a_second_person_has_confirmed_it(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let preview = calendar::preview(app, &region.one, &input(TABLE)).await.unwrap();
    assert!(preview.sound && !preview.replaces, "{preview:?}");
    assert_eq!((preview.year, preview.days.len()), (Some(2027), 3));
    let id = entered(&region, TABLE).await;
    assert!(!knows(&region, 2027).await);
    assert_eq!(calendar::waiting(app, &region.two).await.unwrap().len(), 1);
    assert!(calendar::waiting(app, &region.one).await.unwrap().is_empty(), "one does not confirm the own entry");
    let own = calendar::decide(app, &region.one, id, Verdict::Confirm, "").await.unwrap_err();
    assert!(matches!(&own, AppError::Forbidden(text) if text.contains("本人")), "{own}");
    calendar::decide(app, &region.two, id, Verdict::Confirm, "").await.unwrap();
    region.test.settle().await;
    assert!(knows(&region, 2027).await);
    let again = calendar::decide(app, &region.two, id, Verdict::Confirm, "").await.unwrap_err();
    assert!(matches!(again, AppError::Conflict(_)), "{again}");
    assert_eq!((events(app, "calendar.upload").await.len(), events(app, "calendar.confirm").await.len()), (1, 1));
    let shown = calendar::show(app, &region.editor, Some(2027), None).await.unwrap();
    assert!(shown.known && shown.months.len() == 12 && !shown.may_upload);
    let fourth = shown.months[0].weeks.iter().flatten().flatten().find(|cell| cell.number == 4).unwrap();
    assert_eq!((fourth.mark, fourth.workday), ("休", false), "{fourth:?}");
}

#[db_test]
async fn a_league_and_an_editor_enter_and_confirm_nothing(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let id = entered(&region, TABLE).await;
    for actor in [&region.local, &region.editor] {
        let upload = calendar::upload(app, actor, &input(TABLE)).await.unwrap_err();
        assert!(matches!(upload, AppError::Forbidden(_)), "{upload}");
        let confirm = calendar::decide(app, actor, id, Verdict::Confirm, "").await.unwrap_err();
        assert!(matches!(confirm, AppError::Forbidden(_)), "{confirm}");
    }
    let system = region.test.person("xi.tong", Duty::SystemAdmin, &region.root).await;
    calendar::decide(app, &system, id, Verdict::Confirm, "").await.unwrap();
}

#[db_test]
async fn what_cannot_be_read_is_told_with_its_line_and_a_refusal_with_its_reason(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let wrong = format!("{TABLE}2027-02-30,放假,示例节\n2027-03-01,出游,示例节\n");
    let preview = calendar::preview(app, &region.one, &input(&wrong)).await.unwrap();
    assert!(!preview.sound);
    let told: Vec<&str> = preview.problems.iter().map(|problem| problem.sentence.as_str()).collect();
    assert!(
        told.iter().any(|line| line.contains("第5行")) && told.iter().any(|line| line.contains("第6行")),
        "{told:?}"
    );
    let AppError::Invalid(problems) = calendar::upload(app, &region.one, &input(&wrong)).await.unwrap_err() else {
        panic!("a form with problems")
    };
    assert!(problems.iter().all(|problem| problem.field == "text"));
    let nothing = ArrangementInput { source: " ".into(), ..input(TABLE) };
    assert!(matches!(calendar::upload(app, &region.one, &nothing).await.unwrap_err(), AppError::Invalid(_)));
    let id = entered(&region, TABLE).await;
    let second = calendar::upload(app, &region.two, &input(TABLE)).await.unwrap_err();
    assert!(matches!(second, AppError::Conflict(_)), "{second}");
    let blank = calendar::decide(app, &region.two, id, Verdict::Refuse, "").await.unwrap_err();
    assert!(matches!(blank, AppError::Invalid(_)), "{blank}");
    calendar::decide(app, &region.two, id, Verdict::Refuse, "漏了春节").await.unwrap();
    assert!(!knows(&region, 2027).await);
    entered(&region, TABLE).await;
}

#[db_test]
async fn of_two_people_who_confirm_at_once_one_is_told(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let third = region.test.person("qu.san", Duty::Supervisor, &region.root).await;
    let id = entered(&region, TABLE).await;
    let (a, b) = tokio::join!(
        calendar::decide(app, &region.two, id, Verdict::Confirm, ""),
        calendar::decide(app, &third, id, Verdict::Confirm, "")
    );
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
    assert_eq!(events(app, "calendar.confirm").await.len(), 1);
}

#[db_test]
async fn a_supplement_changes_single_days_and_the_one_before_stays_on_record(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let first = entered(&region, TABLE).await;
    calendar::decide(app, &region.two, first, Verdict::Confirm, "").await.unwrap();
    let later =
        ArrangementInput { supplement: true, ..input("2027-01-05,放假,示例节\n2027-01-10,上班,示例节\n") };
    let preview = calendar::preview(app, &region.one, &later).await.unwrap();
    assert_eq!((preview.days.len(), preview.differences.len()), (5, 2), "{preview:?}");
    let second = calendar::upload(app, &region.one, &later).await.unwrap();
    calendar::decide(app, &region.two, second, Verdict::Confirm, "").await.unwrap();
    let shown = calendar::show(app, &region.one, Some(2027), None).await.unwrap();
    let states: Vec<&str> = shown.entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, ["in_force", "superseded"]);
}

#[db_test]
async fn a_local_day_is_its_own_league_s_and_counts_for_the_law_only_when_confirmed_for_it(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let day = NewLocalDay {
        division: "150100".into(),
        date: "2026-07-15".into(),
        name: "示例那达慕".into(),
        effect: "off".into(),
        source: "示例文件".into(),
        statutory: false,
    };
    let hidden = calendar::propose_local_day(app, &region.foreign, &day).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    let above = calendar::propose_local_day(app, &region.one, &day).await.unwrap_err();
    assert!(matches!(above, AppError::Forbidden(_)), "the league enters its own: {above}");
    let wrong = NewLocalDay { date: "七月".into(), effect: String::new(), ..day.clone() };
    assert!(matches!(calendar::propose_local_day(app, &region.local, &wrong).await, Err(AppError::Invalid(_))));
    let id = calendar::propose_local_day(app, &region.local, &day).await.unwrap();
    assert!(calendar::decide(app, &region.local, id, Verdict::Confirm, "").await.is_err());
    assert!(matches!(
        calendar::decide(app, &region.foreign, id, Verdict::Confirm, "").await.unwrap_err(),
        AppError::NotFound(_)
    ));
    calendar::decide(app, &region.two, id, Verdict::Confirm, "").await.unwrap();
    assert_eq!((events(app, "local_day.propose").await.len(), events(app, "local_day.confirm").await.len()), (1, 1));
    let read = app.store.read();
    let works = async |division: &str, purpose| {
        let place = DivisionCode::parse(division).unwrap();
        let calendar = calendar::work_calendar(&read, Some(&place), purpose).await.unwrap();
        calendar.is_workday(date(2026, 7, 15)).unwrap()
    };
    assert!(!works("150102", LocalDayUse::OwnPromise).await);
    assert!(works("150102", LocalDayUse::Statutory).await);
    assert!(works("150200", LocalDayUse::OwnPromise).await);
}

#[db_test]
async fn from_november_on_a_missing_year_raises_an_alarm_until_it_is_confirmed(db: TestDb) {
    let region = region(db).await;
    let app = &region.test.app;
    let system = region.test.person("xi.tong", Duty::SystemAdmin, &region.root).await;
    assert!(!calendar::remind(app).await.unwrap(), "in March nobody knows next year's notice");
    region.test.db.clock.set("2026-11-01T08:30:00+08:00".parse().unwrap());
    assert!(calendar::remind(app).await.unwrap());
    assert!(calendar::remind(app).await.unwrap());
    for actor in [&region.one, &system] {
        let up = app::alarm::list_for(app, actor).await.unwrap();
        assert_eq!(up.len(), 1, "{up:?}");
        assert!(up[0].message.contains("2027年节假日安排尚未录入"), "{}", up[0].message);
    }
    assert!(app::alarm::list_for(app, &region.local).await.unwrap().is_empty());
    let id = entered(&region, TABLE).await;
    calendar::remind(app).await.unwrap();
    assert!(app::alarm::list_for(app, &region.one).await.unwrap()[0].message.contains("还没有复核"));
    calendar::decide(app, &region.two, id, Verdict::Confirm, "").await.unwrap();
    assert!(app::alarm::list_for(app, &region.one).await.unwrap().is_empty());
    assert!(!calendar::remind(app).await.unwrap());
}
