//! ODT, ODS, ODP: text, hidden rows, columns, sheets and sections, notes, comments, tracked changes, properties.

use std::collections::HashSet;

use super::excel::shown_number;
use super::job::Job;
use super::ooxml::read_properties;
use super::package::Package;
use super::read::read_nested;
use super::xml::{Item, Tag, Xml, text_of};

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    if let Some(manifest) = package.read_named("META-INF/manifest.xml", job)
        && text_of(&manifest).contains("encryption-data")
    {
        job.missed("文档已加密，不能检查其中内容，请去掉密码后重新上传。");
    }
    let mut names: Vec<String> = package.names().to_vec();
    names.sort_by_key(|name| (name != "content.xml", name.ends_with("styles.xml"), name.clone()));
    for name in names {
        if job.full() || !job.member() {
            return;
        }
        let lower = name.to_ascii_lowercase();
        if lower.ends_with('/') || lower == "mimetype" || lower.starts_with("meta-inf/") {
            continue;
        }
        if lower.contains("settings.xml") || lower.starts_with("configurations") || lower.ends_with(".rdf") {
            continue;
        }
        let Some(bytes) = package.read_named(&name, job) else { continue };
        if lower.ends_with("meta.xml") {
            read_properties(&text_of(&bytes), job);
        } else if lower.ends_with(".xml") {
            job.out.line();
            let before = job.out.depth();
            Walker::default().walk(&text_of(&bytes), job);
            job.out.set_depth(before);
        } else if lower.starts_with("pictures/") || lower.starts_with("thumbnails/") || lower.contains("replacements/")
        {
            job.picture(&name, &bytes);
        } else {
            read_nested(&name, &bytes, job);
        }
    }
}

#[derive(Default)]
struct Walker {
    /// Table styles that hide a sheet, paragraph and text styles that hide text.
    hidden_styles: HashSet<String>,
    style: String,
    /// One entry for each open element that hides what is inside.
    hiding: Vec<(String, usize)>,
    depth: usize,
    paragraphs: usize,
    cells: usize,
    cell_used: bool,
    hidden_columns: Vec<bool>,
    column: usize,
    column_hidden: bool,
    repeated: usize,
    cell_start: usize,
    value: Option<String>,
}

/// Elements whose text a reader of the page does not see.
const UNSEEN: &[&str] =
    &["annotation", "notes", "tracked-changes", "desc", "script", "hidden-text", "hidden-paragraph"];

impl Walker {
    fn walk(&mut self, text: &str, job: &mut Job<'_>) {
        let mut xml = Xml::new(text);
        while let Some(item) = xml.next() {
            if job.full() {
                return;
            }
            match item {
                Item::Open(tag) => {
                    self.depth += 1;
                    self.open(&tag, job);
                }
                Item::Text(text) if self.paragraphs > 0 || !self.hiding.is_empty() => {
                    if !text.trim().is_empty() || self.paragraphs > 0 {
                        job.out.push(&text.replace(['\n', '\r', '\t'], " "));
                        self.cell_used = true;
                    }
                }
                // Number formats hold brackets and dashes.
                Item::Text(text) if text.contains(char::is_alphanumeric) => job.out.line_of(&text),
                Item::Text(_) => {}
                Item::Close(name) => {
                    self.close(&name, job);
                    self.depth = self.depth.saturating_sub(1);
                }
            }
        }
        if xml.broken {
            job.missed("文档的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
        }
    }

    fn open(&mut self, tag: &Tag<'_>, job: &mut Job<'_>) {
        match tag.name() {
            "style" => self.style = tag.attribute("name").unwrap_or_default(),
            "table-properties" | "text-properties" | "drawing-page-properties" => {
                let off = |name: &str, value: &str| tag.attribute(name).as_deref() == Some(value);
                let hidden = tag.name() != "text-properties" && off("display", "false");
                if hidden || off("display", "none") || off("visibility", "hidden") {
                    self.hidden_styles.insert(self.style.clone());
                }
            }
            "table" => {
                job.out.line();
                self.hidden_columns.clear();
                let hidden = self.has_hidden_style(tag);
                if let Some(name) = tag.attribute("name") {
                    job.out.line_of(&format!("工作表：{name}{}", if hidden { "（隐藏）" } else { "" }));
                }
                self.hide_if(hidden, "table", job);
            }
            "table-column" => {
                let hidden = is_collapsed(tag);
                let count = repetition(tag, "number-columns-repeated").min(2000);
                self.hidden_columns.extend(std::iter::repeat_n(hidden, count));
                self.hidden_columns.truncate(20_000);
            }
            "table-row" => {
                job.out.line();
                self.column = 0;
                self.hide_if(is_collapsed(tag), "table-row", job);
            }
            "table-cell" | "covered-table-cell" => {
                job.cell();
                self.cells += 1;
                self.cell_used = false;
                self.repeated = repetition(tag, "number-columns-repeated");
                self.column_hidden = self.hidden_columns.get(self.column).copied().unwrap_or_default();
                self.value = tag.attribute("value").or_else(|| tag.attribute("string-value"));
                let name = tag.name().to_owned();
                self.hide_if(self.column_hidden, &name, job);
                self.cell_start = job.out.text.len();
            }
            "p" | "h" => {
                if self.cells > 0 && self.cell_used {
                    job.out.push(" ");
                }
                self.paragraphs += 1;
                let hidden = self.has_hidden_style(tag);
                let name = tag.name().to_owned();
                self.hide_if(hidden, &name, job);
            }
            "span" | "section" | "page" => {
                let hidden =
                    self.has_hidden_style(tag) || tag.attribute("display").is_some_and(|value| value != "true");
                let name = tag.name().to_owned();
                self.hide_if(hidden, &name, job);
            }
            "s" => job.out.push(&" ".repeat(repetition(tag, "c").min(20))),
            "tab" => job.out.push("\t"),
            "line-break" => job.out.push(if self.cells > 0 { " " } else { "\n" }),
            name if UNSEEN.contains(&name) => {
                job.out.line();
                let name = name.to_owned();
                self.hide_if(true, &name, job);
            }
            "creator" => job.out.line(),
            _ => {}
        }
        for attribute in ["string-value", "title", "formula", "display-name"] {
            let Some(value) = tag.attribute(attribute) else { continue };
            let written = match attribute {
                "formula" => value.contains('"'),
                "display-name" => false,
                _ => !matches!(tag.name(), "table-cell" | "covered-table-cell"),
            };
            if written && !value.trim().is_empty() {
                job.out.hide();
                job.out.push(&format!(" {value} "));
                job.out.show();
            }
        }
    }

    fn close(&mut self, name: &str, job: &mut Job<'_>) {
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.cells == 0 {
                    job.out.push("\n");
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.show_value(job);
                self.cells = self.cells.saturating_sub(1);
                job.out.push(&"\t".repeat(self.repeated.min(if self.cell_used { 1000 } else { 1 })));
                self.column += self.repeated;
            }
            "table-row" => job.out.line(),
            _ => {}
        }
        if self.hiding.last().is_some_and(|(open, depth)| open == name && *depth == self.depth) {
            self.hiding.pop();
            job.out.show();
            if UNSEEN.contains(&name) {
                job.out.line();
            }
        }
    }

    /// The stored value where the shown text lost digits, as in `1.1E+17` or `###`.
    fn show_value(&mut self, job: &mut Job<'_>) {
        let Some(value) = self.value.take() else { return };
        let value = shown_number(&value);
        let shown = job.out.text.get(self.cell_start..).unwrap_or_default();
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if !digits(shown).contains(&digits(&value)) || shown.is_empty() {
            job.out.hide();
            job.out.push(&format!(" {value}"));
            job.out.show();
            self.cell_used = true;
        }
    }

    fn hide_if(&mut self, hidden: bool, element: &str, job: &mut Job<'_>) {
        if hidden {
            self.hiding.push((element.to_owned(), self.depth));
            job.out.hide();
        }
    }

    fn has_hidden_style(&self, tag: &Tag<'_>) -> bool {
        tag.attribute("style-name").is_some_and(|style| self.hidden_styles.contains(&style))
    }
}

fn is_collapsed(tag: &Tag<'_>) -> bool {
    matches!(tag.attribute("visibility").as_deref(), Some("collapse" | "filter"))
}

fn repetition(tag: &Tag<'_>, name: &str) -> usize {
    tag.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1)
}
