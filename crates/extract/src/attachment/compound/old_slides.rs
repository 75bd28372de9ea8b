//! PPT: a tree of records; text stands in three kinds of them. Notes are hidden text.

use super::super::decode;
use super::super::job::Job;
use super::number;

const TEXT_WIDE: usize = 0x0fa0;
const TEXT_BYTES: usize = 0x0fa8;
const STRING: usize = 0x0fba;
const NOTES: usize = 0x03f0;
const MASTER: usize = 0x03f8;
const ENCRYPTION: usize = 0x2f14;
const DEEPEST: usize = 64;

pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) {
    records(bytes, 0, job);
    job.out.line();
}

fn records(bytes: &[u8], depth: usize, job: &mut Job<'_>) {
    let mut at = 0;
    while let (Some(head), Some(kind), Some(length)) =
        (number(bytes, at, 2), number(bytes, at + 2, 2), number(bytes, at + 4, 4))
    {
        if job.full() {
            return;
        }
        let end = (at + 8).saturating_add(length).min(bytes.len());
        let body = bytes.get(at + 8..end).unwrap_or_default();
        let container = head & 0x0f == 0x0f;
        match kind {
            ENCRYPTION => job.missed("文档已加密，不能检查其中内容，请去掉密码后重新上传。"),
            TEXT_WIDE => job.out.line_of(&lines(&decode::utf16le(body))),
            TEXT_BYTES => job.out.line_of(&lines(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0)),
            STRING => {
                job.out.hide();
                job.out.line_of(&lines(&decode::utf16le(body)));
                job.out.show();
            }
            _ if container && depth < DEEPEST => {
                let unseen = matches!(kind, NOTES | MASTER);
                if unseen {
                    job.out.hide();
                }
                records(body, depth + 1, job);
                if unseen {
                    job.out.show();
                }
            }
            _ => {}
        }
        at = end;
    }
}

fn lines(text: &str) -> String {
    text.replace(['\r', '\u{b}'], "\n")
}
