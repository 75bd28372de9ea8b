//! The marks of a site's record, checked when they are written, so that no page is refused later for a typing error.

use std::str::FromStr;

use domain::{
    identifier::{ConacCertificate, DomainName, IcpRecord, IdentifierError, PoliceRecord, SiteCode},
    problem::FieldProblem,
};

use crate::{AppError, AppResult};

/// What a person typed about a site, whether it is new or known.
pub(super) struct TypedSite<'t> {
    pub(super) slug: &'t str,
    pub(super) name: &'t str,
    pub(super) domain: &'t str,
    pub(super) site_code: Option<&'t str>,
    pub(super) icp_record: Option<&'t str>,
    pub(super) police_record: Option<&'t str>,
    pub(super) conac_id: Option<&'t str>,
    pub(super) contact: &'t str,
    pub(super) description: &'t str,
}

/// The same in official form.
pub(super) struct CheckedSite {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) domain: DomainName,
    pub(super) site_code: Option<SiteCode>,
    pub(super) icp_record: Option<IcpRecord>,
    pub(super) police_record: Option<PoliceRecord>,
    pub(super) conac_id: Option<ConacCertificate>,
    pub(super) contact: String,
    pub(super) description: String,
}

/// Brings what was typed into its official form, or says what is wrong with each field.
pub(super) fn check(typed: &TypedSite<'_>) -> AppResult<CheckedSite> {
    let mut problems = Vec::new();
    let (slug, name, description) = (typed.slug.trim(), typed.name.trim(), typed.description.trim());
    if name.is_empty() {
        problems.push(FieldProblem::new("name", "请填写网站名称。"));
    }
    if description.is_empty() {
        let message = "请填写网站描述：首页的栏目标签必须有它，缺少时首页不能发布。";
        problems.push(FieldProblem::new("description", message));
    }
    let slug_ok = !slug.is_empty()
        && slug.len() <= 40
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !slug_ok {
        problems.push(FieldProblem::new("slug", "网址简称只能用小写字母、数字和短横线，不超过 40 个字符。"));
    }
    let domain = DomainName::parse(typed.domain)
        .map_err(|error| problems.push(FieldProblem::new("domain", error.to_string())))
        .ok();
    let site_code = official(typed.site_code, "site_code", &mut problems);
    let icp_record = official(typed.icp_record, "icp_record", &mut problems);
    let police_record = official(typed.police_record, "police_record", &mut problems);
    let conac_id = official(typed.conac_id, "conac_id", &mut problems);
    match domain {
        Some(domain) if problems.is_empty() => Ok(CheckedSite {
            slug: slug.to_owned(),
            name: name.to_owned(),
            domain,
            site_code,
            icp_record,
            police_record,
            conac_id,
            contact: typed.contact.trim().to_owned(),
            description: description.to_owned(),
        }),
        _ => Err(AppError::Invalid(problems)),
    }
}

/// An identifier that may be left blank.
fn official<T: FromStr<Err = IdentifierError>>(
    typed: Option<&str>,
    field: &str,
    problems: &mut Vec<FieldProblem>,
) -> Option<T> {
    let text = typed.map(str::trim).filter(|text| !text.is_empty())?;
    text.parse().map_err(|error: IdentifierError| problems.push(FieldProblem::new(field, error.to_string()))).ok()
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
