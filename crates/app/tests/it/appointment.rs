//! Duties: given and ended by the security administrator; three administrators are three persons.

use app::{
    AppError,
    appointment::{self, NewAppointment},
    person, session,
};
use domain::{
    actor::{Actor, Origin},
    duty::Duty,
    unit::Unit,
};
use testkit::{TestApp, TestDb, db_test};

use crate::session::events;

struct Office {
    test: TestApp,
    root: Unit,
    below: Unit,
    system: Actor,
    security: Actor,
    editor: Actor,
}

async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let below = test.unit("B", Some(&root)).await;
    let system = test.person("xi.tong", Duty::SystemAdmin, &root).await;
    let security = test.person("an.quan", Duty::SecurityAdmin, &root).await;
    let editor = test.person("bian.ji", Duty::Editor, &below).await;
    Office { test, root, below, system, security, editor }
}

fn at(unit: &Unit, duty: Duty) -> NewAppointment {
    NewAppointment { unit: unit.id, duty }
}

#[db_test]
async fn a_duty_holds_from_the_moment_it_is_given_until_it_is_ended(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let new = at(&office.below, Duty::Reviewer1);
    let id = appointment::grant(app, &office.security, office.editor.person, new).await.unwrap();
    let actor = session::actor_for_login(app, "bian.ji", Origin::command()).await.unwrap();
    assert!(actor.holds_at(Duty::Reviewer1, office.below.id) && actor.holds(Duty::Editor));
    appointment::end(app, &office.security, id).await.unwrap();
    let actor = session::actor_for_login(app, "bian.ji", Origin::command()).await.unwrap();
    assert!(!actor.holds(Duty::Reviewer1) && actor.holds(Duty::Editor));
    appointment::end(app, &office.security, id).await.expect_err("twice");
    let detail = person::get(app, &office.security, office.editor.person).await.unwrap();
    let ended = detail.appointments.iter().find(|one| one.duty == "reviewer1").unwrap();
    assert_eq!((ended.granted_by.as_str(), ended.ended_by.as_deref()), ("an.quan示例", Some("an.quan示例")));
    assert_eq!((events(app, "appointment.grant").await.len(), events(app, "appointment.end").await.len()), (1, 1));
    appointment::grant(app, &office.security, office.editor.person, new).await.expect("again, after the end");
}

#[db_test]
async fn only_the_security_administrator_gives_duties_and_never_to_himself(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let new = at(&office.below, Duty::Reviewer1);
    let by_system = appointment::grant(app, &office.system, office.editor.person, new).await.unwrap_err();
    assert!(matches!(by_system, AppError::Forbidden(_)), "{by_system}");
    let by_editor = appointment::grant(app, &office.editor, office.editor.person, new).await.unwrap_err();
    assert!(matches!(by_editor, AppError::Forbidden(_)), "{by_editor}");
    let own = appointment::grant(app, &office.security, office.security.person, new).await.unwrap_err();
    assert!(own.to_string().contains("不能给自己任职"), "{own}");
    let local = office.test.person("an.quan.b", Duty::SecurityAdmin, &office.below).await;
    appointment::grant(app, &local, office.editor.person, at(&office.root, Duty::Editor))
        .await
        .expect_err("not at a unit above one's own");
    appointment::grant(app, &local, office.editor.person, new).await.unwrap();
}

#[db_test]
async fn an_administrator_holds_no_second_duty(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    for (whom, duty) in
        [(&office.system, Duty::AuditAdmin), (&office.system, Duty::Editor), (&office.editor, Duty::AuditAdmin)]
    {
        let refused = appointment::grant(app, &office.security, whom.person, at(&office.root, duty)).await.unwrap_err();
        assert!(matches!(refused, AppError::Conflict(_)), "{refused}");
    }
    let again = appointment::grant(app, &office.security, office.editor.person, at(&office.below, Duty::Editor)).await;
    assert!(again.unwrap_err().to_string().contains("已在"));
}

#[db_test]
async fn two_security_administrators_at_once_cannot_make_one_person_two_administrators(db: TestDb) {
    let office = office(db).await;
    let other = office.test.person("an.quan.2", Duty::SecurityAdmin, &office.root).await;
    for round in 0..5 {
        let unit = &office.root;
        let login = format!("xin.ren.{round}");
        let subject = office.test.person(&login, Duty::Observer, unit).await;
        let observer = person::get(&office.test.app, &other, subject.person).await.unwrap().appointments[0].id;
        appointment::end(&office.test.app, &other, observer).await.unwrap();
        let spawn = |actor: &Actor, duty| {
            let (app, actor, person, new) = (office.test.app.clone(), actor.clone(), subject.person, at(unit, duty));
            tokio::spawn(async move { appointment::grant(&app, &actor, person, new).await })
        };
        let (one, two) = (spawn(&office.security, Duty::SystemAdmin), spawn(&other, Duty::AuditAdmin));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(one.is_ok() != two.is_ok(), "exactly one is given: {one:?} {two:?}");
        let actor = session::actor_for_login(&office.test.app, &login, Origin::command()).await.unwrap();
        assert_eq!(actor.duties.len(), 1);
    }
}

#[db_test]
async fn the_last_administrator_of_a_kind_keeps_the_duty(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let detail = person::get(app, &office.security, office.system.person).await.unwrap();
    let refused = appointment::end(app, &office.security, detail.appointments[0].id).await.unwrap_err();
    assert!(refused.to_string().contains("最后一名"), "{refused}");
}

#[db_test]
async fn a_disabled_person_is_given_nothing_and_another_office_s_person_is_not_found(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let sibling = office.test.unit("C", Some(&office.root)).await;
    let local = office.test.person("an.quan.c", Duty::SecurityAdmin, &sibling).await;
    let new = at(&office.below, Duty::Reviewer1);
    let hidden = appointment::grant(app, &local, office.editor.person, new).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    person::disable(app, &office.system, office.editor.person, "调离").await.unwrap();
    appointment::grant(app, &office.security, office.editor.person, new).await.unwrap_err();
}
