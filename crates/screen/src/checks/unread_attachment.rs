//! Attachments that no check could look into: locked, scanned, of a kind that cannot be read. A person has to.

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// What the caller could not read.
pub struct UnreadAttachments;

const RULE: Rule<'static> =
    Rule::builtin("attachment.unread", "国办发〔2018〕123号（先审后发，严把政治关、法律关、政策关、保密关、文字关）");

impl Check for UnreadAttachments {
    fn id(&self) -> &'static str {
        "unread_attachment"
    }
    fn name(&self) -> &'static str {
        "无法自动检查的附件"
    }
    fn category(&self) -> Category {
        Category::Attachment
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let subject = view.subject;
        for unread in &subject.facts.unread {
            let name = subject.attachments.get(unread.attachment).map_or("", |attachment| attachment.name.as_str());
            let message = format!("附件“{name}”有内容未能自动检查：{}请人工逐页核对后再送审。", unread.reason);
            let note = Note { rule: RULE, severity: Severity::Warn, message, suggestion: None, masked: None };
            out.on(Field::Attachment(unread.attachment), &unread.reason, note);
        }
    }
}
