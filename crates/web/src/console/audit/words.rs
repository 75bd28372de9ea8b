//! Verbs and doors in the words of the people who read the trail.

/// `noun` → Chinese, for the filter and for verbs without words of their own.
pub(super) const NOUNS: &[(&str, &str)] = &[
    ("session.", "登录与会话"),
    ("person.", "人员"),
    ("appointment.", "任职"),
    ("delegation.", "委托代办"),
    ("profile.", "个人设置"),
    ("setting.", "策略参数"),
    ("unit.", "单位"),
    ("edition.", "稿件"),
    ("attachment.", "附件"),
    ("review.", "审核"),
    ("review_chain.", "审核链"),
    ("comment.", "批注"),
    ("placement.", "上栏目"),
    ("site.", "网站"),
    ("column.", "栏目"),
    ("release.", "发布"),
    ("recall.", "撤回"),
    ("import.", "导入"),
    ("api_token.", "接口令牌"),
    ("job.", "后台任务"),
    ("audit.", "审计"),
];

const VERBS: &[(&str, &str)] = &[
    ("session.log_in", "登录"),
    ("session.log_out", "退出登录"),
    ("session.revoke", "结束会话"),
    ("session.pass_second_factor", "通过第二因素验证"),
    ("person.create", "新建人员"),
    ("person.change", "修改人员"),
    ("person.disable", "停用人员"),
    ("person.enable", "启用人员"),
    ("person.reset_password", "重置口令"),
    ("person.reset_second_factor", "重置第二因素"),
    ("person.bootstrap", "命令行新建人员"),
    ("appointment.grant", "任命职责"),
    ("appointment.end", "解除任职"),
    ("delegation.create", "委托代办"),
    ("delegation.revoke", "收回委托"),
    ("profile.change_password", "修改口令"),
    ("setting.change", "修改策略参数"),
    ("unit.seed", "载入单位目录"),
    ("unit.create", "新增单位"),
    ("unit.rename", "单位更名"),
    ("unit.change", "修改单位"),
    ("unit.move", "单位调整隶属"),
    ("unit.merge", "合并单位"),
    ("unit.deactivate", "停用单位"),
    ("unit.reactivate", "恢复单位"),
    ("unit.import", "导入单位"),
    ("edition.create", "新建稿件"),
    ("edition.save", "保存稿件"),
    ("edition.autosave", "自动保存"),
    ("edition.submit", "送审"),
    ("edition.withdraw", "撤回送审"),
    ("edition.discard", "放弃稿件"),
    ("edition.revise", "新建修订版"),
    ("edition.screen", "机审"),
    ("edition.dispose", "处理机审意见"),
    ("edition.import", "导入入库"),
    ("attachment.upload", "上传附件"),
    ("attachment.remove", "移除附件"),
    ("review.pass", "审核通过"),
    ("review.return", "审核退回"),
    ("review.pass_urgently", "紧急发布"),
    ("review.make_up", "补审"),
    ("review_chain.configure", "设置审核链"),
    ("review_chain.retire", "停用审核链"),
    ("comment.add", "添加批注"),
    ("comment.resolve", "批注已处理"),
    ("placement.propose", "申请上栏目"),
    ("placement.place", "上栏目"),
    ("placement.remove", "下栏目"),
    ("placement.schedule", "调整定时"),
    ("placement.pin", "置顶"),
    ("placement.go_live", "定时上线"),
    ("placement.expire", "到期下线"),
    ("site.create", "登记网站"),
    ("site.change", "修改网站"),
    ("column.create", "新增栏目"),
    ("column.change", "修改栏目"),
    ("column.move", "调整栏目"),
    ("column.close", "关闭栏目"),
    ("release.publish", "发布"),
    ("release.rollback", "回退发布版"),
    ("release.rebuild", "全站重建"),
    ("recall.recall", "撤回信息"),
    ("recall.create", "撤回信息"),
    ("import.run", "批量导入"),
    ("api_token.issue", "签发令牌"),
    ("api_token.revoke", "吊销令牌"),
    ("job.requeue", "重试失败任务"),
    ("job.discard", "放弃失败任务"),
    ("audit.export", "导出审计日志"),
];

/// What a verb did, in Chinese; a verb without words keeps its name behind its noun's.
pub fn action_words(action: &str) -> String {
    if let Some((_, words)) = VERBS.iter().find(|(verb, _)| *verb == action) {
        return (*words).to_owned();
    }
    let noun = action.split_inclusive('.').next().unwrap_or(action);
    match NOUNS.iter().find(|(known, _)| *known == noun) {
        Some((_, words)) => format!("{words}（{action}）"),
        None => action.to_owned(),
    }
}

/// Through which door.
pub fn channel_words(channel: &str) -> &str {
    match channel {
        "console" => "管理后台",
        "api" => "开放接口",
        "command" => "命令行",
        "job" => "系统任务",
        other => other,
    }
}
