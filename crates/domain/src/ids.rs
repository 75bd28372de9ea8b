//! Newtypes for every key, so that a site's id can never be passed where a column's is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, sync::Arc};
use uuid::Uuid;

use crate::time::{Clock, Entropy};

/// Makes UUIDv7 keys: ordered by creation time, unpredictable in the rest.
#[derive(Clone)]
pub struct IdSource {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl IdSource {
    /// Joins the clock and the entropy that the caller injects.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    /// A fresh UUIDv7.
    pub fn uuid(&self) -> Uuid {
        let mut random = [0u8; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A fresh typed id: `ids.fresh::<SiteId>()`.
    pub fn fresh<T: From<Uuid>>(&self) -> T {
        T::from(self.uuid())
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self { Self(value) }
        }
        impl From<$name> for Uuid {
            fn from(value: $name) -> Self { value.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::from_str(text).map(Self) }
        }
    )+};
}

ids! {
    /// Key of a [`crate::unit::Unit`] (单位).
    UnitId,
    /// Key of a [`crate::person::Person`] (人员).
    PersonId,
    /// Key of an [`crate::person::Appointment`] (任职).
    AppointmentId,
    /// Key of a login session (会话).
    SessionId,
    /// Key of a [`crate::delegation::Delegation`] (委托代办).
    DelegationId,
    /// Key of a [`crate::resource::Resource`] (信息资源).
    ResourceId,
    /// Key of an [`crate::edition::Edition`] (版本).
    EditionId,
    /// Key of an [`crate::attachment::Attachment`] (附件).
    AttachmentId,
    /// Key of a screening report (机审).
    ScreeningId,
    /// Key of a [`crate::review_chain::ReviewChain`] (审核链).
    ReviewChainId,
    /// Key of a [`crate::review::Review`] (审核).
    ReviewId,
    /// Key of one step of a review (审核步骤).
    ReviewStepId,
    /// Key of a review comment at a place in the text (批注).
    CommentId,
    /// Key of a [`crate::site::Site`] (网站).
    SiteId,
    /// Key of a [`crate::column::Column`] (栏目).
    ColumnId,
    /// Key of a [`crate::placement::Placement`] (使用).
    PlacementId,
    /// Key of a [`crate::release::Release`] (发布版).
    ReleaseId,
    /// Key of a [`crate::recall::Recall`] (撤回).
    RecallId,
    /// Key of a job of the queue (后台任务).
    JobId,
    /// Key of an API token (接口令牌).
    ApiTokenId,
    /// Key of an import batch (导入批次).
    ImportBatchId,
    /// Key of an [`crate::alarm::Alarm`] (告警).
    AlarmId,
    /// Key of an audit event (审计事件).
    AuditEventId,
    /// Key of a [`crate::rule::Amendment`] (规则参数调整).
    AmendmentId,
    /// Key of an uploaded holiday arrangement (节假日安排).
    ArrangementId,
    /// Key of a local day off or working day (地方加减日).
    LocalDayId,
    /// Key of a running deadline (时限).
    DeadlineId,
    /// Key of a [`crate::screening_exception::ScreeningException`] (机审例外).
    ExceptionId,
    /// Key of a [`crate::clearance::Clearance`] (放行).
    ClearanceId,
    /// Key of a [`crate::appeal::Appeal`] (规则异议).
    AppealId,
    /// Key of a lexicon pack that an office keeps (词库).
    LexiconPackId,
    /// Key of a change set of a lexicon pack (变更单).
    LexiconChangeId,
    /// Key of a run over the stock (存量复查).
    StockRunId,
    /// Key of something found in the stock (存量问题).
    StockIssueId,
    /// Key of a [`crate::migration::Migration`] (网站迁移).
    MigrationId,
    /// Key of an [`crate::migration::OldPage`] (旧页面).
    OldPageId,
    /// Key of a spot check (抽查).
    SpotCheckId,
    /// Key of an old address that the platform answers for (旧地址).
    OldAddressId,
}
