//! What the standard engine reports, and what it leaves alone. All numbers are built here, none is written out.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use domain::{
    element::Elements, identifier::personal_id::check_character, resource::ResourceKind, time::parse_beijing,
};
use screen::{AttachmentText, Engine, Field, Finding, Severity, Subject};

fn article(body: &str) -> Subject {
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let mut subject = Subject::new(ResourceKind::Article, "示例市召开春季防火工作会议", body, now);
    subject.elements.source = Some("示例市人民政府办公室".to_owned());
    subject
}

fn policy(title: &str) -> Subject {
    let mut subject = article("<p>各旗县区人民政府：</p>");
    subject.kind = ResourceKind::Policy;
    subject.title = title.to_owned();
    subject.elements = Elements {
        issuer: Some("示例市人民政府".to_owned()),
        document_number: Some("示政发〔2026〕12号".to_owned()),
        written_on: Some(jiff::civil::date(2026, 11, 18)),
        ..subject.elements
    };
    subject
}

fn screen(subject: &Subject) -> Vec<Finding> {
    Engine::standard().screen(subject).findings
}

fn found(subject: &Subject) -> Vec<(String, Severity, Field)> {
    screen(subject).into_iter().map(|finding| (finding.check, finding.severity, finding.field)).collect()
}

/// Division 159999 was never given out.
fn personal_id() -> String {
    let head = "15999919900307123";
    format!("{head}{}", check_character(head).unwrap())
}

fn mobile() -> String {
    format!("159{}", "0".repeat(8))
}

/// A number of `length` digits with a true Luhn digit.
fn bank_card(head: &str, length: usize) -> String {
    let mut digits: String = head.chars().chain("123456789".chars().cycle()).take(length - 1).collect();
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(place, c)| {
            let digit = c.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    digits.push(char::from_digit((10 - sum % 10) % 10, 10).unwrap());
    digits
}

#[test]
fn a_clean_article_and_a_clean_policy_have_no_findings() {
    assert_eq!(found(&article("<p>会议于11月18日召开，学习了《示例办法》（示政发〔2026〕3号）。</p>")), []);
    assert_eq!(found(&policy("示例市人民政府关于做好春季防火工作的通知")), []);
}

#[test]
fn an_empty_draft_lacks_title_body_and_source() {
    let mut subject = article(" <p>&nbsp;</p> ");
    subject.title = " ".to_owned();
    subject.elements.source = None;
    let check = "missing_elements".to_owned();
    assert_eq!(
        found(&subject),
        [Field::Title, Field::Body, Field::Source].map(|field| (check.clone(), Severity::Block, field))
    );
}

#[test]
fn a_policy_without_its_elements_is_pointed_out() {
    let mut subject = policy("示例市人民政府关于做好春季防火工作的通知");
    subject.elements = Elements { source: subject.elements.source, ..Elements::default() };
    let fields: Vec<Field> = found(&subject).into_iter().map(|(.., field)| field).collect();
    assert_eq!(fields, [Field::DocumentNumber, Field::Issuer, Field::WrittenOn]);
}

#[test]
fn id_numbers_block_wherever_they_hide() {
    let id = personal_id();
    let (head, tail) = id.split_at(9);
    for (body, field) in [
        (format!("<p>当事人身份证号{id}。</p>"), Field::Body),
        (format!("<p>号码<b>{head}</b><i>{tail}</i></p>"), Field::Body),
        (format!("<table><tr><td>甲</td><td>{id}</td></tr></table>"), Field::Body),
        (format!("<p><span style='display:none'>{id}</span>正文</p>"), Field::Body),
        (format!("<p>正文<!-- {id} --></p>"), Field::Concealed),
        (format!("<p>正文<img alt='{id}' src='a.png'></p>"), Field::Concealed),
        (format!("<p>&#{};{}</p>", u32::from(id.chars().next().unwrap()), &id[1..]), Field::Body),
    ] {
        assert_eq!(found(&article(&body)), [("personal_id".to_owned(), Severity::Block, field)], "{body}");
    }
}

#[test]
fn an_id_number_in_a_title_or_an_attachment_blocks_too() {
    let mut subject = article("<p>公示名单见附件。</p>");
    subject.attachments = vec![AttachmentText {
        name: "名单.xlsx".to_owned(),
        text: format!("姓名\t证号\n甲\t{}", personal_id()),
    }];
    assert_eq!(found(&subject), [("personal_id".to_owned(), Severity::Block, Field::Attachment(0))]);
    let mut subject = article("<p>正文</p>");
    subject.title = format!("关于{}的公示", personal_id());
    assert_eq!(found(&subject), [("personal_id".to_owned(), Severity::Block, Field::Title)]);
}

#[test]
fn personal_data_never_stands_in_a_finding() {
    let (id, mobile, card) = (personal_id(), mobile(), bank_card("62", 19));
    let findings = screen(&article(&format!("<p>{id}</p><p>《{mobile}</p><p>{card}</p>")));
    assert_eq!(findings.len(), 4);
    let json = serde_json::to_string(&findings).unwrap();
    for number in [id, mobile, card] {
        assert!(!json.contains(&number) && !json.contains(&number[..number.len() - 3]));
    }
}

#[test]
fn a_mobile_number_is_a_warning_and_a_service_line_a_hint() {
    let number = mobile();
    for (body, severity) in [
        (format!("<p>联系人：张某，{number}</p>"), Severity::Warn),
        (format!("<p>咨询电话：{number}</p>"), Severity::Hint),
        (format!("<p>24小时服务热线 {number}</p>"), Severity::Hint),
    ] {
        assert_eq!(found(&article(&body)), [("mobile".to_owned(), severity, Field::Body)], "{body}");
    }
    for body in
        ["<p>热线12345，0471-6600000，400-000-0000</p>", "<p>投资13800000000元</p>", "<p>content_13800000000.htm</p>"]
    {
        assert_eq!(found(&article(body)), [], "{body}");
    }
}

#[test]
fn bank_cards_block_and_other_long_numbers_do_not() {
    let card = bank_card("62", 19);
    let spaced = format!("{} {} {} {} {}", &card[..4], &card[4..8], &card[8..12], &card[12..16], &card[16..]);
    for body in
        [format!("<p>卡号{card}</p>"), format!("<p>卡号 {spaced}。</p>"), format!("<td>{}</td>", bank_card("4", 16))]
    {
        assert_eq!(found(&article(&body)), [("bank_card".to_owned(), Severity::Block, Field::Body)], "{body}");
    }
    for body in [
        format!("<p>订单号：{card}</p>"),
        format!("<p>项目编号{card}</p>"),
        format!("<p>{card}1</p>"),
        format!("<p>t{card}_8.htm</p>"),
    ] {
        assert_eq!(found(&article(&body)), [], "{body}");
    }
}

#[test]
fn malformed_document_numbers_get_the_corrected_form_in_place() {
    for (cited, corrected) in [
        ("[2021]45号", "〔2021〕45号"),
        ("（2021）45号", "〔2021〕45号"),
        ("【2021】第45号", "〔2021〕45号"),
        ("〔2021〕045号", "〔2021〕45号"),
        ("〔2021〕第45号", "〔2021〕45号"),
        ("(２０２１)４５号", "〔2021〕45号"),
    ] {
        let findings = screen(&article(&format!("<p>按照示政办发{cited}的要求</p>")));
        assert_eq!(findings.len(), 1, "{cited}");
        assert_eq!(findings[0].check, "document_number");
        assert_eq!(findings[0].suggestion.as_deref(), Some(corrected));
        let range = findings[0].range.unwrap();
        assert_eq!((range.start, range.end - range.start), (6, cited.chars().count()));
    }
    for body in [
        "按照示政办发〔2021〕45号和国令第711号的要求",
        "（2021）示01民初45号",
        "审图号：GS京（2022）1061号",
        "蒙S(2021)001号",
        "共计（2021）号",
        "示卫消证字（2003）第0012号",
        "地块（2021）3号地",
    ] {
        assert_eq!(found(&article(&format!("<p>{body}</p>"))), [], "{body}");
    }
}

#[test]
fn the_element_document_number_is_held_to_its_form() {
    let mut subject = policy("示例市人民政府关于做好春季防火工作的通知");
    subject.elements.document_number = Some("示政发[2026]012号".to_owned());
    let findings = screen(&subject);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].field, Field::DocumentNumber);
    assert_eq!(findings[0].suggestion.as_deref(), Some("示政发〔2026〕12号"));
}

#[test]
fn a_policy_title_without_its_kind_is_pointed_out() {
    for (title, count) in [
        ("示例市人民政府关于做好春季防火工作", 1),
        ("示例市示例管理办法（试行）", 0),
        ("示例市人民政府令", 0),
        ("示例市人民政府关于印发《示例规划》的通知（节选）", 0),
    ] {
        assert_eq!(screen(&policy(title)).len(), count, "{title}");
    }
}

#[test]
fn back_dated_publication_blocks_unless_it_is_the_true_first_time() {
    let at = |text| parse_beijing(text);
    let mut subject = article("<p>正文</p>");
    subject.elements.published_on = at("2026-11-18 09:00");
    assert_eq!(found(&subject), [("publication_time".to_owned(), Severity::Block, Field::PublishedOn)]);
    // Imported with its own time, or a later edition of something published then: true.
    subject.imported = true;
    assert_eq!(found(&subject), []);
    subject.imported = false;
    subject.first_published_at = at("2026-11-18 09:00");
    assert_eq!(found(&subject), []);
    subject.first_published_at = at("2026-11-19 12:00");
    assert_eq!(found(&subject), [("publication_time".to_owned(), Severity::Block, Field::PublishedOn)]);
    // Within the grace of a day.
    subject.first_published_at = None;
    subject.elements.published_on = at("2026-11-19 11:00");
    assert_eq!(found(&subject), []);
}

#[test]
fn future_publication_needs_a_schedule_and_a_plausible_year() {
    let at = |text| parse_beijing(text);
    let mut subject = article("<p>正文</p>");
    let report = |severity| vec![("publication_time".to_owned(), severity, Field::PublishedOn)];
    subject.elements.published_on = at("2026-11-25 09:00");
    assert_eq!(found(&subject), report(Severity::Hint));
    subject.scheduled_at = at("2026-11-25 09:00");
    assert_eq!(found(&subject), []);
    subject.scheduled_at = at("2028-11-25 09:00");
    assert_eq!(found(&subject), report(Severity::Warn));
    subject.scheduled_at = None;
    subject.elements.published_on = at("2062-11-25 09:00");
    assert_eq!(found(&subject), report(Severity::Warn));
}

#[test]
fn a_document_cannot_be_written_after_its_publication() {
    let mut subject = policy("示例市人民政府关于做好春季防火工作的通知");
    subject.elements.written_on = Some(jiff::civil::date(2026, 12, 18));
    assert_eq!(found(&subject), [("publication_time".to_owned(), Severity::Warn, Field::WrittenOn)]);
}

#[test]
fn impossible_dates_are_found_in_every_writing() {
    for (date, count) in [
        ("2月30日", 1),
        ("2021年2月29日", 1),
        ("2020年2月29日", 0),
        ("2月29日", 0),
        ("2026年13月1日", 1),
        ("6月31日", 1),
        ("6月0日", 1),
        ("二〇二一年六月三十一日", 1),
        ("二〇二一年六月三十日", 0),
        ("2021-02-30", 1),
        ("2021/02/30", 1),
        ("2021-02-28", 0),
        ("A2021-02-30-7", 0),
        ("农历2月30日", 0),
        ("1月至13月5日", 0),
        ("4月1日至31日", 0),
    ] {
        assert_eq!(screen(&article(&format!("<p>时间：{date}。</p>"))).len(), count, "{date}");
    }
}

#[test]
fn a_reprint_names_its_source_and_original() {
    let mut subject = article("<p>正文</p>");
    subject.elements.is_reprint = true;
    assert_eq!(found(&subject), [("reprint_source".to_owned(), Severity::Warn, Field::OriginalUrl)]);
    subject.elements.original_url = Some("https://www.gov.cn/a.htm".to_owned());
    assert_eq!(found(&subject), []);
    subject.elements.source = None;
    let checks: Vec<_> = found(&subject).into_iter().map(|(check, ..)| check).collect();
    assert_eq!(checks, ["missing_elements", "reprint_source"]);
}

#[test]
fn unpaired_book_title_marks_are_placed_exactly() {
    for (text, places) in [
        ("根据《甲》和《乙》", vec![]),
        ("根据《关于转发《甲》的通知》", vec![]),
        ("根据《甲和《乙》", vec![2]),
        ("根据甲》和《乙》", vec![3]),
    ] {
        let starts: Vec<usize> = screen(&article(text)).iter().map(|finding| finding.range.unwrap().start).collect();
        assert_eq!(starts, places, "{text}");
    }
}

#[test]
fn a_fingerprint_survives_edits_elsewhere_and_changes_with_the_words() {
    let prints = |body: &str| -> Vec<String> {
        screen(&article(body)).iter().map(|finding| finding.fingerprint().to_owned()).collect()
    };
    let before = prints("<p>按示政办发[2021]45号</p>");
    assert_eq!(before, prints("<h2>新加一节</h2><p>现<b>按照</b>示政办发<i>[2021]45号</i>执行</p>"));
    assert_ne!(before, prints("<p>按示政办发[2021]46号</p>"));
    let twice = prints("<p>示政办发[2021]45号</p><p>示政办发[2021]45号</p>");
    assert_eq!(twice.len(), 2);
    assert_ne!(twice[0], twice[1]);
    assert!(twice.contains(&before[0]));
}

#[test]
fn reordered_attachments_keep_their_fingerprints() {
    let file = |name: &str| AttachmentText { name: name.to_owned(), text: format!("证号 {} {name}", personal_id()) };
    let prints = |names: [&str; 2]| {
        let mut subject = article("<p>正文</p>");
        subject.attachments = names.map(file).to_vec();
        let mut prints: Vec<String> = screen(&subject).into_iter().map(|finding| finding.fingerprint).collect();
        prints.sort();
        prints
    };
    assert_eq!(prints(["a.docx", "b.docx"]), prints(["b.docx", "a.docx"]));
}

#[test]
fn a_flood_of_equal_faults_is_cut_short_and_counted() {
    let body: String = (0..1000).map(|_| format!("<p>电话 {}</p>", mobile())).collect();
    let report = Engine::standard().screen(&article(&body));
    assert_eq!(report.findings.len(), 201);
    assert!(report.findings.iter().any(|finding| finding.message.contains("还有800处")));
}

#[test]
fn findings_and_fields_survive_json() {
    let mut subject = article(&format!("<p>{}</p>", personal_id()));
    subject.attachments = vec![AttachmentText { name: "a".to_owned(), text: mobile() }];
    let report = Engine::standard().screen(&subject);
    let json = serde_json::to_string(&report).unwrap();
    assert!(json.contains("\"attachment:0\"") && json.contains("\"block\""));
    assert_eq!(serde_json::from_str::<screen::Report>(&json).unwrap(), report);
}
