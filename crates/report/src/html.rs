//! A report as a web page that needs nothing else: it can be opened from a disk, printed and filed.

use std::fmt::Write;

use crate::document::{Cell, Document, Section};

const STYLE: &str = "body{font:16px/1.7 'Microsoft YaHei',sans-serif;color:#222;max-width:72rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:2px solid #1a56a8}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#eef3fa}td.n{text-align:right;white-space:nowrap}@media print{body{margin:0;max-width:none}}";

/// The report as HTML. Everything that comes from outside is escaped; nothing is loaded.
pub fn html(document: &Document) -> String {
    let mut out = String::new();
    let title = escaped(&document.title);
    let _ = write!(
        out,
        "<!doctype html><html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{STYLE}</style></head><body>\
         <main><h1>{title}</h1>"
    );
    sentences(&mut out, &document.lead);
    for section in &document.sections {
        write_section(&mut out, section);
    }
    out.push_str("</main></body></html>");
    out
}

fn write_section(out: &mut String, section: &Section) {
    let heading = escaped(&section.heading);
    let _ = write!(out, "<section><h2>{heading}</h2>");
    sentences(out, &section.notes);
    if let Some(table) = &section.table {
        let _ = write!(
            out,
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\"><table><thead><tr>"
        );
        for name in &table.head {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(name));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &table.rows {
            out.push_str("<tr>");
            for cell in row {
                let _ = match cell {
                    Cell::Text(text) => write!(out, "<td>{}</td>", escaped(text)),
                    Cell::Count(count) => write!(out, "<td class=\"n\">{count}</td>"),
                };
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>");
    }
    out.push_str("</section>");
}

fn sentences(out: &mut String, sentences: &[String]) {
    for sentence in sentences {
        let _ = write!(out, "<p>{}</p>", escaped(sentence));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            one if one.is_control() && !matches!(one, '\n' | '\t') => out.push('\u{fffd}'),
            one => out.push(one),
        }
    }
    out
}
