//! Lexicons through the engine: what is found, where, what it says, and that nobody gets around it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{resource::ResourceKind, time::parse_beijing};
use proptest::prelude::*;
use screen::{
    AttachmentText, Category, Engine, Field, Finding, Severity, Subject,
    lexicon::{Entry, Lexicon, Pack, find, fold::Folded, import, usable},
    plain_text,
};

fn pack(id: &str, entries: Vec<Entry>) -> Pack {
    Pack {
        id: id.to_owned(),
        name: "示例词库".to_owned(),
        version: "1".to_owned(),
        category: Category::Sensitive,
        severity: Severity::Block,
        message: "“{word}”不得使用。".to_owned(),
        source: "示例".to_owned(),
        allow: Vec::new(),
        entries,
    }
}

fn engine(packs: &[Pack]) -> Engine {
    Engine::with_checks(Vec::new()).with_layer(packs).unwrap()
}

fn subject(body: &str) -> Subject {
    Subject::new(ResourceKind::Article, "标题", body, parse_beijing("2026-11-20 10:00").unwrap())
}

fn findings(engine: &Engine, subject: &Subject) -> Vec<Finding> {
    engine.screen(subject).findings
}

/// What the body says at each finding.
fn quoted(engine: &Engine, body: &str) -> Vec<String> {
    let text: Vec<char> = plain_text(body).text.chars().collect();
    let found = findings(engine, &subject(body));
    found.iter().map(|one| one.range.unwrap()).map(|range| text[range.start..range.end].iter().collect()).collect()
}

#[test]
fn a_word_is_found_in_all_its_disguises_and_quoted_as_written() {
    let engine = engine(&[pack("p", vec![Entry::new("违禁示例"), Entry::new("badword")])]);
    for written in [
        "违禁示例",
        "違禁示例",
        "违\u{200B}禁\u{FEFF}示例",
        "违*禁*示*例",
        "违 禁 示 例",
        "违禁\u{301}示例",
        "badword",
        "ＢａｄＷｏｒｄ",
        "b.a.d.w.o.r.d",
        "bаdwоrd",
        "badw0rd",
        "𝐛𝐚𝐝𝐰𝐨𝐫𝐝",
    ] {
        assert_eq!(quoted(&engine, &format!("<p>前文，{written}，后文</p>")), [written], "{written}");
    }
    for other in ["违禁的示例", "违禁。示例", "<td>违禁</td><td>示例</td>", "sbadwords", "bad word"] {
        assert_eq!(quoted(&engine, other), [] as [&str; 0], "{other}");
    }
}

#[test]
fn a_finding_tells_word_reason_suggestion_rule_and_pack() {
    let entry = Entry {
        suggestion: Some("合规示例".to_owned()),
        severity: Some(Severity::Warn),
        source: Some("示例规定第一条".to_owned()),
        ..Entry::new("违禁示例")
    };
    let key = entry.key();
    let found = findings(&engine(&[pack("p-1", vec![entry])]), &subject("<p>违禁示例</p>"));
    let one = &found[0];
    assert_eq!((one.severity, one.category, one.check.as_str()), (Severity::Warn, Category::Sensitive, "lexicon"));
    assert_eq!(one.message, "“违禁示例”不得使用。");
    assert_eq!(one.suggestion.as_deref(), Some("合规示例"));
    assert_eq!((one.rule_id.as_str(), one.pack_version.as_str()), (format!("lexicon.p-1.{key}").as_str(), "p-1-1"));
    assert_eq!(one.basis, "示例规定第一条");
    assert!(!one.rule_id.contains("违禁"));
}

#[test]
fn words_are_looked_for_in_everything_that_travels_with_the_page() {
    let engine = engine(&[pack("p", vec![Entry::new("违禁示例")])]);
    let mut subject = subject("<p>正文<img alt='违禁示例'><!-- 违禁示例 --></p>");
    subject.title = "违禁示例".to_owned();
    subject.attachments = vec![AttachmentText { name: "表.txt".to_owned(), text: "甲\t违禁\n示例".to_owned() }];
    let fields: Vec<Field> = findings(&engine, &subject).iter().map(|one| one.field).collect();
    assert_eq!(fields, [Field::Title, Field::Concealed, Field::Concealed, Field::Attachment(0)]);
}

#[test]
fn a_word_holds_from_its_first_day_to_its_last() {
    let entry = Entry {
        valid_from: Some("2026-11-20".parse().unwrap()),
        valid_until: Some("2026-11-21".parse().unwrap()),
        ..Entry::new("违禁示例")
    };
    let engine = engine(&[pack("p", vec![entry])]);
    for (now, hits) in
        [("2026-11-19 23:59", 0), ("2026-11-20 00:00", 1), ("2026-11-21 23:59", 1), ("2026-11-22 00:00", 0)]
    {
        let mut subject = subject("<p>违禁示例</p>");
        subject.now = parse_beijing(now).unwrap();
        assert_eq!(findings(&engine, &subject).len(), hits, "{now}");
    }
}

#[test]
fn the_longest_allowed_word_wins_within_its_level_and_below_but_never_above() {
    let word = || pack("upper", vec![Entry { allow: vec!["工人日报".to_owned()], ..Entry::new("工人") }]);
    let mut allowing = pack("lower", Vec::new());
    allowing.allow = vec!["职工人数".to_owned()];
    let one_level = engine(&[word(), allowing.clone()]);
    assert_eq!(quoted(&one_level, "职工人数，工人日报，工人"), ["工人"]);
    let two_levels = engine(&[word()]).with_layer(&[allowing.clone()]).unwrap();
    assert_eq!(quoted(&two_levels, "职工人数，工人"), ["工人", "工人"]);
    let below = engine(&[allowing]).with_layer(&[word()]).unwrap();
    assert_eq!(quoted(&below, "职工人数，工人"), ["工人"]);
}

#[test]
fn a_word_looked_for_by_sound_is_found_in_letters_and_other_characters_but_never_stops_a_text() {
    let engine = engine(&[pack("p", vec![Entry { pinyin: true, ..Entry::new("违禁示例") }])]);
    for written in ["weijinshili", "Wei Jin Shi Li", "为紧事理", "违jin示li", "wei禁示例"] {
        let found = findings(&engine, &subject(&format!("<p>前，{written}。</p>")));
        assert_eq!(found.len(), 1, "{written}");
        assert_eq!(found[0].severity, Severity::Warn, "{written}");
        assert!(found[0].message.contains("读音"), "{written}");
    }
    assert_eq!(findings(&engine, &subject("<p>违禁示例</p>"))[0].severity, Severity::Block);
    assert!(findings(&engine, &subject("<p>weijinshilian weijin shi，li</p>")).is_empty());
}

#[test]
fn equal_words_of_several_packs_are_reported_once_and_always_by_the_same() {
    let first = pack("first", vec![Entry::new("违禁示例")]);
    let second = pack("second", vec![Entry::new("违禁示例"), Entry::new("示例词")]);
    for _ in 0..5 {
        let found = findings(&engine(&[first.clone(), second.clone()]), &subject("违禁示例词"));
        assert_eq!(found.len(), 1);
        assert!(found[0].rule_id.starts_with("lexicon.first."));
    }
}

#[test]
fn unusable_entries_are_refused_with_their_reason() {
    let broken = pack("p", vec![Entry::new(""), Entry::new("*"), Entry::new("长".repeat(65))]);
    let problems = engine_error(&broken);
    assert_eq!(problems.len(), 3);
    assert!(problems.iter().all(|problem| problem.starts_with("词库“示例词库”：")));
}

fn engine_error(pack: &Pack) -> Vec<String> {
    Engine::standard().with_layer(std::slice::from_ref(pack)).err().unwrap()
}

#[test]
fn hostile_texts_take_linear_time() {
    let mut entries: Vec<Entry> = (1..60).map(|length| Entry::new("甲".repeat(length + 1))).collect();
    entries.push(Entry { pinyin: true, ..Entry::new("违禁示例") });
    let engine = Engine::standard().with_layer(&[pack("p", entries)]).unwrap();
    let bytes = if cfg!(debug_assertions) { 50_000 } else { 1_250_000 };
    for scrap in [
        "甲",
        "甲*",
        "违\u{301}\u{301}\u{301}",
        "\u{200B}",
        "a",
        "违禁",
        "<b>",
        "《",
        "weijin",
        "&#x7532;",
        "1",
        "〔2021〕",
    ] {
        let once = time(&engine, scrap, bytes);
        let four_times = time(&engine, scrap, 4 * bytes);
        // Four times the text may take six times as long on a busy machine, sixteen times it must not.
        let limit = once * 10 + Duration::from_millis(300);
        assert!(four_times < limit, "{scrap:?}: {once:?} → {four_times:?}");
    }
}

fn time(engine: &Engine, scrap: &str, bytes: usize) -> Duration {
    let subject = subject(&scrap.repeat(bytes / scrap.len()));
    let started = Instant::now();
    engine.screen(&subject);
    started.elapsed()
}

#[test]
fn every_noisy_public_list_can_be_loaded() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ZHENGTONG_DATA").map_or(beside, PathBuf::from).join("04-screening/sensitive");
    if !folder.is_dir() {
        println!("SKIPPED: no lists at {} (set ZHENGTONG_DATA)", folder.display());
        return;
    }
    let mut packs = Vec::new();
    for (number, file) in fs::read_dir(folder).unwrap().enumerate() {
        let path = file.unwrap().path();
        let imported = import(&fs::read(&path).unwrap(), None, false).unwrap();
        let lines = fs::read_to_string(&path).unwrap().lines().filter(|line| !line.trim().is_empty()).count();
        println!(
            "{number}: {lines} lines, {} words, {} repeated, {} rejected",
            imported.entries.len(),
            imported.repeated,
            imported.rejected.len()
        );
        assert!(!imported.entries.is_empty(), "{}", path.display());
        assert!(imported.rejected.len() * 50 <= lines, "too many rejected lines");
        packs.push(pack(&format!("list-{number}"), imported.entries));
    }
    let started = Instant::now();
    let count: usize = packs.iter().map(|pack| pack.entries.len()).sum();
    let level = Arc::new(Lexicon::compile(packs.iter().cloned().map(Arc::new).collect()).unwrap());
    println!("{count} words compiled in {:?}, {} bytes", started.elapsed(), level.size());
    // Every word is found in a text that consists of it.
    let day = "2026-11-20".parse().unwrap();
    for entry in packs.iter().flat_map(|pack| &pack.entries) {
        let found = find(std::slice::from_ref(&level), &entry.word, &Folded::of(&entry.word), day, false);
        assert!(!found.is_empty(), "a word of the list is not found in itself");
    }
}

proptest! {
    #[test]
    fn the_range_of_a_finding_always_quotes_the_word(
        before in "\\PC{0,12}", after in "\\PC{0,12}", word in "[\u{4E00}-\u{4E20}]{2,6}", filler in "[\u{200B}\u{FEFF}\u{301}]{0,2}",
    ) {
        let level = Arc::new(Lexicon::compile(vec![Arc::new(pack("p", vec![Entry::new(&word)]))]).unwrap());
        let written: String = word.chars().map(|c| format!("{c}{filler}")).collect();
        let text = format!("{before}，{written}，{after}");
        let day = "2026-11-20".parse().unwrap();
        let found = find(std::slice::from_ref(&level), &text, &Folded::of(&text), day, false);
        let place = before.len() + '，'.len_utf8();
        prop_assert!(found.iter().any(|one| one.bytes.start == place));
        for one in &found {
            let quoted = &text[one.bytes.clone()];
            prop_assert_eq!(&Folded::of(quoted).text, &Folded::of(&word).text);
        }
    }

    #[test]
    fn any_text_with_any_words_gives_places_on_character_borders(
        text in "\\PC{0,80}", words in prop::collection::vec("\\PC{1,5}", 1..6), sound in any::<bool>(),
    ) {
        let entries: Vec<Entry> = words
            .iter()
            .filter(|word| usable(word).is_ok())
            .map(|word| Entry { pinyin: sound, ..Entry::new(word) })
            .collect();
        let level = Arc::new(Lexicon::compile(vec![Arc::new(pack("p", entries))]).unwrap());
        let day = "2026-11-20".parse().unwrap();
        let mut end = 0;
        for one in find(std::slice::from_ref(&level), &text, &Folded::of(&text), day, true) {
            prop_assert!(text.get(one.bytes.clone()).is_some_and(|quoted| !quoted.is_empty()));
            prop_assert!(one.bytes.start >= end);
            end = one.bytes.end;
        }
    }
}
