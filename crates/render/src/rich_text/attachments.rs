//! References to attachments inside a body.
//!
//! A stored body names an attachment by identity (`attachment:<uuid>`); only when a page is made
//! is it known where the file lies.

use uuid::Uuid;

use super::run::push_attribute;
use crate::html_scan::{Token, tokens};

/// A body with its attachments resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The body.
    pub html: String,
    /// Attachments that could not be resolved: their images were left out, their links lost the target.
    pub missing: Vec<Uuid>,
}

/// Replaces every `attachment:<uuid>` in `src` and `href` by what `find` returns, which must be a
/// finished reference (see [`crate::path::relative`]).
pub fn rewrite_attachments(html: &str, find: impl Fn(Uuid) -> Option<String>) -> Rewritten {
    let mut out = Rewritten { html: String::with_capacity(html.len()), missing: Vec::new() };
    let mut copied = 0;
    for token in tokens(html) {
        let Token::Open(tag) = token else { continue };
        let named = tag.attributes().find_map(|(name, value)| {
            let id = value.strip_prefix("attachment:").and_then(|id| Uuid::parse_str(id).ok())?;
            matches!(name, "src" | "href").then_some((name, id))
        });
        let Some((attribute, id)) = named else { continue };
        out.html.push_str(&html[copied..tag.start]);
        copied = tag.end;
        let reference = find(id);
        if reference.is_none() {
            out.missing.push(id);
            if tag.name == "img" {
                continue;
            }
        }
        out.html.push('<');
        out.html.push_str(tag.name);
        for (name, value) in tag.attributes() {
            if name != attribute {
                push_attribute(&mut out.html, name, &value);
            } else if let Some(reference) = &reference {
                push_attribute(&mut out.html, name, reference);
            }
        }
        out.html.push('>');
    }
    out.html.push_str(&html[copied..]);
    out
}
