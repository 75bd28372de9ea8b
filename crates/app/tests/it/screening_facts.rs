//! What the screening of an edition knows besides its text: its attachments, the documents it cites, texts that the
//! library has already.

use app::{
    AppError,
    attachment::{Upload, upload},
    edition::{self, NewDraft},
    review,
};
use bytes::Bytes;
use domain::{
    actor::Actor,
    attachment::AttachmentUse,
    duty::Duty,
    element::{Elements, Validity},
    resource::ResourceKind,
    unit::Unit,
};
use screen::{Category, Field, Finding, Severity};
use testkit::{TestApp, TestDb, db_test};

struct Office {
    test: TestApp,
    unit: Unit,
    editor: Actor,
    reviewer: Actor,
}

impl Office {
    async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let unit = test.unit("A", None).await;
        let editor = test.person("bian.ji", Duty::Editor, &unit).await;
        let reviewer = test.person("shen.he", Duty::Reviewer1, &unit).await;
        test.chain(&unit, &[Duty::Reviewer1]).await;
        Self { test, unit, editor, reviewer }
    }

    async fn draft(&self, kind: ResourceKind, title: &str, body: &str, elements: Elements) -> edition::Loaded {
        let new = NewDraft {
            kind,
            unit: self.unit.id,
            title: title.into(),
            body: body.into(),
            elements: Elements { source: Some("示例".into()), secrecy_reviewed: true, ..elements },
            origin_key: None,
            address_month: None,
        };
        edition::create(&self.test.app, &self.editor, new).await.unwrap()
    }

    async fn admit(&self, draft: &edition::Loaded) {
        let app = &self.test.app;
        let done = edition::submit(app, &self.editor, draft.edition.id, draft.edition.lock_version).await.unwrap();
        review::pass(app, &self.reviewer, done.review.id, done.review.steps[0].id, None).await.unwrap();
    }

    async fn attach(&self, draft: &edition::Loaded, name: &str, bytes: &[u8]) {
        let file = Upload {
            file_name: name.into(),
            bytes: Bytes::copy_from_slice(bytes),
            usage: AttachmentUse::Listed,
            alt_text: None,
            replace: false,
        };
        upload(&self.test.app, &self.editor, draft.edition.id, &file).await.unwrap();
    }

    async fn findings(&self, draft: &edition::Loaded) -> Vec<Finding> {
        let screening = edition::screen(&self.test.app, &self.editor, draft.edition.id).await.unwrap();
        screening.findings.into_iter().map(|one| one.finding).collect()
    }
}

/// A number of nobody, with its check digit (GB 11643).
fn with_check_digit(first: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = first.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{first}{}", char::from(b"10X98765432"[sum % 11]))
}

/// A text long enough to be compared.
fn long_text() -> String {
    let sentences: Vec<String> = (1..=30)
        .map(|number| {
            format!(
                "第{number}项工作由示例第{number}科负责，于每季度第{}周汇总示例材料并送交办公室归档。",
                number % 9 + 1
            )
        })
        .collect();
    format!("<p>{}</p>", sentences.join("</p><p>"))
}

#[db_test]
async fn personal_data_in_an_attachment_is_found_before_anybody_reads_it(db: TestDb) {
    let office = Office::on(db).await;
    let draft = office.draft(ResourceKind::Article, "公示名单", "<p>名单见附件。</p>", Elements::default()).await;
    let number = with_check_digit("15010219900101001");
    office.attach(&draft, "名单.csv", format!("姓名,身份证号\n示例甲,{number}\n").as_bytes()).await;
    let found = office.findings(&draft).await;
    let one = found.iter().find(|one| one.check == "personal_id").expect("the number is found");
    assert_eq!((one.field, one.severity), (Field::Attachment(0), Severity::Block));
    assert!(!one.excerpt.contains(&number), "the excerpt is masked");
    let lock = edition::load(&office.test.app, &office.editor, draft.edition.id).await.unwrap().edition.lock_version;
    let refused = edition::submit(&office.test.app, &office.editor, draft.edition.id, lock).await;
    assert!(matches!(refused, Err(AppError::Invalid(_))), "it is not submitted with the number in it");
}

#[db_test]
async fn an_attachment_that_cannot_be_read_is_said_to_be_unread(db: TestDb) {
    let office = Office::on(db).await;
    let draft = office.draft(ResourceKind::Article, "示例通知", "<p>见附件。</p>", Elements::default()).await;
    office.attach(&draft, "材料.txt", "能够读取的文字材料。".as_bytes()).await;
    assert!(office.findings(&draft).await.iter().all(|one| one.category != Category::Attachment));
    // Half a document: the beginning of a PDF and nothing else.
    office.attach(&draft, "残缺.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n").await;
    let found = office.findings(&draft).await;
    let unread: Vec<&Finding> = found.iter().filter(|one| one.category == Category::Attachment).collect();
    assert!(!unread.is_empty() && unread.iter().all(|one| one.field == Field::Attachment(1)), "{found:?}");
    assert!(unread[0].message.contains("残缺.pdf") && unread[0].message.contains("人工"), "{}", unread[0].message);
}

#[db_test]
async fn a_text_that_the_library_has_already_is_pointed_out_but_not_its_own_revision(db: TestDb) {
    let office = Office::on(db).await;
    let first = office.draft(ResourceKind::Article, "示例工作安排", &long_text(), Elements::default()).await;
    office.admit(&first).await;
    let body = long_text().replace("第7项", "第七项");
    let again = office.draft(ResourceKind::Article, "另一个标题", &body, Elements::default()).await;
    let found = office.findings(&again).await;
    let one = found.iter().find(|one| one.category == Category::Duplicate).expect("the near duplicate is found");
    assert!(one.message.contains("示例工作安排"), "{}", one.message);
    let revised = edition::revise(&office.test.app, &office.editor, first.edition.id).await.unwrap();
    let screening = edition::screen(&office.test.app, &office.editor, revised.id).await.unwrap();
    assert!(screening.findings.iter().all(|one| one.finding.category != Category::Duplicate));
    let other = office.draft(ResourceKind::Article, "无关", "<p>今日召开示例会议。</p>", Elements::default()).await;
    assert!(office.findings(&other).await.iter().all(|one| one.category != Category::Duplicate));
}

#[db_test]
async fn a_document_of_the_library_that_is_no_longer_in_force_is_pointed_out_where_it_is_cited(db: TestDb) {
    let office = Office::on(db).await;
    let day = |text: &str| text.parse().ok();
    let policy = Elements {
        issuer: Some("示例局".into()),
        document_number: Some("示局发〔2015〕8号".into()),
        written_on: day("2015-03-01"),
        validity: Some(Validity::Repealed),
        repealed_on: day("2020-01-01"),
        subject_class: Some("综合政务\\政务公开".into()),
        document_type: Some("办法".into()),
        ..Elements::default()
    };
    let old = office
        .draft(ResourceKind::Policy, "示例物资管理办法", "<p>第一条　为管理示例物资，制定本办法。</p>", policy)
        .await;
    office.admit(&old).await;
    let body = "<p>请各单位按照《示例物资管理办法》的要求报送材料。</p>";
    let citing = office.draft(ResourceKind::Article, "关于报送材料的通知", body, Elements::default()).await;
    let found = office.findings(&citing).await;
    let one = found.iter().find(|one| one.category == Category::Citation).expect("the repealed document is found");
    assert!(one.message.contains("示例物资管理办法"), "{}", one.message);
}

#[db_test]
async fn one_press_masks_an_attachment_too_or_says_that_it_is_left(db: TestDb) {
    let office = Office::on(db).await;
    let number = with_check_digit("15010219900101001");
    let draft = office.draft(ResourceKind::Article, "公示名单", "<p>名单见附件。</p>", Elements::default()).await;
    office.attach(&draft, "名单.csv", format!("姓名,身份证号\n示例甲,{number}\n").as_bytes()).await;
    let app = &office.test.app;
    let lock = edition::load(app, &office.editor, draft.edition.id).await.unwrap().edition.lock_version;
    let masked = edition::mask_personal_data(app, &office.editor, draft.edition.id, lock).await.unwrap();
    assert_eq!((masked.places, masked.left), (1, vec![]));
    let files = store::attachment::of_edition(&app.store.read(), draft.edition.id).await.unwrap();
    assert_eq!((files.len(), files[0].file_name.as_str()), (1, "名单.csv"));
    let bytes = app.files.get(&files[0].hash).await.unwrap().unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains("示例甲") && !text.contains(&number), "{text}");
    assert!(office.findings(&draft).await.iter().all(|one| one.category != Category::Privacy));
}
