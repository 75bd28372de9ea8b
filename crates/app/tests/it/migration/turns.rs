//! Turns that a migration takes: articles cut into pages, columns set anew after the trial, what the old system hid.

use std::io::{Cursor, Write};

use app::{
    migration::{self, ColumnChoice, NewMigration},
    old_address::{self, Answer},
};
use bytes::Bytes;
use domain::{
    edition::EditionState,
    ids::ColumnId,
    migration::{Fate, MigrationState, OldPageKind},
    placement::PlacementState,
    resource::ResourceKind,
};
use testkit::{TestDb, db_test};

use super::office::{HOST, from_zip, office, site_zip};

/// An article of three pages.
fn paged_zip() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let name = |number: usize| if number == 1 { "t1.html".to_owned() } else { format!("t1_{number}.html") };
    for number in 1..=3 {
        let links: String = (1..=3)
            .filter(|other| *other != number)
            .map(|other| format!("<a href=\"/dt/{}\">{other}</a> ", name(other)))
            .collect();
        let page = format!(
            "<html><head><meta charset=\"utf-8\"><title>示例旗长篇示例通知</title></head><body>\
             <div class=\"pos\">您的位置：<a href=\"/\">首页</a> &gt; <a href=\"/dt/\">新闻动态</a></div>\
             <h1>示例旗长篇示例通知</h1><div class=\"info\">发布时间：2019-03-04 09:30　来源：示例旗政府办公室</div>\
             <div class=\"content\"><p>这是长篇示例通知的第{number}部分，各单位要按照要求逐项落实示例工作，确保按时完成各项任务。</p>\
             <p>第{number}部分的第二段，说明报送的时间、方式和联系的办法，请各单位遵照执行。</p></div>\
             <div class=\"page\">{links}</div></body></html>"
        );
        zip.start_file(format!("{HOST}/dt/{}", name(number)), options).unwrap();
        zip.write_all(page.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[db_test]
async fn an_article_cut_into_pages_becomes_one_and_every_page_of_it_leads_there(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(paged_zip())).await;
    office.map_all(id).await;
    let pages = office.pages(id, &[OldPageKind::Article]).await;
    let fates: Vec<Fate> = pages.iter().map(|page| page.fate).collect();
    assert_eq!(fates.iter().filter(|fate| **fate == Fate::Moved).count(), 1, "{pages:?}");
    assert_eq!(fates.iter().filter(|fate| **fate == Fate::Merged).count(), 2, "{pages:?}");
    office.try_out(id).await;
    let first =
        office.pages(id, &[OldPageKind::Article]).await.into_iter().find(|page| page.edition.is_some()).unwrap();
    assert!(first.address.ends_with("/dt/t1.html"), "{}", first.address);
    let read = office.test.db.store.read();
    let body = store::edition::by_id(&read, first.edition.unwrap()).await.unwrap().unwrap().body;
    let places: Vec<usize> = (1..=3).map(|number| body.find(&format!("第{number}部分的第二段")).unwrap()).collect();
    assert!(places.is_sorted(), "{body}");
    migration::submit(app, &office.editor, id).await.unwrap();
    office.review_all(id).await;
    migration::go_live(app, &office.manager, id).await.unwrap();
    let Answer::Moved { path: one, .. } = office.answer("/dt/t1.html").await else { panic!() };
    let Answer::Moved { path: three, .. } = office.answer("/dt/t1_3.html").await else { panic!() };
    assert_eq!(one, three);
}

#[db_test]
async fn drafts_follow_when_a_column_is_set_anew_after_the_trial(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let notices = office.test.column(&office.site, "notices", "通知公告").await;
    let id = office.begin(from_zip(site_zip(2))).await;
    office.map_all(id).await;
    office.try_out(id).await;
    let choose = async |target: ColumnId, kind: &str| {
        let choice = ColumnChoice {
            key: "新闻动态".into(),
            decision: "move".into(),
            target: target.to_string(),
            kind: kind.into(),
            reason: String::new(),
        };
        migration::decide_columns(app, &office.editor, id, &[choice]).await.unwrap();
        office.try_out(id).await;
        let page =
            office.pages(id, &[OldPageKind::Article]).await.into_iter().find(|one| one.edition.is_some()).unwrap();
        let read = office.test.db.store.read();
        let resource = store::resource::by_id(&read, page.resource.unwrap()).await.unwrap().unwrap().resource;
        let mut columns: Vec<ColumnId> = Vec::new();
        for placement in store::placement::of_resource(&read, resource.id).await.unwrap() {
            if placement.state == PlacementState::Proposed {
                columns.push(placement.column);
            }
        }
        (columns, resource.kind)
    };
    assert_eq!(choose(notices.id, "article").await, (vec![notices.id], ResourceKind::Article));
    assert_eq!(choose(office.news.id, "policy").await, (vec![office.news.id], ResourceKind::Policy));
}

#[db_test]
async fn what_the_old_system_did_not_show_is_neither_moved_nor_archived(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let line = |number: usize, status: &str| {
        let line = serde_json::json!({
            "id": number, "title": format!("示例动态之{number}"), "publish_date": "2020-01-05", "source": "示例单位",
            "column": "新闻动态", "url": format!("http://{HOST}/a/{number}.html"), "status": status,
            "body": format!("第{number}篇的正文，讲了一件示例的事情。"),
        });
        format!("{line}\n")
    };
    let all = line(1, "已发布") + &line(2, "草稿");
    let new = NewMigration {
        address: format!("http://{HOST}/"),
        file: Some(("old.jsonl".into(), Bytes::from(all))),
        ..NewMigration::default()
    };
    let id = office.begin(new).await;
    office.map_all(id).await;
    let hidden = office.pages(id, &[OldPageKind::Other]).await.remove(0);
    assert_eq!((hidden.title.as_str(), hidden.fate), ("示例动态之2", Fate::Dropped), "{}", hidden.fate_reason);
    office.try_out(id).await;
    migration::submit(app, &office.editor, id).await.unwrap();
    office.review_all(id).await;
    migration::go_live(app, &office.manager, id).await.unwrap();
    assert!(matches!(office.answer("/a/1.html").await, Answer::Moved { .. }));
    // Not even its title is told.
    assert_eq!(old_address::answer(app, HOST, "/a/2.html", None).await.unwrap(), None);
    migration::finish(app, &office.manager, id).await.unwrap();
}

#[db_test]
async fn the_sample_of_a_batch_cannot_be_ticked_off_in_a_list(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(3))).await;
    office.map_all(id).await;
    office.try_out(id).await;
    migration::submit(app, &office.editor, id).await.unwrap();
    let reviewer = &office.reviewers[0];
    let batch = migration::batch(app, reviewer, id).await.unwrap();
    let mut items = Vec::new();
    for one in &batch.single {
        let reviews = store::review::of_edition(&office.test.db.store.read(), one.edition).await.unwrap();
        let step = reviews[0].current_step().unwrap().id;
        items.push(app::review::BatchItem { review: reviews[0].id, step });
    }
    assert_eq!(items.len(), 3);
    for outcome in app::review::pass_all(app, reviewer, &items, None).await {
        let refused = outcome.result.unwrap_err();
        assert!(refused.to_string().contains("逐条审核"), "{refused}");
    }
}

#[db_test]
async fn originals_with_personal_data_are_archived_only_when_a_person_said_so(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let mut zip = zip::ZipWriter::new_append(Cursor::new(site_zip(2))).unwrap();
    zip.start_file(format!("{HOST}/files/list.txt"), zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(format!("示例名单：示例人员 身份证号 {}\n", crate::screening::id_number(709)).as_bytes()).unwrap();
    let id = office.begin(from_zip(zip.finish().unwrap().into_inner())).await;
    office.map_all(id).await;
    let files = office.pages(id, &[OldPageKind::File]).await;
    let list = files.iter().find(|page| page.address.ends_with("/files/list.txt")).unwrap();
    assert!(list.blocks > 0 && list.fate == Fate::Archived, "{list:?}");
    assert!(files.iter().filter(|page| page.id != list.id).all(|page| page.blocks == 0));
    office.try_out(id).await;
    migration::submit(app, &office.editor, id).await.unwrap();
    office.review_all(id).await;
    let hurdles = migration::hurdles(app, &office.manager, id).await.unwrap();
    assert!(hurdles.len() == 1 && hurdles[0].contains("个人信息"), "{hurdles:?}");
    assert!(migration::go_live(app, &office.manager, id).await.is_err());
    migration::decide_pages(app, &office.editor, id, &[list.id], Fate::Dropped, "含个人信息").await.unwrap();
    migration::go_live(app, &office.manager, id).await.unwrap();
    assert!(matches!(office.answer("/files/list.txt").await, Answer::Gone { .. }));
}

#[db_test]
async fn an_old_host_with_or_without_www_belongs_to_the_office_that_took_it_over(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let first = office.begin(from_zip(site_zip(1))).await;
    office.map_all(first).await;
    office.try_out(first).await;
    migration::submit(app, &office.editor, first).await.unwrap();
    office.review_all(first).await;
    migration::go_live(app, &office.manager, first).await.unwrap();
    // Another site says that its old address was the same without `www.`, and hands over pages of the first.
    let bare = HOST.trim_start_matches("www.");
    let other = office.test.site("yizhan", &office.test.unit("another", None).await).await;
    let unit = store::unit::by_id(&office.test.db.store.read(), other.sponsor).await.unwrap().unwrap();
    let insider = office
        .test
        .person_with("insider", &[(domain::duty::Duty::Editor, &unit), (domain::duty::Duty::SiteManager, &unit)])
        .await;
    let new = NewMigration { address: format!("http://{bare}/"), ..from_zip(site_zip(1)) };
    let second = migration::create(app, &insider, other.id, new).await.unwrap().id;
    office.test.settle().await;
    let hurdles = migration::hurdles(app, &insider, second).await.unwrap();
    assert!(hurdles.iter().any(|hurdle| hurdle.contains("不能由本网站接管")), "{hurdles:?}");
}

#[db_test]
async fn the_table_of_columns_goes_out_and_comes_back(db: TestDb) {
    let office = office(db).await;
    let app = &office.test.app;
    let id = office.begin(from_zip(site_zip(2))).await;
    let table = String::from_utf8(migration::mapping_table(app, &office.editor, id).await.unwrap()).unwrap();
    assert!(table.starts_with("\u{FEFF}旧栏目,") && table.contains("新闻动态,3,"), "{table}");
    let wrong = "旧栏目,去向,新栏目\n新闻动态,迁移到栏目,没有的栏目\n没有的旧栏目,归档,\n新闻动态,销毁,\n";
    let refused = migration::map_from_table(app, &office.editor, id, wrong.as_bytes()).await.unwrap_err();
    let app::AppError::Invalid(problems) = refused else { panic!("{refused}") };
    assert_eq!(problems.len(), 3, "{problems:?}");
    let right =
        encoding_rs::GBK.encode("旧栏目,去向,新栏目,信息类型,说明\n新闻动态,迁移到栏目,news,,\n").0.into_owned();
    migration::map_from_table(app, &office.editor, id, &right).await.unwrap();
    office.try_out(id).await;
    assert_eq!(office.show(id).await.row.migration.state, MigrationState::Tried);
    let page = office.pages(id, &[OldPageKind::Article]).await.into_iter().find(|one| one.edition.is_some()).unwrap();
    let edition = store::edition::by_id(&office.test.db.store.read(), page.edition.unwrap()).await.unwrap().unwrap();
    assert_eq!(edition.state, EditionState::Draft);
}
