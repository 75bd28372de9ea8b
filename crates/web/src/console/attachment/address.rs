//! The only place that knows how a picture in a body is shown in the console.
//!
//! A stored body names a file by identity, `attachment:<uuid>`; a browser needs an address, which the console serves
//! at `/console/attachments/<uuid>` to those who may see the edition. Bodies are turned one way before they are shown
//! and the other way before they are saved.

use uuid::Uuid;

const FOLDER: &str = "/console/attachments/";

/// Address of a file in the console.
pub fn console_address(id: impl std::fmt::Display) -> String {
    format!("{FOLDER}{id}")
}

/// A stored body, ready to be shown in the console or loaded into the editor.
pub fn to_console(body: &str) -> String {
    render::rich_text::rewrite_attachments(body, |id| Some(console_address(id))).html
}

/// A body from the editor, ready to be stored: addresses of files become identities again. Browsers make addresses
/// absolute when people copy and paste inside the editor, so a host name in front is taken along.
pub fn to_stored(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(FOLDER) {
        let after = &rest[at + FOLDER.len()..];
        let id = after.get(..36).and_then(|text| Uuid::parse_str(text).ok());
        let ends = after.get(36..).is_some_and(|tail| tail.starts_with(['"', '\'']));
        let begins = start_of_address(&rest[..at]);
        match (id, begins, ends) {
            (Some(id), Some(start), true) => {
                out.push_str(&rest[..start]);
                out.push_str(&format!("attachment:{id}"));
                rest = &after[36..];
            }
            _ => {
                out.push_str(&rest[..at + FOLDER.len()]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the attribute's value begins, if nothing but a scheme and a host stands between the quote and the folder.
fn start_of_address(before: &str) -> Option<usize> {
    let quote = before.rfind(['"', '\''])?;
    let between = &before[quote + 1..];
    let host = between.strip_prefix("https://").or_else(|| between.strip_prefix("http://"));
    let plain = between.is_empty() || host.is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ', '<', '>']));
    plain.then_some(quote + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0199c0de-0000-7000-8000-000000000001";

    #[test]
    fn pictures_survive_the_way_into_the_editor_and_back() {
        let stored =
            format!("<p>甲<img src=\"attachment:{ID}\" alt=\"示例\">乙</p><p><a href=\"attachment:{ID}\">表</a></p>");
        let shown = to_console(&stored);
        assert!(shown.contains(&format!("src=\"/console/attachments/{ID}\"")));
        assert!(shown.contains(&format!("href=\"/console/attachments/{ID}\"")));
        assert_eq!(to_stored(&shown), stored);
    }

    #[test]
    fn absolute_addresses_made_by_copying_are_recognised() {
        let pasted = format!("<img src='http://127.0.0.1:8080/console/attachments/{ID}'>");
        assert_eq!(to_stored(&pasted), format!("<img src='attachment:{ID}'>"));
    }

    #[test]
    fn text_about_addresses_and_other_addresses_stay_as_they_are() {
        for body in [
            "<p>见 /console/attachments/ 页面</p>".to_owned(),
            format!("<p>地址“/console/attachments/{ID}”</p>"),
            format!("<img src=\"http://example.cn/x/console/attachments/{ID}\">"),
            format!("<img src=\"/console/attachments/{ID}x\">"),
        ] {
            assert_eq!(to_stored(&body), body);
        }
    }
}
