//! Reprints say where they come from.

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    view::View,
};

/// Reprints without source or address of the original.
pub struct ReprintSource;

const RULE: Rule<'static> =
    Rule::builtin("source.reprint", "国办发〔2017〕47号 第三章（转载信息须注明来源）；附件2 ContentSource");

impl Check for ReprintSource {
    fn id(&self) -> &'static str {
        "reprint_source"
    }
    fn name(&self) -> &'static str {
        "转载信息的来源和原文地址"
    }
    fn category(&self) -> Category {
        Category::Source
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let elements = &view.subject.elements;
        if !elements.is_reprint {
            return;
        }
        let empty = |value: &Option<String>| value.as_deref().is_none_or(|text| text.trim().is_empty());
        let mut report = |field: Field, evidence: &str, severity: Severity, message: &str| {
            let note = Note { rule: RULE, severity, message: message.to_owned(), suggestion: None, masked: None };
            out.on(field, evidence, note);
        };
        if empty(&elements.source) {
            report(Field::Source, "", Severity::Block, "转载信息必须注明来源。");
        }
        match elements.original_url.as_deref().map(str::trim) {
            None | Some("") => {
                report(Field::OriginalUrl, "", Severity::Warn, "转载信息没有填写原文地址，读者和审核人无法核对原文。");
            }
            Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
                report(Field::OriginalUrl, url, Severity::Warn, "原文地址应是以http://或https://开头的完整网址。");
            }
            Some(_) => {}
        }
    }
}
