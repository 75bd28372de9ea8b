//! Differences of the element table.

use super::{Change, inner_changes, push_change};

/// One element of the table in both editions; `None` where it was empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementChange {
    /// Its Chinese name, such as `发文字号`.
    pub label: String,
    /// Value in the older edition.
    pub old: Option<String>,
    /// Value in the newer edition.
    pub new: Option<String>,
}

/// A table of the elements that differ; empty text when none does.
pub fn elements(changes: &[ElementChange]) -> String {
    let value = |value: &Option<String>| value.clone().filter(|text| !text.trim().is_empty());
    let differing: Vec<_> = changes.iter().filter(|change| value(&change.old) != value(&change.new)).collect();
    if differing.is_empty() {
        return String::new();
    }
    let mut html = String::from(
        "<table class=\"difference-elements\"><thead><tr><th scope=\"col\">要素</th><th scope=\"col\">变化</th></tr></thead><tbody>",
    );
    for change in differing {
        html.push_str("<tr><th scope=\"row\">");
        push_change(&mut html, Change::Same, &change.label);
        html.push_str("</th><td>");
        match (value(&change.old), value(&change.new)) {
            (Some(old), Some(new)) => match inner_changes(&old, &new) {
                Some(inner) => inner.iter().for_each(|(change, text)| push_change(&mut html, *change, text)),
                None => {
                    push_change(&mut html, Change::Out, &old);
                    push_change(&mut html, Change::In, &new);
                }
            },
            (old, new) => {
                old.iter().for_each(|text| push_change(&mut html, Change::Out, text));
                new.iter().for_each(|text| push_change(&mut html, Change::In, text));
            }
        }
        html.push_str("</td></tr>");
    }
    html.push_str("</tbody></table>");
    html
}
