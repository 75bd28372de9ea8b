//! A policy's title ends in the kind of document it is: 通知, 意见, 办法 …

use domain::resource::ResourceKind;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// Policies whose title names no kind of document (文种).
pub struct PolicyTitle;

const RULE: Rule<'static> =
    Rule::builtin("form.title_kind", "党政机关公文处理工作条例第八条、第九条（标题由发文机关、事由、文种组成）");

/// The fifteen kinds of 条例第八条, the kinds of regulations, and the kinds that are issued as annexes.
const KINDS: &[&str] = &[
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "条例",
    "规定",
    "办法",
    "细则",
    "规则",
    "规范",
    "章程",
    "制度",
    "准则",
    "标准",
    "方案",
    "规划",
    "计划",
    "纲要",
    "要点",
    "预案",
    "措施",
    "指南",
    "指引",
    "目录",
    "清单",
    "名单",
    "解释",
    "法",
    "布告",
    "宣言",
    "声明",
    "倡议",
    "倡议书",
    "答复",
    "通则",
    "规程",
    "安排",
    "解答",
    "守则",
    "若干政策",
    "政策",
];

impl Check for PolicyTitle {
    fn id(&self) -> &'static str {
        "policy_title"
    }
    fn name(&self) -> &'static str {
        "政策文件标题缺少文种"
    }
    fn category(&self) -> Category {
        Category::Form
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let title = view.subject.title.trim();
        if view.subject.kind != ResourceKind::Policy || title.is_empty() {
            return;
        }
        let bare = without_trailing_brackets(title);
        if !KINDS.iter().any(|kind| bare.ends_with(kind)) {
            let message = "标题末尾没有文种（通知、意见、决定、办法等），请核对标题是否完整。".to_owned();
            let note = Note { rule: RULE, severity: Severity::Hint, message, suggestion: None, masked: None };
            out.on(Field::Title, title, note);
        }
    }
}

/// `…办法（试行）》` → `…办法`.
fn without_trailing_brackets(title: &str) -> &str {
    let mut bare = title.trim_end_matches(['》', '”', '"', '。', ' ', '\u{3000}']);
    while bare.ends_with(['）', ')', '〕', ']', '】']) {
        match bare.rfind(['（', '(', '〔', '[', '【']) {
            Some(at) => bare = bare[..at].trim_end_matches(['》', '”', '"', ' ', '\u{3000}']),
            None => break,
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::without_trailing_brackets;

    #[test]
    fn remarks_in_brackets_do_not_hide_the_kind() {
        for title in
            ["示例办法", "示例办法（试行）", "示例办法（试行）（2021年修订）", "《示例办法》", "示例办法 (2021)"]
        {
            assert_eq!(
                without_trailing_brackets(title),
                if title.starts_with('《') { "《示例办法" } else { "示例办法" }
            );
        }
        assert_eq!(without_trailing_brackets("）"), "）");
    }
}
