//! Mobile numbers of people. A number that is announced as a service line is only pointed out.

use std::sync::LazyLock;

use domain::identifier::{Masked, Mobile};
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::View,
};

/// Eleven digits that stand alone and begin like a mobile number.
pub struct MobileCheck;

const RULE: Rule<'static> =
    Rule::builtin("privacy.mobile", "个人信息保护法第六条、第三十四条；政府信息公开条例第十五条");

/// Words that announce a number for the public, shortly before it.
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("热线|(?:咨询|服务|监督|举报|投诉|值班|办公|报名|预约|报警|救援|应急|受理|公开|投稿)(?:联系)?(?:电话|手机|方式)")
        .expect("a constant expression")
});

impl Check for MobileCheck {
    fn id(&self) -> &'static str {
        "mobile"
    }
    fn name(&self) -> &'static str {
        "手机号"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            for (range, mobile) in Mobile::find_in_groups(&text.text, text.digit_groups()) {
                let public = SERVICE.is_match(text.before(range.start, 24));
                let (severity, message) = if public {
                    (Severity::Hint, "这里公布了手机号，看来是对外服务电话，请确认可以公开。")
                } else {
                    (Severity::Warn, "出现手机号。属于个人的应删除或遮盖；对外公布的工作电话请确认可以公开。")
                };
                let note = Note {
                    rule: RULE,
                    severity,
                    message: message.to_owned(),
                    suggestion: Some(mobile.masked()),
                    masked: Some(mobile.masked()),
                };
                out.at(text, range, note);
            }
        }
    }
}
