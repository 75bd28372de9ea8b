//! PPTX: slides in their order, hidden slides too, each with its notes and comments; then masters and layouts.

use super::job::Job;
use super::ooxml::{harvest, read_rest, relations};
use super::package::Package;
use super::xml::{Item, Xml, text_of};

pub(super) fn read(package: &mut Package<'_>, job: &mut Job<'_>) {
    let mut slides: Vec<(u32, String)> = package
        .names()
        .iter()
        .filter_map(|name| {
            let number = name.to_ascii_lowercase();
            let number = number.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()?;
            Some((number, name.clone()))
        })
        .collect();
    slides.sort();
    let mut done = Vec::new();
    for (number, name) in slides {
        if job.full() || !job.page() {
            return;
        }
        let Some(bytes) = package.read_named(&name, job) else { continue };
        let text = text_of(&bytes);
        let hidden = is_hidden(&text);
        let announcement = if hidden { format!("第 {number} 张（隐藏）") } else { format!("第 {number} 张") };
        job.out.line_of(&announcement);
        if hidden {
            job.out.hide();
        }
        harvest(&text, job);
        if hidden {
            job.out.show();
        }
        done.push(name.clone());
        let mut beside: Vec<String> = relations(package, &name, job)
            .into_values()
            .filter(|relation| !relation.external && matches!(relation.kind.as_str(), "notesSlide" | "comments"))
            .map(|relation| relation.target)
            .collect();
        beside.sort();
        for part in beside {
            let Some(bytes) = package.read_named(&part, job) else { continue };
            job.out.hide();
            harvest(&text_of(&bytes), job);
            job.out.show();
            done.push(part);
        }
    }
    read_rest(package, &done, job);
}

fn is_hidden(text: &str) -> bool {
    let mut xml = Xml::new(text);
    while let Some(item) = xml.next() {
        if let Item::Open(tag) = item {
            return matches!(tag.attribute("show").as_deref(), Some("0" | "false"));
        }
    }
    false
}
