//! An extraction for people.

use std::fmt::Write;

use app::extraction::Extraction;

/// Name, fields with where they were found, text.
pub fn for_people(one: &Extraction) -> String {
    let mut shown = format!("── {}", one.file);
    if let Some(place) = &one.place {
        let _ = write!(shown, "（{place}）");
    }
    shown.push('\n');
    if let Some(fault) = &one.fault {
        let _ = writeln!(shown, "没有读到：{fault}\n");
        return shown;
    }
    let fields: [(&str, &str, &Option<String>); 13] = [
        ("标题", "title", &one.title),
        ("发布时间", "published", &one.published),
        ("来源", "source", &one.source),
        ("作者", "author", &one.author),
        ("发文字号", "doc_no", &one.doc_no),
        ("索引号", "index_no", &one.index_no),
        ("发文机关", "organ", &one.organ),
        ("成文日期", "written_on", &one.written_on),
        ("有效性", "validity", &one.validity),
        ("栏目", "column", &one.column),
        ("网站名称", "site_name", &one.site_name),
        ("网站标识码", "site_code", &one.site_code),
        ("网址", "address", &one.address),
    ];
    for (label, field, value) in fields {
        let Some(value) = value else { continue };
        let _ = write!(shown, "{label}：{value}");
        if let Some(whence) = one.found.get(field) {
            let _ = write!(shown, "（{}，把握 {:.0}%）", whence.place, whence.confidence * 100.0);
        }
        shown.push('\n');
    }
    for notice in &one.notices {
        let _ = writeln!(shown, "注意：{notice}");
    }
    for file in &one.attachments {
        let _ = writeln!(shown, "附件：{} {}", file.text, file.address);
    }
    for entry in &one.list {
        let _ = writeln!(shown, "· {} {} {}", entry.date.as_deref().unwrap_or_default(), entry.title, entry.address);
    }
    let _ = writeln!(shown, "\n{}\n", one.text.trim());
    shown
}
