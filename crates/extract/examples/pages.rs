//! Reads every page of the collection and prints what was found: `cargo run -p extract --example pages [PART OF A NAME]`.
//! With `SHOW=1` the text too, with `SHOW=html` the HTML.

#[path = "../tests/page/collection.rs"]
mod collection;
#[path = "../tests/page/truth.rs"]
mod truth;

use collection::{cases, directory};
use truth::{bigram_f1, field, truths, wrong_fields};

fn main() {
    let Some(root) = directory() else {
        println!("no collection: set ZHENGTONG_DATA");
        return;
    };
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let show = std::env::var("SHOW").unwrap_or_default();
    let bodies = truths(&root.join("12-html/extract-bench.truth.jsonl"), "file");
    let documents = truths(&root.join("02-docs/state_council.jsonl"), "id");
    let (mut sum, mut count) = (0.0, 0);
    for case in cases(&root).into_iter().filter(|case| case.file.contains(&wanted)) {
        let page = case.read();
        let text = page.body.as_ref().map_or("", |found| found.value.text.as_str());
        println!(
            "== {} {} {:?}({:.2}) {:?} claimed {:?}",
            case.file, page.encoding, page.kind, page.kind_confidence, page.language, page.encoding_claimed
        );
        println!("   title  {:?}", page.title.as_ref().map(|found| (&found.value, &found.place, found.confidence)));
        println!(
            "   time   {:?}",
            page.published.as_ref().map(|found| (
                found.value.date.to_string(),
                found.value.time.map(|t| t.to_string()),
                &found.place,
                found.confidence
            ))
        );
        println!(
            "   source {:?} author {:?}",
            page.source.as_ref().map(|found| (&found.value, &found.place)),
            page.author.as_ref().map(|found| (&found.value, &found.place))
        );
        println!(
            "   number {:?} index {:?} organ {:?} written {:?} validity {:?}",
            page.document_number.as_ref().map(|found| &found.value),
            page.index_number.as_ref().map(|found| &found.value),
            page.organ.as_ref().map(|found| &found.value),
            page.written_on.as_ref().map(|found| found.value.to_string()),
            page.validity.as_ref().map(|found| &found.value),
        );
        println!(
            "   column {:?} crumbs {:?} site {:?} code {:?} icp {:?} police {:?}",
            page.column.as_ref().map(|found| &found.value),
            page.breadcrumb.iter().map(|crumb| crumb.name.as_str()).collect::<Vec<_>>(),
            page.site_name.as_ref().map(|found| &found.value),
            page.site_code.as_ref().map(|found| &found.value),
            page.icp.as_ref().map(|found| &found.value),
            page.police_record.as_ref().map(|found| &found.value),
        );
        println!(
            "   body   {} chars {:?}; {} images, {} attachments, {} links, list {:?}, further {:?}",
            text.chars().count(),
            page.body.as_ref().map(|found| (&found.place, found.confidence)),
            page.images.len(),
            page.attachments.len(),
            page.links.len(),
            page.list.as_ref().map(|list| (list.items.len(), list.confidence, list.next.as_deref())),
            page.further_pages.len(),
        );
        let line: Vec<char> = text.replace('\n', "⏎").chars().collect();
        let start: String = line.iter().take(70).collect();
        let end: String = line[line.len().saturating_sub(70)..].iter().collect();
        println!("     A {start}\n     Z {end}");
        if let Some(truth) = bodies.get(&case.file) {
            let f1 = bigram_f1(text, field(truth, "content"));
            sum += f1;
            count += 1;
            println!("   F1 {f1:.4}{}", if f1 < 0.95 { "  <<<" } else { "" });
        }
        let id = case.file.rsplit('/').next().unwrap_or("").trim_end_matches(".html");
        if let Some(truth) = documents.get(id) {
            println!("   F1 {:.4} wrong {:?}", bigram_f1(text, field(truth, "body")), wrong_fields(&page, truth));
        }
        match show.as_str() {
            "" => {}
            "html" => println!("{}", page.body.as_ref().map_or("", |found| found.value.html.as_str())),
            _ => println!("{text}"),
        }
    }
    if count > 0 {
        println!("mean F1 {:.4} over {count}", sum / f64::from(count));
    }
}
