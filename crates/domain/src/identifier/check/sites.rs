//! What a site carries: code, records, mark, domain name, entry for error reports.

use super::{
    Accepted, CheckContext, Refused,
    places::{self, VoidCode},
};
use crate::identifier::{
    ConacCertificate, ConacMark, DomainClass, DomainName, ErrorReportEntry, IcpRecord, IdentifierError, PoliceRecord,
    SiteCode, domain_rule::judge_domain, normalise::compact, province,
};

pub(super) fn site_code(text: &str, context: &CheckContext) -> Result<Accepted, Refused> {
    let code = SiteCode::parse(text)?;
    let mut accepted = Accepted::new(code.as_str());
    let class = match (code.is_ministry(), code.branch_province()) {
        (false, _) => "地方政府网站",
        (true, None) => "国务院部门网站",
        (true, Some(_)) => "国务院部门垂直管理单位网站",
    };
    accepted.details.put("class", class);
    accepted.details.put_some("ministry", code.ministry());
    accepted.details.put_some("province", code.branch_province());
    if let Some(division) = code.division() {
        places::inside(division, VoidCode::Warns, &mut accepted);
        other_division(division, "标识码", context, &mut accepted);
    }
    accepted.details.put("serial", code.serial());
    Ok(accepted)
}

pub(super) fn icp(text: &str, context: &CheckContext) -> Result<Accepted, Refused> {
    let record = IcpRecord::parse(text)?;
    let mut accepted = Accepted::new(record.as_str());
    let name = record.province();
    accepted.details.put("province", name);
    accepted.details.put_some("province_code", province::code_of(name));
    accepted.details.put("subject", record.subject());
    accepted.details.put("number", record.digits());
    if let Some(year) = record.digits().get(..4).filter(|_| record.digits().len() == 10) {
        accepted.details.put("year", year);
        if !("2005"..="2099").contains(&year) {
            accepted.warn("10位备案号的前4位应是年份，这里不像年份，请核对。");
        }
    }
    accepted.details.put_some("site_serial", record.site_serial());
    if let Some(own) = context.division.as_ref().and_then(|division| division.as_str().get(..2))
        && province::code_of(name) != Some(own)
    {
        let expected = province::short_name(own).map(String::from).unwrap_or_default();
        accepted.warn(format!("备案号是“{name}”，网站所在地是“{expected}”，请核对主办单位的备案省份。"));
    }
    Ok(accepted)
}

pub(super) fn police(text: &str, context: &CheckContext) -> Result<Accepted, Refused> {
    let record = PoliceRecord::parse(text)?;
    let mut accepted = Accepted::new(record.as_str());
    accepted.details.put_some("province", record.as_str().chars().next());
    places::inside(record.division(), VoidCode::Stays, &mut accepted);
    accepted.details.put("number", record.digits());
    accepted.details.put("query_url", record.query_url());
    other_division(record.division(), "公安备案号", context, &mut accepted);
    Ok(accepted)
}

pub(super) fn conac(text: &str) -> Result<Accepted, Refused> {
    let typed = compact(text);
    let hexadecimal = typed.len() == 32 && typed.bytes().all(|b| b.is_ascii_hexdigit());
    if hexadecimal || typed.contains("bszs.conac.cn") {
        let certificate = ConacCertificate::parse(text)?;
        let mut accepted = Accepted::new(certificate.as_str());
        accepted.details.put("class", "标识证书");
        accepted.details.put("address", certificate.address());
        return Ok(accepted);
    }
    let mark = ConacMark::parse(text)?;
    let mut accepted = Accepted::new(mark.as_str());
    accepted.details.put("class", "标识脚本");
    accepted.details.put("place", mark.place());
    accepted.details.put("body", mark.body());
    accepted.details.put("serial", mark.serial());
    accepted.details.put("script", mark.script_address());
    Ok(accepted)
}

pub(super) fn domain(text: &str, context: &CheckContext) -> Result<Accepted, Refused> {
    let host = DomainName::parse(text)?;
    let mut accepted = Accepted::new(host.as_str());
    accepted.details.put("class", class_word(host.class()));
    if host.is_chinese() {
        accepted.details.put("encoded", host.to_ascii());
    }
    let Some(role) = context.role else {
        host.check_for_government_site()?;
        return Ok(accepted);
    };
    for fault in judge_domain(&host, role, context.portal.as_ref()) {
        if !fault.rule.is_in_principle() {
            let error = IdentifierError::new(fault.message);
            return Err(match fault.suggestion {
                Some(right) => error.suggesting(right.as_str()),
                None => error,
            }
            .into());
        }
        accepted.warn(fault.message);
    }
    Ok(accepted)
}

pub(super) fn error_report(text: &str) -> Result<Accepted, Refused> {
    let entry = ErrorReportEntry::parse(text)?;
    let mut accepted = Accepted::new(entry.to_string());
    accepted.details.put("site_code", entry.site_code().as_str());
    accepted.details.put("page", entry.page());
    Ok(accepted)
}

fn class_word(class: DomainClass) -> &'static str {
    match class {
        DomainClass::Central => "中国政府网",
        DomainClass::Portal => "门户网站",
        DomainClass::Department => "部门网站",
        DomainClass::Deeper => "部门网站以下",
        DomainClass::ChineseGovernment => "中文域名",
        DomainClass::PublicInstitution => "事业单位域名",
        DomainClass::Foreign => "其他域名",
    }
}

fn other_division(code: &str, what: &str, context: &CheckContext, accepted: &mut Accepted) {
    let own = context.division.as_ref().and_then(|division| division.as_str().get(..2));
    if let (Some(own), Some(found)) = (own, code.get(..2))
        && own != found
    {
        accepted.warn(format!("{what}的区划代码以{found}开头，网站所在地以{own}开头，请核对。"));
    }
}
