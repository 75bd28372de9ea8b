//! Importing, rendering and releasing a site of many articles, and what one changed article costs afterwards.
//!
//! `ZHENGTONG_BENCH_DOCUMENTS` sets the size (10,000). Prints one JSON object; `make bench` puts it into its table.

use std::{io::Cursor, time::Instant};

use app::{
    edition::{self, DraftChange},
    import::{ImportOptions, import_documents},
    release, review,
};
use domain::duty::Duty;
use testkit::{TestApp, TestDb};

fn main() {
    let count: usize =
        std::env::var("ZHENGTONG_BENCH_DOCUMENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started");
    runtime.block_on(measure(count));
}

async fn measure(count: usize) {
    let bench = TestApp::on(TestDb::sqlite().await.expect("a database")).await;
    let app = &bench.app;
    let unit = bench.unit("office", None).await;
    let editor = bench.person("editor", Duty::Editor, &unit).await;
    let reviewer = bench.person("reviewer", Duty::Reviewer3, &unit).await;
    let site = bench.site("bench", &unit).await;
    bench.column(&site, "news", "工作动态").await;
    bench.chain(&unit, &[Duty::Reviewer3]).await;

    let mut lines = documents(count);
    let options = ImportOptions { source_name: "bench".into(), site: site.slug.clone(), column: "news".into() };
    let started = Instant::now();
    let report =
        import_documents(app, &editor, std::slice::from_ref(&reviewer), &options, &mut lines, &mut |_, _, _| {})
            .await
            .expect("the import runs");
    let import_seconds = started.elapsed().as_secs_f64();
    assert_eq!(usize::try_from(report.taken).unwrap_or(0), count, "every document is admitted");

    let started = Instant::now();
    release::publish_site(app, site.id).await.expect("the site is released");
    let release_seconds = started.elapsed().as_secs_f64();
    let pages = release::live_pages(app, site.id).await.expect("pages are live").1.len();

    let started = Instant::now();
    change_one(&bench, &editor, &reviewer, count / 2).await;
    let verbs_seconds = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let published = release::publish_site(app, site.id).await.expect("the change is released");
    let changed_seconds = started.elapsed().as_secs_f64();
    let touched = published.and_then(|published| published.release).map_or(0, |release| release.pages_written);

    println!(
        "{}",
        serde_json::json!({
            "documents": count,
            "import_per_second": count as f64 / import_seconds,
            "pages": pages,
            "release_seconds": release_seconds,
            "pages_per_second": pages as f64 / release_seconds,
            "changed_pages": touched,
            "changed_seconds": changed_seconds,
            "changed_verbs_seconds": verbs_seconds,
        })
    );
}

/// A new title for one article, through the verbs.
async fn change_one(bench: &TestApp, editor: &domain::actor::Actor, reviewer: &domain::actor::Actor, which: usize) {
    let app = &bench.app;
    let owned = store::resource::by_origin_key(&app.store.read(), &format!("office/bench-{which}"))
        .await
        .expect("the library can be read")
        .expect("the article is there");
    let admitted = store::edition::admitted_of(&app.store.read(), owned.resource.id, "zh-Hans")
        .await
        .expect("the library can be read")
        .expect("the article is admitted");
    let draft = edition::revise(app, editor, admitted.id).await.expect("a new edition");
    let change = DraftChange {
        lock_version: draft.lock_version,
        title: format!("{}（更正）", draft.title),
        body: draft.body.clone(),
        elements: draft.elements.clone(),
        change_note: Some("更正标题".into()),
    };
    let saved = edition::save(app, editor, draft.id, &change).await.expect("saved");
    let done = edition::submit(app, editor, draft.id, saved.lock_version).await.expect("submitted");
    let step = done.review.steps.first().expect("a step").id;
    review::pass(app, reviewer, done.review.id, step, None).await.expect("passed");
}

fn documents(count: usize) -> Cursor<Vec<u8>> {
    let mut lines = String::new();
    for number in 0..count {
        let day = jiff::civil::date(2020, 1, 1)
            .checked_add(jiff::Span::new().days(i64::try_from(number / 8).unwrap_or(0)))
            .expect("a day in range");
        let paragraph = "会议强调，要坚持以人民为中心，持续优化政务服务，推动数据共享，让群众办事更加便捷。";
        let body = [paragraph; 8].join("\n");
        let line = serde_json::json!({
            "id": format!("bench-{number}"),
            "kind": "news",
            "title": format!("示例工作动态（第{number}期）"),
            "date": day.to_string(),
            "source": "示例单位",
            "body": body,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    Cursor::new(lines.into_bytes())
}
