//! Standing in for an absent reviewer.

use std::time::Duration;

use app::{
    AppError,
    appointment::{self, NewAppointment},
    delegation::{self, NewDelegation},
    person, session,
};
use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    ids::PersonId,
    unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};

use crate::session::events;

struct Office {
    test: TestApp,
    unit: Unit,
    absent: Actor,
    stand_in: Actor,
    system: Actor,
    security: Actor,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let unit = test.unit("B", Some(&root)).await;
    let duties = [(Duty::Reviewer2, &unit), (Duty::SiteManager, &unit), (Duty::Editor, &unit)];
    let absent = test.person_with("li.gang", &duties).await;
    let stand_in = test.person("dai.ban", Duty::Editor, &unit).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &root).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &root).await;
    Office { test, unit, absent, stand_in, system, security }
}

/// From now (2026-03-02 09:00) for a day.
fn to(person: PersonId) -> NewDelegation {
    NewDelegation {
        to: person,
        starts_at: "2026-03-02T09:00".into(),
        ends_at: "2026-03-03T09:00".into(),
        reason: "出差".into(),
    }
}

async fn acting(office: &Office) -> Actor {
    session::actor_for_login(&office.test.app, "dai.ban", Origin::command()).await.unwrap()
}

#[db_test]
async fn a_delegation_gives_the_reviewing_duty_and_nothing_else_and_only_for_its_time(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    let actor = acting(&office).await;
    let delegated: Vec<_> = actor.duties.iter().filter(|held| held.on_behalf_of.is_some()).collect();
    assert_eq!(delegated.len(), 1, "{delegated:?}");
    assert_eq!((delegated[0].duty, delegated[0].unit), (Duty::Reviewer2, office.unit.id));
    assert_eq!(delegated[0].on_behalf_of, Some(office.absent.person));
    assert!(!actor.holds(Duty::SiteManager));
    office.test.db.clock.advance(Duration::from_secs(86_400 - 1));
    assert!(acting(&office).await.holds(Duty::Reviewer2));
    office.test.db.clock.advance(Duration::from_secs(1));
    assert!(!acting(&office).await.holds(Duty::Reviewer2));
    assert_eq!(events(app, "delegation.create").await.len(), 1);
}

#[db_test]
async fn a_withdrawn_delegation_ends_at_once_and_only_its_giver_withdraws_it(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    let refused = delegation::revoke(app, &office.stand_in, id).await.unwrap_err();
    assert!(matches!(refused, AppError::NotFound(_)), "{refused}");
    delegation::revoke(app, &office.absent, id).await.unwrap();
    assert!(!acting(&office).await.holds(Duty::Reviewer2));
    delegation::revoke(app, &office.absent, id).await.expect_err("twice");
    let listed = delegation::list(app, &office.stand_in).await.unwrap();
    assert_eq!((listed.len(), listed[0].state, listed[0].given), (1, "revoked", false));
}

#[db_test]
async fn the_duties_of_a_disabled_person_are_nobody_s(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    person::disable(app, &office.system, office.absent.person, "调离").await.unwrap();
    assert!(!acting(&office).await.holds(Duty::Reviewer2));
}

#[db_test]
async fn a_stand_in_is_a_colleague_and_no_administrator(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let elsewhere = office.test.unit("C", None).await;
    let stranger = office.test.person("wai.ren", Duty::Reviewer2, &elsewhere).await;
    let administrator = office.test.person("xi.tong.b", Duty::SystemAdmin, &office.unit).await;
    for person in [stranger.person, administrator.person, office.absent.person] {
        let refused = delegation::create(app, &office.absent, to(person)).await.unwrap_err();
        assert!(matches!(refused, AppError::Invalid(_)), "{refused}");
    }
    let names: Vec<String> =
        delegation::candidates(app, &office.absent).await.unwrap().into_iter().map(|person| person.login).collect();
    assert_eq!(names, ["dai.ban"]);
    let refused = delegation::create(app, &office.stand_in, to(office.absent.person)).await.unwrap_err();
    assert!(refused.to_string().contains("没有可以委托"), "an editor has nothing to hand over: {refused}");
}

#[db_test]
async fn what_was_delegated_cannot_be_handed_on(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let third = office.test.person("di.san", Duty::Editor, &office.unit).await;
    delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    let actor = acting(&office).await;
    delegation::create(app, &actor, to(third.person)).await.unwrap_err();
}

#[db_test]
async fn a_stand_in_cannot_be_made_an_administrator_meanwhile(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    let editor = person::get(app, &office.security, office.stand_in.person).await.unwrap().appointments[0].id;
    appointment::end(app, &office.security, editor).await.unwrap();
    let new = NewAppointment { unit: office.unit.id, duty: Duty::AuditAdmin };
    let refused = appointment::grant(app, &office.security, office.stand_in.person, new).await.unwrap_err();
    assert!(refused.to_string().contains("委托"), "{refused}");
}

#[db_test]
async fn times_and_reason_are_checked_and_overlaps_refused(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let wrong = NewDelegation { starts_at: "明天".into(), reason: " ".into(), ..to(office.stand_in.person) };
    let AppError::Invalid(problems) = delegation::create(app, &office.absent, wrong).await.unwrap_err() else {
        panic!("a form with problems")
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["starts_at", "reason"]);
    let backwards = NewDelegation { ends_at: "2026-03-02 08:00".into(), ..to(office.stand_in.person) };
    delegation::create(app, &office.absent, backwards).await.unwrap_err();
    delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap();
    let overlap = delegation::create(app, &office.absent, to(office.stand_in.person)).await.unwrap_err();
    assert!(matches!(overlap, AppError::Conflict(_)), "{overlap}");
}
