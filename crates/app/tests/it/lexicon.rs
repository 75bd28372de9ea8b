//! Lexicons: proposed by one, confirmed by another, in force for the unit and everything below, from that moment on.

use app::{
    App, AppError,
    lexicon::{self, NewEntry, NewPack, PackRef, PackSettings, Verdict},
};
use domain::{
    actor::Actor,
    duty::Duty,
    ids::{LexiconChangeId, LexiconPackId},
    lexicon::LexiconChangeState,
    resource::ResourceKind,
    unit::Unit,
};
use screen::Subject;
use testkit::{TestDb, db_test};

use crate::{
    region::{Region, region},
    session::events,
};

pub fn add(word: &str) -> NewEntry {
    NewEntry { action: "add".into(), word: word.into(), reason: "示例原因".into(), ..NewEntry::default() }
}

pub fn withdraw(word: &str) -> NewEntry {
    NewEntry { action: "withdraw".into(), ..add(word) }
}

pub async fn pack(app: &App, actor: &Actor, unit: &Unit, category: &str) -> LexiconPackId {
    let new = NewPack {
        name: "示例词库".into(),
        unit: unit.id.to_string(),
        category: category.into(),
        severity: "block".into(),
        message: None,
        source: "示例清单".into(),
    };
    lexicon::create(app, actor, &new).await.unwrap()
}

/// Proposes and confirms one change.
pub async fn agree(app: &App, one: &Actor, two: &Actor, pack: LexiconPackId, new: &NewEntry) -> LexiconChangeId {
    let id = lexicon::propose(app, one, &PackRef::Stored(pack), new).await.unwrap();
    lexicon::decide(app, two, id, Verdict::Confirm, "").await.unwrap();
    id
}

/// How often the engine of a unit finds something of an office's pack in a text.
async fn hits(app: &App, unit: &Unit, text: &str) -> usize {
    let engine = lexicon::engine_of(app, &app.store.read(), unit.id).await.unwrap();
    let subject = Subject::new(ResourceKind::Article, "示例", format!("<p>{text}</p>"), app.now());
    engine.screen(&subject).findings.iter().filter(|one| one.rule_id.starts_with("lexicon.office-")).count()
}

fn forbidden(error: &AppError) -> bool {
    matches!(error, AppError::Forbidden(_))
}

#[db_test]
async fn a_word_holds_for_everybody_below_once_a_second_person_has_confirmed_it(db: TestDb) {
    let Region { test, root, league, one, two, local, foreign, editor } = &region(db).await;
    let app = &test.app;
    let other = store::unit::by_id(&app.store.read(), foreign.home_unit).await.unwrap().unwrap();
    let id = pack(app, one, root, "wording").await;
    let change = lexicon::propose(app, one, &PackRef::Stored(id), &add("示例新词")).await.unwrap();
    assert_eq!(hits(app, league, "这里有示例新词。").await, 0);
    let own = lexicon::decide(app, one, change, Verdict::Confirm, "").await.unwrap_err();
    assert!(forbidden(&own) && own.to_string().contains("本人"), "{own}");
    for actor in [local, editor] {
        assert!(forbidden(&lexicon::decide(app, actor, change, Verdict::Confirm, "").await.unwrap_err()));
        let refused = lexicon::propose(app, actor, &PackRef::Stored(id), &add("另一个词")).await.unwrap_err();
        assert!(forbidden(&refused), "{refused}");
    }
    assert_eq!(lexicon::waiting(app, two).await.unwrap().len(), 1);
    assert!(lexicon::waiting(app, one).await.unwrap().is_empty());
    lexicon::decide(app, two, change, Verdict::Confirm, "同意").await.unwrap();
    let decided = lexicon::show_change(app, editor, change, None, None, 0, 20).await.unwrap();
    assert_eq!(decided.row.state, LexiconChangeState::Confirmed);
    for unit in [root, league, &other] {
        assert_eq!(hits(app, unit, "这里有示例新词，还有示 例 新 词。").await, 2, "{}", unit.name);
    }
    let again = lexicon::decide(app, two, change, Verdict::Refuse, "晚了").await.unwrap_err();
    assert!(matches!(again, AppError::Conflict(_)), "{again}");
    let shown = lexicon::show(app, editor, &PackRef::Stored(id), false, Some("新"), 0, 20).await.unwrap();
    assert_eq!((shown.total, shown.words[0].word.as_str()), (1, "示例新词"));
    assert!(shown.row.version.ends_with(".1"), "{}", shown.row.version);
    agree(app, two, one, id, &withdraw("示例新词")).await;
    assert_eq!(hits(app, league, "这里有示例新词。").await, 0);
    let history = lexicon::entry(app, editor, id, &shown.words[0].key).await.unwrap();
    assert!(!history.in_force && history.history.len() == 2, "{history:?}");
    for (action, count) in [("lexicon.create", 1), ("lexicon.propose", 2), ("lexicon.decide", 2)] {
        assert_eq!(events(app, action).await.len(), count, "{action}");
    }
}

#[db_test]
async fn an_offices_words_are_its_own_and_strangers_do_not_know_of_them(db: TestDb) {
    let Region { test, root, league, one, local, foreign, editor, .. } = &region(db).await;
    let app = &test.app;
    let department = test.unit("D", Some(league)).await;
    let writer = test.person("bu.men", Duty::Editor, &department).await;
    let manager = test.person("guan.li", Duty::SiteManager, &department).await;
    let id = pack(app, &writer, &department, "wording").await;
    let change = lexicon::propose(app, &writer, &PackRef::Stored(id), &add("部门新词")).await.unwrap();
    let hidden = lexicon::show(app, foreign, &PackRef::Stored(id), false, None, 0, 20).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    let hidden = lexicon::decide(app, foreign, change, Verdict::Confirm, "").await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "{hidden}");
    let hidden = lexicon::entry(app, editor, id, "0").await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "the office above has nothing to read there: {hidden}");
    assert!(lexicon::list(app, foreign).await.unwrap().iter().all(|row| row.id != Some(id)));
    assert!(lexicon::list(app, local).await.unwrap().iter().any(|row| row.id == Some(id)));
    let refused =
        lexicon::create(app, &writer, &NewPack { unit: root.id.to_string(), ..new_pack() }).await.unwrap_err();
    assert!(forbidden(&refused), "{refused}");
    lexicon::decide(app, &manager, change, Verdict::Confirm, "").await.unwrap();
    assert_eq!((hits(app, &department, "部门新词").await, hits(app, league, "部门新词").await), (1, 0));
    // What it allows silences its own words, never those of the region.
    let above = pack(app, one, root, "wording").await;
    let two = test.person("qu.san", Duty::Supervisor, root).await;
    agree(app, one, &two, above, &add("甲等词")).await;
    let allowing = NewEntry { allow: Some("甲等词乙等词".into()), ..add("乙等词") };
    agree(app, &writer, &manager, id, &allowing).await;
    assert_eq!(hits(app, &department, "乙等词").await, 1);
    assert_eq!(hits(app, &department, "甲等词乙等词").await, 1, "the region's word stands, the own one is allowed");
}

fn new_pack() -> NewPack {
    NewPack {
        name: "示例".into(),
        category: "wording".into(),
        severity: "warn".into(),
        source: "示例".into(),
        ..NewPack::default()
    }
}

#[db_test]
async fn wrong_forms_are_refused_at_their_fields(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let app = &test.app;
    let id = pack(app, one, root, "wording").await;
    agree(app, one, two, id, &add("示例新词")).await;
    for (new, field) in [
        (add(""), "word"),
        (add("a"), "word"),
        (add(&"长".repeat(61)), "word"),
        (add("示例新词"), "word"),
        (withdraw("没有的词"), "word"),
        (NewEntry { action: "delete".into(), ..add("词语") }, "action"),
        (NewEntry { severity: Some("fatal".into()), ..add("词语") }, "severity"),
        (NewEntry { allow: Some("别的".into()), ..add("词语") }, "allow"),
        (NewEntry { valid_from: Some("明天".into()), ..add("词语") }, "valid_from"),
        (
            NewEntry { valid_from: Some("2026-12-02".into()), valid_until: Some("2026-12-01".into()), ..add("词语") },
            "valid_until",
        ),
        (NewEntry { reason: " ".into(), ..add("词语") }, "reason"),
    ] {
        let error = lexicon::propose(app, one, &PackRef::Stored(id), &new).await.unwrap_err();
        let AppError::Invalid(problems) = &error else { panic!("{new:?}: {error}") };
        assert_eq!(problems[0].field, field, "{problems:?}");
    }
    let same = PackSettings {
        name: "示例词库".into(),
        severity: "block".into(),
        message: "“{word}”不是规范表述，请按建议修改。".into(),
        source: "示例清单".into(),
        active: true,
    };
    let error = lexicon::propose_settings(app, one, id, &same, "原因").await.unwrap_err();
    assert!(matches!(error, AppError::Invalid(_)), "{error}");
    let off = PackSettings { active: false, ..same };
    let change = lexicon::propose_settings(app, one, id, &off, "原因").await.unwrap();
    let blank = lexicon::decide(app, two, change, Verdict::Refuse, " ").await.unwrap_err();
    assert!(matches!(blank, AppError::Invalid(_)), "{blank}");
    lexicon::decide(app, two, change, Verdict::Confirm, "").await.unwrap();
    assert_eq!(hits(app, root, "示例新词").await, 0, "the pack is out of use");
}

#[db_test]
async fn a_file_is_previewed_mended_and_confirmed(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let app = &test.app;
    let id = pack(app, one, root, "wording").await;
    agree(app, one, two, id, &add("导入词0007")).await;
    let mut file = String::from("词,级别,建议\n");
    for number in 0..3_000 {
        file.push_str(&format!("导入词{number:04},请核对,改法{number}\n"));
    }
    file.push_str("导入词0001,请核对,又一次\na,请核对,太短\n");
    let change = lexicon::import_file(app, one, id, "名单.csv", file.as_bytes(), "示例名单").await.unwrap();
    let seen = lexicon::show_change(app, one, change, None, None, 0, 20).await.unwrap();
    assert_eq!((seen.added, seen.changed, seen.repeated, seen.rejected), (2_999, 1, 1, 1), "{seen:?}");
    assert_eq!((seen.items.len(), seen.total), (20, 3_000));
    assert_eq!(seen.rejected_lines[0].line, 3_003);
    assert_eq!(lexicon::rejected(app, one, change).await.unwrap().len(), 1);
    let hidden = lexicon::show_change(app, two, change, None, None, 0, 20).await.unwrap_err();
    assert!(matches!(hidden, AppError::NotFound(_)), "a draft is its author's own: {hidden}");
    assert!(lexicon::waiting(app, two).await.unwrap().is_empty());
    lexicon::submit(app, one, change).await.unwrap();
    let tried = lexicon::try_out(app, two, change, "这里有导入词0042和导入词0007。").await.unwrap();
    assert_eq!(tried.hits.iter().filter(|hit| hit.new).count(), 1, "{tried:?}");
    lexicon::decide(app, two, change, Verdict::Confirm, "").await.unwrap();
    assert_eq!(hits(app, root, "这里有导入词0042、导入词2999和导入词0007。").await, 3);
    let (name, header, rows) = lexicon::export(app, one, id).await.unwrap();
    assert_eq!((name.as_str(), header[0], rows.len()), ("示例词库", "词", 3_000));
    let again = lexicon::import_file(app, one, id, "名单.csv", file.as_bytes(), "又一次").await.unwrap();
    let seen = lexicon::show_change(app, one, again, None, None, 0, 20).await.unwrap();
    assert_eq!((seen.added, seen.changed), (0, 0), "what is there already is no change");
    assert!(matches!(lexicon::submit(app, one, again).await.unwrap_err(), AppError::Conflict(_)));
    lexicon::withdraw(app, one, again).await.unwrap();
    let empty = lexicon::import_file(app, one, id, "空.txt", b"", "原因").await.unwrap_err();
    assert!(matches!(empty, AppError::Invalid(_)), "{empty}");
}

#[db_test]
async fn two_confirmations_at_once_make_one_version(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let app = &test.app;
    let three = test.person("qu.san", Duty::Supervisor, root).await;
    let id = pack(app, one, root, "wording").await;
    let change = lexicon::propose(app, one, &PackRef::Stored(id), &add("示例新词")).await.unwrap();
    let (first, second) = tokio::join!(
        lexicon::decide(app, two, change, Verdict::Confirm, ""),
        lexicon::decide(app, &three, change, Verdict::Confirm, "")
    );
    assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
    let shown = lexicon::show(app, one, &PackRef::Stored(id), false, None, 0, 20).await.unwrap();
    assert!(shown.total == 1 && shown.row.version.ends_with(".1"), "{shown:?}");
    assert_eq!(events(app, "lexicon.decide").await.len(), 1);
}

#[db_test]
async fn a_word_that_was_changed_meanwhile_is_not_confirmed_as_it_was_seen(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let app = &test.app;
    let id = pack(app, one, root, "wording").await;
    let which = PackRef::Stored(id);
    let first = lexicon::propose(app, one, &which, &add("示例新词")).await.unwrap();
    let milder = NewEntry { severity: Some("hint".into()), ..add("示例新词") };
    let second = lexicon::propose(app, two, &which, &milder).await.unwrap();
    let (a, b) = tokio::join!(
        lexicon::decide(app, two, first, Verdict::Confirm, ""),
        lexicon::decide(app, one, second, Verdict::Confirm, "")
    );
    assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
    let late = a.err().or(b.err()).unwrap();
    assert!(matches!(&late, AppError::Conflict(text) if text.contains("示例新词")), "{late}");
    let open = lexicon::changes(app, one, Some(id), Some(LexiconChangeState::Proposed), 0, 20).await.unwrap().1;
    assert_eq!(open, 1, "the late one waits to be refused");
}

#[db_test]
async fn the_region_switches_entries_that_ship_off_by_two_persons(db: TestDb) {
    let Region { test, root, league, one, two, local, .. } = &region(db).await;
    let app = &test.app;
    let starter = screen::lexicon::builtin()
        .iter()
        .find(|pack| pack.entries.iter().any(|entry| entry.valid_from.is_none() && entry.allow.is_empty()))
        .unwrap();
    let entry = starter
        .entries
        .iter()
        .find(|entry| entry.valid_from.is_none() && entry.valid_until.is_none() && entry.allow.is_empty())
        .unwrap();
    let prefix = format!("lexicon.{}.", starter.id);
    let count = async || {
        let engine = lexicon::engine_of(app, &app.store.read(), league.id).await.unwrap();
        let subject = Subject::new(ResourceKind::Article, "示例", format!("<p>{}</p>", entry.word), app.now());
        engine.screen(&subject).findings.iter().filter(|one| one.rule_id.starts_with(&prefix)).count()
    };
    let before = count().await;
    assert!(before > 0, "{}", entry.word);
    let which = PackRef::Starter(starter.id.clone());
    assert!(forbidden(&lexicon::propose(app, local, &which, &withdraw(&entry.word)).await.unwrap_err()));
    let unknown = lexicon::propose(app, one, &which, &withdraw("没有这个词语")).await.unwrap_err();
    assert!(matches!(unknown, AppError::Invalid(_)), "{unknown}");
    let graver = NewEntry { action: "change".into(), severity: Some("block".into()), ..add(&entry.word) };
    if entry.severity.unwrap_or(starter.severity) != screen::Severity::Block {
        let error = lexicon::propose(app, one, &which, &graver).await.unwrap_err();
        assert!(matches!(error, AppError::Invalid(_)), "{error}");
    }
    let change = lexicon::propose(app, one, &which, &withdraw(&entry.word)).await.unwrap();
    assert_eq!(count().await, before);
    let tried = lexicon::try_out(app, two, change, &format!("这里写着{}。", entry.word)).await.unwrap();
    assert!(!tried.gone.is_empty(), "{tried:?}");
    lexicon::decide(app, two, change, Verdict::Confirm, "").await.unwrap();
    assert_eq!(count().await, before - 1);
    let _ = root;
}

#[db_test]
async fn an_office_cannot_approve_its_own_sources(db: TestDb) {
    let Region { test, root, league, local, one, .. } = &region(db).await;
    for category in ["source", "map"] {
        let own = NewPack { category: category.into(), unit: league.id.to_string(), ..new_pack() };
        let refused = lexicon::create(&test.app, local, &own).await.unwrap_err();
        assert!(matches!(&refused, AppError::Invalid(all) if all[0].message.contains("自治区统一维护")), "{refused:?}");
        pack(&test.app, one, root, category).await;
    }
}

#[db_test]
async fn correcting_a_pack_that_ships_leaves_unconfirmed_sources_unconfirmed(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let starter = PackRef::Starter("common-errors".into());
    let word =
        screen::lexicon::builtin().iter().find(|pack| pack.id == "common-errors").unwrap().entries[0].word.clone();
    let id = lexicon::propose(&test.app, one, &starter, &withdraw(&word)).await.unwrap();
    lexicon::decide(&test.app, two, id, Verdict::Confirm, "").await.unwrap();
    let engine = lexicon::engine_of(&test.app, &test.app.store.read(), root.id).await.unwrap();
    assert!(!engine.lists().sources_confirmed, "the list that ships rests on unconfirmed facts and may only warn");
    assert_eq!(engine.lists().approved_sources, test.app.screen.lists().approved_sources);
}

#[db_test]
async fn sensitive_words_are_masked_and_looking_is_recorded(db: TestDb) {
    let Region { test, root, one, two, .. } = &region(db).await;
    let app = &test.app;
    let id = pack(app, one, root, "sensitive").await;
    let change = agree(app, one, two, id, &add("示例敏感词")).await;
    let shown = lexicon::show(app, one, &PackRef::Stored(id), false, None, 0, 20).await.unwrap();
    assert_eq!(shown.words[0].word, "示＊＊＊＊");
    let item = lexicon::show_change(app, one, change, None, None, 0, 20).await.unwrap();
    assert_eq!(item.items[0].word, "示＊＊＊＊");
    assert!(events(app, "lexicon.reveal").await.is_empty());
    let revealed = lexicon::reveal_entry(app, one, id, &shown.words[0].key).await.unwrap();
    assert_eq!(revealed.entry.word, "示例敏感词");
    assert_eq!(lexicon::reveal_changes(app, two, change, 0, 20).await.unwrap().items[0].word, "示例敏感词");
    let looked = events(app, "lexicon.reveal").await;
    assert_eq!(looked.len(), 2);
    assert!(looked.iter().all(|event| !format!("{event:?}").contains("示例敏感词")), "{looked:?}");
}
