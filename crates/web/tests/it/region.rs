//! What the region keeps: a proposed amendment, a confirmed year, a deadline whose due day moved.

use app::{
    calendar::{self, ArrangementInput, Verdict},
    deadline::{self, NewDeadline},
    rule::{self, NewAmendment},
};
use domain::{duty::Duty, time::parse_beijing, unit::Unit};
use testkit::TestApp;

/// A rule with a parameter `days` of which fewer are stricter.
pub const RULE: &str = "disclosure.reply";

/// A made-up arrangement: nobody knows the real one yet.
pub const TABLE: &str = "2027-01-01,放假,元旦\n2027-01-04,放假,示例节\n2027-01-09,上班,示例节\n";

/// Keys of one of each.
pub struct Kept {
    pub amendment: String,
    pub entry: String,
    pub deadline: String,
    pub notice: String,
}

/// Makes them by two supervisors of the region; the deadline is `unit`'s.
pub async fn kept(test: &TestApp, unit: &Unit) -> Kept {
    let app = &test.app;
    let root = store::unit::root(&app.store.read()).await.unwrap().unwrap();
    let one = test.person("qu.yi", Duty::Supervisor, &root).await;
    let two = test.person("qu.er", Duty::Supervisor, &root).await;
    let looser = NewAmendment {
        division: "150000".into(),
        key: "days".into(),
        value: "25".into(),
        from: None,
        reason: "示例".into(),
        document: None,
    };
    let (amendment, _) = rule::amend(app, &one, RULE, &looser).await.unwrap();
    let new = &NewDeadline {
        rule: RULE.into(),
        subject_kind: "disclosure_request".into(),
        subject_id: "1".into(),
        title: "示例公开申请".into(),
        path: "/console/deadlines".into(),
        unit: unit.id,
        owner: None,
        received: parse_beijing("2026-12-21 10:00").unwrap(),
    };
    let deadline = app.store.write(|tx| async move { deadline::start(app, &tx, new).await }).await.unwrap();
    let input = ArrangementInput { year: None, source: "示例通知".into(), text: TABLE.into(), supplement: false };
    let entry = calendar::upload(app, &one, &input).await.unwrap();
    calendar::decide(app, &two, entry, Verdict::Confirm, "").await.unwrap();
    test.settle().await;
    let notice = store::deadline::notice::of(&app.store.read(), &[deadline], true).await.unwrap().remove(0);
    Kept {
        amendment: amendment.to_string(),
        entry: entry.to_string(),
        deadline: deadline.to_string(),
        notice: notice.id.to_string(),
    }
}
