//! One new word over a large stock: which documents are touched, and how long it takes from the confirmation until the
//! last of them was screened again.
//!
//! `ZHENGTONG_BENCH_STOCK` sets the size (100,000 documents of about 3,000 characters); `ZHENGTONG_BENCH_DATABASE=postgres`
//! runs it on PostgreSQL. Prints one JSON object.

use std::time::Instant;

use app::{
    App,
    lexicon::{self, NewEntry, NewPack, PackRef, Verdict},
    stock,
};
use domain::{
    duty::Duty,
    edition::{Edition, EditionState, LANGUAGE_CHINESE},
    element::Elements,
    resource::{Resource, ResourceKind},
};
use testkit::{TestApp, TestDb};

/// What the word is put into: one document in a thousand.
const WORD: &str = "示例新造词";

const CHARACTERS: usize = 3_000;

fn main() {
    let count: usize =
        std::env::var("ZHENGTONG_BENCH_STOCK").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started");
    if std::env::var("ZHENGTONG_BENCH_DATABASE").is_ok_and(|engine| engine == "postgres") {
        testkit::run_on(store::Engine::Postgres, move |db| measure(db, count));
        return;
    }
    runtime.block_on(async { measure(TestDb::sqlite().await.expect("a database"), count).await });
}

async fn measure(db: TestDb, count: usize) {
    let bench = TestApp::on(db).await;
    let app = &bench.app;
    let unit = bench.unit("office", None).await;
    let writer = bench.person("editor", Duty::Editor, &unit).await;
    let one = bench.person("one", Duty::Supervisor, &unit).await;
    let two = bench.person("two", Duty::Supervisor, &unit).await;

    let started = Instant::now();
    let mut random = Random(20_261_123);
    let mut planted = 0;
    for chunk in 0..count.div_ceil(1_000) {
        let documents: Vec<(Resource, Edition)> = (chunk * 1_000..count.min((chunk + 1) * 1_000))
            .map(|number| {
                let with = number % 1_000 == 7;
                planted += usize::from(with);
                document(app, &unit, &writer, number, &text(&mut random, with))
            })
            .collect();
        let (documents, path) = (&documents, &unit.path);
        app.store
            .write(|tx| async move {
                for (resource, edition) in documents {
                    store::resource::insert(&tx, resource, path).await?;
                    store::edition::insert(&tx, edition).await?;
                }
                Ok::<_, store::StoreError>(())
            })
            .await
            .expect("documents are stored");
    }
    let filled = started.elapsed().as_secs_f64();

    let started = Instant::now();
    app.store
        .write(|tx| async move { jobs::enqueue(&tx, &stock::SketchStock {}, jobs::EnqueueOptions::default()).await })
        .await
        .expect("the job is enqueued");
    bench.settle().await;
    let sketched = started.elapsed().as_secs_f64();

    let new = NewPack {
        name: "示例词库".into(),
        unit: unit.id.to_string(),
        category: "wording".into(),
        severity: "warn".into(),
        message: None,
        source: "示例".into(),
    };
    let pack = lexicon::create(app, &one, &new).await.expect("a pack");
    let entry = NewEntry { action: "add".into(), word: WORD.into(), reason: "示例".into(), ..NewEntry::default() };
    let change = lexicon::propose(app, &one, &PackRef::Stored(pack), &entry).await.expect("proposed");
    let started = Instant::now();
    lexicon::decide(app, &two, change, Verdict::Confirm, "").await.expect("confirmed");
    let confirmed = started.elapsed().as_secs_f64();
    bench.settle().await;
    let rescreened = started.elapsed().as_secs_f64();
    let (runs, _) = stock::runs(app, &one, None, 0, 1).await.expect("the run is on record");
    let run = &runs[0].run;
    assert_eq!(run.looked_at, count as u64);
    assert_eq!(run.hits, planted as u64, "every planted word is found, once");

    // The same with a list of sixty thousand words: reading, confirming, and an engine for the unit.
    let mut list = String::new();
    for number in 0..60_000 {
        list.push_str(&format!("批量{}词{number}\n", COMMON[number % COMMON.len()]));
    }
    let started = Instant::now();
    let draft = lexicon::import_file(app, &one, pack, "list.txt", list.as_bytes(), "示例").await.expect("read");
    let imported = started.elapsed().as_secs_f64();
    lexicon::submit(app, &one, draft).await.expect("submitted");
    let started = Instant::now();
    lexicon::decide(app, &two, draft, Verdict::Confirm, "").await.expect("confirmed");
    let many_confirmed = started.elapsed().as_secs_f64();
    let started = Instant::now();
    lexicon::engine_of(app, &app.store.read(), unit.id).await.expect("an engine");
    let engine = started.elapsed().as_secs_f64();

    println!(
        "{}",
        serde_json::json!({
            "documents": count,
            "fill_seconds": filled,
            "sketches_per_second": count as f64 / sketched,
            "planted": planted,
            "looked_at": run.looked_at,
            "screened": run.selected,
            "hits": run.hits,
            "confirm_seconds": confirmed,
            "rescreen_seconds": rescreened,
            "import_60000_seconds": imported,
            "confirm_60000_seconds": many_confirmed,
            "engine_60000_seconds": engine,
        })
    );
}

fn document(
    app: &App,
    unit: &domain::unit::Unit,
    writer: &domain::actor::Actor,
    number: usize,
    text: &str,
) -> (Resource, Edition) {
    let resource = Resource {
        id: app.ids.fresh(),
        serial: i64::try_from(number + 1).expect("a small number"),
        kind: ResourceKind::Article,
        unit: unit.id,
        address_month: "2026-11".into(),
        origin_key: None,
        first_published_at: Some(app.now()),
        created_by: writer.person,
        created_at: app.now(),
    };
    let edition = Edition {
        id: app.ids.fresh(),
        resource: resource.id,
        number: 1,
        language: LANGUAGE_CHINESE.into(),
        state: EditionState::Admitted,
        title: format!("示例工作动态（第{number}期）"),
        body: format!("<p>{text}</p>"),
        elements: Elements { source: Some("示例单位".into()), ..Elements::default() },
        change_note: None,
        written_by: writer.person,
        writers: Vec::new(),
        submitted_by: Some(writer.person),
        submitted_at: Some(app.now()),
        admitted_at: Some(app.now()),
        created_at: app.now(),
        updated_at: app.now(),
        content_hash: None,
        lock_version: 1,
    };
    (resource, edition)
}

/// Numbers that are the same at every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("below a usize")
    }
}

/// Words of the trade, strung together by chance.
const COMMON: [&str; 60] = [
    "政务", "服务", "公开", "信息", "建设", "发展", "群众", "企业", "部门", "单位", "工作", "会议", "强调", "推动",
    "落实", "提升", "优化", "营商", "环境", "改革", "创新", "数据", "共享", "平台", "网站", "栏目", "审核", "发布",
    "监管", "检查", "农牧", "草原", "生态", "保护", "水利", "交通", "教育", "医疗", "就业", "社会", "保障", "基层",
    "治理", "安全", "生产", "应急", "管理", "预算", "决算", "项目", "投资", "文化", "旅游", "体育", "乡村", "振兴",
    "人才", "培训", "督查", "整改",
];

fn text(random: &mut Random, with: bool) -> String {
    let mut text = String::with_capacity(CHARACTERS * 3);
    let place = random.below(CHARACTERS / 3);
    for number in 0..CHARACTERS / 3 {
        text.push_str(COMMON[random.below(COMMON.len())]);
        // Rarer characters, so that documents differ as real ones do.
        text.extend(char::from_u32(0x4E00 + u32::try_from(random.below(3_000)).expect("small")));
        if with && number == place {
            text.push_str(WORD);
        }
        if number % 12 == 11 {
            text.push('。');
        }
    }
    text
}
