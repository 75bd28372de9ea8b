//! Dates of official documents (GB/T 9704-2012 7.3.5.4): 2021年7月8日 in Arabic digits, year in full, month and day
//! without padding. Stored as ISO 8601. Older documents are dated in Chinese numerals: 二〇二一年七月八日.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{chinese_number, confusion::repair_digits, error::IdentifierError, normalise::compact};

/// A day on which a document was made, signed or published. Prints as 2021年7月8日, is stored as `2021-07-08`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfficialDate(Date);

/// Words after 日 that only tell the day of the week.
const WEEKDAYS: &[&str] = &["星期", "周", "礼拜"];

impl OfficialDate {
    /// The day itself.
    pub fn new(date: Date) -> Self {
        Self(date)
    }

    /// Reads a date: 2018年12月07日, 2021-01-19, 2021/1/19, 2021.1.19, 20210119 or 二〇二一年七月八日.
    ///
    /// A day that no calendar has is named; 二○二一年 and 二零二一年 are refused with 二〇二一年 as suggestion; letters for
    /// digits, 号 for 日 and mixed numerals are refused with the corrected date.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text);
        if typed.is_empty() {
            return Err(IdentifierError::new("日期没有填写。样式：2021年7月8日。"));
        }
        let mut faults = Vec::new();
        let bare = without_time(&typed, text, &mut faults);
        let parts = Parts::split(&bare, &mut faults)
            .ok_or_else(|| IdentifierError::new("看不出日期。请写明年、月、日，样式：2021年7月8日。"))?;
        let numerals = parts.in_chinese();
        let (year, month, day) = parts.read(&mut faults)?;
        let date = exact(year, month, day)?;
        if faults.is_empty() {
            return Ok(date);
        }
        let meant = if numerals { date.in_words() } else { date.to_string() };
        Err(IdentifierError::new(format!("日期写法不规范：{}。", faults.join("；"))).suggesting(meant))
    }

    /// The day.
    pub fn date(self) -> Date {
        self.0
    }

    /// `2021-07-08`, for storing.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// 二〇二一年七月八日, as on documents before 2012.
    pub fn in_words(self) -> String {
        format!(
            "{}年{}月{}日",
            chinese_number::year_in_words(self.0.year()),
            chinese_number::in_words(self.0.month()),
            chinese_number::in_words(self.0.day())
        )
    }
}

impl fmt::Display for OfficialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

impl std::str::FromStr for OfficialDate {
    type Err = IdentifierError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for OfficialDate {
    type Error = IdentifierError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// As it is stored.
impl From<OfficialDate> for String {
    fn from(date: OfficialDate) -> Self {
        date.iso()
    }
}

/// Whether the solar calendar has this day. Without a year, 29 February counts as a day.
pub fn exists(year: Option<i16>, month: u32, day: u32) -> bool {
    (1..=days_of(year.unwrap_or(2000), month).unwrap_or(0)).contains(&day)
}

/// How many days a month has; `None` for a month outside 1–12 or a year outside the calendar.
fn days_of(year: i16, month: u32) -> Option<u32> {
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    u32::try_from(first.days_in_month()).ok()
}

fn exact(year: i16, month: u32, day: u32) -> Result<OfficialDate, IdentifierError> {
    let Some(days) = days_of(year, month) else {
        return Err(IdentifierError::new(format!("没有{month}月，月份应为1至12，请核对。")));
    };
    let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
    match date.and_then(|(month, day)| Date::new(year, month, day).ok()) {
        Some(date) => Ok(OfficialDate(date)),
        None => Err(IdentifierError::new(format!("{year}年{month}月没有{day}日，该月有{days}天，请核对。"))),
    }
}

/// Cuts off a time of day and a day of the week, each with its fault.
fn without_time(typed: &str, text: &str, faults: &mut Vec<String>) -> String {
    let mut bare = typed;
    if let Some(at) = bare.find(['日', '号']) {
        let end = at + bare[at..].chars().next().map_or(0, char::len_utf8);
        let rest = bare[end..].trim_matches(['(', ')', ',']);
        if WEEKDAYS.iter().any(|word| rest.starts_with(word)) || rest.contains(':') {
            faults.push("这里只填年、月、日，不带星期和时间".to_owned());
            bare = &bare[..end];
        }
    } else if let Some((date, _)) = text.trim().split_once([' ', 'T', '\u{3000}'])
        && typed.contains(':')
    {
        faults.push("这里只填年、月、日，不带星期和时间".to_owned());
        return compact(date);
    }
    bare.to_owned()
}

/// Year, month and day as they were typed.
struct Parts {
    year: String,
    month: String,
    day: String,
}

impl Parts {
    fn split(text: &str, faults: &mut Vec<String>) -> Option<Self> {
        let owned = |year: &str, month: &str, day: &str| {
            Some(Self { year: year.to_owned(), month: month.to_owned(), day: day.to_owned() })
        };
        if let Some((year, rest)) = text.split_once('年') {
            let (month, rest) = rest.split_once('月')?;
            if rest.is_empty() {
                return None;
            }
            let day = match (rest.strip_suffix('日'), rest.strip_suffix('号')) {
                (Some(day), _) => day,
                (None, Some(day)) => {
                    faults.push("应写“日”，不写“号”".to_owned());
                    day
                }
                (None, None) => {
                    faults.push("末尾少了“日”字".to_owned());
                    rest
                }
            };
            return owned(year, month, day);
        }
        let dashed = text.replace(['—', '–', '−'], "-");
        for separator in ['-', '/', '.'] {
            let parts: Vec<&str> = dashed.split(separator).collect();
            if let [year, month, day] = parts.as_slice() {
                return owned(year, month, day);
            }
        }
        (text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| owned(&text[..4], &text[4..6], &text[6..]))?
    }

    /// Whether the date was meant in Chinese numerals: the year holds at least one of them.
    fn in_chinese(&self) -> bool {
        self.year.chars().any(|c| chinese_number::digit(c).is_some_and(|digit| digit > 0))
    }

    fn read(&self, faults: &mut Vec<String>) -> Result<(i16, u32, u32), IdentifierError> {
        let year = if self.in_chinese() { self.year_in_words(faults)? } else { self.year_in_digits(faults)? };
        let (month, month_in_words) =
            number(&self.month, faults).ok_or_else(|| IdentifierError::new("月份看不出来，应为1至12，请核对。"))?;
        let (day, day_in_words) =
            number(&self.day, faults).ok_or_else(|| IdentifierError::new("日看不出来，应为1至31，请核对。"))?;
        if self.in_chinese() != month_in_words || month_in_words != day_in_words {
            faults.push("汉字数字和阿拉伯数字不能混用".to_owned());
        }
        Ok((year, month, day))
    }

    fn year_in_words(&self, faults: &mut Vec<String>) -> Result<i16, IdentifierError> {
        let wrong = |c: char| chinese_number::WRONG_ZEROS.contains(&c);
        if let Some(sign) = self.year.chars().find(|c| wrong(*c)) {
            faults.push(format!("年份里的“{sign}”应写成汉字“〇”"));
        }
        let year: String = self.year.chars().map(|c| if wrong(c) { '〇' } else { c }).collect();
        let full = (year.chars().count() == 4).then(|| chinese_number::digit_by_digit(&year)).flatten();
        full.and_then(plausible).ok_or_else(|| IdentifierError::new("年份应写全4位，例如“二〇二一年”，请核对。"))
    }

    fn year_in_digits(&self, faults: &mut Vec<String>) -> Result<i16, IdentifierError> {
        let digits = repair_digits(&self.year);
        let number = digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
        let year = match (digits.len(), number) {
            (4, Some(number)) => plausible(number),
            (2, Some(number)) => {
                faults.push("年份要写全4位".to_owned());
                plausible(if number >= 49 { 1900 + number } else { 2000 + number })
            }
            _ => None,
        };
        if digits != self.year {
            faults.push("年份里混入了字母，应为数字".to_owned());
        }
        year.ok_or_else(|| IdentifierError::new("年份应是1900年至2099年之间的4位数字，请核对。"))
    }
}

/// A month or day of one or two digits or in words, and whether it was in words.
fn number(text: &str, faults: &mut Vec<String>) -> Option<(u32, bool)> {
    if !text.is_empty() && text.chars().all(|c| chinese_number::NUMERALS.contains(c)) {
        return chinese_number::counted(text).map(|number| (number, true));
    }
    let digits = repair_digits(text);
    if digits != text {
        faults.push("月、日里混入了字母，应为数字".to_owned());
    }
    let plain = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain).map(|number| (number, false))
}

fn plausible(year: u32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1900..=2099).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_official_spelling_is_read_and_printed_without_padding() {
        for typed in [
            "2021年7月8日",
            "2021年07月08日",
            "２０２１年７月８日",
            " 2021 年 7 月 8 日 ",
            "2021-07-08",
            "2021-7-8",
            "2021/7/8",
            "2021.7.8",
            "20210708",
            "二〇二一年七月八日",
        ] {
            let date = OfficialDate::parse(typed).unwrap();
            assert_eq!(date.to_string(), "2021年7月8日", "{typed}");
            assert_eq!(date.iso(), "2021-07-08");
        }
        assert_eq!(OfficialDate::parse("二〇〇七年十二月三十一日").unwrap().iso(), "2007-12-31");
        assert_eq!(OfficialDate::parse("2018年12月07日").unwrap().in_words(), "二〇一八年十二月七日");
    }

    #[test]
    fn wrong_spellings_are_refused_with_the_corrected_date() {
        for (typed, said, suggestion) in [
            ("二○二一年七月八日", "应写成汉字“〇”", "二〇二一年七月八日"),
            ("二零二一年七月八日", "“零”", "二〇二一年七月八日"),
            ("二0二一年七月八日", "“0”", "二〇二一年七月八日"),
            ("二〇二一年7月8日", "不能混用", "二〇二一年七月八日"),
            ("2021年七月8日", "不能混用", "2021年7月8日"),
            ("2021年7月8号", "不写“号”", "2021年7月8日"),
            ("2021年7月8", "少了“日”", "2021年7月8日"),
            ("2O21年7月8日", "混入了字母", "2021年7月8日"),
            ("2021年7月l8日", "混入了字母", "2021年7月18日"),
            ("21年7月8日", "写全4位", "2021年7月8日"),
            ("99-7-8", "写全4位", "1999年7月8日"),
            ("2021-07-08 10:30", "不带星期和时间", "2021年7月8日"),
            ("2021年7月8日（星期四）", "不带星期和时间", "2021年7月8日"),
        ] {
            let error = OfficialDate::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{typed}");
            assert!(OfficialDate::parse(suggestion).is_ok());
        }
    }

    #[test]
    fn impossible_days_are_named() {
        for (typed, said) in [
            ("2021年2月30日", "2021年2月没有30日，该月有28天"),
            ("2021-02-29", "没有29日"),
            ("2020-02-30", "该月有29天"),
            ("二〇二一年六月三十一日", "2021年6月没有31日"),
            ("2021年13月1日", "没有13月"),
            ("2021年0月1日", "没有0月"),
            ("2021年7月0日", "没有0日"),
            ("2021年7月", "看不出日期"),
            ("7月8日", "看不出日期"),
            ("", "没有填写"),
            ("1821年7月8日", "1900年至2099年"),
            ("8/7/2021", "1900年至2099年"),
            ("昨天", "看不出日期"),
        ] {
            let error = OfficialDate::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion, None, "{typed}");
        }
        assert!(exists(None, 2, 29) && !exists(Some(2021), 2, 29) && !exists(None, 2, 30) && !exists(None, 13, 1));
    }

    #[test]
    fn json_holds_the_iso_form() {
        let date: OfficialDate = serde_json::from_str("\"2021年7月8日\"").unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), "\"2021-07-08\"");
        assert!(serde_json::from_str::<OfficialDate>("\"2021-02-30\"").is_err());
    }
}
