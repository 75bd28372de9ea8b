//! A region with two leagues, and the people who keep its rules and calendar.

use domain::{
    actor::Actor,
    division::{Division, DivisionLevel},
    duty::Duty,
    identifier::DivisionCode,
    ids::UnitId,
    unit::{Unit, UnitKind, unit_path},
};
use testkit::{TestApp, TestDb};

/// The region's and two leagues' competent offices with their supervisors.
pub struct Region {
    pub test: TestApp,
    pub root: Unit,
    pub league: Unit,
    /// Two supervisors of the region.
    pub one: Actor,
    pub two: Actor,
    /// The supervisor of 150100, and that of 150200.
    pub local: Actor,
    pub foreign: Actor,
    /// An editor of 150100.
    pub editor: Actor,
}

pub async fn region(db: TestDb) -> Region {
    let test = TestApp::on(db).await;
    let root = test.unit("A", None).await;
    let league = league(&test, &root, "150100", "B").await;
    let other = self::league(&test, &root, "150200", "C").await;
    let one = test.person("qu.yi", Duty::Supervisor, &root).await;
    let two = test.person("qu.er", Duty::Supervisor, &root).await;
    let local = test.person("meng.yi", Duty::Supervisor, &league).await;
    let foreign = test.person("meng.er", Duty::Supervisor, &other).await;
    let editor = test.person("bian.ji", Duty::Editor, &league).await;
    Region { test, root, league, one, two, local, foreign, editor }
}

/// A league with its government office.
pub async fn league(test: &TestApp, root: &Unit, code: &str, name: &str) -> Unit {
    let division = &Division {
        code: division_code(code),
        name: format!("示例盟{code}"),
        level: DivisionLevel::League,
        kind: "盟".into(),
        parent: Some(division_code("150000")),
        short_name: code.into(),
        active: true,
    };
    let id: UnitId = test.app.ids.fresh();
    let unit = &Unit {
        id,
        code: name.into(),
        name: format!("{name}示例单位"),
        short_name: name.into(),
        kind: UnitKind::GovernmentOffice,
        division: division_code(code),
        parent: Some(root.id),
        path: unit_path(&root.path, id),
        organ_code: None,
        ..root.clone()
    };
    let store = &test.app.store;
    store
        .write(|tx| async move {
            store::division::insert_all(&tx, std::slice::from_ref(division)).await?;
            store::unit::insert(&tx, unit).await
        })
        .await
        .unwrap();
    unit.clone()
}

fn division_code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}
