//! Properties that hold for any text whatever, well formed or not.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use domain::{resource::ResourceKind, time::parse_beijing};
use proptest::prelude::*;
use screen::{
    AttachmentText, Category, CharRange, Engine, Field, Highlight, Severity, Subject, highlight, highlight_text,
    mask_subject, plain_text,
};

/// Scraps that together make tags, entities, numbers and dates, and their broken halves.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        4 => prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<td>", "</td>", "<table>", "<tr>", "<br>", "<", ">", "</", "<!--", "-->", "<!", "<?",
            "<pre>", "</pre>", "<textarea>", "</textarea>", "<script>", "</script>", "<span style='display:none'>", "</span>",
            "<a title=\"", "'", "\"", "=", "/", "&amp;", "&#49;", "&nbsp;", "&", "#", ";", "&#x", "《", "》", "（", "）", "[", "]",
            "〔", "〕", "2021", "２０２１", "号", "第", "年", "月", "日", "30", "138", "0000", "62", "1111", "X", " ", "\n", "\t",
            "\u{200B}", "\u{3000}", "-", "字", "农历", "二〇二一", "三十一", "六", "<plaintext>", "<title>", "</title>", "<mark>",
            "@", "a.b@example.com", "ｚ＠example．com", "蒙A", "蒙A00000", "D12345", "警", "示例小区", "3号楼", "2单元501室", "住址：", "护照",
            "E00000000", "<a href='http://127.0.0.1/'>", "<a href='//g0v.cn'>", "</a>", "<img src=x alt='地图'>", "http://www.gоv.cn/", "www.",
            "审图号：GS(2019)1", "星期六", "至", "一、", "（一）", "1.", "第三条 ", "“", "”", "【", "《合同法》", "《中华人民共和国政府信息公开条列》",
            "（示政发〔2021〕12号）", "21年3月5日", "二○二一年", "〈", "〉", "mailto:", "<a href=\"mailto:a@example.com\">",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9]{1,20}",
    ];
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

/// Made once: the tests are many.
fn engine() -> &'static Engine {
    static ENGINE: std::sync::LazyLock<Engine> = std::sync::LazyLock::new(Engine::standard);
    &ENGINE
}

fn subject(title: String, body: String, attachment: String) -> Subject {
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let mut subject = Subject::new(ResourceKind::Policy, title, body, now);
    subject.elements.summary = Some(subject.title.clone());
    subject.elements.document_number = Some(attachment.clone());
    subject.attachments = vec![AttachmentText { name: "附件".to_owned(), text: attachment }];
    subject
}

/// Checks whose findings show the words in question unchanged.
const SHOWN_AS_THEY_ARE: &[&str] = &[
    "book_title_marks",
    "cited_document",
    "contradicting_date",
    "document_number",
    "impossible_date",
    "map",
    "number_style",
    "paired_marks",
    "structure_levels",
];

/// The text that a finding's range counts in.
fn field_text(subject: &Subject, field: Field) -> String {
    match field {
        Field::Title => subject.title.clone(),
        Field::Summary => subject.elements.summary.clone().unwrap(),
        Field::Body => plain_text(&subject.body_html).text,
        Field::Concealed => plain_text(&subject.body_html).concealed,
        Field::Attachment(index) => subject.attachments[index].text.clone(),
        other => panic!("{other} has no text to point into"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn screening_any_text_ends_with_ranges_inside_their_fields(title in scraps(), body in scraps(), attachment in scraps()) {
        let subject = subject(title, body, attachment);
        let report = engine().screen(&subject);
        for finding in &report.findings {
            prop_assert!(!finding.message.is_empty() && finding.fingerprint().len() == 32);
            if let Some(range) = finding.range {
                let length = field_text(&subject, finding.field).chars().count();
                prop_assert!(range.start < range.end && range.end <= length, "{finding:?} of {length}");
                let text = field_text(&subject, finding.field);
                let words: String = text.chars().skip(range.start).take((range.end - range.start).min(60)).collect();
                if SHOWN_AS_THEY_ARE.contains(&finding.check.as_str()) {
                    prop_assert!(finding.excerpt.contains(&words.replace(['\n', '\t'], " ")), "{finding:?} at {words}");
                }
            }
        }
        let mut prints: Vec<_> = report.findings.iter().map(|finding| &finding.fingerprint).collect();
        prints.sort();
        prints.dedup();
        prop_assert_eq!(prints.len(), report.findings.len());
        prop_assert_eq!(engine().screen(&subject), report);
    }

    #[test]
    fn masking_any_text_leaves_no_personal_data_and_no_markup_changed(title in scraps(), body in scraps(), attachment in scraps()) {
        let subject = subject(title, body, attachment);
        let engine = engine();
        let masked = mask_subject(&subject, &engine.screen(&subject));
        let mut again = subject.clone();
        again.title = masked.title;
        again.body_html = masked.body_html;
        again.elements = masked.elements;
        for file in &masked.attachments {
            again.attachments[file.index].text = file.text.clone();
        }
        let left: Vec<_> = engine.screen(&again).findings.into_iter()
            .filter(|finding| finding.category == Category::Privacy && finding.severity != Severity::Hint).collect();
        prop_assert!(left.is_empty(), "{left:?} of {:?}", again.body_html);
        let tags = |html: &str| html.matches('<').count();
        prop_assert_eq!(tags(&again.body_html), tags(&subject.body_html));
    }

    #[test]
    fn highlighting_keeps_the_plain_text(body in scraps(), cuts in prop::collection::vec((0usize..120, 0usize..40), 0..6)) {
        let places: Vec<Highlight<'_>> = cuts.iter().map(|(start, length)| Highlight {
            range: CharRange { start: *start, end: start + length },
            finding: "f",
            severity: Severity::Warn,
        }).collect();
        let marked = highlight(&body, &places);
        prop_assert_eq!(plain_text(&marked).text, plain_text(&body).text);
        prop_assert_eq!(marked.matches("<mark class=").count(), marked.matches("</mark>").count() - body.matches("</mark>").count());
        let marked = highlight_text(&body, &places);
        let shown: String = plain_text(&format!("<pre>{marked}</pre>")).text;
        prop_assert_eq!(shown.strip_suffix('\n').unwrap_or(&shown), body.strip_suffix('\n').unwrap_or(&body));
    }

    #[test]
    fn every_marked_character_is_in_a_place_and_every_visible_place_is_marked(body in scraps(), start in 0usize..60, length in 1usize..30) {
        let place = Highlight { range: CharRange { start, end: start + length }, finding: "f", severity: Severity::Hint };
        // Wrapping marks in an invisible style lets the scanner itself say what lies inside them.
        let marked = highlight(&body, &[place]).replace("<mark class=", "<mark hidden class=");
        let before = plain_text(&body);
        let after = plain_text(&marked);
        prop_assert_eq!(&after.text, &before.text);
        if before.hidden.is_empty() && !body.contains("<mark") {
            for range in &after.hidden {
                let from = after.text[..range.start].chars().count();
                let to = after.text[..range.end].chars().count();
                prop_assert!(start <= from && to <= start + length);
            }
        }
    }
}
