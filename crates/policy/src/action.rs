//! The actions that can be asked about, one per verb, named `noun.verb` as in the audit trail.

/// Something a person may want to do. The remark names the [`Target`](crate::Target) where it is not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// 新建信息. Start a resource at a unit (unit or resource).
    ResourceCreate,
    /// 查看信息. Read a resource with its editions. A reviewer of another unit's step reads the edition under review by
    /// [`Self::ReviewComment`] on that step instead.
    ResourceRead,
    /// 撤回信息. Withdraw a resource everywhere (撤回).
    ResourceRecall,
    /// 编辑稿件. Change the edition in work.
    EditionEdit,
    /// 送审. Submit the edition to its review chain.
    EditionSubmit,
    /// 撤回送审. Take a submitted edition back before a decision.
    EditionWithdraw,
    /// 废弃稿件. Give up the edition in work.
    EditionDiscard,
    /// 上传附件. Add a file to an edition.
    AttachmentUpload,
    /// 处置机审问题. Accept or correct what the screening found.
    FindingDispose,
    /// 批量导入信息. Import resources from files (unit or resource).
    ImportRun,
    /// 审核. Pass or return at a step.
    ReviewDecide,
    /// 紧急审核. Take the urgent path at a step, with a reason.
    ReviewUrgent,
    /// 批注. Remark at a place in the text.
    ReviewComment,
    /// 申请使用. Ask for a resource to appear in a column.
    PlacementPropose,
    /// 上栏目. Place a resource in a column of a site.
    PlacementPlace,
    /// 下栏目. Take a resource out of a column of a site.
    PlacementRemove,
    /// 定时上下线. Set when a placement begins and ends.
    PlacementSchedule,
    /// 查看网站. See a site's columns, settings and releases.
    SiteRead,
    /// 登记网站. Register a site for a unit.
    SiteCreate,
    /// 修改网站. Change a site's settings or theme.
    SiteChange,
    /// 管理栏目. Add, change, move or close columns.
    ColumnChange,
    /// 回退发布版. Put an earlier release back.
    ReleaseRollback,
    /// 重新生成. Render the site anew.
    ReleaseRebuild,
    /// 设置审核链. Configure the review chains of a unit.
    ChainConfigure,
    /// 查看单位. See the tree of units.
    UnitRead,
    /// 新增单位. Add a unit below this one.
    UnitCreate,
    /// 修改单位. Change a unit's data.
    UnitChange,
    /// 合并单位. Merge a unit into another. Ask about both units.
    UnitMerge,
    /// 调整单位隶属. Move a unit below another. Ask about both: the unit and its new place.
    UnitMove,
    /// 停用单位. Put a unit out of use.
    UnitDeactivate,
    /// 导入单位. Import units from a table.
    UnitImport,
    /// 导出单位. Export units to a table.
    UnitExport,
    /// 查看人员. See persons and their appointments.
    PersonRead,
    /// 新增人员. Create an account.
    PersonCreate,
    /// 修改人员. Change a person's data.
    PersonChange,
    /// 停用人员. Disable or enable an account.
    PersonDisable,
    /// 重置口令. Set a one-time password.
    PersonResetPassword,
    /// 修改个人资料. Change one's own contact data, password or second factor (person).
    ProfileChange,
    /// 委托代办. Hand one's reviewing duties to a stand-in for an absence (person: the absent one).
    DelegationCreate,
    /// 任职. Give a duty at a unit. Ask about the unit *where* the duty is given (it must lie below the grantor's own)
    /// and about the person.
    AppointmentGrant,
    /// 解除任职. End an appointment. Ask about the unit where it is held and about the person.
    AppointmentEnd,
    /// 重置二次验证. Make a person enrol the second factor anew.
    SecondFactorReset,
    /// 注销会话. End a login session.
    SessionRevoke,
    /// 修改安全参数. Change password, login and session rules.
    SecuritySettingChange,
    /// 签发接口令牌. Issue an API token.
    TokenIssue,
    /// 吊销接口令牌. Revoke an API token.
    TokenRevoke,
    /// 查看工作台. See one's own desk.
    DeskView,
    /// 修改平台参数. Change parameters of the installation.
    PlatformSettingChange,
    /// 查看后台任务. See the queue of jobs.
    JobView,
    /// 重新执行任务. Run a failed job again.
    JobRequeue,
    /// 查看审计. Read audit events of a unit or of all.
    AuditRead,
    /// 导出审计. Export audit events of a unit or of all.
    AuditExport,
    /// 查看规则. See the rules in force with their sources.
    RuleRead,
    /// 调整规则参数. Propose another value of a parameter for a division (unit: the competent office of that division).
    RuleAmend,
    /// 审批规则调整. Approve or refuse a looser value (the region).
    RuleDecide,
    /// 查看工作日历. See days off and working days.
    CalendarRead,
    /// 录入节假日安排. Enter the arrangement of a year.
    CalendarUpload,
    /// 复核节假日安排. Confirm or refuse what another person entered.
    CalendarConfirm,
    /// 录入地方假日. Enter a local day (unit: the competent office of the division).
    LocalDayPropose,
    /// 复核地方假日. Confirm or refuse a local day that another person entered (unit: the competent office of the division).
    LocalDayConfirm,
    /// 查看办理时限. See the running deadlines of a unit.
    DeadlineRead,
    /// 办理时限. Pause, resume, extend or end a unit's deadline, or acknowledge that it moved.
    DeadlineHandle,
    /// 决定放行. Let a text with a blocking finding pass, or refuse (review step: the last one of the chain).
    ClearanceDecide,
    /// 查看机审例外. See the exceptions of a unit.
    ExceptionRead,
    /// 申请机审例外. Ask for an exception for an item or for the unit.
    ExceptionPropose,
    /// 复核机审例外. Confirm or refuse an exception that another person asked for.
    ExceptionConfirm,
    /// 终止机审例外. End an exception before its day.
    ExceptionEnd,
    /// 提出规则异议. Say that a rule of the screening is wrong (resource).
    AppealFile,
    /// 答复规则异议. Decide about an appeal and note what was changed (the region).
    AppealDecide,
    /// 查看机审准确率. See how often the rules of the screening were right.
    PrecisionRead,
    /// 查看词库. See the lexicon packs that concern one's office, and those of units below it.
    LexiconRead,
    /// 提出词库变更. Begin a unit's own pack, or propose changes of it.
    LexiconPropose,
    /// 确认词库变更. Confirm or refuse what another person proposed for a unit's own pack.
    LexiconConfirm,
    /// 管理上级词库. Propose and decide on packs of a competent office, which bind every unit below (unit: that office).
    LexiconOversee,
    /// 查看存量问题. See what was found in a unit's stock, and the runs over it.
    StockRead,
    /// 处置存量问题. Close what was found in a unit's stock, with a reason.
    StockHandle,
    /// 查看网站迁移. See the migrations of a unit with the pages of its old site.
    MigrationRead,
    /// 办理网站迁移. Collect, map, try out and submit the pages of an old site.
    MigrationRun,
    /// 迁移上线. Let the platform answer for the addresses of an old site, and sign the migration off.
    MigrationGoLive,
}

/// One row per action: itself, its stable word, its Chinese name.
const NAMES: [(Action, &str, &str); 79] = [
    (Action::ResourceCreate, "resource.create", "新建信息"),
    (Action::ResourceRead, "resource.read", "查看信息"),
    (Action::ResourceRecall, "resource.recall", "撤回信息"),
    (Action::EditionEdit, "edition.edit", "编辑稿件"),
    (Action::EditionSubmit, "edition.submit", "送审"),
    (Action::EditionWithdraw, "edition.withdraw", "撤回送审"),
    (Action::EditionDiscard, "edition.discard", "废弃稿件"),
    (Action::AttachmentUpload, "attachment.upload", "上传附件"),
    (Action::FindingDispose, "finding.dispose", "处置机审问题"),
    (Action::ImportRun, "import.run", "批量导入信息"),
    (Action::ReviewDecide, "review.decide", "审核"),
    (Action::ReviewUrgent, "review.urgent", "紧急审核"),
    (Action::ReviewComment, "review.comment", "批注"),
    (Action::PlacementPropose, "placement.propose", "申请使用"),
    (Action::PlacementPlace, "placement.place", "上栏目"),
    (Action::PlacementRemove, "placement.remove", "下栏目"),
    (Action::PlacementSchedule, "placement.schedule", "定时上下线"),
    (Action::SiteRead, "site.read", "查看网站"),
    (Action::SiteCreate, "site.create", "登记网站"),
    (Action::SiteChange, "site.change", "修改网站"),
    (Action::ColumnChange, "column.change", "管理栏目"),
    (Action::ReleaseRollback, "release.rollback", "回退发布版"),
    (Action::ReleaseRebuild, "release.rebuild", "重新生成"),
    (Action::ChainConfigure, "chain.configure", "设置审核链"),
    (Action::UnitRead, "unit.read", "查看单位"),
    (Action::UnitCreate, "unit.create", "新增单位"),
    (Action::UnitChange, "unit.change", "修改单位"),
    (Action::UnitMerge, "unit.merge", "合并单位"),
    (Action::UnitMove, "unit.move", "调整单位隶属"),
    (Action::UnitDeactivate, "unit.deactivate", "停用单位"),
    (Action::UnitImport, "unit.import", "导入单位"),
    (Action::UnitExport, "unit.export", "导出单位"),
    (Action::PersonRead, "person.read", "查看人员"),
    (Action::PersonCreate, "person.create", "新增人员"),
    (Action::PersonChange, "person.change", "修改人员"),
    (Action::PersonDisable, "person.disable", "停用人员"),
    (Action::PersonResetPassword, "person.reset_password", "重置口令"),
    (Action::ProfileChange, "profile.change", "修改个人资料"),
    (Action::DelegationCreate, "delegation.create", "委托代办"),
    (Action::AppointmentGrant, "appointment.grant", "任职"),
    (Action::AppointmentEnd, "appointment.end", "解除任职"),
    (Action::SecondFactorReset, "second_factor.reset", "重置二次验证"),
    (Action::SessionRevoke, "session.revoke", "注销会话"),
    (Action::SecuritySettingChange, "security_setting.change", "修改安全参数"),
    (Action::TokenIssue, "token.issue", "签发接口令牌"),
    (Action::TokenRevoke, "token.revoke", "吊销接口令牌"),
    (Action::DeskView, "desk.view", "查看工作台"),
    (Action::PlatformSettingChange, "platform_setting.change", "修改平台参数"),
    (Action::JobView, "job.view", "查看后台任务"),
    (Action::JobRequeue, "job.requeue", "重新执行任务"),
    (Action::AuditRead, "audit.read", "查看审计"),
    (Action::AuditExport, "audit.export", "导出审计"),
    (Action::RuleRead, "rule.read", "查看规则"),
    (Action::RuleAmend, "rule.amend", "调整规则参数"),
    (Action::RuleDecide, "rule.decide", "审批规则调整"),
    (Action::CalendarRead, "calendar.read", "查看工作日历"),
    (Action::CalendarUpload, "calendar.upload", "录入节假日安排"),
    (Action::CalendarConfirm, "calendar.confirm", "复核节假日安排"),
    (Action::LocalDayPropose, "local_day.propose", "录入地方假日"),
    (Action::LocalDayConfirm, "local_day.confirm", "复核地方假日"),
    (Action::DeadlineRead, "deadline.read", "查看办理时限"),
    (Action::DeadlineHandle, "deadline.handle", "办理时限"),
    (Action::ClearanceDecide, "clearance.decide", "决定放行"),
    (Action::ExceptionRead, "exception.read", "查看机审例外"),
    (Action::ExceptionPropose, "exception.propose", "申请机审例外"),
    (Action::ExceptionConfirm, "exception.confirm", "复核机审例外"),
    (Action::ExceptionEnd, "exception.end", "终止机审例外"),
    (Action::AppealFile, "appeal.file", "提出规则异议"),
    (Action::AppealDecide, "appeal.decide", "答复规则异议"),
    (Action::PrecisionRead, "precision.read", "查看机审准确率"),
    (Action::LexiconRead, "lexicon.read", "查看词库"),
    (Action::LexiconPropose, "lexicon.propose", "提出词库变更"),
    (Action::LexiconConfirm, "lexicon.confirm", "确认词库变更"),
    (Action::LexiconOversee, "lexicon.oversee", "管理上级词库"),
    (Action::StockRead, "stock.read", "查看存量问题"),
    (Action::StockHandle, "stock.handle", "处置存量问题"),
    (Action::MigrationRead, "migration.read", "查看网站迁移"),
    (Action::MigrationRun, "migration.run", "办理网站迁移"),
    (Action::MigrationGoLive, "migration.go_live", "迁移上线"),
];

impl Action {
    /// All actions, in the order of the role × action table.
    pub const ALL: [Self; 79] = {
        let mut all = [Self::ResourceCreate; 79];
        let mut index = 0;
        while index < all.len() {
            all[index] = NAMES[index].0;
            index += 1;
        }
        all
    };

    /// Stable word `noun.verb`, used by the policies and fit for audit events.
    pub fn as_str(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        NAMES[self as usize].2
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_stands_at_its_own_row() {
        for (index, action) in Action::ALL.into_iter().enumerate() {
            assert_eq!(action as usize, index, "{action:?}");
            assert_eq!(Action::parse(action.as_str()), Some(action));
        }
    }
}
