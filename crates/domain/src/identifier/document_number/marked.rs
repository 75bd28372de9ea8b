//! Numbers with the year in brackets: 内政办字〔2021〕45号, 公告〔2024〕45号, 中国人民银行令〔2019〕第1号.

use super::{DocumentNumberForm, Understood, organ, serial_of, year_of};
use crate::identifier::{confusion::repair_digits, error::IdentifierError};

/// Signs that people put where 〔 and 〕 belong, after half-width conversion.
pub(super) const OPENING: &[char] = &['〔', '[', '(', '【', '﹝', '{', '「', '<', '〈', '《', '〖', '『'];
pub(super) const CLOSING: &[char] = &['〕', ']', ')', '】', '﹞', '}', '」', '>', '〉', '》', '〗', '』'];

/// The parts as they were typed, before judging them.
pub(super) struct Marked<'a> {
    organ: &'a str,
    open: char,
    inside: &'a str,
    close: char,
    ordinal: bool,
    serial: &'a str,
    closed: bool,
}

impl<'a> Marked<'a> {
    /// Takes apart a number with a bracket that can hold a year; other brackets belong to orders and announcements.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let open_at = text.find(OPENING)?;
        let open = text[open_at..].chars().next()?;
        let after_open = &text[open_at + open.len_utf8()..];
        let close_at = after_open.find(CLOSING)?;
        let close = after_open[close_at..].chars().next()?;
        let inside = &after_open[..close_at];
        if inside.starts_with('第') || inside.ends_with('届') {
            return None;
        }
        let rest = &after_open[close_at + close.len_utf8()..];
        let (ordinal, rest) = match rest.strip_prefix('第') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let (closed, serial) = match rest.strip_suffix('号') {
            Some(serial) => (true, serial),
            None => (false, rest),
        };
        Some(Self { organ: &text[..open_at], open, inside, close, ordinal, serial, closed })
    }

    pub(super) fn judge(&self) -> Result<Understood, IdentifierError> {
        let worded = organ::ends_with_word(self.organ);
        if !(organ::is_mark(self.organ) || worded && organ::is_names(self.organ)) {
            return Err(IdentifierError::new("括号前面应是机关代字，只用汉字，例如“内政办字”，请核对。"));
        }
        let mut faults = Vec::new();
        if self.open != '〔' || self.close != '〕' {
            faults.push(format!("年份要用六角括号〔〕，不用“{}{}”", self.open, self.close));
        }
        let Some(year) = read_year(self.inside, &mut faults) else {
            return Err(IdentifierError::new("括号里应是4位年份，例如〔2021〕，请核对。"));
        };
        // Orders and announcements are counted with 第 or without it; everything else without.
        let ordinal = self.ordinal && worded;
        if self.ordinal && !worded {
            faults.push("序号前不加“第”".to_owned());
        }
        let digits = repair_digits(self.serial);
        if digits != self.serial {
            faults.push("序号里混入了字母，应为数字".to_owned());
        }
        let in_digits = digits.bytes().all(|b| b.is_ascii_digit());
        let Some((serial, number)) = (ordinal || in_digits).then(|| serial_of(&digits, &mut faults)).flatten() else {
            return Err(IdentifierError::new("年份后面应是序号加“号”，序号只用数字、从1编起，例如“45号”，请核对。"));
        };
        if !self.closed {
            faults.push("序号后面少了“号”字".to_owned());
        }
        let form = if self.organ.ends_with('令') && ordinal {
            DocumentNumberForm::Order
        } else {
            DocumentNumberForm::Numbered
        };
        let ordinal = if ordinal { "第" } else { "" };
        Ok(Understood {
            canonical: format!("{}〔{year}〕{ordinal}{serial}号", self.organ),
            faults,
            form,
            organ: self.organ.to_owned(),
            year: Some(year),
            serial: Some(number),
        })
    }
}

/// The year in the brackets; two digits are completed, letters for digits put right, 年 is dropped.
fn read_year(inside: &str, faults: &mut Vec<String>) -> Option<i16> {
    let bare = inside.trim_end_matches('年');
    let digits = repair_digits(bare);
    let year = match (year_of(&digits), digits.as_bytes()) {
        (Some(year), _) => year,
        (None, [tens @ b'0'..=b'9', ones @ b'0'..=b'9']) => {
            faults.push("括号里应是4位年份".to_owned());
            let short = i16::from(tens - b'0') * 10 + i16::from(ones - b'0');
            if short >= 49 { 1900 + short } else { 2000 + short }
        }
        _ => return None,
    };
    if digits != bare {
        faults.push("年份里混入了字母，应为数字".to_owned());
    }
    if bare != inside {
        faults.push("年份后面不写“年”字".to_owned());
    }
    Some(year)
}
