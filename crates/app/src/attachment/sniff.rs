//! What a file really is, from its bytes; the name must agree with it.

/// Endings that offices use, with the media type each is served with and whether its bytes can be recognised.
const ALLOWED: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("ofd", "application/ofd"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("wps", "application/vnd.ms-works"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("et", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("dps", "application/vnd.ms-powerpoint"),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("zip", "application/zip"),
    ("rar", "application/vnd.rar"),
    ("7z", "application/x-7z-compressed"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
];

/// The media type to serve, or what is wrong with the file.
pub(crate) fn media_type(file_name: &str, bytes: &[u8]) -> Result<&'static str, String> {
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let Some((_, media_type)) = ALLOWED.iter().find(|(allowed, _)| *allowed == extension) else {
        let list: Vec<&str> = ALLOWED.iter().map(|(allowed, _)| *allowed).collect();
        return Err(format!("不支持“{file_name}”的文件类型。可上传：{}。", list.join("、")));
    };
    let seen = infer::get(bytes).map(|kind| kind.extension());
    if agrees(&extension, seen, bytes) {
        Ok(media_type)
    } else {
        Err(format!("“{file_name}”的内容与扩展名不符，可能被改名或已损坏。请用原软件重新导出后上传。"))
    }
}

fn agrees(extension: &str, seen: Option<&str>, bytes: &[u8]) -> bool {
    match extension {
        "txt" | "csv" => seen.is_none() && !bytes.contains(&0),
        "jpg" | "jpeg" => seen == Some("jpg"),
        // OFD is a ZIP; old office formats share one container, and so do the three of WPS.
        "ofd" | "zip" => matches!(seen, Some("zip" | "docx" | "xlsx" | "pptx" | "epub" | "odt" | "ods" | "odp")),
        "docx" | "xlsx" | "pptx" => seen == Some(extension) || seen == Some("zip"),
        "doc" | "xls" | "ppt" | "wps" | "et" | "dps" => {
            matches!(seen, Some("doc" | "xls" | "ppt" | "msi")) || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
        }
        "mp4" => matches!(seen, Some("mp4" | "m4v")),
        other => seen == Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_renamed_to_a_document_is_refused() {
        let program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff";
        assert!(media_type("通知.pdf", program).is_err());
        assert!(media_type("通知.exe", program).is_err());
        assert!(media_type("说明.txt", program).is_err());
    }

    #[test]
    fn web_pages_and_drawings_with_scripts_are_not_attachments() {
        assert!(media_type("页.html", b"<script>1</script>").is_err());
        assert!(media_type("图.svg", b"<svg onload='x'/>").is_err());
    }

    #[test]
    fn documents_are_recognised_by_their_bytes() {
        assert_eq!(media_type("a.pdf", b"%PDF-1.7\n"), Ok("application/pdf"));
        assert_eq!(media_type("a.csv", "名称,数量\n示例,1\n".as_bytes()), Ok("text/csv; charset=utf-8"));
        assert_eq!(media_type("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Ok("image/png"));
    }
}
