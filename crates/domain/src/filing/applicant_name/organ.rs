//! What kind of unit the rest of a name tells.

use super::NameProblem;
use crate::{
    division::{
        DivisionLevel,
        register::{RegisteredDivision, government_name, government_office_name},
    },
    filing::ApplicantKind,
};

type Told = Result<ApplicantKind, NameProblem>;

/// Parts of the state that are not the government.
const NOT_GOVERNMENT: [&str; 19] = [
    "人民代表大会",
    "人大常委会",
    "人大办",
    "政治协商会议",
    "政协",
    "人民法院",
    "人民检察院",
    "法院",
    "检察院",
    "监察委员会",
    "监委",
    "纪律检查委员会",
    "纪委",
    "总工会",
    "妇女联合会",
    "共青团",
    "共产主义青年团",
    "工商业联合会",
    "红十字会",
];
/// Systems that State Council departments run themselves.
const VERTICAL: [&str; 6] = ["税务局", "海关", "出入境边防检查", "人民银行", "消防救援", "煤矿安全监察"];
const VILLAGES: [&str; 6] = ["村民委员会", "村委会", "居民委员会", "居委会", "嘎查", "社区"];
/// Names of administrative signs that party organs bear.
const SIGNS: [&str; 16] = [
    "网络安全和信息化委员会办公室",
    "互联网信息办公室",
    "网信办",
    "机构编制委员会办公室",
    "编办",
    "新闻出版局",
    "版权局",
    "电影局",
    "公务员局",
    "宗教事务局",
    "侨务办公室",
    "台湾事务办公室",
    "国家保密局",
    "保密局",
    "密码管理局",
    "档案局",
];
/// Party organs that bear such a sign.
const PARTY_WITH_SIGN: [&str; 8] = [
    "宣传部",
    "组织部",
    "统一战线工作部",
    "统战部",
    "网络安全和信息化委员会办公室",
    "机构编制委员会办公室",
    "办公厅",
    "办公室",
];
const TOWNSHIPS: [&str; 10] = [
    "街道办事处",
    "街道办",
    "街道",
    "苏木人民政府",
    "苏木政府",
    "苏木",
    "镇人民政府",
    "镇政府",
    "乡人民政府",
    "乡政府",
];
const TOWNSHIP_HEADS: [&str; 4] = ["街道办事处", "苏木人民政府", "镇人民政府", "乡人民政府"];
const ENTERPRISES: [&str; 5] = ["公司", "集团", "企业", "银行", "合作社"];
const INSTITUTIONS: [&str; 20] = [
    "中心",
    "医院",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "幼儿园",
    "研究院",
    "研究所",
    "图书馆",
    "博物馆",
    "文化馆",
    "体育馆",
    "档案馆",
    "站",
    "电视台",
    "日报社",
    "党校",
    "监测所",
];
const INNER: [&str; 17] = [
    "办公室",
    "办公厅",
    "处",
    "科",
    "股",
    "室",
    "组",
    "办",
    "支队",
    "大队",
    "总队",
    "中队",
    "派出所",
    "司法所",
    "党委",
    "工会",
    "部",
];
/// Ends of a department's own name; what follows them is a part of it.
const DEPARTMENTS: [&str; 6] = ["管理委员会", "委员会", "管委会", "厅", "局", "委"];
/// Commissions of the government, as against 委员会 that are only coordinated by an office.
const COMMISSIONS: [&str; 6] = ["发展和改革", "发展改革", "卫生健康", "民族", "国有资产", "农牧"];
const ZONES: [&str; 6] = ["区", "园", "基地", "景区", "开发", "示范区"];

/// Refuses what is plainly no unit of the region's government, whatever its division.
pub(super) fn refuse_outsiders(name: &str) -> Result<(), NameProblem> {
    let state = ["国家", "国务院", "中华人民共和国"].iter().any(|prefix| name.starts_with(prefix))
        || (name.starts_with("中国") && !name.starts_with("中国共产党"));
    if (state && !name.starts_with("中国人民政治协商")) || VERTICAL.iter().any(|system| name.contains(system)) {
        return Err(NameProblem::new(
            "国务院部门和垂直管理系统的网站、账号由国务院部门主管，不走自治区的路线，请向本系统的主管部门申请。",
        ));
    }
    if NOT_GOVERNMENT.iter().any(|organ| name.contains(organ)) {
        return Err(NameProblem::new("这个单位不属于政府系统，不适用自治区的通知，请核对单位名称。"));
    }
    Ok(())
}

/// The kind of unit. `rest` is what follows the division's name.
pub(super) fn classify(rest: &str, place: &RegisteredDivision, party: bool) -> Told {
    let division = &place.division;
    if rest.is_empty() {
        return Err(NameProblem::new("只写了行政区划，没有写单位。请写单位全称，")
            .suggesting([government_office_name(division), format!("{}教育{}", division.name, bureau(place))]));
    }
    if VILLAGES.iter().any(|end| rest.ends_with(end)) {
        return Err(NameProblem::new("嘎查村、社区是基层群众性自治组织，不开设政府网站和政务新媒体。"));
    }
    if party || rest.starts_with("党委") || (rest.starts_with('委') && !rest.starts_with("委托")) {
        return party_organ(rest);
    }
    for (prefix, of_league) in [("人民政府", false), ("行政公署", true), ("政府", false), ("行署", true)] {
        if let Some(after) = rest.strip_prefix(prefix) {
            if after.is_empty() || after.starts_with('办') {
                check_government(place, prefix, of_league)?;
            }
            return of_government(after, place);
        }
    }
    if let Some(told) = township(rest, place) {
        return told;
    }
    organ(rest, place)
}

fn bureau(place: &RegisteredDivision) -> &'static str {
    if place.division.level == DivisionLevel::Region { "厅" } else { "局" }
}

fn check_government(place: &RegisteredDivision, written: &str, of_league: bool) -> Result<(), NameProblem> {
    let is_league = place.division.kind == "盟";
    if is_league == of_league {
        return Ok(());
    }
    let right = government_name(&place.division);
    let why = if is_league { "盟设行政公署，不设人民政府" } else { "只有盟设行政公署" };
    Err(NameProblem::new(format!("“{}{written}”不存在：{why}，请改写，", place.division.name))
        .suggesting([right, government_office_name(&place.division)]))
}

/// What follows 人民政府: nothing or its office means the government; a part of the office is an inner office; anything
/// else is a department (人民政府外事办公室).
fn of_government(after: &str, place: &RegisteredDivision) -> Told {
    for office in ["办公厅", "办公室", "办"] {
        if let Some(part) = after.strip_prefix(office) {
            return match part {
                "" => Ok(ApplicantKind::GovernmentOffice),
                _ if INSTITUTIONS.iter().any(|end| part.ends_with(end)) => Ok(ApplicantKind::PublicInstitution),
                _ => Ok(ApplicantKind::InnerOffice),
            };
        }
    }
    if after.is_empty() { Ok(ApplicantKind::GovernmentOffice) } else { organ(after, place) }
}

fn party_organ(rest: &str) -> Told {
    if PARTY_WITH_SIGN.iter().any(|organ| rest.ends_with(organ)) {
        return Ok(ApplicantKind::PartyOrgan);
    }
    Err(NameProblem::new(
        "这是党的机关，只有对外加挂行政机关牌子的才参照执行。请以加挂的牌子申请，例如新闻出版局、互联网信息办公室。",
    ))
}

fn township(rest: &str, place: &RegisteredDivision) -> Option<Told> {
    let bare = rest.ends_with('镇') || rest.ends_with('乡');
    let end = TOWNSHIPS.iter().find(|end| rest.ends_with(*end)).copied().or(bare.then_some("镇"));
    let kind = match end {
        Some(end) if rest.len() > end.len() => ApplicantKind::Township,
        Some(_) => {
            return Some(Err(NameProblem::new("请写明是哪个苏木乡镇、街道，例如“赤峰市松山区某某镇人民政府”。")));
        }
        None if TOWNSHIP_HEADS.iter().any(|head| rest.contains(head)) => ApplicantKind::InnerOffice,
        None => return None,
    };
    if place.division.level == DivisionLevel::Banner {
        return Some(Ok(kind));
    }
    Some(Err(NameProblem::new(format!(
        "苏木乡镇、街道要写明属于哪个旗县（市、区），例如“{}某某旗某某镇人民政府”。",
        place.division.name
    ))))
}

fn organ(name: &str, place: &RegisteredDivision) -> Told {
    if ENTERPRISES.iter().any(|end| name.ends_with(end)) {
        return Ok(ApplicantKind::Enterprise);
    }
    if SIGNS.contains(&name) {
        return Ok(ApplicantKind::PartyOrgan);
    }
    if name.ends_with("住房公积金管理中心") || name.ends_with("气象局") || name.ends_with("地震局") {
        return Ok(ApplicantKind::AuthorisedBody);
    }
    match split(name) {
        Some((own, "")) => department(own, place),
        Some((own, part)) => part_of(own, part),
        None => without_department(name),
    }
}

/// The department's own name and what follows it.
fn split(name: &str) -> Option<(&str, &str)> {
    let ends = DEPARTMENTS.iter().filter_map(|end| {
        let at = name.find(end).filter(|at| *at > 0)?;
        Some((at, at + end.len()))
    });
    // The earliest beginning; of several there, the longest.
    let (_, end) = ends.min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))?;
    Some(name.split_at(end))
}

fn department(name: &str, place: &RegisteredDivision) -> Told {
    let commission = name.strip_suffix("管理委员会").or_else(|| name.strip_suffix("管委会"));
    if commission.is_some_and(|zone| ZONES.iter().any(|end| zone.ends_with(end))) {
        return Ok(ApplicantKind::AuthorisedBody);
    }
    if name.ends_with("大厅") {
        return Err(unknown());
    }
    if name.ends_with('厅') && place.division.level != DivisionLevel::Region {
        let stem = name.trim_end_matches('厅');
        return Err(NameProblem::new("只有自治区部门称“厅”。请核对单位名称，")
            .suggesting([format!("{}{stem}局", place.division.name), format!("内蒙古自治区{name}")]));
    }
    Ok(ApplicantKind::Department)
}

/// A part of a department: an inner office, an institution below it, or a branch with a name of its own.
fn part_of(own: &str, part: &str) -> Told {
    if own.ends_with("委员会") && part == "办公室" && !COMMISSIONS.iter().any(|name| own.contains(name)) {
        return Err(NameProblem::new(
            "看不出是议事协调机构的办公室，还是委员会的内设机构。请写承担工作的部门，例如“赤峰市司法局”。",
        ));
    }
    if DEPARTMENTS.iter().any(|end| part.ends_with(end)) && !part.ends_with("党委") {
        return Ok(ApplicantKind::Department);
    }
    if INNER.iter().any(|end| part.ends_with(end)) {
        return Ok(ApplicantKind::InnerOffice);
    }
    if INSTITUTIONS.iter().any(|end| part.ends_with(end)) {
        return Ok(ApplicantKind::PublicInstitution);
    }
    Err(unknown())
}

fn without_department(name: &str) -> Told {
    if name == "办公室" || name == "办公厅" {
        return Err(NameProblem::new("请写明是哪个单位的办公室，例如“赤峰市人民政府办公室”。"));
    }
    if INSTITUTIONS.iter().any(|end| name.ends_with(end)) {
        return Ok(ApplicantKind::PublicInstitution);
    }
    if ["办公室", "办", "研究室", "参事室", "办事处", "服务处"].iter().any(|end| name.ends_with(end)) {
        return Ok(ApplicantKind::Department);
    }
    if ["处", "科", "股"].iter().any(|end| name.ends_with(end)) {
        return Ok(ApplicantKind::InnerOffice);
    }
    Err(unknown())
}

fn unknown() -> NameProblem {
    NameProblem::new("看不出是哪类单位。请写单位全称，例如“赤峰市教育局”“赤峰市人民政府办公室”“赤峰市教育局办公室”。")
}
