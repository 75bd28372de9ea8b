//! The whole way, and who may go it.

use app::{
    AppError,
    migration::{self, NewMigration, PageFilter, ReportKind},
    old_address::{self, Answer},
};
use bytes::Bytes;
use domain::{
    edition::EditionState,
    migration::{Corrected, Fate, MigrationState, OldPage, OldPageKind},
};
use testkit::{TestDb, db_test};

use super::office::{HOST, from_zip, office, site_zip};

#[db_test]
async fn an_old_site_moves_in_and_every_old_address_answers(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(30))).await;
    let view = office.show(id).await;
    assert_eq!(view.row.migration.state, MigrationState::Mapping, "{:?}", view.row.migration.fault);
    let texts = office.pages(id, &[OldPageKind::Article]).await;
    assert_eq!(texts.len(), 31, "{:?}", view.balance);
    let one = texts.iter().find(|page| page.address.ends_with("/dt/7.html")).unwrap();
    assert_eq!(one.title, "示例旗召开第7次工作会议");
    assert_eq!(one.published_at, domain::time::parse_beijing("2019-03-08 09:30"));
    assert_eq!((one.source.as_deref(), one.column_key.as_str()), (Some("示例旗政府办公室"), "新闻动态"));

    office.map_all(id).await;
    let fates = |pages: &[OldPage], fate| pages.iter().filter(|page| page.fate == fate).count();
    let texts = office.pages(id, &[OldPageKind::Article]).await;
    assert_eq!((fates(&texts, Fate::Moved), fates(&texts, Fate::Merged)), (30, 1), "the repeated page is merged");
    let files = office.pages(id, &[OldPageKind::File]).await;
    assert_eq!(
        (fates(&files, Fate::Moved), fates(&files, Fate::Archived), fates(&files, Fate::Dropped)),
        (2, 1, 1),
        "{files:?}"
    );

    office.try_out(id).await;
    let stuck = office.pages(id, &[]).await.into_iter().filter_map(|page| page.trial_fault).collect::<Vec<_>>();
    assert!(stuck.is_empty(), "{stuck:?}");
    let compared = migration::compare(app, &office.editor, id).await.unwrap();
    assert_eq!((compared[0].source, compared[0].moving, compared[0].brought_in), (31, 30, 30));
    assert!(compared[0].different().is_empty());
    let read = office.test.db.store.read();
    let brought = office.pages(id, &[OldPageKind::Article]).await;
    let seventh = brought.iter().find(|page| page.address.ends_with("/dt/7.html")).unwrap();
    let edition = store::edition::by_id(&read, seventh.edition.unwrap()).await.unwrap().unwrap();
    assert_eq!(edition.state, EditionState::Draft, "nothing is public before it was reviewed");
    assert!(edition.body.contains("attachment:") && edition.body.contains("第7次会议"), "{}", edition.body);
    let attachments = store::attachment::of_edition(&read, edition.id).await.unwrap();
    assert_eq!(attachments.len(), 2, "{attachments:?}");
    migration::check(app, &office.editor, id, seventh.id, true, "").await.unwrap();

    let submitted = migration::submit(app, &office.editor, id).await.unwrap();
    assert_eq!((submitted.submitted, submitted.held_back), (30, 0));
    let own = migration::pass_rest(app, &office.editor, id, 1, "").await.unwrap_err();
    assert!(matches!(own, AppError::Conflict(_)), "{own}");
    office.review_all(id).await;
    let edition = store::edition::by_id(&read, edition.id).await.unwrap().unwrap();
    assert_eq!(edition.state, EditionState::Admitted);

    let early = migration::finish(app, &office.manager, id).await.unwrap_err();
    assert!(matches!(early, AppError::Conflict(_)), "{early}");
    assert!(matches!(migration::go_live(app, &office.editor, id).await.unwrap_err(), AppError::Forbidden(_)));
    assert_eq!(migration::hurdles(app, &office.manager, id).await.unwrap(), Vec::<String>::new());
    migration::go_live(app, &office.manager, id).await.unwrap();
    for page in office.pages(id, &[]).await {
        let path = page.address.strip_prefix(&format!("http://{HOST}")).unwrap();
        let answer = office.answer(path).await;
        let right = match (page.fate, page.kind) {
            (Fate::Moved | Fate::Merged, _) => matches!(answer, Answer::Moved { .. }),
            (Fate::Archived, OldPageKind::File) => matches!(answer, Answer::ArchivedFile { .. }),
            (Fate::Archived, _) => matches!(answer, Answer::ArchivedPage { .. }),
            (Fate::Dropped, _) => matches!(answer, Answer::Gone { .. }),
            (Fate::Undecided, _) => false,
        };
        assert!(
            right,
            "{path} ({:?}, {}, {:?}, {:?}): {answer:?}",
            page.fate, page.fate_reason, page.kind, page.merged_into
        );
    }
    let Answer::Moved { path: seventh_path, .. } = office.answer("/dt/7.html").await else { panic!() };
    assert!(seventh_path.starts_with("content/2019-03/"), "the month of origin: {seventh_path}");
    let Answer::Moved { path, .. } = office.answer("/zt/again.html").await else { panic!() };
    let Answer::Moved { path: thirtieth, .. } = office.answer("/dt/30.html").await else { panic!() };
    assert_eq!(path, thirtieth, "a merged page leads to the one that stands for it");
    let Answer::Moved { path, .. } = office.answer("/dt/").await else { panic!() };
    assert_eq!(path, "news/");
    let Answer::Moved { path, .. } = office.answer("/files/biao.txt").await else { panic!() };
    assert!(path.ends_with(".txt"), "{path}");
    assert!(old_address::answer(app, HOST, "/never.html", None).await.unwrap().is_none());

    migration::finish(app, &office.manager, id).await.unwrap();
    let report = migration::document(app, &office.manager, id, ReportKind::Completion).await.unwrap();
    assert!(report.sections[0].notes[0].contains("每个旧地址都有去向"), "{:?}", report.sections[0].notes);
}

#[db_test]
async fn another_office_does_not_know_of_a_migration(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(2))).await;
    let page = office.pages(id, &[OldPageKind::Article]).await.remove(0).id;
    let one = &office.stranger;
    let not_found = |error: AppError| assert!(matches!(error, AppError::NotFound(_)), "{error}");
    not_found(migration::show(app, one, id).await.unwrap_err());
    not_found(migration::pages(app, one, id, &PageFilter::default(), 0, 10).await.unwrap_err());
    not_found(migration::page(app, one, id, page).await.unwrap_err());
    not_found(migration::original(app, one, id, page).await.unwrap_err());
    not_found(migration::correct(app, one, id, page, &Corrected::default()).await.unwrap_err());
    not_found(migration::decide_columns(app, one, id, &[]).await.unwrap_err());
    not_found(migration::start_trial(app, one, id).await.unwrap_err());
    not_found(migration::submit(app, one, id).await.unwrap_err());
    not_found(migration::go_live(app, one, id).await.unwrap_err());
    not_found(migration::document(app, one, id, ReportKind::Assessment).await.unwrap_err());
    not_found(migration::abandon(app, one, id, "示例").await.unwrap_err());
    not_found(migration::create(app, one, office.site.id, from_zip(site_zip(1))).await.unwrap_err());
    assert_eq!(migration::list(app, one, 0, 10).await.unwrap().1, 0);
    assert_eq!(migration::list(app, &office.manager, 0, 10).await.unwrap().1, 1);
    // A page of one migration is no page of another.
    let other = office.begin(from_zip(site_zip(1))).await;
    not_found(migration::page(app, &office.editor, other, page).await.unwrap_err());
}

#[db_test]
async fn what_was_read_wrongly_is_put_right_by_hand_and_stays_right(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(2))).await;
    office.map_all(id).await;
    let page = office.pages(id, &[OldPageKind::Article]).await.remove(0);
    for wrong in ["2019-02-30", "昨天", "2099-01-01"] {
        let typed = Corrected { published: Some(wrong.into()), ..Corrected::default() };
        let refused = migration::correct(app, &office.editor, id, page.id, &typed).await.unwrap_err();
        assert!(matches!(refused, AppError::Invalid(_)), "{wrong}: {refused}");
    }
    let typed = Corrected {
        title: Some("改正后的标题".into()),
        published: Some("2018-05-06 07:08".into()),
        ..Corrected::default()
    };
    migration::correct(app, &office.editor, id, page.id, &typed).await.unwrap();
    office.try_out(id).await;
    let read = office.test.db.store.read();
    let page = migration::page(app, &office.editor, id, page.id).await.unwrap().page;
    let edition = store::edition::by_id(&read, page.edition.unwrap()).await.unwrap().unwrap();
    assert_eq!(edition.title, "改正后的标题");
    assert_eq!(edition.elements.published_on, domain::time::parse_beijing("2018-05-06 07:08"));
    // A second trial changes nothing but what was corrected since, and makes no second resource.
    let before = store::resource::by_id(&read, page.resource.unwrap()).await.unwrap();
    let again = Corrected { title: Some("再次改正的标题".into()), ..typed };
    migration::correct(app, &office.editor, id, page.id, &again).await.unwrap();
    office.try_out(id).await;
    let after = migration::page(app, &office.editor, id, page.id).await.unwrap().page;
    assert_eq!(after.resource, page.resource);
    assert!(before.is_some());
    let edition = store::edition::by_id(&read, after.edition.unwrap()).await.unwrap().unwrap();
    assert_eq!(edition.title, "再次改正的标题");
    let attachments = store::attachment::of_edition(&read, edition.id).await.unwrap();
    assert_eq!(attachments.len(), 2, "files are not doubled");
}

#[db_test]
async fn what_a_spot_check_found_wrong_is_not_submitted(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(3))).await;
    office.map_all(id).await;
    let page = office.pages(id, &[OldPageKind::Article]).await.remove(0).id;
    let early = migration::check(app, &office.editor, id, page, true, "").await.unwrap_err();
    assert!(matches!(early, AppError::Conflict(_)), "{early}");
    office.try_out(id).await;
    let silent = migration::check(app, &office.editor, id, page, false, " ").await.unwrap_err();
    assert!(matches!(silent, AppError::Invalid(_)), "{silent}");
    migration::check(app, &office.editor, id, page, false, "少了一段").await.unwrap();
    let submitted = migration::submit(app, &office.editor, id).await.unwrap();
    assert_eq!((submitted.submitted, submitted.held_back), (2, 1));
    let held = migration::page(app, &office.editor, id, page).await.unwrap();
    assert!(held.page.trial_fault.unwrap().contains("抽查"));
    let hurdles = migration::hurdles(app, &office.manager, id).await.unwrap();
    assert!(hurdles.iter().any(|hurdle| hurdle.contains("3 个")), "{hurdles:?}");
    // Checked again by somebody, and right this time.
    migration::check(app, &office.manager, id, page, true, "").await.unwrap();
    assert_eq!(migration::submit(app, &office.editor, id).await.unwrap().submitted, 1);
}

#[db_test]
async fn a_later_collection_takes_only_what_changed(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let records = |second: &str| {
        let line = |number: usize, text: &str| {
            let line = serde_json::json!({
                "id": number, "title": format!("示例动态之{number}"), "publish_date": "2020-01-05", "source": "示例单位",
                "column": "新闻动态", "url": format!("http://{HOST}/a/{number}.html"), "body": text,
            });
            format!("{line}\n")
        };
        let all = line(1, "第一篇的正文，讲了一件示例的事情。") + &line(2, second);
        NewMigration {
            address: format!("http://{HOST}/"),
            file: Some(("old.jsonl".into(), Bytes::from(all))),
            ..NewMigration::default()
        }
    };
    let id = office.begin(records("第二篇的正文，讲了另一件事情。")).await;
    office.map_all(id).await;
    office.try_out(id).await;
    migration::submit(app, &office.editor, id).await.unwrap();
    office.review_all(id).await;
    migration::go_live(app, &office.manager, id).await.unwrap();
    let first: Vec<OldPage> = office.pages(id, &[OldPageKind::Article]).await;

    // The same file collected again: nothing changed, nothing is to be tried.
    migration::collect_again(app, &office.editor, id).await.unwrap();
    office.test.settle().await;
    let view = office.show(id).await;
    assert_eq!((view.row.migration.state, view.row.migration.round), (MigrationState::Mapping, 2));
    let second = office.pages(id, &[OldPageKind::Article]).await;
    for (before, after) in first.iter().zip(&second) {
        assert_eq!((before.changed_round, after.changed_round, after.seen_round), (1, 1, 2), "{}", after.address);
        assert_eq!(before.edition, after.edition);
    }
    office.try_out(id).await;
    let nothing = migration::submit(app, &office.editor, id).await.unwrap_err();
    assert!(matches!(nothing, AppError::Conflict(_)), "{nothing}");
    assert_eq!(office.pages(id, &[OldPageKind::Article]).await[0].edition, first[0].edition);
}

#[db_test]
async fn wrong_forms_are_refused_at_their_fields(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let table = [
        (NewMigration { address: String::new(), ..NewMigration::default() }, "address"),
        (NewMigration { address: "ftp://a.example/".into(), ..NewMigration::default() }, "address"),
        (
            NewMigration { address: "www.a.example".into(), max_pages: "0".into(), ..NewMigration::default() },
            "max_pages",
        ),
        (NewMigration { address: "www.a.example".into(), delay: "很快".into(), ..NewMigration::default() }, "delay"),
        (
            NewMigration { address: "www.a.example".into(), more_hosts: "a b/c".into(), ..NewMigration::default() },
            "more_hosts",
        ),
        (
            NewMigration {
                file: Some(("x.exe".into(), Bytes::from_static(b"MZ\x90\0"))),
                address: "www.a.example".into(),
                ..NewMigration::default()
            },
            "file",
        ),
    ];
    for (new, field) in table {
        let refused = migration::create(app, &office.editor, office.site.id, new).await.unwrap_err();
        match &refused {
            AppError::Invalid(problems) => assert_eq!(problems[0].field, field, "{problems:?}"),
            other => panic!("{field}: {other}"),
        }
    }
}

#[db_test]
async fn an_address_of_the_inner_network_is_not_fetched(db: TestDb) {
    let office = office(db).await;
    let new = NewMigration { address: "http://10.0.0.1/".into(), ..NewMigration::default() };
    let id = office.begin(new).await;
    let view = office.show(id).await;
    assert_eq!(view.row.migration.state, MigrationState::Collecting);
    let fault = view.row.migration.fault.unwrap_or_default();
    assert!(fault.contains("内网") || fault.contains("内部"), "{fault}");
    assert!(office.pages(id, &[]).await.iter().all(|page| page.hash.is_none()));
}
