//! ID numbers of people, wherever they hide: text, table cells, invisible text, comments and attributes, attachments.

use domain::identifier::{Masked, PersonalId};

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::View,
};

/// Numbers whose division, birth date and check character all hold.
pub struct PersonalIdCheck;

const RULE: Rule<'static> =
    Rule::builtin("privacy.personal_id", "个人信息保护法第六条、第三十四条；政府信息公开条例第十五条");

impl Check for PersonalIdCheck {
    fn id(&self) -> &'static str {
        "personal_id"
    }
    fn name(&self) -> &'static str {
        "身份证号（含表格、隐藏文字、附件）"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            for (range, id) in PersonalId::find_in_groups(text.digit_groups()) {
                let note = Note {
                    rule: RULE,
                    severity: Severity::Block,
                    message: "出现完整的身份证号，公开前必须删除或遮盖中间各位。".to_owned(),
                    suggestion: Some(id.masked()),
                    masked: Some(id.masked()),
                };
                out.at(text, range, note);
            }
        }
    }
}
