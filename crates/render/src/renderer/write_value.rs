//! How a value becomes text of the page.

use minijinja::{AutoEscape, Error, ErrorKind, Output, State, Value, escape_formatter};

/// Escapes what HTML needs and nothing else, so that paths and dates stay readable in the page.
/// Printing a value that is not there is a mistake of the template, never the word "none".
pub(super) fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Err(Error::new(ErrorKind::UndefinedError, "the value is empty; test it with {% if %} first"));
    }
    let Some(text) = value.as_str() else { return escape_formatter(out, state, value) };
    if value.is_safe() || *state.auto_escape() == AutoEscape::None {
        return Ok(out.write_str(text)?);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}
