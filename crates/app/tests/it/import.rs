//! Importing documents: bad lines are listed and do not stop the rest.

use std::io::Cursor;

use app::import::{self, ImportOptions, LineOutcome, import_documents};
use domain::duty::Duty;
use testkit::{TestApp, TestDb, db_test};

fn line(id: &str, title: &str) -> Vec<u8> {
    let line = serde_json::json!({
        "id": id, "title": title, "date": "2024-01-05", "source": "示例单位", "body": "示例正文一段。",
    });
    format!("{line}\n").into_bytes()
}

#[db_test]
async fn bad_lines_are_listed_with_their_reasons_and_the_rest_is_admitted(db: TestDb) {
    let test = TestApp::on(db).await;
    let unit = test.unit("office", None).await;
    let editor = test.person("editor", Duty::Editor, &unit).await;
    let reviewer = test.person("reviewer", Duty::Reviewer3, &unit).await;
    let site = test.site("region", &unit).await;
    test.column(&site, "news", "工作动态").await;
    let mut lines = line("1", "示例动态之一");
    lines.extend(line("2", "示\0例\u{1b}动态之二"));
    lines.extend(line("3", &"长".repeat(201)));
    lines.extend(b"{\"id\": \"4\", \"title\": \"\xff\xfe\"}\n");
    lines.extend(b"{\"id\": \"5\",\n\n[]\n");
    lines.extend(line("2", "示例动态之二，又一次"));
    lines.extend(line("6", "示例动态之六"));
    let options = ImportOptions { source_name: "示例".into(), site: "region".into(), column: "news".into() };
    let mut rejected = Vec::new();
    let mut note = |number: i64, _: &str, outcome: &LineOutcome| {
        if let LineOutcome::Rejected(reasons) = outcome {
            rejected.push((number, reasons.concat()));
        }
    };
    let reviewers = std::slice::from_ref(&reviewer);
    let report =
        import_documents(&test.app, &editor, reviewers, &options, &mut Cursor::new(&lines), &mut note).await.unwrap();
    assert_eq!((report.lines, report.taken, report.rejected), (8, 3, 5));
    rejected.sort();
    for ((number, reasons), (expected, said)) in
        rejected.iter().zip([(3, "最多 200 个字"), (4, "UTF-8"), (5, "JSON"), (7, "JSON 对象"), (8, "相同 id")])
    {
        assert!(*number == expected && reasons.contains(said), "line {number}: {reasons}");
    }
    let read = test.db.store.read();
    let second = store::resource::by_origin_key(&read, "office/2").await.unwrap().unwrap();
    let edition = store::edition::admitted_of(&read, second.resource.id, domain::edition::LANGUAGE_CHINESE)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(edition.title, "示例动态之二");

    let again = import_documents(&test.app, &editor, reviewers, &options, &mut Cursor::new(&lines), &mut |_, _, _| {})
        .await
        .unwrap();
    assert_eq!((again.taken, again.unchanged, again.rejected), (0, 3, 5), "a second run changes nothing");
    let batches = import::list(&test.app, &editor, 0, 20).await.unwrap();
    assert_eq!(batches.total, 2);
}
