//! 发文字号 (GB/T 9704-2012 7.2.5): organ mark, year in 〔〕, serial without 第 and without leading zeros; and the
//! numbers of orders (令) and announcements (公告, 通告), which are counted with 第.
//!
//! Orders and announcements come in many official spellings: 国令第711号, 主席令第八十八号, 中国人民银行令〔2019〕第1号,
//! 商务部令2019年第1号, 国家税务总局第14号令, 财政部 税务总局公告2019年第39号, 公告〔2024〕45号. Each is kept as its
//! office writes it; what no office writes (wrong brackets, a missing 第 or 号, padded serials) gets the corrected number.

mod counted;
mod marked;
mod organ;

use serde::{Deserialize, Serialize};

use super::{chinese_number, error::IdentifierError, string_identifier::string_identifier};
use counted::Counted;
use marked::Marked;

/// Which of the accepted forms a document number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentNumberForm {
    /// 内政办字〔2021〕45号
    Numbered,
    /// 国令第711号, 中华人民共和国主席令第三号, 商务部令2019年第1号: orders.
    Order,
    /// 公告2021年第3号: announcements and notices to the public.
    Announcement,
}

impl DocumentNumberForm {
    /// The word shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Numbered => "发文字号",
            Self::Order => "令",
            Self::Announcement => "公告、通告",
        }
    }
}

/// The number under which an office issued a document, in its official form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber(String);

string_identifier!(DocumentNumber);

/// A number that was understood: its official spelling, what was wrong with what was typed, and its parts.
struct Understood {
    canonical: String,
    faults: Vec<String>,
    form: DocumentNumberForm,
    organ: String,
    year: Option<i16>,
    serial: Option<u32>,
}

impl DocumentNumber {
    /// Reads a document number. A number with the wrong brackets, a padded serial, 第 where none belongs, or without
    /// 号 is refused with the corrected number as suggestion; blanks and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = organ::joined(text);
        if typed.is_empty() {
            return Err(IdentifierError::new("发文字号没有填写。样式：内政办字〔2021〕45号。"));
        }
        let understood = understand(&typed)?;
        if understood.faults.is_empty() {
            return Ok(Self(understood.canonical));
        }
        Err(IdentifierError::new(format!("发文字号写法不规范：{}。", understood.faults.join("；")))
            .suggesting(understood.canonical))
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
        self.understood().form
    }

    /// The mark of the issuing organ: 内政办字, 国令, 公告; empty when an order names none (第14号令).
    pub fn organ_mark(&self) -> String {
        self.understood().organ
    }

    /// The year, if the number has one.
    pub fn year(&self) -> Option<i16> {
        self.understood().year
    }

    /// The serial within organ mark and year, whether in digits or in Chinese numerals.
    pub fn serial(&self) -> Option<u32> {
        self.understood().serial
    }

    fn understood(&self) -> Understood {
        understand(&self.0).unwrap_or_else(|_| Understood {
            canonical: self.0.clone(),
            faults: Vec::new(),
            form: DocumentNumberForm::Numbered,
            organ: String::new(),
            year: None,
            serial: None,
        })
    }
}

fn understand(typed: &str) -> Result<Understood, IdentifierError> {
    let numbers = typed.match_indices('号').filter(|(at, _)| typed[..*at].ends_with(|c: char| c.is_ascii_digit()));
    if numbers.count() > 1 {
        return Err(IdentifierError::new(
            "这里像是写了几个文号。一件公文只填一个发文字号，联合行文只标主办机关的发文字号。",
        ));
    }
    if let Some(marked) = Marked::read(typed) {
        return marked.judge();
    }
    match Counted::read(typed) {
        Some(counted) => counted.judge(),
        None => Err(IdentifierError::new(
            "看不出发文字号。样式：机关代字〔年份〕序号号，例如内政办字〔2021〕45号；命令写成“国令第711号”，公告写成“某某局公告2021年第3号”。",
        )),
    }
}

/// 1949 to 2099.
fn year_of(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|year| digits && (1949..=2099).contains(year))
}

/// A serial as it was typed, put right: the canonical text, its value, and what was wrong.
fn serial_of(text: &str, faults: &mut Vec<String>) -> Option<(String, u32)> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let serial = text.trim_start_matches('0');
        if !matches!(serial.len(), 1..=5) || text.len() > 8 {
            return None;
        }
        if serial != text {
            faults.push("序号不编虚位（前面不补0）".to_owned());
        }
        return Some((serial.to_owned(), serial.parse().ok()?));
    }
    let serial: String = text.chars().map(|c| if matches!(c, '○' | '◯') { '〇' } else { c }).collect();
    let number = chinese_number::counted(&serial).filter(|number| *number > 0)?;
    if serial != text {
        faults.push("序号里的“○”应写成汉字“〇”".to_owned());
    }
    Some((serial, number))
}

#[cfg(test)]
mod tests;
