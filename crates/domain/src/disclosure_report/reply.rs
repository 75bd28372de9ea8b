//! How a request was answered, and the row of table two in which it counts.

use serde::{Deserialize, Serialize};

use crate::{form::Key, problem::FieldProblem, rule::Mark};

/// How a request was answered (国令第711号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// 已主动公开，告知获取方式、途径
    AlreadyPublic,
    /// 可以公开，提供信息
    Provided,
    /// 区分处理
    Separated,
    /// 国家秘密
    StateSecret,
    /// 其他法律行政法规禁止公开
    ForbiddenByLaw,
    /// 危及国家安全、公共安全、经济安全、社会稳定
    SafetyAndStability,
    /// 保护第三方合法权益
    ThirdParty,
    /// 三类内部事务信息
    InternalAffairs,
    /// 四类过程性信息
    ProcessInformation,
    /// 行政执法案卷
    EnforcementFile,
    /// 行政查询事项
    AdministrativeQuery,
    /// 本机关没有该信息
    NotHeld,
    /// 不属于本机关负责公开
    OtherOrgan,
    /// 没有现成信息，需要加工、分析
    NeedsMaking,
    /// 补正后仍不明确
    StillUnclear,
    /// 信访、举报、投诉
    Petition,
    /// 重复申请
    Duplicate,
    /// 公开出版物
    Publication,
    /// 无正当理由大量反复申请
    Excessive,
    /// 确认或重新出具已获取信息
    Reissue,
    /// 无正当理由逾期不补正
    NotCorrected,
    /// 逾期未缴费
    NotPaid,
    /// 其他
    Other,
}

impl ReplyKind {
    /// All kinds, in the order of the report.
    pub const ALL: [Self; 23] = [
        Self::AlreadyPublic,
        Self::Provided,
        Self::Separated,
        Self::StateSecret,
        Self::ForbiddenByLaw,
        Self::SafetyAndStability,
        Self::ThirdParty,
        Self::InternalAffairs,
        Self::ProcessInformation,
        Self::EnforcementFile,
        Self::AdministrativeQuery,
        Self::NotHeld,
        Self::OtherOrgan,
        Self::NeedsMaking,
        Self::StillUnclear,
        Self::Petition,
        Self::Duplicate,
        Self::Publication,
        Self::Excessive,
        Self::Reissue,
        Self::NotCorrected,
        Self::NotPaid,
        Self::Other,
    ];

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::AlreadyPublic => "已主动公开，告知获取方式和途径",
            Self::Provided => "予以公开",
            Self::Separated => "区分处理，部分公开",
            Self::StateSecret => "属于国家秘密",
            Self::ForbiddenByLaw => "其他法律行政法规禁止公开",
            Self::SafetyAndStability => "危及“三安全一稳定”",
            Self::ThirdParty => "保护第三方合法权益",
            Self::InternalAffairs => "属于内部事务信息",
            Self::ProcessInformation => "属于过程性信息",
            Self::EnforcementFile => "属于行政执法案卷",
            Self::AdministrativeQuery => "属于行政查询事项",
            Self::NotHeld => "本机关不掌握该信息",
            Self::OtherOrgan => "不属于本机关负责公开",
            Self::NeedsMaking => "没有现成信息，需要另行制作",
            Self::StillUnclear => "补正后申请内容仍不明确",
            Self::Petition => "信访、举报、投诉",
            Self::Duplicate => "重复申请",
            Self::Publication => "要求提供公开出版物",
            Self::Excessive => "无正当理由大量反复申请",
            Self::Reissue => "要求确认或重新出具已获取信息",
            Self::NotCorrected => "无正当理由逾期不补正",
            Self::NotPaid => "逾期未缴费",
            Self::Other => "其他",
        }
    }

    /// Something was given.
    fn gives(self) -> bool {
        matches!(self, Self::AlreadyPublic | Self::Provided)
    }

    /// Something that exists was kept back (条例 14–16).
    fn keeps_back(self) -> bool {
        matches!(
            self,
            Self::StateSecret
                | Self::ForbiddenByLaw
                | Self::SafetyAndStability
                | Self::ThirdParty
                | Self::InternalAffairs
                | Self::ProcessInformation
                | Self::EnforcementFile
        )
    }
}

/// The row of a kind of reply, and the article it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyRow {
    /// The kind.
    pub kind: ReplyKind,
    /// Article of 国令第711号; blank for none.
    pub article: String,
    /// Row of the table of requests.
    pub row: Key,
    /// Reliability.
    pub mark: Mark,
}

/// The one row in which a request counts. A request of which a part was given and a part kept back counts once, as 部分公开
/// (区分处理), whatever the reasons for the part kept back.
///
/// # Errors
/// No reply at all, or replies that belong to different rows: such a request is first split (一事一申请).
pub fn row_of_request<'a>(rows: &'a [ReplyRow], replies: &[ReplyKind]) -> Result<&'a Key, FieldProblem> {
    let row = |kind: ReplyKind| {
        rows.iter()
            .find(|row| row.kind == kind)
            .map(|row| &row.row)
            .ok_or_else(|| FieldProblem::new("reply", format!("报表里没有“{}”对应的行。", kind.chinese())))
    };
    let given = replies.iter().any(|reply| reply.gives());
    let kept_back = replies.iter().any(|reply| reply.keeps_back());
    if replies.contains(&ReplyKind::Separated) || (given && kept_back) {
        return row(ReplyKind::Separated);
    }
    let Some((first, others)) = replies.split_first() else {
        return Err(FieldProblem::new("reply", "还没有答复，不能归类；未办结的计入“结转下年度继续办理”。"));
    };
    let counted = row(*first)?;
    for other in others {
        if row(*other)? != counted {
            return Err(FieldProblem::new(
                "reply",
                format!(
                    "“{}”和“{}”归入不同的行，一件申请只能计一次，请先按一事一申请拆分。",
                    first.chinese(),
                    other.chinese()
                ),
            ));
        }
    }
    Ok(counted)
}
