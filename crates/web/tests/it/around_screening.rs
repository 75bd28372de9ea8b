//! What the table of routes needs of the screening: a request, an exception and an appeal, all undecided.

use app::edition;
use domain::{actor::Actor, element::Elements};
use testkit::TestApp;

/// Keys of what stands around the screening of a text.
pub struct Noted {
    pub finding: String,
    pub clearance: String,
    pub exception: String,
    pub appeal: String,
}

/// A request to let a finding pass, an exception that waits, and an appeal.
pub async fn around_screening(test: &TestApp, editor: &Actor, flagged: &domain::edition::Edition) -> Noted {
    let app = &test.app;
    let change = edition::DraftChange {
        lock_version: flagged.lock_version,
        title: flagged.title.clone(),
        body: "<p>现转发内政办发[2026]8号文件。</p>".into(),
        elements: Elements { published_on: domain::time::parse_beijing("2001-01-01"), ..flagged.elements.clone() },
        change_note: None,
    };
    edition::save(app, editor, flagged.id, &change).await.unwrap();
    let found = edition::screen(app, editor, flagged.id).await.unwrap().findings;
    let blocking = found.iter().find(|one| one.stands_in_the_way()).unwrap().finding.fingerprint();
    let other = found.iter().find(|one| one.finding.check == "document_number").unwrap().finding.fingerprint();
    let clearance = app::clearance::ask(app, editor, flagged.id, blocking, "示例：历史日期").await.unwrap();
    let new = app::screening_exception::NewException {
        for_unit: true,
        whole_rule: true,
        until: Some(domain::time::beijing_date(app.now())),
        reason: "示例：沿用旧式文号".into(),
    };
    let (exception, _) = app::screening_exception::propose(app, editor, flagged.id, other, &new).await.unwrap();
    let appeal = app::appeal::file(app, editor, flagged.id, other, "示例：这种写法有依据").await.unwrap().id;
    Noted {
        finding: other.to_owned(),
        clearance: clearance.to_string(),
        exception: exception.to_string(),
        appeal: appeal.to_string(),
    }
}
