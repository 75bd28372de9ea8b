//! A copy of an attachment in which strings are replaced everywhere: shown and hidden cells, shared strings, runs of a
//! paragraph, comments, properties, documents inside. Afterwards the copy is read again, and a copy in which a string
//! can still be found is never handed out.

mod package;
mod sheet;
mod splice;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::decode;
use super::error::ExtractError;
use super::kind::{Container, container};
use super::limits::Limits;
use super::read::extract;

/// The copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    pub bytes: Vec<u8>,
    /// How many places were replaced.
    pub replaced: usize,
    /// What the person should know about the copy, in plain Chinese.
    pub notices: Vec<String>,
}

/// Replaces every `(found, masked)` pair in a TXT, CSV, HTML, DOCX, XLSX, PPTX, ODT, ODS or ODP file.
///
/// Errors, each saying what to do: the format cannot be masked (PDF and others), nothing to replace, the file is
/// damaged or encrypted, or one of the strings can still be found in the copy.
pub fn mask(name: &str, bytes: &[u8], replacements: &[(String, String)]) -> Result<Masked, ExtractError> {
    let replacements: Vec<(String, String)> =
        replacements.iter().filter(|(found, _)| !found.trim().is_empty()).cloned().collect();
    if replacements.is_empty() {
        return Err(ExtractError::new("没有指定要遮盖的内容，请先选择要遮盖的号码或文字。"));
    }
    let swallows = |(found, masked): &(String, String)| masked.contains(found.as_str());
    if replacements.iter().any(swallows) {
        return Err(ExtractError::new("遮盖后的文字仍含原文，请换一种写法，例如把中间几位写成星号。"));
    }
    // Longer strings first: a string may be part of another one.
    let mut ordered = replacements;
    ordered.sort_by_key(|(found, _)| std::cmp::Reverse(found.len()));
    let made = catch_unwind(AssertUnwindSafe(|| copy(bytes, &ordered)));
    let (copied, replaced) = made.unwrap_or_else(|_| Err(damaged()))?;
    let notices = check(name, &copied, &ordered)?;
    Ok(Masked { bytes: copied, replaced, notices })
}

fn damaged() -> ExtractError {
    ExtractError::new("附件已损坏，不能自动遮盖。请用原软件打开后另存，再重新上传。")
}

type Pairs = [(String, String)];

fn copy(bytes: &[u8], pairs: &Pairs) -> Result<(Vec<u8>, usize), ExtractError> {
    let cannot = |format: &str| Err(ExtractError::new(format!("{format} 不能自动遮盖，请在原文件中处理后重新上传")));
    match container(bytes) {
        Container::TextLike => text(bytes, pairs),
        Container::Zip => package::copy(bytes, pairs, 0),
        Container::Pdf => cannot("PDF"),
        Container::Rtf => cannot("RTF"),
        Container::Compound => cannot("DOC、XLS、PPT 旧格式"),
        Container::OtherArchive(_) => cannot("压缩包"),
        Container::Picture => cannot("图片"),
        Container::Binary => cannot("这种格式"),
    }
}

/// A text file keeps its encoding and its mark.
fn text(bytes: &[u8], pairs: &Pairs) -> Result<(Vec<u8>, usize), ExtractError> {
    let encoding = decode::guess(bytes);
    let (decoded, _, lossy) = encoding.decode(bytes);
    if lossy {
        return Err(ExtractError::new("有的字符不能识别，不能自动遮盖。请将文件另存为 UTF-8 编码后重新上传。"));
    }
    let (masked, replaced) = splice::replace(&decoded, pairs);
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let masked = if marked { format!("\u{feff}{masked}") } else { masked };
    let encoded = if encoding == encoding_rs::UTF_16LE {
        masked.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == encoding_rs::UTF_16BE {
        masked.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        let (encoded, _, lost) = encoding.encode(&masked);
        if lost {
            return Err(ExtractError::new("遮盖后的字符不能用原文件的编码保存，请将文件另存为 UTF-8 编码后重新上传。"));
        }
        encoded.into_owned()
    };
    Ok((encoded, replaced))
}

/// Reads the copy again; white space between the characters does not hide a string from this check.
fn check(name: &str, copied: &[u8], pairs: &Pairs) -> Result<Vec<String>, ExtractError> {
    let read = extract(name, copied, &Limits::default())?;
    let squeezed = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let all = read.all_text();
    let tight = squeezed(&all);
    for (found, _) in pairs {
        if all.contains(found.as_str()) || tight.contains(&squeezed(found)) {
            return Err(ExtractError::new(
                "自动遮盖后仍能找到其中的内容，没有生成遮盖稿。请在原文件中处理后重新上传。",
            ));
        }
    }
    if !read.complete {
        let reasons = read.notices.join("");
        return Err(ExtractError::new(format!(
            "附件中有读不到的内容，不能保证遮盖干净，没有生成遮盖稿。请在原文件中处理后重新上传。{reasons}"
        )));
    }
    Ok(read.notices)
}
