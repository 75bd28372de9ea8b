use super::*;
use crate::identifier::{bank_card::has_luhn_check, credit_code, personal_id};

/// Division 159999 was never given out, so no sample can be a person's.
fn sample_id() -> String {
    let head = "15999919900307123";
    format!("{head}{}", personal_id::check_character(head).unwrap())
}

fn sample_card() -> String {
    (0..10).map(|check| format!("620000000000001{check}")).find(|number| has_luhn_check(number)).unwrap()
}

fn sample_mobile() -> String {
    format!("138{}", "0".repeat(8))
}

fn sample_credit_code() -> String {
    let head = "11150100011512345";
    format!("{head}{}", credit_code::check_character(head).unwrap())
}

/// One good value of every kind.
fn samples() -> Vec<(IdentifierKind, String)> {
    use IdentifierKind as K;
    let entry =
        "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1500000001&url=http%3A%2F%2Fwww.example.gov.cn%2F";
    vec![
        (K::SiteCode, "1500000001".to_owned()),
        (K::Icp, "蒙ICP备05000248号-1".to_owned()),
        (K::Police, "蒙公网安备15010202000001号".to_owned()),
        (K::Conac, "CA050000000123456780002".to_owned()),
        (K::Conac, "0123456789ABCDEF0123456789ABCDEF".to_owned()),
        (K::CreditCode, sample_credit_code()),
        (K::OrganCode, "000014349".to_owned()),
        (K::DocumentNumber, "内政办字〔2021〕45号".to_owned()),
        (K::DocumentNumber, "财政部 税务总局公告2019年第39号".to_owned()),
        (K::IndexNumber, "000014349/2018-00221".to_owned()),
        (K::MapApproval, "蒙S(2021)001号".to_owned()),
        (K::Division, "150902".to_owned()),
        (K::Domain, "www.nmg.gov.cn".to_owned()),
        (K::Domain, "示例局.政务".to_owned()),
        (K::ErrorReport, entry.to_owned()),
        (K::PersonalId, sample_id()),
        (K::Mobile, sample_mobile()),
        (K::BankCard, sample_card()),
        (K::Date, "2021年7月8日".to_owned()),
    ]
}

#[test]
fn good_values_are_valid_and_their_own_normal_form() {
    for (kind, value) in samples() {
        let found = check(kind, &value);
        assert!(found.valid && found.problems.is_empty() && found.suggestion.is_none(), "{kind}: {found:?}");
        assert_eq!(found.normalised.as_deref(), Some(value.as_str()));
        assert!(found.details.iter().count() > 0, "{kind}");
    }
    assert!(IdentifierKind::ALL.iter().all(|kind| samples().iter().any(|(known, _)| known == kind)));
}

#[test]
fn pasted_labels_quotes_and_punctuation_are_cut_off_with_a_warning() {
    for (kind, value) in samples() {
        for word in kind.words() {
            for pasted in [format!("{word}：{value}"), format!("{word}: {value}。"), format!("“{value}”，")] {
                let found = check(kind, &pasted);
                assert_eq!(found.normalised.as_deref(), Some(value.as_str()), "{kind} {word}");
                assert!(!found.warnings.is_empty());
            }
        }
    }
    let spaced = check(IdentifierKind::IndexNumber, "索 引 号：000014349/2018-00221");
    assert_eq!(spaced.normalised.as_deref(), Some("000014349/2018-00221"));
    assert!(!check(IdentifierKind::SiteCode, "网站标识码：").valid);
}

#[test]
fn what_people_type_wrong_gets_a_suggestion_that_is_valid() {
    use IdentifierKind as K;
    for (kind, typed, suggestion) in [
        (K::DocumentNumber, "内政办发[2021]45号", "内政办发〔2021〕45号"),
        (K::Icp, "蒙ICP备05000248", "蒙ICP备05000248号"),
        (K::Police, "公安网安备 15010202000123号", "蒙公网安备15010202000123号"),
        (K::SiteCode, "15OOOOOOOl", "1500000001"),
        (K::MapApproval, "蒙S〔2021〕001", "蒙S(2021)001号"),
        (K::Division, "152601", "150902"),
        (K::Division, "1526", "150900"),
        (K::Division, "集宁市", "150902"),
        (K::Division, "集宁区", "150902"),
        (K::Division, "l50102", "150102"),
        (K::Domain, "https://nmg.gov.cn/zwgk/", "www.nmg.gov.cn"),
        (K::Domain, "xn--fsqr32a1tw.xn--zfr164b", "示例局.政务"),
        (K::Date, "二○二一年七月八日", "二〇二一年七月八日"),
        (K::IndexNumber, "000014349-2018-221", "000014349/2018-00221"),
        (K::CreditCode, &sample_credit_code().replacen('0', "O", 1), &sample_credit_code()),
        (K::Mobile, &sample_mobile().replace('0', "O"), &sample_mobile()),
        (K::Conac, "050000000123456780002", "CA050000000123456780002"),
    ] {
        let found = check(kind, typed);
        assert!(!found.valid && found.normalised.is_none() && !found.problems.is_empty(), "{kind} {typed}");
        assert_eq!(found.suggestion.as_deref(), Some(suggestion), "{kind} {typed}: {found:?}");
        assert!(check(kind, suggestion).valid);
    }
    let accepted = check(K::Icp, "蒙ICP备 2021000123号－1");
    assert_eq!(accepted.normalised.as_deref(), Some("蒙ICP备2021000123号-1"));
}

#[test]
fn an_old_personal_number_is_suggested_in_its_new_form() {
    let id = sample_id();
    let old = format!("{}{}", &id[..6], &id[8..17]);
    let found = check(IdentifierKind::PersonalId, &old);
    assert_eq!(found.suggestion.as_deref(), Some(id.as_str()));
}

#[test]
fn details_tell_what_the_identifier_says() {
    use IdentifierKind as K;
    for (kind, value, name, expected) in [
        (K::SiteCode, "1506000140", "division", "内蒙古自治区鄂尔多斯市"),
        (K::SiteCode, "1506000140", "level", "地级"),
        (K::SiteCode, "bm29050010", "province", "蒙"),
        (K::Icp, "粤ICP备2022092331号-1", "year", "2022"),
        (K::Police, "蒙公网安备15010202000001号", "division", "内蒙古自治区呼和浩特市新城区"),
        (K::DocumentNumber, "主席令第八十八号", "serial", "88"),
        (K::DocumentNumber, "内政办字〔2021〕45号", "organ_mark", "内政办字"),
        (K::IndexNumber, "11341702486344515H/202110-00013", "month", "10"),
        (K::MapApproval, "GS京(2022)1061号", "level", "国家委托省级"),
        (K::Division, "152601", "replaced_by", "150902"),
        (K::Division, "152601", "void_since", "2003"),
        (K::Division, "150105", "formerly", "郊区（2000年更名为赛罕区（150105））"),
        (K::Date, "2021年07月08日", "iso", "2021-07-08"),
    ] {
        assert_eq!(check(kind, value).details.get(name), Some(expected), "{kind} {value} {name}");
    }
    let credit = check(K::CreditCode, &sample_credit_code());
    assert_eq!(credit.details.get("class"), Some("机关"));
    assert_eq!(credit.details.get("division"), Some("内蒙古自治区呼和浩特市"));
}

#[test]
fn what_deserves_a_look_is_a_warning_not_an_error() {
    use IdentifierKind as K;
    for (kind, value, said) in [
        (K::SiteCode, "4403920006", "功能区"),
        (K::SiteCode, "4412910008", "功能区"),
        (K::SiteCode, "1525710001", "功能区"),
        (K::SiteCode, "5109220007", "已停用"),
        (K::SiteCode, "1599990001", "不在行政区划代码表中"),
        (K::Division, "150271", "功能区"),
        (K::MapApproval, "粤AS(2020)12号", "市级"),
        (K::MapApproval, "GS京(2020)12号", "2022年"),
        (K::OrganCode, "000014348", "校验位不符"),
        (K::IndexNumber, "035210001/2025-00016", "校验位不符"),
        (K::DocumentNumber, "第14号令", "发布机关"),
        (K::PersonalId, &sample_id(), "开头6位"),
    ] {
        let found = check(kind, value);
        assert!(found.valid, "{kind} {value}: {found:?}");
        assert!(found.warnings.iter().any(|warning| warning.contains(said)), "{kind} {value}: {found:?}");
    }
}

#[test]
fn what_is_known_of_the_owner_sharpens_the_check() {
    let context = CheckContext {
        division: Some(DivisionCode::parse("150100").unwrap()),
        role: Some(SiteRole::Department),
        portal: Some(DomainName::parse("www.nmg.gov.cn").unwrap()),
    };
    let icp = check_in(IdentifierKind::Icp, "京ICP备05000248号", &context);
    assert!(icp.valid && icp.warnings[0].contains("“京”") && icp.warnings[0].contains("“蒙”"));
    assert!(check_in(IdentifierKind::Icp, "蒙ICP备05000248号", &context).warnings.is_empty());
    let domain = check_in(IdentifierKind::Domain, "slt.bt.gov.cn", &context);
    assert_eq!(domain.suggestion.as_deref(), Some("slt.nmg.gov.cn"));
    assert!(check_in(IdentifierKind::Domain, "slt.nmg.gov.cn", &context).valid);
    let public = CheckContext { role: Some(SiteRole::PublicInstitution), ..CheckContext::default() };
    assert!(check_in(IdentifierKind::Domain, "yiyuan.cn", &public).valid);
    assert!(!check_in(IdentifierKind::Domain, "yiyuan.nmg.gov.cn", &public).warnings.is_empty());
}

#[test]
fn json_has_a_stable_order() {
    let found = check(IdentifierKind::DocumentNumber, "内政办字[2021]45号");
    let json = serde_json::to_string(&found).unwrap();
    let expected = "{\"valid\":false,\"normalised\":null,\"problems\":[\"发文字号写法不规范：年份要用六角括号〔〕，不用“[]”。\"],\"warnings\":[],\"suggestion\":\"内政办字〔2021〕45号\",\"details\":{}}";
    assert_eq!(json, expected);
    let good = serde_json::to_string(&check(IdentifierKind::DocumentNumber, "内政办字〔2021〕45号")).unwrap();
    assert!(good.ends_with(
        "\"details\":{\"form\":\"发文字号\",\"organ_mark\":\"内政办字\",\"year\":\"2021\",\"serial\":\"45\"}}"
    ));
}

#[test]
fn debug_output_and_messages_never_hold_a_personal_value() {
    for (kind, value) in [
        (IdentifierKind::PersonalId, sample_id()),
        (IdentifierKind::Mobile, sample_mobile()),
        (IdentifierKind::BankCard, sample_card()),
    ] {
        for typed in [value.clone(), format!("{value}1"), value.replace('0', "O"), format!("{}x", &value[1..])] {
            let found = check(kind, &typed);
            // Masks show less than the first eight characters.
            let core = &value[..8];
            assert!(!format!("{found:?}").contains(core), "{kind}");
            assert!(found.problems.iter().chain(&found.warnings).all(|text| !text.contains(core)));
        }
    }
}
