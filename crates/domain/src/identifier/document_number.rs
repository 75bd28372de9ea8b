//! 发文字号 (GB/T 9704-2012 7.2.5): organ mark, year in 〔〕, serial without 第 and without leading zeros.

use serde::{Deserialize, Serialize};

use super::{
    error::IdentifierError,
    normalise::{compact, is_han},
    string_identifier::string_identifier,
};

/// Which of the accepted forms a document number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentNumberForm {
    /// 内政办字〔2021〕45号
    Numbered,
    /// 国令第711号, 中华人民共和国主席令第三号: orders are counted without a year.
    Order,
    /// 公告2021年第3号: announcements and notices to the public, counted within the year.
    Announcement,
}

/// The number under which an office issued a document, in its official form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber(String);

string_identifier!(DocumentNumber);

/// Signs that people put where 〔 and 〕 belong, after half-width conversion.
const OPENING: &[char] = &['〔', '[', '(', '【', '﹝', '{', '「', '<', '〈', '《', '〖'];
const CLOSING: &[char] = &['〕', ']', ')', '】', '﹞', '}', '」', '>', '〉', '》', '〗'];
const MAX_ORGAN_MARK: usize = 20;

/// The parts as they were typed, before judging them.
struct Parts<'a> {
    organ: &'a str,
    open: char,
    year: &'a str,
    close: char,
    ordinal: bool,
    serial: &'a str,
    closed: bool,
}

impl DocumentNumber {
    /// Reads a document number. A number with the wrong brackets, a padded serial, 第, or without 号 is refused with
    /// the corrected number as suggestion; blanks and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text);
        if typed.is_empty() {
            return Err(IdentifierError::new("发文字号没有填写。样式：内政办字〔2021〕45号。"));
        }
        if is_order(&typed) || is_announcement(&typed) {
            return Ok(Self(typed));
        }
        let Some(parts) = split(&typed) else {
            return Err(IdentifierError::new(
                "看不出发文字号。样式：机关代字〔年份〕序号号，例如内政办字〔2021〕45号；命令写成“国令第711号”。",
            ));
        };
        judge(&parts, &typed)
    }

    /// The corrected number, if `text` can be understood as one; the number itself if it is already right.
    pub fn correct(text: &str) -> Option<Self> {
        match Self::parse(text) {
            Ok(number) => Some(number),
            Err(error) => error.suggestion.map(Self),
        }
    }

    /// Which form the number has.
    pub fn form(&self) -> DocumentNumberForm {
        if self.0.contains('〔') {
            DocumentNumberForm::Numbered
        } else if self.0.contains("令第") {
            DocumentNumberForm::Order
        } else {
            DocumentNumberForm::Announcement
        }
    }

    /// The mark of the issuing organ: 内政办字, 国令, 公告.
    pub fn organ_mark(&self) -> &str {
        let end = self.0.find('〔').or_else(|| self.0.find('第')).unwrap_or(self.0.len());
        self.0[..end].trim_end_matches('年').trim_end_matches(|c: char| c.is_ascii_digit())
    }

    /// The year, except for orders.
    pub fn year(&self) -> Option<i16> {
        let digits = match self.form() {
            DocumentNumberForm::Order => return None,
            DocumentNumberForm::Numbered => self.0.split_once('〔')?.1.get(..4)?,
            DocumentNumberForm::Announcement => {
                let end = self.0.find("年第")?;
                self.0.get(end.checked_sub(4)?..end)?
            }
        };
        digits.parse().ok()
    }

    /// The serial within organ mark and year; `None` when an old order is counted in Chinese numerals.
    pub fn serial(&self) -> Option<u32> {
        let body = self.0.strip_suffix('号')?;
        let start = body
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
        body[start..].parse().ok()
    }
}

/// `…令第N号`, N in digits without padding or in Chinese numerals.
fn is_order(text: &str) -> bool {
    let Some((organ, rest)) = text.split_once("令第") else { return false };
    let Some(serial) = rest.strip_suffix('号') else { return false };
    is_organ_mark(&format!("{organ}令")) && (is_serial(serial) || is_chinese_numeral(serial))
}

/// `…公告YYYY年第N号` or `…通告YYYY年第N号`.
fn is_announcement(text: &str) -> bool {
    let Some((head, rest)) = text.split_once("年第") else { return false };
    let Some(serial) = rest.strip_suffix('号') else { return false };
    let Some(split) = head.len().checked_sub(4).filter(|at| head.is_char_boundary(*at)) else { return false };
    let (organ, year) = head.split_at(split);
    (organ.ends_with("公告") || organ.ends_with("通告")) && is_organ_mark(organ) && is_year(year) && is_serial(serial)
}

fn split(text: &str) -> Option<Parts<'_>> {
    let open_at = text.find(OPENING)?;
    let open = text[open_at..].chars().next()?;
    let after_open = &text[open_at + open.len_utf8()..];
    let close_at = after_open.find(CLOSING)?;
    let close = after_open[close_at..].chars().next()?;
    let mut rest = &after_open[close_at + close.len_utf8()..];
    let ordinal = rest.starts_with('第');
    if ordinal {
        rest = &rest['第'.len_utf8()..];
    }
    let closed = rest.ends_with('号');
    let serial = rest.strip_suffix('号').unwrap_or(rest);
    let year = after_open[..close_at].trim_end_matches('年');
    Some(Parts { organ: &text[..open_at], open, year, close, ordinal, serial, closed })
}

fn judge(parts: &Parts<'_>, typed: &str) -> Result<DocumentNumber, IdentifierError> {
    if !is_organ_mark(parts.organ) {
        return Err(IdentifierError::new("括号前面应是机关代字，只用汉字，例如“内政办字”，请核对。"));
    }
    if !is_year(parts.year) {
        let error = IdentifierError::new("括号里应是4位年份，例如〔2021〕，请核对。");
        let short = parts.year.parse::<i32>().ok().filter(|_| parts.year.len() == 2);
        let serial = parts.serial.trim_start_matches('0');
        return Err(match short {
            Some(year) if is_serial(serial) => {
                let century = if year >= 49 { 19 } else { 20 };
                error.suggesting(format!("{}〔{century}{year:02}〕{serial}号", parts.organ))
            }
            _ => error,
        });
    }
    let serial = parts.serial.trim_start_matches('0');
    if !is_serial(serial) {
        return Err(IdentifierError::new("年份后面应是序号加“号”，序号只用数字、从1编起，例如“45号”，请核对。"));
    }
    let canonical = format!("{}〔{}〕{serial}号", parts.organ, parts.year);
    if typed == canonical {
        return Ok(DocumentNumber(canonical));
    }
    let mut faults = Vec::new();
    if parts.open != '〔' || parts.close != '〕' {
        faults.push(format!("年份要用六角括号〔〕，不用“{}{}”", parts.open, parts.close));
    }
    if parts.ordinal {
        faults.push("序号前不加“第”".to_owned());
    }
    if serial != parts.serial {
        faults.push("序号不编虚位（前面不补0）".to_owned());
    }
    if !parts.closed {
        faults.push("序号后面少了“号”字".to_owned());
    }
    if faults.is_empty() {
        faults.push("年份后面不写“年”字".to_owned());
    }
    Err(IdentifierError::new(format!("发文字号写法不规范：{}。", faults.join("；"))).suggesting(canonical))
}

fn is_organ_mark(text: &str) -> bool {
    let count = text.chars().count();
    (2..=MAX_ORGAN_MARK).contains(&count) && text.chars().all(is_han)
}

/// 1949 to 2099.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && ("1949"..="2099").contains(&text)
}

/// One to five digits that do not begin with zero.
fn is_serial(text: &str) -> bool {
    matches!(text.len(), 1..=5) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_chinese_numeral(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 8 && text.chars().all(|c| "〇零一二三四五六七八九十百千".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_forms_are_read() {
        for (typed, form, organ, year, serial) in [
            ("内政办字〔2021〕45号", DocumentNumberForm::Numbered, "内政办字", Some(2021), Some(45)),
            ("国办发明电〔2021〕4号", DocumentNumberForm::Numbered, "国办发明电", Some(2021), Some(4)),
            ("公告〔2024〕151号", DocumentNumberForm::Numbered, "公告", Some(2024), Some(151)),
            (" 内政办字〔２０２１〕 45 号", DocumentNumberForm::Numbered, "内政办字", Some(2021), Some(45)),
            ("国令第711号", DocumentNumberForm::Order, "国令", None, Some(711)),
            ("中华人民共和国主席令第三号", DocumentNumberForm::Order, "中华人民共和国主席令", None, None),
            ("示例局公告2021年第3号", DocumentNumberForm::Announcement, "示例局公告", Some(2021), Some(3)),
        ] {
            let number = DocumentNumber::parse(typed).unwrap();
            assert_eq!(number.form(), form, "{typed}");
            assert_eq!(number.organ_mark(), organ, "{typed}");
            assert_eq!((number.year(), number.serial()), (year, serial), "{typed}");
        }
    }

    #[test]
    fn wrong_forms_are_refused_with_the_corrected_number() {
        for (typed, said) in [
            ("内政办字[2021]45号", "六角括号"),
            ("内政办字（2021）45号", "六角括号"),
            ("内政办字【2021】45号", "六角括号"),
            ("内政办字〔2021]45号", "六角括号"),
            ("内政办字﹝2021﹞45号", "六角括号"),
            ("内政办字〔2021〕045号", "虚位"),
            ("内政办字〔2021〕第45号", "第"),
            ("内政办字〔2021〕45", "少了“号”"),
            ("内政办字〔2021年〕45号", "不写“年”"),
            ("内政办字[2021]第045", "六角括号"),
            ("内政办字〔21〕45号", "4位年份"),
        ] {
            let error = DocumentNumber::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), Some("内政办字〔2021〕45号"), "{typed}");
            assert_eq!(DocumentNumber::correct(typed), DocumentNumber::parse("内政办字〔2021〕45号").ok());
        }
    }

    #[test]
    fn what_cannot_be_understood_gets_no_guess() {
        for typed in [
            "",
            "45号",
            "〔2021〕45号",
            "内政办字〔2021〕号",
            "内政办字〔2021〕0号",
            "abc〔2021〕4号",
            "内〔1890〕4号",
            "内政办字〔3021〕4号",
            "令第号",
        ] {
            let error = DocumentNumber::parse(typed).unwrap_err();
            assert_eq!(error.suggestion, None, "{typed}");
        }
    }
}
