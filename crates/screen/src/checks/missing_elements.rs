//! Elements without which a page must not appear. Completeness by type is enforced at submission; this check speaks
//! of what a reader would miss.

use domain::resource::ResourceKind;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// Empty title, body or source; policies without issuer, number or date; titles too long to read.
pub struct MissingElements;

const PAGE: Rule<'static> = Rule::builtin("completeness.page", "国办发〔2017〕47号 附件2（标题、来源为必选标签）");
const LENGTH: Rule<'static> = Rule::builtin("completeness.title_length", "国办发〔2017〕47号 附件2（标题）");
const POLICY: Rule<'static> = Rule::builtin("completeness.policy", "GB/T 9704-2012；政府信息公开条例第十二条");

/// Characters beyond which a title is more likely a pasted paragraph. The longest joint notices stay below.
const MAX_TITLE: usize = 120;

impl Check for MissingElements {
    fn id(&self) -> &'static str {
        "missing_elements"
    }
    fn name(&self) -> &'static str {
        "要素缺失（标题、正文、来源，政策文件的发文机关、文号、成文日期）"
    }
    fn category(&self) -> Category {
        Category::Completeness
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let subject = view.subject;
        let elements = &subject.elements;
        let mut require = |present: bool, field: Field, rule: Rule, severity: Severity, message: &str| {
            if !present {
                out.on(field, "", Note { rule, severity, message: message.to_owned(), suggestion: None, masked: None });
            }
        };
        require(!blank(&subject.title), Field::Title, PAGE, Severity::Block, "标题没有填写。");
        let has_body = view.text(Field::Body).is_some_and(|body| !blank(&body.text));
        // A body of pictures or files alone is allowed, but worth a look: search and screen readers find nothing.
        if subject.attachments.is_empty() && !subject.body_html.contains("<img") {
            require(has_body, Field::Body, PAGE, Severity::Block, "正文没有内容。");
        } else {
            let message = "正文没有文字，只有图片或附件，检索和读屏软件都读不到，建议补充文字。";
            require(has_body, Field::Body, PAGE, Severity::Warn, message);
        }
        require(filled(&elements.source), Field::Source, PAGE, Severity::Block, "来源没有填写。");
        if subject.kind == ResourceKind::Policy {
            let warn = Severity::Warn;
            require(filled(&elements.issuer), Field::Issuer, POLICY, warn, "政策文件没有填写发文机关。");
            require(
                filled(&elements.document_number),
                Field::DocumentNumber,
                POLICY,
                warn,
                "政策文件没有填写发文字号；确实没有文号的，请说明原因。",
            );
            require(elements.written_on.is_some(), Field::WrittenOn, POLICY, warn, "政策文件没有填写成文日期。");
        }
        let length = subject.title.chars().count();
        if length > MAX_TITLE {
            let message = format!("标题有{length}个字，过长，请检查是否把正文误粘到了标题栏。");
            let note = Note { rule: LENGTH, severity: Severity::Warn, message, suggestion: None, masked: None };
            out.on(Field::Title, &subject.title, note);
        }
    }
}

fn blank(text: &str) -> bool {
    text.chars().all(domain::identifier::normalise::is_blank)
}

fn filled(value: &Option<String>) -> bool {
    value.as_deref().is_some_and(|text| !blank(text))
}
