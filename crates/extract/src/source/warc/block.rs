//! From the block of a record to a capture.

use jiff::Timestamp;

use crate::source::item::Capture;
use crate::source::limits::Limits;
use crate::source::{address, http};

/// A capture of a block that is an HTTP response; a block without a status line is content as it stands.
pub(super) fn response(
    address: String,
    fetched_at: Option<Timestamp>,
    fallback_type: Option<&str>,
    block: &[u8],
    place: &str,
    limits: &Limits,
) -> Result<Capture, String> {
    let (head, raw) = http::split(block);
    let (body, incomplete) = http::content(&head, raw, limits)?;
    let moved = matches!(head.status, Some(301 | 302 | 303 | 307 | 308));
    let redirect = head.get("location").filter(|_| moved).and_then(|target| address::join(&address, target));
    let content_type = head.get("content-type").or(fallback_type.filter(|_| head.status.is_none()));
    Ok(Capture {
        status: head.status,
        content_type: content_type.map(str::to_owned).filter(|kind| !kind.is_empty()),
        fetched_at,
        modified: head.get("last-modified").and_then(http_date),
        redirect,
        incomplete,
        body,
        place: place.to_owned(),
        address,
        ..Capture::default()
    })
}

fn http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Whether something that was fetched over that scheme can be content of a site.
pub(super) fn is_of_a_site(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "ftp" | "ftps" | "file")
}
