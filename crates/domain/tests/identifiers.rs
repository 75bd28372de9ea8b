//! Identifiers under generated and arbitrary texts: what is printed is read back, what is suggested is valid, nothing
//! panics; and how fast they are checked.

use domain::identifier::{
    BankCard, Check, DivisionCode, DivisionRegister, DocumentNumber, ErrorReportEntry, IdentifierKind, IndexNumber,
    Mobile, OfficialDate, OrganCode, PersonalId, SiteCode, bank_card::has_luhn_check, check,
    credit_code::check_character, personal_id,
};
use proptest::prelude::*;

/// A valid text is its own normal form; an invalid one has a reason, and a suggestion only if that is valid.
fn settles(kind: IdentifierKind, text: &str) -> Check {
    let found = check(kind, text);
    match &found.normalised {
        Some(normal) => {
            let again = check(kind, normal);
            assert!(found.valid && found.problems.is_empty(), "{kind} {text:?}");
            assert_eq!(again.normalised.as_ref(), Some(normal), "{kind} {text:?}");
        }
        None => assert!(!found.valid && !found.problems.is_empty(), "{kind} {text:?}"),
    }
    if let Some(suggestion) = &found.suggestion {
        assert!(!found.valid && check(kind, suggestion).valid, "{kind} {text:?} → {suggestion:?}");
    }
    let json = serde_json::to_value(&found).expect("plain data");
    assert_eq!(json["valid"], found.valid);
    found
}

fn accepted(kind: IdentifierKind, text: &str) {
    let found = settles(kind, text);
    assert_eq!(found.normalised.as_deref(), Some(text), "{found:?}");
}

fn current_code() -> impl Strategy<Value = String> {
    let codes: Vec<String> = DivisionRegister::embedded()
        .records()
        .iter()
        .filter(|record| record.is_in_use() && !record.zone)
        .map(|record| record.code.to_string())
        .collect();
    prop::sample::select(codes)
}

/// Texts after a pattern in which `P_` stands for a province's short name.
fn pattern(text: &str) -> impl Strategy<Value = String> + use<> {
    prop::string::string_regex(&text.replace("P_", PROVINCES)).expect("a constant pattern")
}

const PROVINCES: &str = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘青宁新]";
/// Characters of which identifiers and the mistakes in them are made.
const SOUP: &str = "[ 0-9A-Za-zＡ０９（）()〔〕\\[\\]【】《》第号令公告年月日届〇○零一二三四五六七八九十百千蒙京内政办发字国务院部局委ICP备公网安SGbm/\\-－—:：.。，、xX|\u{200B}\u{3000}审图标识码]{0,40}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_text_is_judged_without_panic(text in any::<String>(), at in 0..IdentifierKind::ALL.len()) {
        settles(IdentifierKind::ALL[at], &text);
    }

    #[test]
    fn texts_made_of_the_parts_of_identifiers_are_judged_without_panic(text in SOUP, at in 0..IdentifierKind::ALL.len()) {
        settles(IdentifierKind::ALL[at], &text);
    }

    #[test]
    fn site_codes_are_read_back(code in "([1-9][0-9]{9}|bm[0-9]{8})") {
        accepted(IdentifierKind::SiteCode, &code);
    }

    #[test]
    fn icp_records_are_read_back(record in pattern("P_ICP备([0-9]{8}|20[0-9]{8})号(-[0-9]{1,3})?")) {
        accepted(IdentifierKind::Icp, &record);
    }

    #[test]
    fn police_records_are_read_back(code in current_code(), serial in "[0-9]{8}") {
        let record = domain::identifier::PoliceRecord::parse(&format!("{code}{serial}")).unwrap_err().suggestion;
        accepted(IdentifierKind::Police, &record.expect("the province is known"));
    }

    #[test]
    fn conac_marks_are_read_back(name in "CA[0-9]{21}", id in "[0-9A-F]{32}") {
        accepted(IdentifierKind::Conac, &name);
        accepted(IdentifierKind::Conac, &id);
        let script = domain::identifier::ConacMark::parse(&name).unwrap().script_address();
        prop_assert_eq!(check(IdentifierKind::Conac, &script).normalised, Some(name));
    }

    #[test]
    fn credit_codes_are_read_back(head in "[0-9A-HJ-NP-RTUWXY]{17}") {
        let code = format!("{head}{}", check_character(&head).expect("the alphabet is right"));
        accepted(IdentifierKind::CreditCode, &code);
        accepted(IdentifierKind::OrganCode, &code);
    }

    #[test]
    fn document_numbers_are_read_back(
        organ in "[\u{4E00}-\u{9FA5}]{1,8}[字发函办电]", year in 1949..=2099, serial in 1..=99_999
    ) {
        accepted(IdentifierKind::DocumentNumber, &format!("{organ}〔{year}〕{serial}号"));
        for wrong in [
            format!("{organ}[{year}]{serial}号"),
            format!("{organ}({year}) 第{serial}号"),
            format!("{organ}【{year}】0{serial}号"),
            format!("{organ}〔{year}年〕{serial}"),
        ] {
            let found = settles(IdentifierKind::DocumentNumber, &wrong);
            prop_assert_eq!(found.suggestion, Some(format!("{organ}〔{year}〕{serial}号")));
        }
    }

    #[test]
    fn orders_and_announcements_are_read_back(
        organ in "[甲乙丙丁戊]{2,6}[部局委署会](、[甲乙丙丁戊]{2,6}[部局委署会])?( [甲乙丙丁戊]{2,6}[部局委署会])?",
        word in "(令|公告|通告)",
        year in "(2[0]{1}[0-9]{2}年|〔20[0-9]{2}〕|〔十[一二三四]届〕)?",
        serial in "([1-9][0-9]{0,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)",
    ) {
        let number = format!("{organ}{word}{year}第{serial}号");
        accepted(IdentifierKind::DocumentNumber, &number);
        let parsed = DocumentNumber::parse(&number).unwrap();
        prop_assert_eq!(parsed.organ_mark(), format!("{organ}{word}"));
        prop_assert!(parsed.serial().is_some());
    }

    #[test]
    fn index_numbers_are_read_back(organ in "([0-9A-Z]{9}|[0-9A-Z]{18})", year in 1949_i16..=2099, serial in 1_u32..=999_999) {
        let number = IndexNumber::issue(&OrganCode::parse(&organ).unwrap(), year, serial).unwrap();
        accepted(IdentifierKind::IndexNumber, number.as_str());
        prop_assert_eq!((number.year(), number.serial()), (year, serial));
    }

    #[test]
    fn map_approvals_are_read_back(organ in pattern("(GS|GSP_|P_S)"), year in 1990..=2099, serial in "[0-9]{1,5}") {
        accepted(IdentifierKind::MapApproval, &format!("{organ}({year}){serial}号"));
    }

    #[test]
    fn current_division_codes_are_read_back(code in current_code()) {
        accepted(IdentifierKind::Division, &code);
        let parsed = DivisionCode::parse(&code).unwrap();
        prop_assert_eq!(parsed.parent().is_none(), code.ends_with("0000"));
    }

    #[test]
    fn domain_names_are_read_back(region in "[a-z][a-z0-9]{1,10}", unit in "[a-v][a-z0-9]{1,10}", name in "[\u{4E00}-\u{9FA5}]{2,10}") {
        accepted(IdentifierKind::Domain, &format!("www.{region}.gov.cn"));
        accepted(IdentifierKind::Domain, &format!("{unit}.{region}.gov.cn"));
        accepted(IdentifierKind::Domain, &format!("{name}.政务"));
        let encoded = domain::identifier::DomainName::parse(&format!("{name}.政务")).unwrap().to_ascii();
        prop_assert_eq!(check(IdentifierKind::Domain, &encoded).suggestion, Some(format!("{name}.政务")));
    }

    #[test]
    fn error_report_entries_are_read_back(code in "[1-9][0-9]{9}", path in "[^\\s\\p{C}\\p{Z}]{0,20}") {
        let entry = ErrorReportEntry::new(SiteCode::parse(&code).unwrap(), &format!("https://www.example.gov.cn/{path}"));
        if let Ok(entry) = entry {
            prop_assert_eq!(ErrorReportEntry::parse(&entry.to_string()).unwrap(), entry);
        }
    }

    #[test]
    fn dates_are_read_back(days in 0_i32..73_000) {
        let day = jiff::civil::date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).expect("within the calendar");
        let date = OfficialDate::new(day);
        for text in [date.to_string(), date.iso(), date.in_words()] {
            prop_assert_eq!(OfficialDate::parse(&text).unwrap(), date);
        }
        accepted(IdentifierKind::Date, &date.to_string());
    }

    #[test]
    fn personal_values_are_read_back(serial in "[0-9]{3}", tail in "[0-9]{8}", card in "62[0-9]{13,16}") {
        // Division 159999 was never given out, so no number is a person's.
        let head = format!("15999919900307{serial}");
        let id = format!("{head}{}", personal_id::check_character(&head).expect("17 digits"));
        prop_assert_eq!(PersonalId::parse(&id).unwrap().to_string(), id.clone());
        accepted(IdentifierKind::PersonalId, &id);
        let mobile = format!("19{}0", tail);
        prop_assert_eq!(Mobile::parse(&mobile).unwrap().to_string(), mobile);
        let card = (0..10).map(|digit| format!("{card}{digit}")).find(|card| has_luhn_check(card)).expect("one fits");
        if let Ok(parsed) = BankCard::parse(&card) {
            prop_assert_eq!(parsed.to_string(), card.clone());
            accepted(IdentifierKind::BankCard, &card);
        }
    }
}

#[test]
fn every_void_code_of_the_register_leads_to_a_code_in_use() {
    for record in DivisionRegister::embedded().records() {
        let found = settles(IdentifierKind::Division, record.code.as_str());
        let modern = record.ended.is_none_or(|(year, _)| year >= 1984);
        assert!(found.valid || found.suggestion.is_some() || !modern, "{}", record.code);
    }
}

/// Ten thousand values a second are asked for; a debug build on a busy machine reaches a part of that.
#[test]
fn checking_is_fast() {
    let values = [
        (IdentifierKind::SiteCode, "1506000140"),
        (IdentifierKind::Division, "152601"),
        (IdentifierKind::DocumentNumber, "内政办发[2021]45号"),
        (IdentifierKind::DocumentNumber, "财政部 税务总局公告2019年第39号"),
        (IdentifierKind::Icp, "蒙ICP备05000248号-1"),
        (IdentifierKind::Date, "二○二一年七月八日"),
    ];
    let _ = check(IdentifierKind::Division, "150000");
    let start = std::time::Instant::now();
    let rounds = 2000;
    for _ in 0..rounds {
        for (kind, value) in values {
            std::hint::black_box(check(kind, value));
        }
    }
    let checked = f64::from(rounds) * values.len() as f64;
    let rate = checked / start.elapsed().as_secs_f64();
    println!("{rate:.0} values a second");
    let asked = if cfg!(debug_assertions) { 1_000.0 } else { 10_000.0 };
    assert!(rate > asked, "{rate:.0} values a second");
}
