//! Small judgements about attributes: addresses, alignment, word processors' markers.

use super::notes::Note;

/// Classes a body may use; the theme says what they look like.
pub(super) const CLASSES: &[&str] = &["align-left", "align-center", "align-right", "align-justify", "no-indent"];

/// Ids of a body carry this prefix, so that they cannot be mistaken for the page's own.
pub(super) const ID_PREFIX: &str = "t-";

/// Value of one property of a `style` attribute, in lower case.
pub(super) fn style_property(style: &str, property: &str) -> Option<String> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim().to_ascii_lowercase())
    })
}

/// The class for an alignment, if it is one.
pub(super) fn alignment_class(value: &str) -> Option<&'static str> {
    match value.trim().to_ascii_lowercase().as_str() {
        "left" | "start" => Some("align-left"),
        "center" | "middle" | "-webkit-center" => Some("align-center"),
        "right" | "end" => Some("align-right"),
        "justify" => Some("align-justify"),
        _ => None,
    }
}

/// Whether an element was written by Word or WPS, whose explicit left and justified alignment means nothing.
pub(super) fn from_word_processor(class: &str, style: &str) -> bool {
    class.contains("Mso") || class.contains("Wps") || style.contains("mso-")
}

/// Whether a list marker that Word wrote as text is a bullet (letters are Wingdings glyphs).
pub(super) fn is_bullet(marker: &str) -> bool {
    let mut chars = marker.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}');
    let first = chars.next();
    chars.next().is_none()
        && first
            .is_some_and(|c| "·•●○■□◆◇▪➢§ØlnuüovqØ\u{f0b7}\u{f0a7}\u{f0d8}\u{f06c}\u{f06e}\u{f075}\u{f0fc}".contains(c))
}

/// A link target that may stand in a body, cleaned of control characters.
pub(super) fn link_target(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    if href.is_empty() || href.starts_with("//") || href.starts_with('\\') {
        return None;
    }
    if let Some(fragment) = href.strip_prefix('#') {
        return body_id(fragment).map(|id| format!("#{id}"));
    }
    match scheme(&href) {
        None => Some(href),
        Some(scheme) => match scheme.as_str() {
            "http" | "https" | "mailto" | "tel" => Some(href),
            "attachment" => is_attachment(&href).then_some(href),
            _ => None,
        },
    }
}

/// An image address that may stand in a body, or why not.
pub(super) fn image_source(src: &str) -> Result<String, Note> {
    let src: String = src.trim().chars().filter(|c| !c.is_control()).collect();
    if src.is_empty() || src.starts_with("//") || src.starts_with("\\\\") {
        return Err(Note::OtherImage);
    }
    match scheme(&src).as_deref() {
        None | Some("https") => Ok(src),
        Some("attachment") if is_attachment(&src) => Ok(src),
        Some("data" | "blob") => Err(Note::InlineImage),
        Some(scheme) if scheme == "file" || scheme.len() == 1 => Err(Note::LocalImage),
        Some(_) => Err(Note::OtherImage),
    }
}

/// An id of the body's own, from any id or name; the same for every spelling it comes back in.
pub(super) fn body_id(id: &str) -> Option<String> {
    let id = id.trim();
    let id = id.strip_prefix(ID_PREFIX).unwrap_or(id);
    let safe: String = id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).take(80).collect();
    (!safe.is_empty()).then(|| format!("{ID_PREFIX}{safe}"))
}

/// What stands before the first colon, unless a slash, question mark or hash comes before it.
fn scheme(address: &str) -> Option<String> {
    let end = address.find([':', '/', '?', '#'])?;
    (address.as_bytes()[end] == b':')
        .then(|| address[..end].chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase())
}

fn is_attachment(address: &str) -> bool {
    address.strip_prefix("attachment:").is_some_and(|id| id.len() == 36 && uuid::Uuid::parse_str(id).is_ok())
}
