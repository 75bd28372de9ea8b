//! DOC: the piece table tells where the text stands; main text, footnotes, headers, comments, endnotes and text boxes
//! follow each other in it.

use super::super::decode;
use super::super::job::Job;
use super::number;

const FLAGS: usize = 0x0a;
const ENCRYPTED: usize = 0x0100;
const SECOND_TABLE: usize = 0x0200;
/// Lengths of the parts in characters, in the order they follow each other, and whether a reader sees them.
const PARTS: &[(usize, bool)] =
    &[(0x4c, true), (0x50, true), (0x54, true), (0x58, false), (0x5c, false), (0x60, true), (0x64, true), (0x68, true)];
const PIECES: usize = 0x01a2;
/// Before this version (Word 97) the text stands in one run of bytes.
const WORD_97: usize = 0xc1;

/// Name of the stream that holds the piece table.
pub(super) fn table_name(main: &[u8]) -> &'static str {
    if number(main, FLAGS, 2).unwrap_or_default() & SECOND_TABLE != 0 { "1Table" } else { "0Table" }
}

pub(super) fn read(main: &[u8], table: &[u8], job: &mut Job<'_>) {
    if number(main, FLAGS, 2).unwrap_or_default() & ENCRYPTED != 0 {
        job.missed("文档已加密，不能检查其中内容，请去掉密码后重新上传。");
        return;
    }
    if number(main, 2, 2).unwrap_or_default() < WORD_97 {
        let start = number(main, 0x18, 4).unwrap_or_default();
        let end = number(main, 0x1c, 4).unwrap_or_default().min(main.len());
        write(&decode::gbk(main.get(start..end).unwrap_or_default()), job);
        return;
    }
    let Some(text) = text(main, table) else {
        job.missed("文档的一部分已损坏，可能没有读全。请用原软件打开后另存，再重新上传。");
        return;
    };
    let mut rest = text.as_slice();
    for (place, seen) in PARTS {
        let length = number(main, *place, 4).unwrap_or_default().min(rest.len());
        let (part, after) = rest.split_at(length);
        rest = after;
        if !seen {
            job.out.hide();
        }
        write(&String::from_utf16_lossy(part), job);
        job.out.line();
        if !seen {
            job.out.show();
        }
    }
    // What the lengths do not account for is still in the file.
    job.out.hide();
    write(&String::from_utf16_lossy(rest), job);
    job.out.show();
}

/// All characters of the pieces, as UTF-16 units: the lengths of the parts count those.
fn text(main: &[u8], table: &[u8]) -> Option<Vec<u16>> {
    let start = number(main, PIECES, 4)?;
    let length = number(main, PIECES + 4, 4)?;
    let mut clx = table.get(start..start.checked_add(length)?.min(table.len()))?;
    while clx.first() == Some(&1) {
        clx = clx.get(3 + number(clx, 1, 2)?..)?;
    }
    if clx.first() != Some(&2) {
        return None;
    }
    let count = number(clx, 1, 4)?.checked_sub(4)? / 12;
    let plc = clx.get(5..)?;
    let descriptors = plc.get((count + 1).checked_mul(4)?..)?;
    let mut text = Vec::new();
    for index in 0..count {
        let (Some(from), Some(to)) = (number(plc, index * 4, 4), number(plc, index * 4 + 4, 4)) else { break };
        let Some(place) = number(descriptors, index * 8 + 2, 4) else { break };
        let length = to.saturating_sub(from).min(main.len());
        if place & 0x4000_0000 != 0 {
            let start = (place & 0x3fff_ffff) / 2;
            let bytes = main.get(start..(start + length).min(main.len())).unwrap_or_default();
            text.extend(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.encode_utf16());
        } else {
            let end = (place + length * 2).min(main.len());
            let bytes = main.get(place..end).unwrap_or_default();
            text.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
        }
        // Pieces may repeat each other; a document never needs more than its own size.
        if text.len() > main.len().saturating_mul(2) {
            break;
        }
    }
    Some(text)
}

/// Paragraph, cell, line and field marks to line ends and tabs; instructions of fields are hidden text.
fn write(text: &str, job: &mut Job<'_>) {
    let base = job.out.depth();
    let mut fields = 0usize;
    let mut run = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if job.full() {
            break;
        }
        match character {
            '\u{13}' => {
                job.out.push(&std::mem::take(&mut run));
                job.out.hide();
                fields += 1;
            }
            '\u{14}' | '\u{15}' => {
                job.out.push(&std::mem::take(&mut run));
                if character == '\u{14}' && fields > 0 || character == '\u{15}' && job.out.depth() > base {
                    job.out.show();
                }
                if character == '\u{15}' {
                    fields = fields.saturating_sub(1);
                }
            }
            '\u{7}' if characters.peek() == Some(&'\u{7}') => {
                characters.next();
                run.push('\n');
            }
            '\u{7}' => run.push('\t'),
            '\r' | '\u{b}' | '\u{c}' | '\u{e}' => run.push('\n'),
            '\u{1e}' => run.push('-'),
            '\u{1f}' => {}
            control if (control as u32) < 0x20 && control != '\t' => {}
            other => run.push(other),
        }
    }
    job.out.push(&run);
    job.out.set_depth(base);
}
