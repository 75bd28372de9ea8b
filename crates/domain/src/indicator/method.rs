//! How an indicator is judged (评判方法): names the evaluator and the parameters that it asks for.

use serde::{Deserialize, Serialize};

use crate::rule::{Parameter, Value};

/// One evaluator of this folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// 人工定性: a machine only shows what a person should look at ([`super::serious`]).
    Serious,
    /// 站点无法访问 ([`super::unreachable`]).
    Unreachable,
    /// 首页不更新 ([`super::home_stale`]).
    HomeStale,
    /// 栏目不更新 ([`super::columns_stale`]).
    ColumnsStale,
    /// 网站互动回应差 ([`super::no_response`]).
    NoResponse,
    /// 服务不实用 ([`super::services_unusable`]).
    ServicesUnusable,
    /// 新媒体内容不更新 ([`super::account_stale`]).
    AccountStale,
    /// 新媒体互动回应差 ([`super::account_interaction`]).
    AccountInteraction,
    /// 数目达到限额 ([`super::counted`]).
    Counted,
    /// 逐处扣分 ([`super::sheet`]).
    Sheet,
    /// 空白栏目、应更新未更新栏目逐个扣分 ([`super::other_columns`]).
    OtherColumns,
    /// 找错留言逐条扣分 ([`super::error_reports`]).
    ErrorReports,
    /// 人工加分 ([`super::granted`]).
    Granted,
}

/// What a method expects under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A yes or no.
    Flag,
    /// Words.
    List,
}

impl Shape {
    /// Whether a parameter can be asked in this way, now and after any override.
    pub fn fits(self, parameter: &Parameter) -> bool {
        match (self, &parameter.value) {
            (Self::Whole, Value::Number(_)) => parameter.counts_wholes(),
            (Self::Number, Value::Number(_)) | (Self::Flag, Value::Flag(_)) | (Self::List, Value::List(_)) => true,
            _ => false,
        }
    }

    /// The words of a pack's problem.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Whole => "整数（写明计数单位）",
            Self::Number => "数字",
            Self::Flag => "是否类",
            Self::List => "名单类",
        }
    }
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Serious,
        Self::Unreachable,
        Self::HomeStale,
        Self::ColumnsStale,
        Self::NoResponse,
        Self::ServicesUnusable,
        Self::AccountStale,
        Self::AccountInteraction,
        Self::Counted,
        Self::Sheet,
        Self::OtherColumns,
        Self::ErrorReports,
        Self::Granted,
    ];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serious => "serious",
            Self::Unreachable => "unreachable",
            Self::HomeStale => "home_stale",
            Self::ColumnsStale => "columns_stale",
            Self::NoResponse => "no_response",
            Self::ServicesUnusable => "services_unusable",
            Self::AccountStale => "account_stale",
            Self::AccountInteraction => "account_interaction",
            Self::Counted => "counted",
            Self::Sheet => "sheet",
            Self::OtherColumns => "other_columns",
            Self::ErrorReports => "error_reports",
            Self::Granted => "granted",
        }
    }

    /// Parameters without which the evaluator cannot judge; a pack that lacks one is refused.
    pub fn parameters(self) -> &'static [(&'static str, Shape)] {
        use Shape::{Flag, List, Number, Whole};
        match self {
            Self::Serious => &[("person.kinds", List)],
            Self::AccountInteraction | Self::Sheet | Self::Granted => &[],
            Self::Unreachable => &[
                ("probe.days", Whole),
                ("probe.per_day_min", Whole),
                ("probe.gap_minutes", Whole),
                ("probe.spread_hours", Whole),
                ("probe.timeout_s", Whole),
                ("probe.fail_ratio", Number),
            ],
            Self::HomeStale => &[("home.stale_days", Whole), ("undated_is_stale", Flag)],
            Self::ColumnsStale => &[
                ("col.dynamic_days", Whole),
                ("col.policy_months", Whole),
                ("col.stale_total", Whole),
                ("col.long_stale_months", Whole),
                ("col.long_stale", Whole),
                ("col.blank", Whole),
                ("undated_is_stale", Flag),
            ],
            Self::NoResponse => &[
                ("msg.window_days", Whole),
                ("msg.unanswered_months", Whole),
                ("msg.excluded", List),
                ("channel.excluded", List),
            ],
            Self::ServicesUnusable => &[
                ("guide.classes", List),
                ("guide.missing_classes", Whole),
                ("guide.items", Whole),
                ("guide.few_items", Whole),
                ("guide.sample", Whole),
            ],
            Self::AccountStale => &[("media.stale_days", Whole), ("undated_is_stale", Flag)],
            Self::Counted => &[("limit", Whole)],
            Self::OtherColumns => &[
                ("blank.points", Number),
                ("long_stale.points", Number),
                ("col.long_stale_months", Whole),
                ("undated_is_stale", Flag),
            ],
            Self::ErrorReports => &[("open.points", Number), ("late.points", Number), ("late.months", Whole)],
        }
    }
}
