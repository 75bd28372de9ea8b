//! XLSX: every sheet, hidden ones too, cell by cell as a person sees it; then strings no cell uses, comments,
//! drawings and every other part.

mod number;
mod sheet;
pub(crate) mod strings;
pub(crate) mod styles;

pub(crate) use number::{is_date_format, serial_date, shown_float, shown_number};

use super::job::Job;
use super::ooxml::{read_rest, relations};
use super::package::Package;
use super::xml::{Item, Xml, text_of};

use sheet::Book;

struct SheetEntry {
    name: String,
    state: String,
    relation: String,
}

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    let book_name = "xl/workbook.xml";
    let workbook = package.read_named(book_name, job).unwrap_or_default();
    let (sheets, dates_from_1904, names) = read_workbook(&text_of(&workbook));
    let part =
        |package: &mut Package<'_>, name: &str, job: &mut Job<'_>| package.read_named(name, job).unwrap_or_default();
    let styles = styles::read(&text_of(&part(package, "xl/styles.xml", job)));
    let strings = {
        let bytes = part(package, "xl/sharedStrings.xml", job);
        strings::read(&text_of(&bytes), job)
    };
    let mut book = Book { strings, styles, dates_from_1904 };
    let targets = relations(package, book_name, job);
    let mut done = vec![book_name.to_owned(), "xl/styles.xml".to_owned(), "xl/sharedStrings.xml".to_owned()];
    for entry in &sheets {
        let Some(path) = targets.get(&entry.relation).map(|relation| relation.target.clone()) else { continue };
        if done.contains(&path) {
            continue;
        }
        let Some(bytes) = package.read_named(&path, job) else { continue };
        let hidden = !matches!(entry.state.as_str(), "" | "visible");
        let state = match entry.state.as_str() {
            "veryHidden" => "（深度隐藏）",
            _ if hidden => "（隐藏）",
            _ => "",
        };
        job.out.line_of(&format!("工作表：{}{state}", entry.name));
        read_sheet(&text_of(&bytes), &mut book, hidden, job);
        done.push(path);
    }
    // Sheets that the workbook does not list are still in the file.
    let orphans: Vec<String> = package
        .names()
        .iter()
        .filter(|name| name.to_ascii_lowercase().starts_with("xl/worksheets/sheet") && !done.contains(name))
        .cloned()
        .collect();
    for path in orphans {
        let Some(bytes) = package.read_named(&path, job) else { continue };
        job.out.line_of(&format!("未列出的工作表：{path}"));
        read_sheet(&text_of(&bytes), &mut book, true, job);
        done.push(path);
    }
    job.out.hide();
    for string in book.strings.unused() {
        job.out.line_of(string);
    }
    for name in names {
        job.out.line_of(&name);
    }
    job.out.show();
    read_rest(package, &done, job);
}

fn read_sheet(text: &str, book: &mut Book, hidden: bool, job: &mut Job<'_>) {
    let before = job.out.depth();
    if hidden {
        job.out.hide();
    }
    sheet::read(text, book, job);
    job.out.set_depth(before);
    job.out.line();
}

/// Sheets in their order, whether days count from 1904, and defined names that hold text.
fn read_workbook(text: &str) -> (Vec<SheetEntry>, bool, Vec<String>) {
    let mut xml = Xml::new(text);
    let (mut sheets, mut from_1904, mut names) = (Vec::new(), false, Vec::new());
    let mut name: Option<String> = None;
    while let Some(item) = xml.next() {
        match item {
            Item::Open(tag) => match tag.name() {
                "workbookPr" => from_1904 = matches!(tag.attribute("date1904").as_deref(), Some("1" | "true")),
                "sheet" => sheets.push(SheetEntry {
                    name: tag.attribute("name").unwrap_or_default(),
                    state: tag.attribute("state").unwrap_or_default(),
                    relation: tag.attribute("id").unwrap_or_default(),
                }),
                "definedName" => {
                    let comment = tag.attribute("comment").unwrap_or_default();
                    name = Some(format!("{} {comment}", tag.attribute("name").unwrap_or_default()));
                }
                _ => {}
            },
            Item::Text(value) => {
                if let Some(name) = &mut name {
                    name.push(' ');
                    name.push_str(&value);
                }
            }
            Item::Close(_) => names.extend(name.take()),
        }
    }
    (sheets, from_1904, names)
}
