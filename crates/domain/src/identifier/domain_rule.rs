//! Which domain name a site may have (国办函〔2018〕55号; 互联网政务应用安全管理规定 第五条).
//!
//! A government's portal is `www.地区.gov.cn`, a department's site lies one level below its government's portal, a
//! branch under vertical command one level below its ministry's; in Chinese `单位名称.政务`. A site has one English
//! and one Chinese name.

use serde::{Deserialize, Serialize};

use super::{DomainClass, DomainName};

/// What a site is, as far as its name depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteRole {
    /// 政府门户网站（旗县级以上）, and portals of ministries.
    Portal,
    /// 部门网站
    Department,
    /// 垂直管理单位 below a ministry.
    VerticalBranch,
    /// 不承担行政职能的事业单位
    PublicInstitution,
}

impl SiteRole {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Portal => "政府门户网站",
            Self::Department => "部门网站",
            Self::VerticalBranch => "垂直管理单位网站",
            Self::PublicInstitution => "事业单位网站",
        }
    }
}

/// The rule that a name breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainRule {
    /// Only `.gov.cn` and `.政务`.
    Suffix,
    /// `www.gov.cn` belongs to 中国政府网.
    CentralName,
    /// `www.□□□.gov.cn`
    PortalForm,
    /// `○○○.□□□.gov.cn`, without `www.`
    DepartmentForm,
    /// Below the portal of the own government or ministry.
    BelowPortal,
    /// `△△△.政务`, nothing before it.
    ChineseForm,
    /// No `.gov.cn` for institutions without administrative duties, in principle.
    PublicInstitution,
    /// One English and one Chinese name to a site, in principle.
    OneOfEach,
}

impl DomainRule {
    /// Where the rule stands.
    pub fn basis(self) -> &'static str {
        match self {
            Self::PublicInstitution => "国办函〔2018〕55号；互联网政务应用安全管理规定第五条",
            Self::OneOfEach => "国办函〔2018〕55号；互联网政务应用安全管理规定第五条",
            _ => "国办函〔2018〕55号",
        }
    }

    /// Whether the rule holds 原则上 only, so that an exception can be approved.
    pub fn is_in_principle(self) -> bool {
        matches!(self, Self::PublicInstitution | Self::OneOfEach)
    }
}

/// One broken rule, with the right form where it can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainFault {
    /// The rule.
    pub rule: DomainRule,
    /// What is wrong and what to do, in plain Chinese.
    pub message: String,
    /// The name that would be right.
    pub suggestion: Option<DomainName>,
}

/// Judges the name of a site by what the site is. `portal` is the name of the portal above it: the own government's
/// for a department, the ministry's for a branch; without it only the shape is judged.
pub fn judge_domain(host: &DomainName, role: SiteRole, portal: Option<&DomainName>) -> Vec<DomainFault> {
    let fault = |rule, message: String, suggestion| DomainFault { rule, message, suggestion };
    if role == SiteRole::PublicInstitution {
        return public_institution(host).into_iter().collect();
    }
    match host.class() {
        DomainClass::Foreign => {
            let message = "政府网站只能使用以“.gov.cn”结尾的英文域名和以“.政务”结尾的中文域名，请更换域名。";
            return vec![fault(DomainRule::Suffix, message.to_owned(), None)];
        }
        DomainClass::PublicInstitution => {
            let message = "“.cn”和“.公益”域名供事业单位使用，政府网站请使用“.gov.cn”或“.政务”域名。";
            return vec![fault(DomainRule::Suffix, message.to_owned(), None)];
        }
        DomainClass::ChineseGovernment => return chinese(host).into_iter().collect(),
        _ => {}
    }
    match role {
        SiteRole::Portal => portal_form(host).into_iter().collect(),
        _ => department_form(host, role, portal).into_iter().collect(),
    }
}

/// Judges all names of one site: one English and one Chinese.
pub fn judge_domain_set(hosts: &[DomainName]) -> Vec<DomainFault> {
    let mut faults = Vec::new();
    for (chinese, kind) in [(false, "英文"), (true, "中文")] {
        let mut sites: Vec<DomainName> =
            hosts.iter().filter(|host| host.is_chinese() == chinese).map(DomainName::canonical).collect();
        sites.sort();
        sites.dedup();
        if sites.len() > 1 {
            let names = sites.iter().map(DomainName::as_str).collect::<Vec<_>>().join("、");
            let message = format!(
                "一个网站原则上只用一个{kind}域名，这里有{}个（{names}）。请明确主域名，其余的跳转到主域名，闲置的及时注销。",
                sites.len()
            );
            faults.push(DomainFault { rule: DomainRule::OneOfEach, message, suggestion: None });
        }
    }
    faults
}

fn public_institution(host: &DomainName) -> Option<DomainFault> {
    let message = match host.class() {
        DomainClass::PublicInstitution => return None,
        DomainClass::Foreign => {
            let message = "事业单位网站使用“.cn”或“.公益”域名，请更换域名。".to_owned();
            return Some(DomainFault { rule: DomainRule::Suffix, message, suggestion: None });
        }
        _ => "不承担行政职能的事业单位原则上不使用“.gov.cn”和“.政务”域名，请改用“.cn”或“.公益”域名。",
    };
    Some(DomainFault { rule: DomainRule::PublicInstitution, message: message.to_owned(), suggestion: None })
}

/// `△△△.政务`
fn chinese(host: &DomainName) -> Option<DomainFault> {
    let labels: Vec<&str> = host.as_str().split('.').collect();
    let [.., name, suffix] = labels.as_slice() else { return None };
    if labels.len() == 2 {
        return None;
    }
    let suggestion = DomainName::parse(&format!("{name}.{suffix}")).ok();
    let message = "中文域名直接写“单位名称.政务”，前面不加“www.”和其他层级。".to_owned();
    Some(DomainFault { rule: DomainRule::ChineseForm, message, suggestion })
}

/// `www.□□□.gov.cn`
fn portal_form(host: &DomainName) -> Option<DomainFault> {
    let (rule, message, suggestion) = match host.class() {
        DomainClass::Central => {
            let message = "“www.gov.cn”是中国政府网的域名。政府门户网站应为“www.地区.gov.cn”。";
            (DomainRule::CentralName, message, None)
        }
        DomainClass::Portal if host.canonical() == *host => return None,
        DomainClass::Portal => {
            let message = "门户网站的域名应以“www.”开头：www.地区或部门名称.gov.cn。";
            (DomainRule::PortalForm, message, Some(host.canonical()))
        }
        _ => {
            let message = "门户网站的域名应为“www.地区.gov.cn”，这里多了层级，是部门网站的写法，请更换域名。";
            (DomainRule::PortalForm, message, None)
        }
    };
    Some(DomainFault { rule, message: message.to_owned(), suggestion })
}

/// `○○○.□□□.gov.cn`, below the portal.
fn department_form(host: &DomainName, role: SiteRole, portal: Option<&DomainName>) -> Option<DomainFault> {
    let bare = host.as_str().strip_prefix("www.").unwrap_or(host.as_str());
    let owner =
        if role == SiteRole::VerticalBranch { "国务院部门门户网站" } else { "本级政府门户网站" };
    let above = portal.map(|portal| portal.as_str().strip_prefix("www.").unwrap_or(portal.as_str()));
    let below = |label: &str| {
        let above = above?;
        let own = above.split('.').next().unwrap_or_default();
        // A department often has its region's name in front of its own: nmgslt below nmg is slt.
        let label = label.strip_prefix(own).map_or(label, |rest| rest.trim_start_matches('-'));
        let label = if label.is_empty() { return None } else { label };
        DomainName::parse(&format!("{label}.{above}")).ok()
    };
    let label = bare.split('.').next().unwrap_or_default();
    let example = above.map_or("部门.地区.gov.cn".to_owned(), |above| format!("部门.{above}"));
    let (rule, message, suggestion) = match host.class() {
        DomainClass::Central | DomainClass::Portal => (
            DomainRule::BelowPortal,
            format!("{}应使用{owner}的下级域名（{example}），这里是门户网站的写法。", role.chinese()),
            below(label),
        ),
        DomainClass::Deeper => (
            DomainRule::DepartmentForm,
            format!(
                "{}应为{owner}域名的下一级（{example}），这里层级过深。栏目、专题和业务系统用路径，不另设域名。",
                role.chinese()
            ),
            below(label),
        ),
        _ if above.is_some_and(|above| bare.strip_prefix(label) != Some(&format!(".{above}"))) => {
            (DomainRule::BelowPortal, format!("域名不在{owner}之下，应为“{example}”。"), below(label))
        }
        _ if bare != host.as_str() => {
            (DomainRule::DepartmentForm, format!("{}的域名不加“www.”。", role.chinese()), DomainName::parse(bare).ok())
        }
        _ => return None,
    };
    Some(DomainFault { rule, message, suggestion })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    #[test]
    fn every_rule_names_what_is_wrong_and_the_right_form() {
        use DomainRule as R;
        use SiteRole::{Department, Portal, PublicInstitution, VerticalBranch};
        let nmg = Some("www.nmg.gov.cn");
        for (host, role, portal, expected) in [
            ("www.nmg.gov.cn", Portal, None, None),
            ("nmg.gov.cn", Portal, None, Some((R::PortalForm, Some("www.nmg.gov.cn")))),
            ("www.gov.cn", Portal, None, Some((R::CentralName, None))),
            ("a.nmg.gov.cn", Portal, None, Some((R::PortalForm, None))),
            ("www.nmg.com", Portal, None, Some((R::Suffix, None))),
            ("www.nmg.cn", Portal, None, Some((R::Suffix, None))),
            ("示例旗.政务", Portal, None, None),
            ("www.示例旗.政务", Portal, None, Some((R::ChineseForm, Some("示例旗.政务")))),
            ("slt.nmg.gov.cn", Department, nmg, None),
            ("slt.nmg.gov.cn", Department, None, None),
            ("www.slt.nmg.gov.cn", Department, nmg, Some((R::DepartmentForm, Some("slt.nmg.gov.cn")))),
            ("www.nmgslt.gov.cn", Department, nmg, Some((R::BelowPortal, Some("slt.nmg.gov.cn")))),
            ("slt.bt.gov.cn", Department, nmg, Some((R::BelowPortal, Some("slt.nmg.gov.cn")))),
            ("a.slt.nmg.gov.cn", Department, nmg, Some((R::DepartmentForm, Some("a.nmg.gov.cn")))),
            ("www.nmg.gov.cn", Department, nmg, Some((R::BelowPortal, None))),
            ("slt.com", Department, nmg, Some((R::Suffix, None))),
            ("nmg.abc.gov.cn", VerticalBranch, Some("www.abc.gov.cn"), None),
            ("abc.nmg.gov.cn", VerticalBranch, Some("www.abc.gov.cn"), Some((R::BelowPortal, None))),
            ("示例医院.公益", PublicInstitution, None, None),
            ("yiyuan.cn", PublicInstitution, None, None),
            ("yiyuan.nmg.gov.cn", PublicInstitution, None, Some((R::PublicInstitution, None))),
            ("yiyuan.com", PublicInstitution, None, Some((R::Suffix, None))),
        ] {
            let portal = portal.map(read);
            let faults = judge_domain(&read(host), role, portal.as_ref());
            let found = faults.first().map(|fault| (fault.rule, fault.suggestion.as_ref().map(DomainName::as_str)));
            assert_eq!(found, expected, "{host}: {faults:?}");
            for fault in &faults {
                let Some(right) = &fault.suggestion else { continue };
                assert!(judge_domain(right, role, portal.as_ref()).is_empty(), "{right}");
            }
        }
    }

    #[test]
    fn a_site_has_one_name_of_each_kind() {
        let names = |names: &[&str]| names.iter().map(|name| read(name)).collect::<Vec<_>>();
        assert!(judge_domain_set(&names(&["www.nmg.gov.cn", "nmg.gov.cn", "示例.政务"])).is_empty());
        let faults = judge_domain_set(&names(&["www.nmg.gov.cn", "www.nm.gov.cn", "示例.政务", "样本.政务"]));
        assert_eq!(faults.len(), 2);
        assert!(faults.iter().all(|fault| fault.rule == DomainRule::OneOfEach && fault.rule.is_in_principle()));
    }
}
