//! Bytes of a text file to characters: marks first, then UTF-8, UTF-16 without a mark, then a guess among the
//! encodings Chinese files come in.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::job::Job;

/// Decodes a text file; says so when characters were lost.
pub(crate) fn text(bytes: &[u8], job: &mut Job<'_>) -> String {
    let encoding = guess(bytes);
    let (text, _, lossy) = encoding.decode(bytes);
    if lossy {
        job.missed("有的字符不能识别，可能没有读全。请将文件另存为 UTF-8 编码后重新上传。");
    }
    text.replace('\0', "")
}

/// Decodes without a word about losses.
pub(crate) fn quietly(bytes: &[u8]) -> String {
    guess(bytes).decode(bytes).0.replace('\0', "")
}

/// Bytes in the code page of Chinese Windows.
pub(crate) fn gbk(bytes: &[u8]) -> String {
    GB18030.decode_without_bom_handling(bytes).0.into_owned()
}

pub(crate) fn utf16le(bytes: &[u8]) -> String {
    UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
}

pub(crate) fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(256 * 1024)], true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Allow);
    let chinese = guessed == encoding_rs::GBK || guessed == GB18030 || guessed == BIG5;
    if guessed == BIG5 && !BIG5.decode_without_bom_handling(bytes).1 {
        return BIG5;
    }
    // A short text is easily taken for something far away; here it is GB18030 whenever it can be.
    if chinese || !GB18030.decode_without_bom_handling(bytes).1 { GB18030 } else { guessed }
}

/// UTF-16 of text with some Latin characters has its zero bytes in one half.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(16 * 1024) & !1];
    if sample.len() < 4 {
        return None;
    }
    let pairs = sample.len() / 2;
    let zero = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zero(0), zero(1));
    let encoding = if odd * 20 >= pairs && even * 50 <= odd {
        UTF_16LE
    } else if even * 20 >= pairs && odd * 50 <= even {
        UTF_16BE
    } else {
        return None;
    };
    let (text, lossy) = encoding.decode_without_bom_handling(sample);
    let odd = text.chars().filter(|character| character.is_control() && !character.is_whitespace()).count();
    (!lossy && odd * 50 <= pairs).then_some(encoding)
}
