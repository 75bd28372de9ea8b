use jiff::civil::date;

use super::*;

fn register() -> &'static DivisionRegister {
    DivisionRegister::embedded()
}

fn codes(records: &[&DivisionRecord]) -> Vec<String> {
    records.iter().map(|record| record.code.to_string()).collect()
}

#[test]
fn the_embedded_register_is_well_formed_and_leads_every_void_code_somewhere() {
    let current: Vec<&DivisionRecord> = register().records().iter().filter(|r| r.is_in_use() && !r.zone).collect();
    let level = |digits: &str| current.iter().filter(|r| r.code.as_str().ends_with(digits)).count();
    assert_eq!((current.len(), level("0000")), (3214, 34));
    let of_region = current.iter().filter(|r| r.code.as_str().starts_with("15")).count();
    assert_eq!(of_region, 1 + 12 + 103);
    for record in register().records() {
        assert!(register().of_code(record.code.as_str()).filter(|r| r.is_in_use()).count() < 2, "{record:?}");
        assert!(record.ended.is_none_or(|(year, _)| record.since.is_none_or(|since| since <= year)), "{record:?}");
        if let Some((year, _)) = record.ended
            && (year >= 1984 || record.code.as_str().starts_with("15"))
        {
            assert!(!register().became(record).is_empty(), "{record:?}");
            assert!(register().story(record).is_some());
        }
    }
}

#[test]
fn what_became_of_a_code_is_told_through_all_its_changes() {
    for (old, was, new) in [
        ("152601", "集宁市", vec!["150902"]),
        ("152600", "乌兰察布盟", vec!["150900"]),
        ("152700", "伊克昭盟", vec!["150600"]),
        ("152300", "哲里木盟", vec!["150500"]),
        ("152400", "昭乌达盟", vec!["150400"]),
        ("152301", "通辽市", vec!["150502"]),
        ("152321", "通辽县", vec!["150502"]),
        ("152101", "海拉尔市", vec!["150702"]),
        ("152121", "喜桂图旗", vec!["150782"]),
        ("152628", "丰镇县", vec!["150981"]),
        ("152821", "临河县", vec!["150802"]),
        ("110104", "宣武区", vec!["110102"]),
        ("310108", "闸北区", vec!["310106"]),
        ("330104", "江干区", vec!["330102"]),
        ("371202", "莱城区", vec!["370116"]),
        ("512301", "涪陵市", vec!["500102"]),
    ] {
        let DivisionStatus::Void(record) = register().status(old) else { panic!("{old} is void") };
        assert_eq!(record.name, was, "{old}");
        assert_eq!(codes(&register().became(record))[..new.len()], new, "{old}");
        let error = register().check(old).unwrap_err();
        assert!(error.message.contains("已停用") && error.message.contains(was), "{error}");
        assert_eq!(error.suggestion.as_deref(), Some(new[0]));
        assert!(register().check(new[0]).is_ok());
    }
    let error = register().check("152601").unwrap_err();
    let said = "代码152601（内蒙古自治区乌兰察布盟集宁市）已停用：2003年改设为集宁区（150902）；请改用150902。";
    assert_eq!(error.message, said);
}

#[test]
fn renamed_divisions_keep_their_code_and_their_old_names() {
    let names: Vec<&str> = register().of_code("150105").map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["郊区", "赛罕区"]);
    let old = register().of_code("150206").next().unwrap();
    assert_eq!(old.name, "白云矿区");
    assert!(register().story(old).unwrap().contains("更名为白云鄂博矿区"));
    assert_eq!(codes(&register().became(old)), ["150206"]);
}

#[test]
fn a_code_is_asked_about_a_day() {
    let name = |code, day| register().on(code, day).map(|record| record.name.as_str());
    assert_eq!(name("152601", date(1999, 7, 1)), Some("集宁市"));
    assert_eq!(name("152601", date(2010, 7, 1)), None);
    assert_eq!(name("150902", date(1999, 7, 1)), None);
    assert_eq!(name("150902", date(2010, 7, 1)), Some("集宁区"));
    assert_eq!(name("150105", date(1995, 1, 1)), Some("郊区"));
    assert_eq!(name("150105", date(2020, 1, 1)), Some("赛罕区"));
}

#[test]
fn divisions_are_found_by_former_names() {
    let found: Vec<&DivisionRecord> = register().of_name("集宁市").flat_map(|r| register().became(r)).collect();
    assert!(codes(&found).contains(&"150902".to_owned()));
    assert_eq!(register().full_name(register().current("150902").unwrap()), "内蒙古自治区乌兰察布市集宁区");
    assert_eq!(register().of_name("没有这个旗").count(), 0);
}

#[test]
fn zones_are_told_from_divisions_and_unknown_codes_named() {
    for code in ["150172", "150271", "150571", "152571", "152971", "440392", "441291"] {
        assert!(matches!(register().status(code), DivisionStatus::Zone(_)), "{code}");
        assert!(register().current(code).is_none());
        assert!(register().check(code).is_ok());
    }
    assert_eq!(register().status("150427"), DivisionStatus::Unknown);
    assert!(register().check("150427").unwrap_err().message.contains("赤峰市下没有这个代码"));
}
