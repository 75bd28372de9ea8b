//! What the detectors say with and without facts and lists. All numbers are built here, none is written out.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    element::Validity,
    identifier::{Masked, PersonalId, personal_id::check_character},
    resource::ResourceKind,
    time::parse_beijing,
};
use screen::{
    ApprovedSource, AttachmentText, Citation, Engine, Field, Finding, KnownDocument, KnownLink, LinkState, Lists,
    PictureFacts, PictureShape, Severity, SimilarText, Subject, citations, links, mask_subject, plain_text,
};

fn article(body: &str) -> Subject {
    let now = parse_beijing("2026-11-20 10:00").unwrap();
    let mut subject = Subject::new(ResourceKind::Article, "示例市召开示例工作会议", body, now);
    subject.elements.source = Some("示例市人民政府办公室".to_owned());
    subject
}

fn screen(subject: &Subject) -> Vec<Finding> {
    Engine::standard().screen(subject).findings
}

fn rules(findings: &[Finding]) -> Vec<(&str, Severity)> {
    findings.iter().map(|finding| (finding.rule_id.as_str(), finding.severity)).collect()
}

fn personal_id() -> String {
    let head = "15999919900307123";
    format!("{head}{}", check_character(head).unwrap())
}

fn mobile(head: &str) -> String {
    format!("{head}{}", "0".repeat(11 - head.len()))
}

#[test]
fn personal_data_of_every_kind_is_found_in_text_tables_and_files() {
    use Severity::{Block, Hint, Warn};
    for (body, expected) in [
        ("<p>邮箱zhangsan@example.com</p>", ("privacy.email", Warn)),
        ("<p>咨询邮箱：office@example.com</p>", ("privacy.email", Hint)),
        ("<p>邮箱office@example.gov.cn</p>", ("privacy.email", Hint)),
        ("<p><a href='mailto:zhangsan@example.com'>写信</a></p>", ("privacy.email", Warn)),
        ("<table><tr><td>甲</td><td>蒙A00000</td></tr></table>", ("privacy.licence_plate", Warn)),
        ("<p>警车蒙A0000警</p>", ("privacy.licence_plate", Hint)),
        (
            "<table><tr><td>甲</td><td style='display:none'>示例小区3号楼2单元501室</td></tr></table>",
            ("privacy.home_address", Warn),
        ),
        ("<p>办公地址：示例路1号示例大厦3号楼501室</p>", ("privacy.home_address", Hint)),
        ("<table><tr><td>护照号</td></tr><tr><td>E00000000</td></tr></table>", ("privacy.travel_document", Block)),
    ] {
        assert_eq!(rules(&screen(&article(body))), [expected], "{body}");
        let text = plain_text(body).text;
        if !body.contains("mailto") {
            let mut subject = article("<p>见附件。</p>");
            subject.attachments = vec![AttachmentText { name: "名单.xlsx".to_owned(), text }];
            assert_eq!(rules(&screen(&subject)), [expected], "{body}");
        }
    }
    for quiet in [
        "<p>电话：0471-6600000；统一社会信用代码11150000MB00000000</p>",
        "<p>蒙ICP备05000000号</p>",
        "<p>图标icon@2x.png</p>",
        "<p>地址：示例市示例路1号</p>",
    ] {
        assert_eq!(rules(&screen(&article(quiet))), [], "{quiet}");
    }
}

#[test]
fn masking_replaces_in_place_and_leaves_public_contacts() {
    let (id, phone, hotline) = (personal_id(), mobile("159"), mobile("158"));
    let body = format!(
        "<p class=\"a\">甲，身份证<b>{}</b>{}，电话{phone}<img alt=\"{phone}\" src=\"a.png\"><!-- {id} --></p>\
         <p>咨询电话：{hotline}</p>",
        &id[..9],
        &id[9..]
    );
    let mut subject = article(&body);
    subject.elements.summary = Some(format!("甲{phone}"));
    subject.attachments = vec![
        AttachmentText { name: "a.txt".into(), text: "无".into() },
        AttachmentText { name: "b.txt".into(), text: format!("甲\t{id}\n乙\t{phone}\n甲\t{id}") },
    ];
    let masked = mask_subject(&subject, &Engine::standard().screen(&subject));
    for number in [&id, &phone] {
        let json = format!("{:?}", (&masked.title, &masked.body_html, &masked.elements));
        assert!(!json.contains(number.as_str()) && !json.contains(&number[..number.len() - 2]));
    }
    assert!(masked.body_html.contains(&hotline), "a public telephone number stays");
    let shown = PersonalId::parse(&id).unwrap().masked();
    assert!(masked.body_html.starts_with(&format!("<p class=\"a\">甲，身份证<b>{shown}</b>，电话159****0000")));
    assert!(masked.body_html.contains("<img alt=\"159****0000\" src=\"a.png\">"));
    assert_eq!(masked.attachments.len(), 1);
    assert_eq!(masked.attachments[0].index, 1);
    assert_eq!(masked.attachments[0].replacements.len(), 2, "each pair once");
    assert_eq!(masked.attachments[0].replacements[0].0, id);
}

#[test]
fn masking_covers_what_the_report_had_no_room_to_list_and_leaves_what_a_person_left() {
    let body: String = (0..500).map(|_| format!("<p>{}</p>", mobile("159"))).collect();
    let subject = article(&body);
    let report = Engine::standard().screen(&subject);
    let masked = mask_subject(&subject, &report);
    assert!(!masked.body_html.contains(&mobile("159")));
    let subject = article(&format!("<p>{}</p><p>{}</p>", mobile("159"), mobile("158")));
    let mut report = Engine::standard().screen(&subject);
    report.findings.retain(|finding| finding.suggestion.as_deref() != Some("158****0000"));
    let masked = mask_subject(&subject, &report);
    assert!(masked.body_html.contains(&mobile("158")) && !masked.body_html.contains(&mobile("159")));
}

#[test]
fn laws_cited_as_in_force_after_their_repeal_are_found_and_history_is_not() {
    for (body, expected) in [
        ("根据《中华人民共和国合同法》有关规定", Some("中华人民共和国民法典")),
        ("根据《合同法》有关规定", Some("民法典")),
        ("根据《合同法》第五十二条", Some("请改引《中华人民共和国民法典》的相应条款。")),
        ("根据《民法典》有关规定", None),
        ("《民法典》施行，《合同法》同时废止。", None),
        ("原《合同法》规定", None),
        ("1999年通过的《合同法》", None),
        ("《关于适用〈中华人民共和国合同法〉若干问题的解释》", None),
    ] {
        let findings = screen(&article(&format!("<p>{body}</p>")));
        assert_eq!(findings.first().and_then(|finding| finding.suggestion.as_deref()), expected, "{body}");
        assert!(
            findings.iter().all(|finding| finding.rule_id == "citation.repealed" && finding.severity == Severity::Warn)
        );
    }
    let mut old = article("<p>根据《合同法》有关规定</p>");
    old.imported = true;
    old.elements.published_on = parse_beijing("2020-06-01 10:00");
    assert_eq!(rules(&screen(&old)), []);
}

#[test]
fn a_repealed_law_in_a_text_taken_over_without_a_date_is_only_a_hint() {
    let mut subject = article("<p>依据《中华人民共和国合同法》签订合同。</p>");
    assert_eq!(rules(&screen(&subject)), [("citation.repealed", Severity::Warn)]);
    subject.imported = true;
    assert_eq!(rules(&screen(&subject)), [("citation.repealed", Severity::Hint)]);
    subject.elements.published_on = domain::time::parse_beijing("2026-01-10");
    assert_eq!(rules(&screen(&subject)), [("citation.repealed", Severity::Warn)]);
    subject.elements.published_on = domain::time::parse_beijing("2016-01-10");
    assert_eq!(rules(&screen(&subject)), []);
}

#[test]
fn misspelt_names_of_laws_get_the_right_name_in_place() {
    for (cited, right) in [
        ("中华人民共和国政府信息公开条列", "中华人民共和国政府信息公开条例"),
        ("政府信息公开条列", "政府信息公开条例"),
        ("中华人民共和国个人信息保护发", "中华人民共和国个人信息保护法"),
    ] {
        let findings = screen(&article(&format!("<p>依据《{cited}》办理</p>")));
        assert_eq!(rules(&findings), [("citation.name", Severity::Warn)]);
        assert_eq!(findings[0].suggestion.as_deref(), Some(right));
        let range = findings[0].range.unwrap();
        assert_eq!((range.start, range.end), (3, 3 + cited.chars().count()));
    }
}

#[test]
fn documents_of_the_library_are_compared_by_title_number_and_validity() {
    let document = |validity| KnownDocument {
        document_number: Some("示政发〔2021〕12号".to_owned()),
        replaced_by: Some("示例市示例管理办法".to_owned()),
        ..KnownDocument::new("示例市示例管理暂行办法", validity)
    };
    for (body, validity, expected) in [
        ("《示例市示例管理暂行办法》（示政发〔2021〕12号）", Validity::InForce, vec![]),
        (
            "《示例市示例管理暂行办法》（示政发〔2021〕21号）",
            Validity::InForce,
            vec![("citation.number", Severity::Warn)],
        ),
        (
            "《示例市其他管理规定实施细则》（示政发〔2021〕12号）",
            Validity::InForce,
            vec![("citation.name", Severity::Warn)],
        ),
        ("《示例市示列管理暂行办法》", Validity::InForce, vec![("citation.name", Severity::Warn)]),
        ("《示例市示例管理暂行办法》", Validity::Repealed, vec![("citation.repealed", Severity::Warn)]),
        ("按照示政发〔2021〕12号执行", Validity::Lapsed, vec![("citation.repealed", Severity::Warn)]),
        ("《示例市示例管理暂行办法》已废止", Validity::Repealed, vec![]),
        ("《示例市示例管理暂行办法》", Validity::NotYetInForce, vec![("citation.repealed", Severity::Hint)]),
        ("《示例市另外一个办法》", Validity::Repealed, vec![]),
    ] {
        let mut subject = article(&format!("<p>{body}</p>"));
        subject.facts.documents = vec![document(validity)];
        assert_eq!(rules(&screen(&subject)), expected, "{body} {validity:?}");
    }
    let subject = article("<p>《示例办法》（示政发[2021]12号）和《示例办法》</p>");
    let citation = |number: Option<&str>| Citation {
        title: Some("示例办法".into()),
        document_number: number.map(str::to_owned),
    };
    assert_eq!(citations(&subject), [citation(Some("示政发〔2021〕12号")), citation(None)]);
}

#[test]
fn dates_of_signatures_are_held_to_the_elements() {
    let mut subject = article("<p>正文</p><p>示例市人民政府</p><p>2026年11月18日</p>");
    subject.kind = ResourceKind::Policy;
    subject.title = "示例市人民政府关于示例工作的通知".to_owned();
    subject.elements.issuer = Some("示例市人民政府".to_owned());
    subject.elements.document_number = Some("示政发〔2026〕12号".to_owned());
    subject.elements.written_on = Some(jiff::civil::date(2026, 11, 18));
    assert_eq!(rules(&screen(&subject)), []);
    subject.elements.written_on = Some(jiff::civil::date(2026, 11, 8));
    assert_eq!(rules(&screen(&subject)), [("date.signature", Severity::Warn)]);
    subject.body_html = subject.body_html.replace("18日", "28日");
    assert_eq!(rules(&screen(&subject)), [("date.signature", Severity::Warn)]);
    let dateline = article("<p>新华社示例市12月1日电（记者）正文</p>");
    assert_eq!(rules(&screen(&dateline)), [("date.signature", Severity::Warn)]);
    assert_eq!(rules(&screen(&article("<p>新华社示例市11月19日电（记者）正文</p>"))), []);
}

fn lists() -> Lists {
    Lists {
        sources_confirmed: true,
        approved_sources: vec![ApprovedSource {
            name: "新华社".into(),
            aliases: vec!["新华网".into()],
            hosts: vec!["example-news.cn".into()],
        }],
        dangerous_hosts: BTreeMap::from([("danger.example".into(), "赌博".into())]),
        dangerous_addresses: BTreeMap::new(),
        government_hosts: BTreeSet::from(["shilishi.gov.cn".into(), "shili-service.cn".into()]),
        standard_maps: BTreeMap::from([("ab".repeat(32), "GS(2019)1822号".into())]),
    }
}

#[test]
fn every_link_is_judged_by_where_it_leads() {
    use Severity::{Block, Hint, Warn};
    let engine = Engine::standard().with_lists(lists());
    for (body, expected) in [
        ("<a href='https://www.example.gov.cn/a'>甲</a>", vec![]),
        ("<a href='/a'>甲</a><a href='attachment:1'>乙</a><a href='#x'>丙</a>", vec![]),
        ("<a href='https://shili-service.cn'>甲</a>", vec![]),
        ("<a href='https://example.com/1'>甲</a><a href='https://example.com/2'>乙</a>", vec![("link.leaving", Hint)]),
        ("<a href='https://a.danger.example/'>甲</a>", vec![("link.dangerous", Block)]),
        ("<a href='javascript:alert(1)'>甲</a>", vec![("link.dangerous", Block)]),
        ("<a href='http://192.168.1.1/oa'>甲</a>", vec![("link.inner", Block)]),
        ("<a href='file:///C:/a.doc'>甲</a>", vec![("link.inner", Block)]),
        ("<a href='C:\\a.doc'>甲</a>", vec![("link.inner", Block)]),
        ("<a href='http://www.g0v.cn/'><img src='x'></a>", vec![("link.imitation", Block)]),
        ("<a href='https://www.example.gov.cn.example.com/'>甲</a>", vec![("link.imitation", Block)]),
        ("<a href='https://www.gov.cn@example.com/'>甲</a>", vec![("link.imitation", Block)]),
        ("<a href='https://shilishj.gov.cn/'>甲</a>", vec![("link.imitation", Warn)]),
        ("<a href='https://other.gov.cn/'>www.example.gov.cn</a>", vec![("link.disguised", Warn)]),
        ("<a href='https://example.gov.cn/'>www.example.gov.cn</a>", vec![]),
        ("<p>网址http://127.0.0.1:8080/a。</p>", vec![("link.inner", Warn)]),
        ("<p>网址www.g0v.cn。</p>", vec![("link.imitation", Block)]),
        ("<p>网址www.example.com。</p>", vec![]),
    ] {
        let subject = article(&format!("<p>正文</p>{body}"));
        assert_eq!(rules(&engine.screen(&subject).findings), expected, "{body}");
    }
    let mut subject = article("<p><a href='https://www.example.gov.cn/a'>甲</a></p>");
    assert_eq!(links(&subject), ["https://www.example.gov.cn/a"]);
    subject.facts.links =
        vec![KnownLink { address: "https://www.example.gov.cn/a".into(), state: LinkState::Dead("404".into()) }];
    let findings = engine.screen(&subject).findings;
    assert_eq!(rules(&findings), [("link.dead", Block)]);
    let before = findings[0].fingerprint.clone();
    // Another address behind the same words is another matter.
    subject.body_html = subject.body_html.replace("/a'", "/b'");
    subject.facts.links[0].address = "https://www.example.gov.cn/b".into();
    assert_ne!(engine.screen(&subject).findings[0].fingerprint, before);
}

#[test]
fn reprints_come_from_the_list_or_from_government_sites() {
    use Severity::{Block, Warn};
    let engine = Engine::standard().with_lists(lists());
    for (source, url, expected) in [
        ("新华社", "https://www.example-news.cn/a", vec![]),
        ("来源：新华社客户端", "https://www.example-news.cn/a", vec![]),
        ("新华社", "https://example.com/a", vec![("source.address", Warn)]),
        ("示例晚报", "https://example.com/a", vec![("source.approved", Block)]),
        ("示例市教育局", "https://jyj.example.gov.cn/a", vec![]),
        ("示例市教育局", "https://example.com/a", vec![("source.address", Warn)]),
    ] {
        let mut subject = article("<p>正文</p>");
        subject.elements.is_reprint = true;
        subject.elements.source = Some(source.to_owned());
        subject.elements.original_url = Some(url.to_owned());
        assert_eq!(rules(&engine.screen(&subject).findings), expected, "{source} {url}");
        let without = Engine::standard().with_lists(Lists::default());
        assert_eq!(rules(&without.screen(&subject).findings), [], "without a list nothing is said");
        let unconfirmed = engine.clone().with_lists(Lists { sources_confirmed: false, ..lists() });
        assert!(!unconfirmed.screen(&subject).blocks(), "a list that nobody confirmed stops nothing");
    }
}

#[test]
fn maps_need_an_approval_number_near_them_or_on_record() {
    use Severity::{Block, Warn};
    let engine = Engine::standard().with_lists(lists());
    let drawn = PictureShape {
        width: 800,
        height: 600,
        flat: 0.9,
        edges: 0.1,
        oblique: 0.4,
        areas: 5,
        palette: 0.9,
        ..PictureShape::default()
    };
    let facts = |name: &str| PictureFacts {
        source: "attachment:1".into(),
        name: name.into(),
        sha256: "cd".repeat(32),
        shape: Some(drawn),
        map_number: None,
    };
    for (body, known, expected) in [
        ("<p><img src='attachment:1' alt='示例县地图'></p>", Some(facts("1.png")), vec![("map.approval_number", Warn)]),
        ("<p><img src='attachment:1'></p>", Some(facts("中国地图.png")), vec![("map.approval_number", Block)]),
        (
            "<p><img src='attachment:1'></p>",
            Some(PictureFacts { map_number: Some("GS(2019)1822号".into()), ..facts("中国地图.png") }),
            vec![],
        ),
        (
            "<p><img src='attachment:1'></p>",
            Some(PictureFacts { sha256: "AB".repeat(32), ..facts("中国地图.png") }),
            vec![],
        ),
        ("<p><img src='attachment:1' alt='示例县地图'></p><p>审图号：蒙S(2021)001号</p>", Some(facts("1.png")), vec![]),
        (
            "<p><img src='attachment:1' alt='示例县地图'></p><p>审图号：蒙S〔2021〕001号</p>",
            Some(facts("1.png")),
            vec![("map.number_form", Warn)],
        ),
        (
            "<p><img src='attachment:1'></p><p>图1 示例县交通图</p>",
            Some(facts("1.png")),
            vec![("map.approval_number", Warn)],
        ),
        ("<p><img src='a.png' alt='会议现场'></p>", None, vec![]),
    ] {
        let mut subject = article(&format!("<p>正文</p>{body}"));
        subject.facts.pictures = known.into_iter().collect();
        assert_eq!(rules(&engine.screen(&subject).findings), expected, "{body}");
    }
}

#[test]
fn near_duplicates_are_named_with_their_likeness() {
    let text: String = (0..400_u32).map(|i| char::from_u32(0x4E00 + i * 31 % 6007).unwrap()).collect();
    let mut subject = article(&format!("<p>{text}</p>"));
    subject.facts.similar = vec![SimilarText {
        key: "1".into(),
        title: "示例".into(),
        unit: "示例局".into(),
        text: text.clone(),
        published: None,
    }];
    let findings = screen(&subject);
    assert_eq!(rules(&findings), [("duplicate.near", Severity::Warn)]);
    assert!(findings[0].message.contains("完全相同") && findings[0].field == Field::Body);
    subject.facts.similar[0].text = text.chars().rev().collect();
    assert_eq!(rules(&screen(&subject)), []);
}

#[test]
fn subjects_stored_before_there_were_facts_still_read() {
    let subject = article("<p>正文</p>");
    let mut json: serde_json::Value = serde_json::to_value(&subject).unwrap();
    json.as_object_mut().unwrap().remove("facts");
    assert_eq!(serde_json::from_value::<Subject>(json).unwrap(), subject);
}

#[test]
fn hostile_texts_take_linear_time() {
    for scrap in [
        "《",
        "（",
        "“",
        "一、\n",
        "@",
        "a@",
        "1单元",
        "3号楼",
        "2021年",
        "http://",
        "<a href=x>",
        "<img alt=地图>",
        "蒙A",
        "示",
        "护照E0",
        "第一条 ",
        "\u{300}",
        "\u{200B}",
        "《a》（",
        "1-1-",
        "示〔2021〕1号",
    ] {
        let body = scrap.repeat(300_000 / scrap.len());
        let started = std::time::Instant::now();
        let subject = article(&body);
        let report = Engine::standard().screen(&subject);
        let one = started.elapsed();
        assert!(report.findings.len() < 5000);
        // Unoptimised builds on busy machines; quadratic work on this length takes minutes.
        assert!(one.as_secs() < 20, "{scrap}: {one:?}");
    }
}
