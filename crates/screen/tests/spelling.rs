//! The spelling check on sentences written for it, and on any text whatever.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::time::{Duration, Instant};

use domain::{resource::ResourceKind, time::parse_beijing};
use proptest::prelude::*;
use screen::{
    Category, Engine, Field, Finding, Severity, Subject,
    evaluation::{Evaluator, is_spelling, screen_body, screen_sentence},
    spelling::{Model, Speller},
};

/// The text with every best suggestion put in.
fn put_right(text: &str) -> String {
    let mut made = text.to_owned();
    for misspelling in Speller::standard().check(text).into_iter().rev() {
        made.replace_range(misspelling.bytes, &misspelling.suggestions[0]);
    }
    made
}

#[test]
fn characters_that_sound_or_look_alike_are_put_right() {
    for (written, meant) in [
        ("市人民政府决定加强安全生产监督管里工作。", "市人民政府决定加强安全生产监督管理工作。"),
        ("各部门要按照职责分工认真落实各项错施。", "各部门要按照职责分工认真落实各项措施。"),
        (
            "全面推进依法行政，建设法治政府，严格规范公正文明执法，依法追究法律责仁。",
            "全面推进依法行政，建设法治政府，严格规范公正文明执法，依法追究法律责任。",
        ),
        (
            "旗县级人民攻府应当加强对本行政区域内草原保护工作的领导。",
            "旗县级人民政府应当加强对本行政区域内草原保护工作的领导。",
        ),
        ("推动经济社会持绪健康发展。", "推动经济社会持续健康发展。"),
    ] {
        assert_eq!(put_right(written), meant);
    }
}

#[test]
fn sound_sentences_are_left_alone() {
    for sentence in [
        "自治区人民政府办公厅关于做好今年草原防火工作的通知",
        "各盟行政公署、市人民政府，自治区各委、办、厅、局，各大企业、事业单位：",
        "请于2026年11月30日前将落实情况报送自治区人民政府办公厅。",
        "牧民群众可以到苏木便民服务中心办理医疗保险登记。",
        "ABC 123 — ？！",
        "",
    ] {
        assert_eq!(Speller::standard().check(sentence), [], "{sentence}");
    }
}

fn screened(body: &str) -> Vec<Finding> {
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let mut subject = Subject::new(ResourceKind::Article, "关于加强安全生产监督管里工作的通知", body, now);
    subject.imported = true;
    let mut findings = Engine::standard().screen(&subject).findings;
    findings.retain(|finding| finding.check == "spelling");
    findings
}

#[test]
fn a_finding_shows_the_words_and_what_to_put_there() {
    let findings = screened("<p>各部门要按照职责分工，切实加强<b>安全</b>生产监督管里工作。</p><!-- 监督管里 -->");
    let body: Vec<&Finding> = findings.iter().filter(|finding| finding.field == Field::Body).collect();
    assert_eq!(body.len(), 1, "{findings:?}");
    assert!(findings.iter().any(|finding| finding.field == Field::Title));
    assert!(findings.iter().all(|finding| finding.field != Field::Concealed));
    let finding = body[0];
    assert_eq!((finding.category, finding.rule_id.as_str()), (Category::Spelling, "spelling.confusion"));
    assert_eq!(finding.suggestion.as_deref(), Some("理"));
    assert!(finding.message.contains("管里工作") && finding.message.contains("管理工作"), "{}", finding.message);
    assert!(finding.severity >= Severity::Warn);
}

#[test]
fn a_damaged_model_is_refused_with_a_reason() {
    let whole = include_bytes!("../model/spelling.bin");
    assert!(Model::from_bytes(whole).is_ok());
    for broken in [&whole[..0], &whole[..20], &whole[..whole.len() - 1]] {
        let message = Model::from_bytes(broken).unwrap_err().to_string();
        assert!(message.contains("重新生成"), "{message}");
    }
    let mut changed = whole.to_vec();
    changed[1000] ^= 1;
    assert!(Model::from_bytes(&changed).is_err());
}

#[test]
fn measuring_counts_what_was_found_and_put_right() {
    let engine = Engine::standard();
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let sentence = |text: &str| screen_sentence(&engine, text, now);
    let body = |text: &str| screen_body(&engine, text, now);
    let mut evaluator = Evaluator::new(&sentence, &body, &is_spelling);
    evaluator
        .add_line(r#"{"src":"切实加强安全生产监督管里工作。","tgt":"切实加强安全生产监督管理工作。","edits":[[11,"里","理"]]}"#)
        .unwrap();
    evaluator.add_line(r#"{"src":"各部门要认真落实。","tgt":"各部门要认真落实。","edits":[]}"#).unwrap();
    evaluator.add_line(r#"{"body":"请各部门认真抓好落实。"}"#).unwrap();
    evaluator.add_line("").unwrap();
    for bad in ["不是JSON", "{}", r#"{"src":"甲"}"#, r#"{"src":"甲","tgt":"乙","edits":[[3,"甲","乙"]]}"#] {
        assert!(evaluator.add_line(bad).is_err(), "{bad}");
    }
    let evaluation = evaluator.evaluation();
    assert_eq!((evaluation.sentences, evaluation.documents.documents), (2, 1));
    let all = evaluation.all;
    for score in [all.sentence_detection, all.sentence_correction, all.character_detection, all.character_correction] {
        assert_eq!((score.right, score.reported, score.expected), (1, 1, 1));
    }
    let table = evaluation.to_string();
    assert!(table.contains("2句") && table.contains("每万字0.00处"), "{table}");
    assert!(serde_json::to_value(evaluation).unwrap()["all"]["sentence_detection"]["right"] == 1);
}

/// Text made of characters that official prose uses, in no order.
fn jumble() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select("的国政府人民中在和有关部门应当管里措施，。、；《》（）\n 　１2aB\u{200B}𠀀菓冢".chars().collect::<Vec<_>>())
            .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn places_are_in_order_inside_the_text_and_at_characters(text in jumble()) {
        let mut last = 0;
        for misspelling in Speller::standard().check(&text) {
            prop_assert!(misspelling.bytes.start >= last && misspelling.bytes.end <= text.len());
            prop_assert!(misspelling.bytes.start < misspelling.bytes.end);
            prop_assert!(text.get(misspelling.bytes.clone()).is_some());
            prop_assert!(!misspelling.suggestions.is_empty() && (0.0..=1.0).contains(&misspelling.confidence));
            last = misspelling.bytes.end;
        }
    }

    #[test]
    fn any_bytes_that_are_no_model_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Model::from_bytes(&bytes).is_err());
        let mut marked = b"ZTSPELL1".to_vec();
        marked.extend(bytes);
        prop_assert!(Model::from_bytes(&marked).is_err());
    }
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let unit: String = ('\u{4E00}'..'\u{9000}').step_by(7).collect();
    let measure = |times: usize| {
        let text = unit.repeat(times);
        let started = Instant::now();
        Speller::standard().check(&text);
        started.elapsed()
    };
    measure(1);
    let (short, long) = (measure(2), measure(16));
    assert!(long < short * 8 * 4 + Duration::from_millis(200), "{short:?} for 2, {long:?} for 16");
}
