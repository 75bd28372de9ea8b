//! DOCX: the main text first, then headers, footers, footnotes, endnotes and comments, then every other part.

use std::collections::HashSet;

use super::job::Job;
use super::ooxml::{push_attribute_texts, read_rest};
use super::package::Package;
use super::xml::{Item, Tag, Xml, text_of};

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    let styles = package.read_named("word/styles.xml", job).map(|bytes| hidden_styles(&text_of(&bytes)));
    let mut parts: Vec<(usize, String)> = package
        .names()
        .iter()
        .filter_map(|name| place_of(&name.to_ascii_lowercase()).map(|place| (place, name.clone())))
        .collect();
    parts.sort();
    let mut done = Vec::new();
    for (place, name) in parts {
        let Some(bytes) = package.read_named(&name, job) else { continue };
        let unseen = place >= COMMENTS;
        if unseen {
            job.out.hide();
        }
        job.out.line();
        let before = job.out.depth();
        Walker::new(styles.clone().unwrap_or_default()).walk(&text_of(&bytes), job);
        job.out.set_depth(before);
        job.out.line();
        if unseen {
            job.out.show();
        }
        done.push(name);
    }
    done.push("word/styles.xml".to_owned());
    read_rest(package, &done, job);
}

const COMMENTS: usize = 5;

/// Order of the parts that hold running text; from [`COMMENTS`] on a reader of the printed page does not see them.
fn place_of(name: &str) -> Option<usize> {
    let file = name.strip_prefix("word/").filter(|file| file.ends_with(".xml"))?;
    let starts = |start: &str| file.starts_with(start);
    Some(match file {
        "document.xml" | "document2.xml" => 0,
        _ if starts("header") => 1,
        _ if starts("footer") => 2,
        _ if starts("footnotes") => 3,
        _ if starts("endnotes") => 4,
        _ if file == "comments.xml" => COMMENTS,
        _ if starts("glossary/document") => COMMENTS + 1,
        _ => return None,
    })
}

/// Ids of styles that hide their text.
fn hidden_styles(text: &str) -> HashSet<String> {
    let mut xml = Xml::new(text);
    let mut hidden = HashSet::new();
    let mut current = String::new();
    while let Some(item) = xml.next() {
        let Item::Open(tag) = item else { continue };
        match tag.name() {
            "style" => current = tag.attribute("styleId").unwrap_or_default(),
            "vanish" if tag.is_on() && !current.is_empty() => {
                hidden.insert(current.clone());
            }
            _ => {}
        }
    }
    hidden
}

#[derive(Default)]
struct Walker {
    hidden_styles: HashSet<String>,
    tables: usize,
    /// Something was written into the current cell.
    cell_used: bool,
    in_run: bool,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    run_hidden: bool,
    paragraph_hidden: bool,
    text_open: bool,
    instruction: bool,
    deleted: usize,
    /// Where the last choice of alternative content was written.
    choice: Option<(usize, usize)>,
    fallback: usize,
    authors: Vec<String>,
}

impl Walker {
    fn new(hidden_styles: HashSet<String>) -> Walker {
        Walker { hidden_styles, ..Walker::default() }
    }

    fn walk(&mut self, text: &str, job: &mut Job<'_>) {
        let mut xml = Xml::new(text);
        while let Some(item) = xml.next() {
            if job.full() {
                break;
            }
            match item {
                Item::Open(tag) => self.open(&tag, job),
                Item::Close(name) => self.close(&name, job),
                Item::Text(text) if self.text_open => self.write(&text, job),
                Item::Text(_) => {}
            }
        }
        if xml.broken {
            job.missed("文档的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
        }
        for author in &self.authors {
            job.property("批注或修订人", author);
        }
    }

    fn open(&mut self, tag: &Tag<'_>, job: &mut Job<'_>) {
        match tag.name() {
            "p" => {
                self.paragraph_hidden = false;
                if self.tables > 0 && self.cell_used {
                    job.out.push(" ");
                    self.cell_used = false;
                }
            }
            "pPr" => self.in_paragraph_properties = true,
            "pStyle" => self.paragraph_hidden = self.hides(tag),
            "r" => {
                self.in_run = true;
                self.run_hidden = false;
            }
            "rPr" => self.in_run_properties = true,
            "rStyle" if self.in_run => self.run_hidden |= self.hides(tag),
            "vanish" | "specVanish" if self.in_run && self.in_run_properties => self.run_hidden = tag.is_on(),
            "t" | "delText" | "v" | "f" => self.text_open = true,
            "instrText" | "delInstrText" => {
                self.text_open = true;
                self.instruction = true;
            }
            "tab" if self.in_run && !self.in_paragraph_properties => self.write("\t", job),
            "br" | "cr" if self.in_run => self.write(if self.tables > 0 { " " } else { "\n" }, job),
            "noBreakHyphen" => self.write("-", job),
            "sym" => self.symbol(tag, job),
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    job.out.line();
                }
            }
            "tc" => self.cell_used = false,
            "del" | "moveFrom" if tag.attribute("author").is_some() => self.deleted += 1,
            "txbxContent" => job.out.line(),
            "Choice" => self.choice = Some((job.out.text.len(), 0)),
            "Fallback" => {
                if let Some((_, end)) = &mut self.choice {
                    *end = job.out.text.len();
                }
                self.fallback = job.out.text.len();
            }
            _ => {}
        }
        if let Some(author) =
            tag.attribute("author").filter(|author| self.authors.len() < 200 && !self.authors.contains(author))
        {
            self.authors.push(author);
        }
        if matches!(tag.name(), "docPr" | "cNvPr" | "shape" | "imagedata" | "textpath" | "listItem" | "default")
            || matches!(tag.name(), "statusText" | "helpText" | "alias" | "tag" | "fldSimple" | "rect" | "hyperlink")
        {
            push_attribute_texts(tag, job);
        }
    }

    fn close(&mut self, name: &str, job: &mut Job<'_>) {
        match name {
            "p" if self.tables == 0 => job.out.push("\n"),
            "pPr" => self.in_paragraph_properties = false,
            "r" => self.in_run = false,
            "rPr" => self.in_run_properties = false,
            "t" | "delText" | "v" | "f" => self.text_open = false,
            "instrText" | "delInstrText" => {
                self.text_open = false;
                self.instruction = false;
            }
            "tc" => {
                job.out.push("\t");
                self.cell_used = false;
            }
            "tr" => job.out.line(),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "txbxContent" => job.out.line(),
            "Fallback" => self.drop_repetition(job),
            _ => {}
        }
    }

    fn write(&mut self, text: &str, job: &mut Job<'_>) {
        let hidden = self.run_hidden || self.paragraph_hidden || self.instruction || self.deleted > 0;
        if hidden {
            job.out.hide();
        }
        job.out.push(text);
        if hidden {
            job.out.show();
        }
        self.cell_used |= !text.is_empty();
    }

    fn hides(&self, tag: &Tag<'_>) -> bool {
        tag.attribute("val").is_some_and(|style| self.hidden_styles.contains(&style))
    }

    /// A character of a symbol font; those of the private area are pictures, unless they stand for Latin ones.
    fn symbol(&mut self, tag: &Tag<'_>, job: &mut Job<'_>) {
        let code = tag.attribute("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
        let code = code.map(|code| if (0xf020..0xf07f).contains(&code) { code - 0xf000 } else { code });
        if let Some(character) = code.and_then(char::from_u32) {
            self.write(&character.to_string(), job);
        }
    }

    /// Alternative content repeats a text box for old readers: kept only where it says something else.
    fn drop_repetition(&mut self, job: &mut Job<'_>) {
        let Some((start, end)) = self.choice.take() else { return };
        let squeezed = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
        let text = &job.out.text;
        let (Some(choice), Some(fallback)) = (text.get(start..end), text.get(self.fallback..)) else { return };
        if squeezed(choice).contains(&squeezed(fallback)) {
            job.out.rewind(self.fallback);
        }
    }
}
