//! File names as people see them: safe in an address and on a disk.

/// The last path segment of what the browser sent, without control characters and path signs, at most 120 characters;
/// `None` when nothing is left.
pub(crate) fn safe_name(raw: &str) -> Option<String> {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or(raw);
    let cleaned: String = last
        .chars()
        .filter(|one| !one.is_control() && !matches!(one, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '#' | '%' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}'))
        .collect();
    let trimmed = cleaned.trim().trim_matches('.').trim();
    let (stem, extension) = match trimmed.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.chars().count() <= 8 => (stem, Some(extension)),
        _ => (trimmed, None),
    };
    let stem: String = stem.chars().take(110).collect();
    match (stem.trim(), extension) {
        ("", _) => None,
        (stem, Some(extension)) => Some(format!("{stem}.{}", extension.to_lowercase())),
        (stem, None) => Some(stem.to_owned()),
    }
}

/// `name.pdf` → `name(2).pdf`, for the n-th file of the same name.
pub(crate) fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}({number}).{extension}"),
        None => format!("{name}({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_folder_or_hide_their_ending() {
        assert_eq!(safe_name("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(safe_name("C:\\文件\\附件1：预算表.XLSX").as_deref(), Some("附件1：预算表.xlsx"));
        assert_eq!(safe_name("报表\u{202e}fdp.exe").as_deref(), Some("报表fdp.exe"));
        assert_eq!(safe_name("..").as_deref(), None);
        assert_eq!(safe_name("a<b>.pdf").as_deref(), Some("ab.pdf"));
        assert_eq!(numbered("通知.pdf", 2), "通知(2).pdf");
    }
}
