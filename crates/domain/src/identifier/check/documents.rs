//! What a document and its office carry: document and index numbers, credit and organ codes, map numbers, dates.

use super::{
    Accepted, Refused,
    places::{self, VoidCode},
};
use crate::identifier::{
    DocumentNumber, DocumentNumberForm, IndexNumber, MapApproval, MapApprovalLevel, OfficialDate, OrganCode,
    UnifiedSocialCreditCode,
};

pub(super) fn credit_code(text: &str) -> Result<Accepted, Refused> {
    let code = UnifiedSocialCreditCode::parse(text)?;
    let mut accepted = Accepted::new(code.as_str());
    describe_credit_code(&code, &mut accepted);
    Ok(accepted)
}

pub(super) fn organ_code(text: &str) -> Result<Accepted, Refused> {
    let code = OrganCode::parse(text)?;
    let mut accepted = Accepted::new(code.as_str());
    describe_organ(&code, &mut accepted);
    Ok(accepted)
}

pub(super) fn document_number(text: &str) -> Result<Accepted, Refused> {
    let number = DocumentNumber::parse(text)?;
    let mut accepted = Accepted::new(number.as_str());
    let organ = number.organ_mark();
    accepted.details.put("form", number.form().chinese());
    if organ.chars().count() <= 1 {
        accepted.warn("文号里没有写明发布机关，请在发文机关一栏写明。");
    }
    if !organ.is_empty() {
        accepted.details.put("organ_mark", &organ);
    }
    if number.form() == DocumentNumberForm::Numbered && organ.chars().count() > 12 {
        accepted.warn("机关代字很长，请核对是否误填了机关名称。");
    }
    accepted.details.put_some("year", number.year().map(|year| year.to_string()));
    accepted.details.put_some("serial", number.serial().map(|serial| serial.to_string()));
    Ok(accepted)
}

pub(super) fn index_number(text: &str) -> Result<Accepted, Refused> {
    let number = IndexNumber::parse(text)?;
    let mut accepted = Accepted::new(number.as_str());
    if let Ok(organ) = OrganCode::parse(number.organ()) {
        describe_organ(&organ, &mut accepted);
    }
    accepted.details.put("year", number.year().to_string());
    accepted.details.put_some("month", number.month().map(|month| month.to_string()));
    accepted.details.put("serial", number.serial().to_string());
    Ok(accepted)
}

pub(super) fn map_approval(text: &str) -> Result<Accepted, Refused> {
    let approval = MapApproval::parse(text)?;
    let mut accepted = Accepted::new(approval.as_str());
    let level = match (approval.level(), approval.province()) {
        (MapApprovalLevel::National, None) => "国家",
        (MapApprovalLevel::National, Some(_)) => "国家委托省级",
        (MapApprovalLevel::Provincial, _) => "省级",
        (MapApprovalLevel::Municipal, _) => "市级",
    };
    accepted.details.put("level", level);
    accepted.details.put_some("province", approval.province());
    accepted.details.put("year", approval.year().to_string());
    accepted.details.put("serial", approval.serial());
    if approval.level() == MapApprovalLevel::Municipal {
        accepted.warn("市级审图号各地写法不一，请对照地图审核批准文件核对。");
    }
    if level == "国家委托省级" && approval.year() < 2022 {
        accepted.warn("“GS”加省简称的审图号自2022年起使用，这里的年份更早，请核对。");
    }
    Ok(accepted)
}

pub(super) fn date(text: &str) -> Result<Accepted, Refused> {
    let date = OfficialDate::parse(text)?;
    let mut accepted = Accepted::new(date.to_string());
    accepted.details.put("iso", date.iso());
    accepted.details.put("year", date.date().year().to_string());
    accepted.details.put("month", date.date().month().to_string());
    accepted.details.put("day", date.date().day().to_string());
    Ok(accepted)
}

fn describe_credit_code(code: &UnifiedSocialCreditCode, accepted: &mut Accepted) {
    accepted.details.put_some("registering_authority", code.registering_authority());
    accepted.details.put_some("class", code.body_kind());
    if code.body_kind().is_none() {
        accepted.warn("前两位不在GB 32100-2015的登记管理部门和机构类别代码之中，请核对。");
    }
    if code.division() == "100000" {
        accepted.details.put("division_code", code.division());
        accepted.details.put("division", "国家");
    } else {
        // GB 32100-2015: one code for life, whatever becomes of the division.
        places::inside(code.division(), VoidCode::Stays, accepted);
    }
    accepted.details.put("organisation_code", code.organisation());
    if !code.has_checked_organisation() {
        accepted.warn("第9至17位的组织机构代码校验位不符（GB 11714-1997），请核对。");
    }
}

fn describe_organ(code: &OrganCode, accepted: &mut Accepted) {
    accepted.details.put("organ_code", code.as_str());
    if let Ok(credit) = UnifiedSocialCreditCode::parse(code.as_str()) {
        accepted.details.put_some("class", credit.body_kind());
        accepted.details.put("division_code", credit.division());
    }
    if !code.is_checked() {
        accepted.warn("机构代码的校验位不符。已发出的索引号不改，新编索引号请先核对机构代码。");
    }
}
