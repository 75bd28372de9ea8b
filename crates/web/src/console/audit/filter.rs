//! From the query of the page to a filter of the trail.

use app::audit::AuditFilter;
use domain::time::parse_beijing;
use jiff::SignedDuration;

use crate::ListQuery;

/// The filter that the page's fields describe; a day "until" counts whole.
pub(super) fn of(query: &ListQuery) -> AuditFilter {
    let text = |name: &str| query.filter(name).map(str::to_owned);
    AuditFilter {
        from: query.filter("from").and_then(parse_beijing),
        until: query
            .filter("until")
            .and_then(parse_beijing)
            .and_then(|day| day.checked_add(SignedDuration::from_hours(24)).ok()),
        login: text("login").or_else(|| query.search().map(str::to_owned)),
        action: text("action"),
        subject_kind: None,
        subject_id: text("subject"),
        success: match query.filter("success") {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        },
        ..AuditFilter::default()
    }
}
