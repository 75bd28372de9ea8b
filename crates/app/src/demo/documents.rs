//! A sample document as the draft that its author types.

use domain::{
    element::{Elements, Validity},
    ids::{ResourceId, UnitId},
    resource::ResourceKind,
    time::beijing_date,
};
use jiff::{Timestamp, ToSpan, civil::Date};

use super::{
    placeholders::{day_ago, fill},
    source::{SampleDocument, SampleState},
};
use crate::{AppError, AppResult, edition::NewDraft};

/// The draft of the first edition. `now` is the moment of filling, `day` the document's own.
pub(super) fn draft(
    sample: &SampleDocument,
    unit: UnitId,
    now: Timestamp,
    day: Timestamp,
    interprets: Option<ResourceId>,
) -> AppResult<NewDraft> {
    let base = base_day(sample, now, day);
    let text = |text: &str| fill(text, base);
    let given = |value: &str| Some(text(value)).filter(|value| !value.is_empty());
    let kind = ResourceKind::parse(&sample.kind)
        .ok_or_else(|| AppError::internal(format!("demo: {} has an unknown type {}", sample.slug, sample.kind)))?;
    let mut elements = Elements {
        summary: given(&sample.summary),
        keywords: sample.keywords.iter().map(|word| text(word)).collect(),
        source: given(&sample.source),
        // Whoever submits has checked for secrets; a draft has yet to be.
        secrecy_reviewed: sample.state != SampleState::Draft,
        interprets: interprets.into_iter().collect(),
        ..Elements::default()
    };
    let mut body = text(&sample.content.body);
    if let Some(policy) = &sample.policy {
        elements.document_number = given(&policy.document_number);
        elements.issuer = given(&policy.issuer);
        elements.written_on = Some(base);
        elements.subject_class = given(&policy.subject_class);
        elements.document_type = given(&policy.document_kind);
        elements.validity = Validity::parse(&policy.validity);
        elements.effective_on = policy.effective_in_days.and_then(|days| base.checked_add(days.days()).ok());
        if let Some(note) = &policy.validity_note {
            body.push_str(&format!("<p>（效力说明：{}）</p>", text(note)));
        }
    }
    Ok(NewDraft { kind, unit, title: text(&sample.title), body, elements, origin_key: None, address_month: None })
}

/// The day from which `{{DATE:n}}` and `{{YEAR:n}}` count: the written date, else the document's own.
pub(super) fn base_day(sample: &SampleDocument, now: Timestamp, day: Timestamp) -> Date {
    match &sample.policy {
        Some(policy) => day_ago(now, policy.written_days_ago),
        None => beijing_date(day),
    }
}
