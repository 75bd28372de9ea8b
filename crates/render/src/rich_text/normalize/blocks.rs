//! Finished blocks and what is decided by looking at their neighbours.

use super::push_attribute;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// A list item standing alone; neighbours are joined into one list.
    Bullet,
    Heading(&'static str),
    /// Complete HTML: table, list, quotation …
    Other,
}

/// A block; `html` is its content, except for [`Kind::Other`].
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub kind: Kind,
    pub html: String,
    pub classes: Vec<&'static str>,
    pub text: String,
    pub id: Option<String>,
}

impl Block {
    pub(super) fn other(html: String) -> Self {
        Block { kind: Kind::Other, html, classes: Vec::new(), text: String::new(), id: None }
    }
}

/// Writes blocks one after another.
pub(super) fn join(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let bullet = block.kind == Kind::Bullet;
        if bullet != in_list {
            out.push_str(if bullet { "<ul>" } else { "</ul>" });
            in_list = bullet;
        }
        let tag = match block.kind {
            Kind::Other => {
                out.push_str(&block.html);
                continue;
            }
            Kind::Paragraph => "p",
            Kind::Bullet => "li",
            Kind::Heading(tag) => tag,
        };
        out.push('<');
        out.push_str(tag);
        if let Some(id) = &block.id {
            push_attribute(&mut out, "id", id);
        }
        out.push_str(&class_attribute(&block.classes));
        out.push('>');
        out.push_str(&block.html);
        out.push_str("</");
        out.push_str(tag);
        out.push('>');
    }
    if in_list {
        out.push_str("</ul>");
    }
    out
}

/// Content of a list item or table cell: a single paragraph loses its tag and gives its class, and
/// an item's own words before a nested list need no paragraph.
pub(super) fn condense(mut blocks: Vec<Block>) -> (String, Vec<&'static str>, String) {
    if let [only] = blocks.as_mut_slice()
        && only.kind == Kind::Paragraph
    {
        only.classes.retain(|class| *class != "no-indent");
        let only = blocks.remove(0);
        return (only.html, only.classes, only.text);
    }
    let lead = match blocks.split_first() {
        Some((first, rest)) if first.kind == Kind::Paragraph && rest.iter().all(|b| b.kind == Kind::Other) => 1,
        _ => 0,
    };
    let html: String = blocks[..lead].iter().map(|block| block.html.as_str()).collect();
    (html + &join(&blocks[lead..]), Vec::new(), String::new())
}

/// ` class="…"`, or nothing.
pub(super) fn class_attribute(classes: &[&str]) -> String {
    if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
}

/// The addressees of an official letter (主送机关) stand at the margin: GB/T 9704-2012 7.3.2.
pub(super) fn mark_addressees(blocks: &mut [Block]) {
    let found = blocks
        .iter_mut()
        .take(5)
        .find(|block| block.kind == Kind::Paragraph && block.classes.is_empty() && is_addressee_line(&block.text));
    if let Some(block) = found {
        block.classes.push("no-indent");
    }
}

/// Whether a line names the offices a letter is sent to.
pub(crate) fn is_addressee_line(line: &str) -> bool {
    let Some(offices) = line.trim().strip_suffix(['：', ':']) else { return false };
    let ends_like_an_office = [
        "人民政府",
        "公署",
        "厅",
        "局",
        "委",
        "办",
        "部门",
        "单位",
        "机构",
        "室",
        "同志",
        "院",
        "会",
        "公司",
        "部",
        "镇",
        "校",
    ]
    .iter()
    .any(|ending| offices.ends_with(ending));
    ends_like_an_office && offices.chars().count() <= 200 && !offices.contains(['。', '；', '：'])
}
