//! A site of ten thousand pages: how long a full release takes, and that one article stays cheap on it.
//!
//! `cargo test --release -p app --test ten_thousand -- --ignored --nocapture`

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

use std::time::Instant;

use app::{placement, release};
use domain::{
    duty::Duty,
    edition::{Edition, EditionState, LANGUAGE_CHINESE, content_hash},
    element::Elements,
    placement::{Placement, PlacementState},
    resource::{Resource, ResourceKind},
};
use jiff::SignedDuration;
use testkit::{TestApp, TestDb, db_test};

const PAGES: i64 = 10_000;

#[db_test]
#[ignore = "measures; takes a minute"]
async fn ten_thousand_pages_are_released_at_once_and_one_more_touches_a_handful(db: TestDb) {
    let test = TestApp::on(db).await;
    let unit = test.unit("office", None).await;
    let site = test.site("region", &unit).await;
    let columns = [test.column(&site, "xwdt", "工作动态").await, test.column(&site, "tzgg", "通知公告").await];
    let manager = test.person("manager", Duty::SiteManager, &unit).await;
    let app = &test.app;
    let start = Instant::now();
    let mut last = None;
    for batch in 0..PAGES / 500 {
        let (unit, site, columns, manager) = (&unit, &site, &columns, &manager);
        last = app
            .store
            .write(|tx| async move {
                let mut last = None;
                for number in batch * 500..(batch + 1) * 500 {
                    let at = tx.now() - SignedDuration::from_mins(PAGES - number);
                    let resource = Resource {
                        id: tx.ids().fresh(),
                        serial: store::resource::next_serial(&tx).await?,
                        kind: ResourceKind::Article,
                        unit: unit.id,
                        address_month: "2026-11".into(),
                        origin_key: None,
                        first_published_at: Some(at),
                        created_by: manager.person,
                        created_at: at,
                    };
                    store::resource::insert(&tx, &resource, &unit.path).await?;
                    let title = format!("示例动态第{number}号：关于做好示例工作的情况");
                    let body = "<p>示例正文，说明示例工作的进展、做法和下一步安排。</p>".repeat(20);
                    let elements =
                        Elements { source: Some("示例单位".into()), secrecy_reviewed: true, ..Elements::default() };
                    let edition = Edition {
                        id: tx.ids().fresh(),
                        resource: resource.id,
                        number: 1,
                        language: LANGUAGE_CHINESE.into(),
                        state: EditionState::Admitted,
                        content_hash: Some(content_hash(&title, &body, &elements, &[])),
                        title,
                        body,
                        elements,
                        change_note: None,
                        written_by: manager.person,
                        writers: vec![manager.person],
                        submitted_by: None,
                        submitted_at: None,
                        admitted_at: Some(at),
                        created_at: at,
                        updated_at: at,
                        lock_version: 1,
                    };
                    store::edition::insert(&tx, &edition).await?;
                    let placement = Placement {
                        id: tx.ids().fresh(),
                        resource: resource.id,
                        site: site.id,
                        column: columns[usize::try_from(number % 2).unwrap()].id,
                        state: PlacementState::Live,
                        pinned: false,
                        sort_at: Some(at),
                        publish_at: None,
                        live_at: Some(at),
                        expires_at: None,
                        placed_by: manager.person,
                        placed_at: at,
                    };
                    store::placement::insert(&tx, &[placement]).await?;
                    last = Some(resource.id);
                }
                Ok::<_, store::StoreError>(last)
            })
            .await
            .unwrap();
    }
    println!("{:?}: {PAGES} articles in the library: {:.1?}", app.store.engine(), start.elapsed());
    release::rebuild(app, &manager, site.id).await.unwrap();
    let start = Instant::now();
    let first = release::publish_site(app, site.id).await.unwrap().unwrap().release.unwrap();
    println!("{:?}: full release of {} pages: {:.1?}", app.store.engine(), first.pages_written, start.elapsed());
    assert!(first.pages_written > PAGES);

    release::rebuild(app, &manager, site.id).await.unwrap();
    let start = Instant::now();
    assert!(release::publish_site(app, site.id).await.unwrap().unwrap().release.is_none());
    println!("{:?}: rebuild that changes nothing: {:.1?}", app.store.engine(), start.elapsed());

    placement::place(app, &manager, last.unwrap(), columns[0].id, None).await.unwrap();
    let start = Instant::now();
    let one = release::publish_site(app, site.id).await.unwrap().unwrap().release.unwrap();
    println!("{:?}: one article, {} pages: {:.1?}", app.store.engine(), one.pages_written, start.elapsed());
    assert!(one.pages_written <= 6, "{one:?}");
}
