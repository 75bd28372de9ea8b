use proptest::prelude::*;

use super::*;
use crate::{
    division::{DivisionLevel, register},
    filing::ApplicantKind as Kind,
};

fn read(name: &str) -> Result<Applicant, NameProblem> {
    Applicant::from_name(name, register::all())
}

#[test]
fn names_tell_division_and_kind() {
    for (name, division, kind) in [
        ("内蒙古自治区人民政府办公厅", "150000", Kind::GovernmentOffice),
        ("自治区政府办公厅", "150000", Kind::GovernmentOffice),
        ("内蒙古自治区教育厅", "150000", Kind::Department),
        ("内蒙古教育厅", "150000", Kind::Department),
        ("自治区发展改革委", "150000", Kind::Department),
        ("内蒙古自治区人民政府国有资产监督管理委员会", "150000", Kind::Department),
        ("内蒙古自治区人民政府外事办公室", "150000", Kind::Department),
        ("内蒙古自治区人民政府驻北京办事处", "150000", Kind::Department),
        ("内蒙古自治区教育厅办公室", "150000", Kind::InnerOffice),
        ("内蒙古自治区教育厅政策法规处", "150000", Kind::InnerOffice),
        ("内蒙古自治区人民政府办公厅政务公开处", "150000", Kind::InnerOffice),
        ("内蒙古自治区大数据中心", "150000", Kind::PublicInstitution),
        ("内蒙古自治区教育厅信息中心", "150000", Kind::PublicInstitution),
        ("内蒙古大学", "150000", Kind::PublicInstitution),
        ("内蒙古电力（集团）有限责任公司", "150000", Kind::Enterprise),
        ("内蒙古自治区党委宣传部", "150000", Kind::PartyOrgan),
        ("中国共产党内蒙古自治区委员会宣传部", "150000", Kind::PartyOrgan),
        ("内蒙古自治区互联网信息办公室", "150000", Kind::PartyOrgan),
        ("内蒙古自治区气象局", "150000", Kind::AuthorisedBody),
        ("呼和浩特市人民政府办公室", "150100", Kind::GovernmentOffice),
        ("呼市教育局", "150100", Kind::Department),
        ("赤峰市人民政府", "150400", Kind::GovernmentOffice),
        ("赤峰市教育局", "150400", Kind::Department),
        ("赤峰教育局", "150400", Kind::Department),
        ("内蒙古赤峰市教育局", "150400", Kind::Department),
        ("内蒙古自治区赤峰市松山区教育局", "150404", Kind::Department),
        ("赤峰市委宣传部", "150400", Kind::PartyOrgan),
        ("赤峰市卫生健康委员会办公室", "150400", Kind::InnerOffice),
        ("包头稀土高新技术产业开发区管理委员会", "150200", Kind::AuthorisedBody),
        ("锡林郭勒盟行政公署办公室", "152500", Kind::GovernmentOffice),
        ("锡盟行署办公室", "152500", Kind::GovernmentOffice),
        ("兴安盟行政公署", "152200", Kind::GovernmentOffice),
        ("兴安盟公安局", "152200", Kind::Department),
        ("阿拉善盟教育体育局", "152900", Kind::Department),
        ("乌海市海南区人民政府办公室", "150303", Kind::GovernmentOffice),
        ("海南区教育局", "150303", Kind::Department),
        ("乌海市海南区教育局", "150303", Kind::Department),
        ("达茂旗教育局", "150223", Kind::Department),
        ("达茂联合旗人民政府办公室", "150223", Kind::GovernmentOffice),
        ("达尔罕茂明安联合旗教育局", "150223", Kind::Department),
        ("科左中旗人民政府办公室", "150521", Kind::GovernmentOffice),
        ("科尔沁左翼后旗教育局", "150522", Kind::Department),
        ("科右前旗教育局", "152221", Kind::Department),
        ("科尔沁区教育局", "150502", Kind::Department),
        ("土左旗民政局", "150121", Kind::Department),
        ("土默特右旗民政局", "150221", Kind::Department),
        ("乌拉特前旗教育局", "150823", Kind::Department),
        ("乌拉特中旗教育局", "150824", Kind::Department),
        ("乌后旗教育局", "150825", Kind::Department),
        ("杭锦旗教育局", "150625", Kind::Department),
        ("杭锦后旗教育局", "150826", Kind::Department),
        ("鄂托克前旗教育局", "150623", Kind::Department),
        ("鄂托克旗教育局", "150624", Kind::Department),
        ("察右中旗教育局", "150927", Kind::Department),
        ("巴彦淖尔市中旗教育局", "150824", Kind::Department),
        ("乌兰浩特市教育局", "152201", Kind::Department),
        ("白云鄂博矿区人民政府办公室", "150206", Kind::GovernmentOffice),
        ("四子王旗教育局", "150929", Kind::Department),
        ("松山区教育局基础教育股", "150404", Kind::InnerOffice),
        ("松山区穆家营子镇人民政府", "150404", Kind::Township),
        ("二连浩特市格日勒敖都苏木", "152501", Kind::Township),
        ("呼和浩特市新城区海拉尔东路街道办事处", "150102", Kind::Township),
        ("松山区穆家营子镇人民政府党政综合办公室", "150404", Kind::InnerOffice),
        ("呼和浩特市公安局赛罕区分局", "150100", Kind::Department),
        ("呼和浩特市住房公积金管理中心", "150100", Kind::AuthorisedBody),
        (" 赤峰市　教育局（语委办） ", "150400", Kind::Department),
    ] {
        let applicant = read(name).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!((applicant.division.as_str(), applicant.kind), (division, kind), "{name}");
    }
}

#[test]
fn what_is_unknown_or_ambiguous_is_told_what_to_write() {
    for (name, said) in [
        ("", "没有写"),
        ("海南省教育厅", "不在内蒙古"),
        ("海南教育局", "乌海市海南区教育局"),
        ("新城教育局", "呼和浩特市新城区教育局"),
        ("左旗人民政府", "土默特左旗"),
        ("前旗教育局", "乌拉特前旗"),
        ("巴彦淖尔市后旗教育局", "杭锦后旗"),
        ("北京市教育委员会", "不在内蒙古"),
        ("教育局", "没有认出行政区划"),
        ("赤峰市", "赤峰市人民政府办公室"),
        ("兴安盟", "兴安盟行政公署办公室"),
        ("兴安盟人民政府办公室", "兴安盟行政公署办公室"),
        ("赤峰市行政公署办公室", "赤峰市人民政府办公室"),
        ("赤峰市教育厅", "赤峰市教育局"),
        ("赤峰市新城区教育局", "不属于"),
        ("赤峰市人民法院", "不属于政府系统"),
        ("内蒙古自治区人大常委会办公厅", "不属于政府系统"),
        ("赤峰市委政法委员会", "加挂"),
        ("国家税务总局内蒙古自治区税务局", "垂直"),
        ("赤峰市税务局", "垂直"),
        ("中国人民银行呼和浩特中心支行", "国务院部门"),
        ("赤峰市某某镇人民政府", "哪个旗县"),
        ("松山区某某嘎查", "自治组织"),
        ("赤峰市办公室", "哪个单位"),
        ("赤峰市全面依法治市委员会办公室", "议事协调"),
        ("赤峰市某某", "哪类单位"),
    ] {
        let problem = read(name).expect_err(name);
        assert!(problem.message.contains(said), "{name}: {problem}");
    }
}

#[test]
fn every_division_is_known_by_each_of_its_names_and_its_own_office() {
    for registered in register::all() {
        let division = &registered.division;
        let office = register::government_office_name(division);
        let applicant = read(&office).unwrap_or_else(|problem| panic!("{office}: {problem}"));
        assert_eq!((&applicant.division, applicant.kind), (&registered.code, Kind::GovernmentOffice), "{office}");
        let government = if division.kind == "盟" { "行政公署办公室" } else { "人民政府办公室" };
        for name in [&division.name, &division.short_name].into_iter().chain(&registered.aliases) {
            let short = name.chars().count() <= 2;
            let typed = name.ends_with(['盟', '市', '旗', '区', '县']);
            let vague = name == "蒙" || (short && !typed && division.level == DivisionLevel::Banner);
            if vague || ["左旗", "右旗"].contains(&name.as_str()) {
                assert!(read(&format!("{name}教育局")).is_err(), "{name}");
                continue;
            }
            let text = format!("{name}{government}");
            assert_eq!(read(&text).map(|read| read.division), Ok(registered.code.clone()), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_what_is_read_reads_again(name in "\\PC{0,40}") {
        if let Ok(applicant) = read(&name) {
            prop_assert_eq!(read(&applicant.name), Ok(applicant));
        }
    }

    #[test]
    fn names_made_of_real_parts_never_panic(
        place in prop::sample::select(vec!["内蒙古自治区", "赤峰市", "海南", "左旗", "兴安盟", "松山区", "中共", "自治区"]),
        more in prop::sample::select(vec!["松山区", "人民政府", "行政公署", "委", "党委", "", "委员会"]),
        organ in prop::sample::select(vec!["办公室", "教育局", "厅", "镇", "委员会办公室", "(", ")", "处", ""]),
    ) {
        let _ = read(&format!("{place}{more}{organ}"));
        let _ = read(&format!("{organ}{place}{more}"));
    }
}
