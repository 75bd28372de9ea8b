//! Numbers with the year in brackets: 内政办字〔2021〕45号, 公告〔2024〕45号, 中国人民银行令〔2019〕第1号.

use super::{DocumentNumberForm, Understood, organ, serial_of, year_of};
use crate::identifier::{chinese_number, confusion::repair_digits, error::IdentifierError};

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
    /// 45号文: as people say it.
    spoken: bool,
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
        let (spoken, rest) = match rest.strip_suffix('文') {
            Some(rest) if rest.ends_with('号') => (true, rest),
            _ => (false, rest),
        };
        let (closed, serial) = match rest.strip_suffix('号') {
            Some(serial) => (true, serial),
            None => (false, rest),
        };
        Some(Self { organ: &text[..open_at], open, inside, close, ordinal, serial, closed, spoken })
    }

    /// The number that was meant by one without any brackets: 内政办发2021年45号, 内政办发2021-45号.
    pub(super) fn without_brackets(typed: &str) -> Option<String> {
        let at = typed.find(|c: char| c.is_ascii_digit())?;
        let (organ, rest) = typed.split_at(at);
        let year = year_of(rest.get(..4)?)?;
        let rest = rest.get(4..)?.trim_start_matches(['年', '-', '—', '_', '/']);
        let (serial, _) = serial_of(rest.strip_suffix('号').unwrap_or(rest), &mut Vec::new())?;
        let fits = organ::is_mark(organ) && !organ::ends_with_word(organ) && !organ.ends_with('第');
        let digits = serial.bytes().all(|b| b.is_ascii_digit());
        (fits && digits).then(|| format!("{organ}〔{year}〕{serial}号"))
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
        let Some((serial, number)) = self.read_serial(ordinal, &mut faults) else {
            return Err(IdentifierError::new("年份后面应是序号加“号”，序号只用数字、从1编起，例如“45号”，请核对。"));
        };
        if self.spoken {
            faults.push("“号”后面不写“文”字".to_owned());
        }
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

    /// The serial; in words only after 第.
    fn read_serial(&self, ordinal: bool, faults: &mut Vec<String>) -> Option<(String, u32)> {
        let words = !self.serial.contains(|c: char| c.is_ascii_alphanumeric() || c == '|');
        if words && ordinal {
            return serial_of(self.serial, faults);
        }
        if let Some(number) = chinese_number::counted(self.serial).filter(|number| words && *number > 0) {
            faults.push("序号用阿拉伯数字".to_owned());
            return Some((number.to_string(), number));
        }
        let digits = repair_digits(self.serial);
        if digits != self.serial {
            faults.push("序号里混入了字母，应为数字".to_owned());
        }
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| serial_of(&digits, faults)).flatten()
    }
}

/// The year in the brackets; two digits are completed, letters for digits put right, 年 is dropped.
fn read_year(inside: &str, faults: &mut Vec<String>) -> Option<i16> {
    let bare = inside.trim_end_matches('年');
    let spoken = chinese_number::digit_by_digit(bare).map(|year| year.to_string()).filter(|_| !bare.is_ascii());
    let digits = spoken.clone().unwrap_or_else(|| repair_digits(bare));
    let year = match (year_of(&digits), digits.as_bytes()) {
        (Some(year), _) => year,
        (None, [tens @ b'0'..=b'9', ones @ b'0'..=b'9']) => {
            faults.push("括号里应是4位年份".to_owned());
            let short = i16::from(tens - b'0') * 10 + i16::from(ones - b'0');
            if short >= 49 { 1900 + short } else { 2000 + short }
        }
        _ => return None,
    };
    if spoken.is_some() {
        faults.push("年份用阿拉伯数字".to_owned());
    } else if digits != bare {
        faults.push("年份里混入了字母，应为数字".to_owned());
    }
    if bare != inside {
        faults.push("年份后面不写“年”字".to_owned());
    }
    Some(year)
}
