//! The marks of a site's record, checked when they are written, so that no page is refused later for a typing error.

use domain::{
    identifier::{ConacCertificate, DomainName, IcpRecord, PoliceRecord, SiteCode},
    problem::FieldProblem,
    site::Site,
};

use crate::{AppError, AppResult};

/// Brings the identifiers of a site into their official form, or says what is wrong with each.
pub(super) fn normalise(site: &mut Site) -> AppResult<()> {
    let mut problems = Vec::new();
    trim(site);
    if site.name.is_empty() {
        problems.push(FieldProblem::new("name", "请填写网站名称。"));
    }
    if site.description.is_empty() {
        let message = "请填写网站简介：首页的栏目标签必须有它，缺少时首页不能发布。";
        problems.push(FieldProblem::new("description", message));
    }
    let slug_ok = !site.slug.is_empty()
        && site.slug.len() <= 40
        && site.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !slug_ok {
        problems.push(FieldProblem::new("slug", "网址简称只能用小写字母、数字和短横线，不超过 40 个字符。"));
    }
    match DomainName::parse(&site.domain) {
        Ok(domain) => site.domain = domain.to_string(),
        Err(error) => problems.push(FieldProblem::new("domain", error.to_string())),
    }
    official(&mut site.site_code, "site_code", &mut problems, |text| {
        SiteCode::parse(text).map(|code| code.to_string())
    });
    official(&mut site.icp_record, "icp_record", &mut problems, |text| {
        IcpRecord::parse(text).map(|code| code.to_string())
    });
    official(&mut site.police_record, "police_record", &mut problems, |text| {
        PoliceRecord::parse(text).map(|code| code.to_string())
    });
    official(&mut site.conac_id, "conac_id", &mut problems, |text| {
        ConacCertificate::parse(text).map(|id| id.to_string())
    });
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

fn official(
    value: &mut Option<String>,
    field: &str,
    problems: &mut Vec<FieldProblem>,
    parse: impl Fn(&str) -> Result<String, domain::identifier::IdentifierError>,
) {
    let Some(text) = value.as_deref() else { return };
    match parse(text) {
        Ok(canonical) => *value = Some(canonical),
        Err(error) => problems.push(FieldProblem::new(field, error.to_string())),
    }
}

fn trim(site: &mut Site) {
    for text in
        [&mut site.name, &mut site.slug, &mut site.domain, &mut site.contact, &mut site.description, &mut site.theme]
    {
        *text = text.trim().to_owned();
    }
    for value in [&mut site.site_code, &mut site.icp_record, &mut site.police_record, &mut site.conac_id] {
        *value = value.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
}

/// Tells which field of a site is taken by another site.
pub(super) fn taken(error: store::StoreError) -> AppError {
    let fields = [
        ("slug", "网址简称已被其他网站使用，请换一个。"),
        ("domain", "网站域名已被其他网站使用，请核对。"),
        ("site_code", "政府网站标识码已被其他网站使用，请核对。"),
    ];
    match fields.into_iter().find(|(field, _)| error.is_duplicate_of("site", &[field])) {
        Some((field, message)) => AppError::invalid(field, message),
        None => error.into(),
    }
}
