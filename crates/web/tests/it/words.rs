//! A pack with a word in force, a change set that waits, and something found in the stock.

use app::{edition, lexicon, review};
use domain::{actor::Actor, unit::Unit};
use testkit::TestApp;

use crate::things::draft;

/// Keys of a pack with a word in force, a change set that waits, and something found in the stock.
pub struct Words {
    pub pack: String,
    pub word: String,
    pub change: String,
    pub issue: String,
}

pub async fn words(test: &TestApp, unit: &Unit, editor: &Actor, last: &Actor, manager: &Actor) -> Words {
    let app = &test.app;
    let admitted = draft(test, editor, unit).await;
    let done = edition::submit(app, editor, admitted.edition.id, admitted.edition.lock_version).await.unwrap();
    review::pass(app, last, done.review.id, done.review.steps[0].id, None).await.unwrap();
    let new = lexicon::NewPack {
        name: "示例词库".into(),
        unit: unit.id.to_string(),
        category: "wording".into(),
        severity: "warn".into(),
        message: None,
        source: "示例".into(),
    };
    let pack = lexicon::create(app, editor, &new).await.unwrap();
    let propose = async |word: &str| {
        let entry = lexicon::NewEntry {
            action: "add".into(),
            word: word.into(),
            reason: "示例".into(),
            ..lexicon::NewEntry::default()
        };
        lexicon::propose(app, editor, &lexicon::PackRef::Stored(pack), &entry).await.unwrap()
    };
    let first = propose("示例正文").await;
    lexicon::decide(app, manager, first, lexicon::Verdict::Confirm, "").await.unwrap();
    test.settle().await;
    let change = propose("另一个示例词").await;
    let shown = lexicon::show(app, editor, &lexicon::PackRef::Stored(pack), false, None, 0, 1).await.unwrap();
    let (found, _) = app::stock::list(app, editor, &app::stock::IssueQuery::default(), 0, 1).await.unwrap();
    Words {
        pack: pack.to_string(),
        word: shown.words[0].key.clone(),
        change: change.to_string(),
        issue: found[0].id.to_string(),
    }
}
