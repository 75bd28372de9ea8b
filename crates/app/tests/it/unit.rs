//! The unit tree: founding, renaming, moving, merging and ending units, and tables of them.

use app::{
    AppError,
    unit::{self, LineOutcome, NewName, NewUnit, UnitFacts, UnitQuery},
};
use domain::{
    actor::Actor,
    audit::AuditEntry,
    duty::Duty,
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus},
    unit_history::UnitHistoryKind,
};
use testkit::{TestApp, TestDb, db_test};

struct Region {
    app: TestApp,
    admin: Actor,
}

async fn region(db: TestDb) -> Region {
    let app = TestApp::on(db).await;
    let seeded = unit::seed(&app.app).await.unwrap();
    assert_eq!((seeded.divisions, seeded.units), (115, 224), "the region's own division was there");
    let root = by_code(&app, "nmg-bgt").await;
    let admin = app.person("sys", Duty::SystemAdmin, &root).await;
    let region = Region { app, admin };
    region.a_minute_later();
    region
}

async fn by_code(app: &TestApp, code: &str) -> Unit {
    store::unit::by_code(&app.db.store.read(), code).await.unwrap().unwrap()
}

impl Region {
    /// The history is ordered by time, so what follows one another happens at different times.
    fn a_minute_later(&self) {
        self.app.db.clock.advance(std::time::Duration::from_secs(60));
    }

    async fn unit(&self, code: &str) -> Unit {
        by_code(&self.app, code).await
    }

    async fn last_event(&self) -> AuditEntry {
        let read = self.app.db.store.read();
        let (number, _) = store::audit::head(&read).await.unwrap();
        store::audit::page_after(&read, number - 1, 1).await.unwrap().remove(0).entry
    }

    async fn history(&self, id: UnitId) -> Vec<UnitHistoryKind> {
        let history = unit::history(&self.app.app, &self.admin, id).await.unwrap();
        history.into_iter().map(|entry| entry.kind).collect()
    }

    async fn new_unit(&self, code: &str, parent: &Unit) -> Unit {
        let id = unit::create(&self.app.app, &self.admin, &new(code, parent)).await.unwrap();
        self.a_minute_later();
        store::unit::by_id(&self.app.db.store.read(), id).await.unwrap().unwrap()
    }
}

fn new(code: &str, parent: &Unit) -> NewUnit {
    NewUnit {
        code: code.into(),
        name: format!("示例单位{code}"),
        short_name: None,
        kind: UnitKind::Department,
        division: parent.division.to_string(),
        parent: parent.id,
        administrative_sign: None,
        coordinator_role: None,
        organ_code: None,
        document_prefix: None,
        reason: Some("示例发〔2026〕1号".into()),
    }
}

fn said(error: AppError) -> String {
    match error {
        AppError::Internal(problem) => panic!("{problem}"),
        other => other.to_string(),
    }
}

#[db_test]
async fn seeding_again_changes_nothing_and_leaves_no_second_event(db: TestDb) {
    let region = region(db).await;
    assert_eq!(region.last_event().await.action, "unit.seed");
    let before = store::audit::head(&region.app.db.store.read()).await.unwrap();
    let again = unit::seed(&region.app.app).await.unwrap();
    assert_eq!((again.divisions, again.units), (0, 0));
    let after = store::audit::head(&region.app.db.store.read()).await.unwrap();
    assert_eq!(before, after);
}

#[db_test]
async fn nodes_that_start_together_seed_once(db: TestDb) {
    let app = TestApp::on(db).await;
    let (one, two) = tokio::join!(unit::seed(&app.app), unit::seed(&app.app));
    assert_eq!(one.unwrap().units + two.unwrap().units, 224);
}

#[db_test]
async fn a_unit_is_founded_renamed_and_changed_with_history_and_audit(db: TestDb) {
    let region = region(db).await;
    let parent = region.unit("xlgl-bgs").await;
    let made = region.new_unit("XLGL-Shuili ", &parent).await;
    assert_eq!((made.code.as_str(), made.path.as_str()), ("xlgl-shuili", &*format!("{}{}/", parent.path, made.id)));
    assert_eq!(region.last_event().await.action, "unit.create");
    let name =
        NewName { name: "示例盟水利局".into(), short_name: None, reason: None, lock_version: made.lock_version };
    unit::rename(&region.app.app, &region.admin, made.id, &name).await.unwrap();
    region.a_minute_later();
    let renamed = region.unit("xlgl-shuili").await;
    assert_eq!((renamed.name.as_str(), renamed.short_name.as_str()), ("示例盟水利局", "示例盟水利局"));
    let facts = UnitFacts {
        kind: UnitKind::AuthorisedBody,
        division: renamed.division.to_string(),
        administrative_sign: None,
        coordinator_role: None,
        organ_code: None,
        document_prefix: Some("示水字".into()),
        reason: None,
        lock_version: renamed.lock_version,
    };
    unit::change(&region.app.app, &region.admin, made.id, &facts).await.unwrap();
    assert_eq!(region.unit("xlgl-shuili").await.document_prefix.as_deref(), Some("示水字"));
    use UnitHistoryKind::{Changed, Created, Renamed};
    assert_eq!(region.history(made.id).await, [Changed, Renamed, Created]);
    let query = UnitQuery { text: Some("示例单位xlgl".into()), ..UnitQuery::default() };
    let found = unit::search(&region.app.app, &region.admin, &query).await.unwrap();
    assert_eq!(found.len(), 1, "the former name still finds it");
    let stale = unit::rename(&region.app.app, &region.admin, made.id, &name).await.unwrap_err();
    assert!(matches!(stale, AppError::Conflict(_)), "{stale}");
}

#[db_test]
async fn what_is_wrong_is_said_per_field(db: TestDb) {
    let region = region(db).await;
    let root = region.unit("nmg-bgt").await;
    let mut bad = new("nmg-jyt", &root);
    bad.name = "内蒙古自治区教育厅".into();
    bad.kind = UnitKind::PartyOrgan;
    bad.organ_code = Some("1234".into());
    bad.coordinator_role = Some("消防".into());
    let Err(AppError::Invalid(problems)) = unit::create(&region.app.app, &region.admin, &bad).await else {
        panic!("it must be refused")
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    for field in ["code", "name", "administrative_sign", "coordinator_role", "organ_code"] {
        assert!(fields.contains(&field), "{field} in {problems:?}");
    }
    let mut office = new("nmg-bgt2", &root);
    office.kind = UnitKind::GovernmentOffice;
    let message = said(unit::create(&region.app.app, &region.admin, &office).await.unwrap_err());
    assert!(message.contains("一个区划只有一个主管单位"), "{message}");
    let mut elsewhere = new("xl-x", &region.unit("xlgl-bgs").await);
    elsewhere.division = "150100".into();
    let message = said(unit::create(&region.app.app, &region.admin, &elsewhere).await.unwrap_err());
    assert!(message.contains("不包含本单位所在的呼和浩特市"), "{message}");
}

#[db_test]
async fn only_the_system_administrator_of_a_unit_or_above_may_change_it(db: TestDb) {
    let region = region(db).await;
    let (league, root) = (region.unit("xlgl-bgs").await, region.unit("nmg-bgt").await);
    let local = region.app.person("local", Duty::SystemAdmin, &league).await;
    let editor = region.app.person("editor", Duty::Editor, &league).await;
    let app = &region.app.app;
    unit::create(app, &local, &new("xlgl-a", &league)).await.unwrap();
    for (who, parent) in [(&local, &root), (&editor, &league)] {
        let refused = unit::create(app, who, &new("sl-b", parent)).await.unwrap_err();
        assert!(matches!(refused, AppError::Forbidden(_)), "{refused}");
    }
    let made = region.unit("xlgl-a").await;
    let other = region.unit("hhht-bgs").await;
    let refused = unit::move_to(app, &local, made.id, other.id, made.lock_version, "").await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)), "the new superior is not the local administrator's: {refused}");
    let refused = unit::merge(app, &editor, made.id, league.id, made.lock_version, "").await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)));
    let refused = unit::deactivate(app, &editor, made.id, made.lock_version, "").await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)));
    let refused = unit::preview_import(app, &editor, "code\nsl-a").await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)));
    let refused = unit::export_csv(app, &editor, &UnitQuery::default()).await.unwrap_err();
    assert!(matches!(refused, AppError::Forbidden(_)));
    assert!(unit::tree(app, &editor, false).await.unwrap().is_some(), "everybody sees the tree");
    let page = unit::get(app, &editor, league.id).await.unwrap();
    assert!(page.people.is_none() && !page.may.change, "but not who holds which duty");
}

#[db_test]
async fn a_move_takes_everything_below_along_and_refuses_circles(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let upper = region.new_unit("sl-upper", &root).await;
    let lower = region.new_unit("sl-lower", &upper).await;
    let office = region.new_unit("sl-office", &root).await;
    let editor = region.app.person("editor", Duty::Editor, &lower).await;
    let resource = draft(&region, &editor, &lower).await;
    let refused = unit::move_to(app, &region.admin, upper.id, lower.id, upper.lock_version, "").await.unwrap_err();
    assert!(said(refused).contains("下级"));
    let moved = unit::move_to(app, &region.admin, upper.id, office.id, upper.lock_version, "示例").await.unwrap();
    assert_eq!(moved, 2);
    let (upper, lower) = (region.unit("sl-upper").await, region.unit("sl-lower").await);
    assert_eq!(upper.path, format!("{}{}/", office.path, upper.id));
    assert_eq!(lower.path, format!("{}{}/", upper.path, lower.id));
    let owned = store::resource::by_id(&region.app.db.store.read(), resource).await.unwrap().unwrap();
    assert_eq!(owned.unit_path, lower.path, "the library follows in the same transaction");
    assert_eq!(region.history(upper.id).await[0], UnitHistoryKind::Moved);
    assert_eq!(region.last_event().await.action, "unit.move");
    let root_moved = unit::move_to(app, &region.admin, root.id, office.id, root.lock_version, "").await.unwrap_err();
    assert!(said(root_moved).contains("根"));
}

#[db_test]
async fn two_units_moved_below_each_other_at_once_make_no_circle(db: TestDb) {
    let region = region(db).await;
    let root = region.unit("nmg-bgt").await;
    let app = &region.app.app;
    for round in 0..6 {
        let a = region.new_unit(&format!("sl-a{round}"), &root).await;
        let b = region.new_unit(&format!("sl-b{round}"), &root).await;
        let (one, two) = tokio::join!(
            unit::move_to(app, &region.admin, a.id, b.id, a.lock_version, ""),
            unit::move_to(app, &region.admin, b.id, a.id, b.lock_version, ""),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let (a, b) = (region.unit(&a.code).await, region.unit(&b.code).await);
        let (upper, lower) = if one.is_ok() { (b, a) } else { (a, b) };
        assert_eq!(upper.parent, Some(root.id));
        assert_eq!(lower.path, format!("{}{}/", upper.path, lower.id));
    }
}

async fn draft(region: &Region, editor: &Actor, owner: &Unit) -> domain::ids::ResourceId {
    let new = app::edition::NewDraft {
        kind: domain::resource::ResourceKind::Article,
        unit: owner.id,
        title: "示例动态".into(),
        body: "<p>示例正文，共一段。</p>".into(),
        elements: domain::element::Elements::default(),
        origin_key: None,
        address_month: None,
    };
    app::edition::create(&region.app.app, editor, new).await.unwrap().edition.resource
}

#[db_test]
async fn a_merged_unit_hands_over_everything_and_stays_as_a_name(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let from = region.new_unit("sl-from", &root).await;
    let to = region.new_unit("sl-to", &root).await;
    let child = region.new_unit("sl-child", &from).await;
    let editor = region.app.person_with("editor", &[(Duty::Editor, &from), (Duty::Editor, &to)]).await;
    let reviewer = region.app.person("reviewer", Duty::Reviewer1, &from).await;
    let resource = draft(&region, &editor, &from).await;
    let site = region.app.site("slsite", &from).await;
    let seen = unit::preview_merge(app, &region.admin, from.id, to.id).await.unwrap();
    let counts = &seen.moves;
    assert_eq!((counts.people, counts.appointments, counts.resources, counts.sites_sponsored), (2, 2, 1, 1));
    assert_eq!(seen.children.iter().map(|unit| unit.id).collect::<Vec<_>>(), [child.id]);
    assert_eq!(region.unit("sl-from").await.status, UnitStatus::Active, "a preview changes nothing");

    unit::merge(app, &region.admin, from.id, to.id, from.lock_version, "示例发〔2026〕2号").await.unwrap();
    let read = region.app.db.store.read();
    let ended = region.unit("sl-from").await;
    assert_eq!((ended.status, ended.merged_into), (UnitStatus::Merged, Some(to.id)));
    assert_eq!(region.unit("sl-child").await.path, format!("{}{}/", to.path, child.id));
    let left = store::unit::count_references(&read, from.id).await.unwrap();
    assert_eq!(left, store::unit::UnitReferences::default());
    let owned = store::resource::by_id(&read, resource).await.unwrap().unwrap();
    assert_eq!((owned.resource.unit, owned.unit_path.as_str()), (to.id, to.path.as_str()));
    assert_eq!(store::site::by_id(&read, site.id).await.unwrap().unwrap().sponsor, to.id);
    let duties = store::appointment::in_force_of(&read, &[editor.person, reviewer.person]).await.unwrap();
    assert_eq!(duties.len(), 2, "the duty held at both is held once");
    let person = store::person::by_id(&read, reviewer.person).await.unwrap().unwrap();
    assert_eq!(person.home_unit, to.id);
    assert_eq!(region.history(from.id).await[0], UnitHistoryKind::Merged);
    assert_eq!(region.history(to.id).await[0], UnitHistoryKind::Absorbed);
    let query =
        UnitQuery {
            text: Some("示例单位sl-from".into()), status: Some(UnitStatus::Active), ..UnitQuery::default()
        };
    let found = unit::search(app, &region.admin, &query).await.unwrap();
    assert_eq!(found.iter().map(|unit| unit.id).collect::<Vec<_>>(), [to.id], "the old name leads to the successor");
    let page = unit::get(app, &region.admin, from.id).await.unwrap();
    assert_eq!(page.merged_into.unwrap().id, to.id);
    let again = unit::merge(app, &region.admin, from.id, to.id, ended.lock_version, "").await.unwrap_err();
    assert!(said(again).contains("此前已经并入"));
    let back = unit::reactivate(app, &region.admin, from.id, ended.lock_version, "").await.unwrap_err();
    assert!(said(back).contains("已并入"));
    let reused = unit::create(app, &region.admin, &new("sl-from", &root)).await.unwrap_err();
    assert!(said(reused).contains("代码不重复使用"));
}

#[db_test]
async fn a_unit_is_not_merged_into_itself_or_what_lies_below_it(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let upper = region.new_unit("sl-upper", &root).await;
    let lower = region.new_unit("sl-lower", &upper).await;
    for target in [upper.id, lower.id] {
        let refused = unit::merge(app, &region.admin, upper.id, target, upper.lock_version, "").await.unwrap_err();
        assert!(matches!(refused, AppError::Invalid(_)), "{refused}");
    }
    let refused = unit::merge(app, &region.admin, root.id, upper.id, root.lock_version, "").await.unwrap_err();
    assert!(matches!(refused, AppError::Invalid(_)), "{refused}");
}

#[db_test]
async fn a_unit_ends_only_when_nothing_hangs_on_it(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let office = region.new_unit("sl-office", &root).await;
    let child = region.new_unit("sl-child", &office).await;
    let site = region.app.site("slsite", &office).await;
    region.app.person("editor", Duty::Editor, &office).await;
    let refused = unit::deactivate(app, &region.admin, office.id, office.lock_version, "").await.unwrap_err();
    let message = said(refused);
    for part in [&child.name, &site.name, "editor示例（采编）"] {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert_eq!(unit::obstacles(app, &region.admin, office.id).await.unwrap().len(), 3);
    unit::deactivate(app, &region.admin, child.id, child.lock_version, "示例").await.unwrap();
    region.a_minute_later();
    let ended = region.unit("sl-child").await;
    assert_eq!(ended.status, UnitStatus::Inactive);
    let refused = unit::create(app, &region.admin, &new("sl-x", &ended)).await.unwrap_err();
    assert!(said(refused).contains("已停用"));
    unit::reactivate(app, &region.admin, child.id, ended.lock_version, "").await.unwrap();
    use UnitHistoryKind::{Created, Deactivated, Reactivated};
    assert_eq!(region.history(child.id).await, [Reactivated, Deactivated, Created]);
}

#[db_test]
async fn nothing_is_hung_on_a_unit_that_ends_at_the_same_moment(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let security = region.app.person("sec", Duty::SecurityAdmin, &root).await;
    for round in 0..6 {
        let office = region.new_unit(&format!("sl-office{round}"), &root).await;
        let person = region.app.person(&format!("someone{round}"), Duty::Editor, &root).await;
        let new = app::appointment::NewAppointment { unit: office.id, duty: Duty::Editor };
        let (ended, appointed) = tokio::join!(
            unit::deactivate(app, &region.admin, office.id, office.lock_version, ""),
            app::appointment::grant(app, &security, person.person, new),
        );
        let now = region.unit(&office.code).await;
        let held = store::appointment::in_force_of(&region.app.db.store.read(), &[person.person]).await.unwrap();
        let held = held.iter().any(|held| held.unit == office.id);
        assert_eq!(ended.is_ok(), now.status == UnitStatus::Inactive);
        assert_eq!(appointed.is_ok(), held);
        assert!(ended.is_ok() != appointed.is_ok(), "one of the two was refused: {ended:?} {appointed:?}");
        let refusal = ended.map(|_| ()).and(appointed.map(|_| ())).unwrap_err();
        assert!(matches!(refusal, AppError::Conflict(_) | AppError::Invalid(_)), "{refusal}");
    }
}

#[db_test]
async fn an_exported_table_imports_without_any_change(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let text = unit::export_csv(app, &region.admin, &UnitQuery::default()).await.unwrap();
    assert!(text.starts_with('\u{feff}'));
    let (text, _) = unit::decode("file", text.as_bytes()).unwrap();
    let preview = unit::preview_import(app, &region.admin, &text).await.unwrap();
    assert_eq!((preview.same, preview.created, preview.changed, preview.rejected), (224, 0, 0, 0));
    let nothing = unit::import_csv(app, &region.admin, &text, &preview.fingerprint).await.unwrap_err();
    assert!(matches!(nothing, AppError::Conflict(_)));
}

const TABLE: &str = "单位代码,单位名称,类别,行政区划代码,上级单位代码
sl-lower,示例下级单位,政府部门,150000,sl-upper
sl-upper,示例上级单位,政府部门,150000,nmg-bgt
nmg-jyt,示例自治区教育厅,政府部门,150000,nmg-bgt
sl-lost,示例无上级单位,政府部门,150000,sl-nowhere
sl-bad,示例单位,部门,150000,nmg-bgt
SL-UPPER,示例重复单位,政府部门,150000,nmg-bgt
nmg-kjt,内蒙古自治区科学技术厅,政府部门,150000,nmg-bgt
";

#[db_test]
async fn a_table_is_shown_first_and_written_on_confirmation(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let preview = unit::preview_import(app, &region.admin, TABLE).await.unwrap();
    use LineOutcome::{Changed, Created, Rejected, Same};
    let outcomes: Vec<(u64, LineOutcome)> = preview.lines.iter().map(|line| (line.number, line.outcome)).collect();
    assert_eq!(
        outcomes,
        [(2, Created), (3, Created), (4, Changed), (5, Rejected), (6, Rejected), (7, Rejected), (8, Same)]
    );
    assert!(preview.lines[3].problems[0].contains("sl-nowhere"));
    assert!(preview.lines[4].problems[0].contains("类别“部门”无法识别"));
    assert!(preview.lines[5].problems[0].contains("第3行已经出现"));
    assert!(
        store::unit::by_code(&region.app.db.store.read(), "sl-upper").await.unwrap().is_none(),
        "nothing is written"
    );

    let done = unit::import_csv(app, &region.admin, TABLE, &preview.fingerprint).await.unwrap();
    assert_eq!((done.created, done.changed, done.rejected.len()), (2, 1, 3));
    let (upper, lower) = (region.unit("sl-upper").await, region.unit("sl-lower").await);
    assert_eq!(lower.path, format!("{}{}/", upper.path, lower.id));
    let school = region.unit("nmg-jyt").await;
    assert_eq!(school.name, "示例自治区教育厅");
    assert_eq!(school.document_prefix.as_deref(), Some("内教字"), "columns that the table lacks stay as they were");
    assert_eq!(region.history(school.id).await[0], UnitHistoryKind::Renamed);
    assert_eq!(region.last_event().await.action, "unit.import");

    let rejected = unit::rejected_csv(app, &region.admin, TABLE).await.unwrap();
    assert_eq!(rejected.lines().count(), 4);
    assert!(rejected.contains("未导入原因") && rejected.contains("sl-nowhere"));
    let put_right = rejected.trim_start_matches('\u{feff}').replace("sl-nowhere", "sl-upper");
    let second = unit::preview_import(app, &region.admin, &put_right).await.unwrap();
    assert_eq!(second.created, 1, "the table of rejected lines can be put right and imported");
}

#[db_test]
async fn what_was_previewed_is_what_is_written_or_nothing(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let preview = unit::preview_import(app, &region.admin, TABLE).await.unwrap();
    let root = region.unit("nmg-bgt").await;
    region.new_unit("sl-upper", &root).await;
    let refused = unit::import_csv(app, &region.admin, TABLE, &preview.fingerprint).await.unwrap_err();
    assert!(said(refused).contains("重新核对"));
    assert!(store::unit::by_code(&region.app.db.store.read(), "sl-lower").await.unwrap().is_none());
}

#[db_test]
async fn an_import_moves_units_and_refuses_circles(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let root = region.unit("nmg-bgt").await;
    let a = region.new_unit("sl-a", &root).await;
    let b = region.new_unit("sl-b", &root).await;
    let c = region.new_unit("sl-c", &a).await;
    let circle = "code,parent\nsl-a,sl-b\nsl-b,sl-c\n";
    let preview = unit::preview_import(app, &region.admin, circle).await.unwrap();
    assert_eq!((preview.changed, preview.rejected), (1, 1));
    assert!(preview.lines[1].problems[0].contains("下级"), "{:?}", preview.lines[1].problems);
    unit::import_csv(app, &region.admin, circle, &preview.fingerprint).await.unwrap();
    let (a, c) = (region.unit(&a.code).await, region.unit(&c.code).await);
    assert_eq!(a.parent, Some(b.id));
    assert_eq!(c.path, format!("{}{}/{}/", b.path, a.id, c.id));
}

#[db_test]
async fn a_local_administrator_imports_only_below_the_own_unit(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let league = region.unit("xlgl-bgs").await;
    let local = region.app.person("local", Duty::SystemAdmin, &league).await;
    let table = "code,name,kind,division,parent
xlgl-new,示例盟新单位,department,152500,xlgl-bgs
nmg-new,示例区新单位,department,150000,nmg-bgt
nmg-jyt,示例区教育厅,department,150000,nmg-bgt
";
    let preview = unit::preview_import(app, &local, table).await.unwrap();
    let outcomes: Vec<LineOutcome> = preview.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [LineOutcome::Created, LineOutcome::Rejected, LineOutcome::Rejected]);
    assert!(preview.lines[1].problems[0].contains("管理范围"));
    let exported = unit::export_csv(app, &local, &UnitQuery::default()).await.unwrap();
    assert!(exported.contains("xlgl-jyj") && !exported.contains("hhht-bgs"));
}

#[db_test]
async fn the_page_of_a_unit_names_who_oversees_it(db: TestDb) {
    let region = region(db).await;
    let app = &region.app.app;
    let school = region.unit("xlgl-jyj").await;
    let page = unit::get(app, &region.admin, school.id).await.unwrap();
    assert_eq!(page.competent_office.unwrap().name, "锡林郭勒盟行政公署办公室");
    let roles: Vec<&str> = page.coordinators.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["编制", "公安", "通管", "宣传", "网信"]);
    assert!(page.coordinators.iter().any(|(role, unit)| role == "通管" && unit.name == "内蒙古自治区通信管理局"));
    assert_eq!(page.above.len(), 2);
    let office = region.unit("xlgl-bgs").await;
    let page = unit::get(app, &region.admin, office.id).await.unwrap();
    assert_eq!(page.competent_office.unwrap().name, "内蒙古自治区人民政府办公厅", "an office is overseen from above");
    let tree = unit::tree(app, &region.admin, false).await.unwrap().unwrap();
    assert_eq!(tree.below, 223);
    let query = UnitQuery { division: Some("152500".into()), ..UnitQuery::default() };
    let in_league = unit::search(app, &region.admin, &query).await.unwrap();
    assert!(in_league.len() > 13 && in_league.iter().all(|unit| unit.division.as_str().starts_with("1525")));
}
