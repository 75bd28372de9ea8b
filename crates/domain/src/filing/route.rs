//! The answer: who must agree, in which order, and what else must be done.

use serde::{Deserialize, Serialize};

use super::{Applicant, Clause, FilingKind, Office};
use crate::rule::{Mark, RuleId};

/// What an office does with an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 受理: takes the application, reviews it and passes it on.
    Accept,
    /// 审核
    Review,
    /// 批准
    Approve,
    /// 报送: passes it on in writing.
    Submit,
    /// 备案
    Record,
}

impl Act {
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Accept => "受理审核",
            Self::Review => "审核",
            Self::Approve => "批准",
            Self::Submit => "书面上报",
            Self::Record => "备案",
        }
    }
}

/// One office of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The office.
    #[serde(flatten)]
    pub office: Office,
    /// What it does.
    pub act: Act,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// A national reporting system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalSystem {
    /// 全国政府网站信息报送系统
    Sites,
    /// 全国政务新媒体报送系统
    Accounts,
}

impl NationalSystem {
    /// Its name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Sites => "全国政府网站信息报送系统",
            Self::Accounts => "全国政务新媒体报送系统",
        }
    }
}

/// Something to enter into a national system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Submission {
    /// The system.
    pub system: NationalSystem,
    /// What.
    pub what: String,
    /// When.
    pub when: String,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// What must be passed before a site goes live or an account is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateKind {
    /// 审核获批
    Approval,
    /// 域名
    Domain,
    /// 党政机关网站标识
    ConacMark,
    /// 等级保护定级备案
    ProtectionGrade,
    /// ICP备案
    IcpRecord,
    /// 公安机关备案
    PoliceRecord,
    /// 全国报送系统已提交
    NationalReceipt,
    /// 政府网站标识码
    SiteCode,
    /// 安全检测
    SecurityTest,
    /// 账号名称规范
    AccountName,
    /// 认证信息标明主办单位
    Certification,
    /// IPv6
    Ipv6,
}

impl GateKind {
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Approval => "审核获批",
            Self::Domain => "域名注册",
            Self::ConacMark => "党政机关网站标识",
            Self::ProtectionGrade => "等级保护定级备案",
            Self::IcpRecord => "ICP备案",
            Self::PoliceRecord => "公安机关备案",
            Self::NationalReceipt => "全国报送系统提交回执",
            Self::SiteCode => "政府网站标识码",
            Self::SecurityTest => "安全检测",
            Self::AccountName => "账号名称规范",
            Self::Certification => "认证信息标明主办单位",
            Self::Ipv6 => "支持IPv6",
        }
    }
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Which.
    pub kind: GateKind,
    /// What must be shown, in Chinese.
    pub what: String,
    /// Set when it concerns only some, e.g. 移动客户端.
    pub only_for: Option<String>,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// A notice to the public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicNotice {
    /// What it says.
    pub what: String,
    /// Where it stands.
    pub place: String,
    /// For how many natural days at least.
    pub least_days: Option<i64>,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// A number that may not be exceeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// What is limited.
    pub what: String,
    /// The most.
    pub most: i64,
    /// Unit in Chinese.
    pub unit: String,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// A paper that the applicant brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Which.
    pub name: String,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// What remains to be done after the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// What.
    pub what: String,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// Something the applicant should know before going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Plain Chinese.
    pub message: String,
    /// The rule that says so.
    pub basis: RuleId,
    /// Its reliability.
    pub mark: Mark,
}

/// Whether the rules favour what is applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 原则上应开设
    Expected,
    /// 可以申请
    Allowed,
    /// 原则上不开设: the route is that of an exception.
    InPrincipleNot,
}

impl Decision {
    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Expected => "原则上应开设",
            Self::Allowed => "可以申请",
            Self::InPrincipleNot => "原则上不开设",
        }
    }
}

/// The way of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// What is applied for.
    pub kind: FilingKind,
    /// By whom.
    pub applicant: Applicant,
    /// Whether the rules favour it.
    pub decision: Decision,
    /// Papers to bring.
    pub papers: Vec<Paper>,
    /// The offices in their order; the last one decides.
    pub steps: Vec<Step>,
    /// What goes into the national systems.
    pub submissions: Vec<Submission>,
    /// What must be passed before going live or being registered.
    pub gates: Vec<Gate>,
    /// Notices to the public.
    pub notices: Vec<PublicNotice>,
    /// Numbers not to be exceeded.
    pub limits: Vec<Limit>,
    /// What remains to be done afterwards.
    pub afterwards: Vec<Duty>,
    /// What the applicant should know.
    pub warnings: Vec<Warning>,
    /// Everything it rests on.
    pub basis: Vec<Clause>,
    /// All of it in Chinese sentences.
    pub explanation: String,
}

impl Route {
    /// The office that decides.
    pub fn deciding_office(&self) -> Option<&Office> {
        self.steps.last().map(|step| &step.office)
    }

    /// True when anything in it still has to be compared with the original document.
    pub fn needs_confirmation(&self) -> bool {
        self.basis.iter().any(|clause| clause.mark.needs_confirmation())
    }
}
