//! Tables: structure and spans stay, widths, borders and colours go.

use scraper::Node;

use super::blocks::{self, Block};
use super::{Around, NodeRef, Walker};

impl Walker<'_> {
    pub(super) fn table(&mut self, node: NodeRef<'_>, around: &Around) {
        let rows = |node: NodeRef<'_>| node.descendants().filter(|n| is_element(*n, &["td", "th"])).take(2).count();
        if rows(node) < 2 {
            // A frame around something, as old sites drew them.
            let blocks = self.within(node, &around.deeper());
            self.flow.blocks.extend(blocks);
            return;
        }
        let mut html = String::new();
        for child in node.children() {
            let Node::Element(element) = child.value() else { continue };
            match element.name() {
                "caption" => {
                    let (content, _, _) = self.cell(child, element, &around.deeper());
                    if !content.is_empty() {
                        html.push_str(&format!("<caption>{content}</caption>"));
                    }
                }
                section @ ("thead" | "tbody" | "tfoot") => {
                    let rows = self.rows(child, &around.deeper());
                    if !rows.is_empty() {
                        html.push_str(&format!("<{section}>{rows}</{section}>"));
                    }
                }
                _ => {}
            }
        }
        if html.contains("<tr>") {
            self.flow.blocks.push(Block::other(format!("<table>{html}</table>")));
        }
    }

    fn rows(&mut self, section: NodeRef<'_>, around: &Around) -> String {
        let mut html = String::new();
        for row in section.children().filter(|node| is_element(*node, &["tr"])) {
            let mut cells = String::new();
            for node in row.children() {
                let Node::Element(cell) = node.value() else { continue };
                let name = cell.name();
                if !matches!(name, "td" | "th") {
                    continue;
                }
                let (content, classes, _) = self.cell(node, cell, &around.deeper());
                cells.push('<');
                cells.push_str(name);
                for span in ["colspan", "rowspan"] {
                    let value = cell.attr(span).and_then(|value| value.trim().parse::<u16>().ok());
                    if let Some(value) = value.filter(|value| (2..=500).contains(value)) {
                        cells.push_str(&format!(" {span}=\"{value}\""));
                    }
                }
                if let Some(scope) = cell.attr("scope").filter(|scope| name == "th" && matches!(*scope, "row" | "col"))
                {
                    cells.push_str(&format!(" scope=\"{scope}\""));
                }
                cells.push_str(&blocks::class_attribute(&classes));
                cells.push_str(&format!(">{content}</{name}>"));
            }
            if !cells.is_empty() {
                html.push_str(&format!("<tr>{cells}</tr>"));
            }
        }
        html
    }
}

fn is_element(node: NodeRef<'_>, names: &[&str]) -> bool {
    matches!(node.value(), Node::Element(element) if names.contains(&element.name()))
}
