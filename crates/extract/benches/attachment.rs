//! How long a large attachment takes: `cargo bench -p extract`. With file names behind `--`, reads those and prints
//! what was found in figures: `cargo bench -p extract -- /path/a.pdf`.

use std::io::{Cursor, Write};
use std::time::Instant;

use extract::attachment::{Limits, extract, mask};
use zip::write::SimpleFileOptions;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        measure("xlsx, 1 MB", &workbook(120_000));
        measure("xlsx, 10 MB", &workbook(1_200_000));
    }
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => measure(&file, &bytes),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn measure(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    match extract(name, bytes, &Limits::default()) {
        Ok(found) => {
            println!(
                "{name}: {:?}, {} bytes in {:?}: {} bytes of text ({} hidden), {} properties, {} pictures, complete: {}",
                found.kind,
                bytes.len(),
                start.elapsed(),
                found.text.len(),
                found.hidden.iter().map(|range| range.len()).sum::<usize>(),
                found.properties.len(),
                found.pictures.len(),
                found.complete,
            );
            for notice in found.notices {
                println!("    {notice}");
            }
            if std::env::var_os("SHOW_TEXT").is_some() {
                println!("{}\n{:?}", found.text.chars().take(3000).collect::<String>(), found.properties);
            }
        }
        Err(error) => println!("{name}: {error} ({:?})", start.elapsed()),
    }
    let start = Instant::now();
    let masked = mask(name, bytes, &[("1380000".to_owned(), "138****".to_owned())]);
    println!(
        "    masked in {:?}: {:?}",
        start.elapsed(),
        masked.map(|masked| masked.replaced).map_err(|error| error.to_string())
    );
}

/// A sheet of names, numbers and dates, as registers are.
fn workbook(cells: usize) -> Vec<u8> {
    let mut sheet = "<worksheet><sheetData>".to_owned();
    let mut strings = "<sst>".to_owned();
    for row in 0..cells / 6 {
        let noise = row.wrapping_mul(2_654_435_761) % 1_000_000_007;
        sheet.push_str(&format!(
            "<row r=\"{0}\"><c r=\"A{0}\" t=\"s\"><v>{1}</v></c><c r=\"B{0}\"><v>{noise}</v></c><c r=\"C{0}\"><v>4{2}</v></c>\
             <c r=\"D{0}\" t=\"s\"><v>{1}</v></c><c r=\"E{0}\"><v>1380{3}</v></c><c r=\"F{0}\"/></row>",
            row + 1,
            row / 2,
            noise % 9999,
            noise % 9_999_999,
        ));
        if row % 2 == 0 {
            strings.push_str(&format!("<si><t>某某街道办事处{noise}</t></si>"));
        }
    }
    sheet.push_str("</sheetData></worksheet>");
    strings.push_str("</sst>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"一\" r:id=\"a\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></R>"),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).expect("a writer in memory cannot fail");
        writer.write_all(content.as_bytes()).expect("a writer in memory cannot fail");
    }
    writer.finish().expect("a writer in memory cannot fail").into_inner()
}
