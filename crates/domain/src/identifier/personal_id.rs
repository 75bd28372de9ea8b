//! 公民身份号码 (GB 11643-1999): found in texts before they are published, never kept by this platform.

use std::{fmt, ops::Range};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    DigitGroups, Masked, error::IdentifierError, masked::star_middle, normalise::compact, province,
    string_identifier::string_identifier,
};

/// Eighteen digits: division, birth date, serial, check character modulo 11.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalId(String);

string_identifier!(PersonalId);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// How people group the digits.
const SHAPES: &[&[usize]] = &[&[18], &[6, 8, 4], &[6, 4, 4, 4], &[3, 3, 4, 4, 4], &[6, 4, 2, 2, 4], &[6, 12], &[14, 4]];

impl PersonalId {
    /// Reads an ID number; blanks, hyphens, full-width digits and a small x are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let number = compact(text).replace('-', "").to_ascii_uppercase();
        let length = number.chars().count();
        match length {
            0 => return Err(IdentifierError::new("身份证号没有填写。")),
            15 => return Err(IdentifierError::new("15位的旧身份证号已停用，请填18位身份证号。")),
            18 => {}
            _ => return Err(IdentifierError::new(format!("身份证号应为18位，这里有{length}位，请核对。"))),
        }
        if number.char_indices().any(|(i, c)| !(c.is_ascii_digit() || i == 17 && c == 'X')) {
            return Err(IdentifierError::new("身份证号前17位只能是数字，最后一位是数字或X，请核对。"));
        }
        if !is_issuing_place(&number[..2]) {
            return Err(IdentifierError::new("身份证号开头两位不是省级行政区代码，请核对。"));
        }
        if birth_date(&number).is_none() {
            return Err(IdentifierError::new("身份证号第7至14位不是合理的出生日期，请核对。"));
        }
        if check_character(&number) != number.chars().last() {
            return Err(IdentifierError::new("身份证号的校验位不对，多半是有一位写错了，请逐位核对。"));
        }
        Ok(Self(number))
    }

    /// The birth date inside.
    pub fn birth_date(&self) -> Date {
        birth_date(&self.0).expect("parse admits only numbers with a birth date")
    }

    /// Byte ranges of all valid ID numbers in a text, whatever their width and grouping.
    pub fn find_in(text: &str) -> Vec<(Range<usize>, Self)> {
        Self::find_in_groups(&DigitGroups::of(text))
    }

    /// [`Self::find_in`] for a text whose digit groups are known already.
    pub fn find_in_groups(groups: &DigitGroups) -> Vec<(Range<usize>, Self)> {
        groups
            .matches(SHAPES)
            .filter(|found| {
                let (before, after) = groups.surroundings(found);
                let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
                !word(before) && !word(after)
            })
            .filter_map(|found| Some((found.range, Self::parse(found.digits).ok()?)))
            .collect()
    }
}

impl Masked for PersonalId {
    fn masked(&self) -> String {
        star_middle(&self.0, 3, 2)
    }
}

/// Masked, so that no ID number reaches a log by way of `{:?}`.
impl fmt::Debug for PersonalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalId({})", self.masked())
    }
}

/// The check character that belongs to the first 17 digits.
pub fn check_character(digits: &str) -> Option<char> {
    let mut sum = 0;
    let mut counted = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
        counted += 1;
    }
    (counted == 17).then(|| CHECKS[(sum % 11) as usize])
}

/// Provinces, and 83 (residence permits for Taiwan residents; 81 and 82 count among the provinces).
fn is_issuing_place(code: &str) -> bool {
    province::is_code(code) || code == "83"
}

/// Between 1900 and 2099, and a day that exists.
fn birth_date(number: &str) -> Option<Date> {
    let read = |range: Range<usize>| number.get(range)?.parse::<i16>().ok();
    let year = read(6..10).filter(|year| (1900..=2099).contains(year))?;
    let month = i8::try_from(read(10..12)?).ok()?;
    let day = i8::try_from(read(12..14)?).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Division 159999 was never given out, so no sample can be a person's.
    fn sample(birth: &str, serial: &str) -> String {
        let head = format!("159999{birth}{serial}");
        format!("{head}{}", check_character(&head).unwrap())
    }

    fn sample_with_x() -> String {
        (0..1000).map(|i| sample("19900307", &format!("{i:03}"))).find(|id| id.ends_with('X')).unwrap()
    }

    #[test]
    fn a_number_with_a_true_check_character_is_read() {
        let typed = sample("19900307", "123");
        let id = PersonalId::parse(&format!("{} {}", &typed[..6], &typed[6..])).unwrap();
        assert_eq!(id.as_str(), typed);
        assert_eq!(id.birth_date(), jiff::civil::date(1990, 3, 7));
        assert!(PersonalId::parse(&sample_with_x().to_lowercase()).is_ok());
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        let good = sample("19900307", "123");
        let last = if good.ends_with('1') { '2' } else { '1' };
        for (typed, said) in [
            (String::new(), "没有填写"),
            (good[..15].to_owned(), "15位"),
            (good[..17].to_owned(), "有17位"),
            (format!("{}{last}", &good[..17]), "校验位"),
            (sample("19900230", "123"), "出生日期"),
            (sample("18890307", "123"), "出生日期"),
            (format!("99{}", &good[2..]), "省级"),
            (format!("A{}", &good[1..]), "只能是数字"),
        ] {
            assert!(PersonalId::parse(&typed).unwrap_err().message.contains(said), "{said}");
        }
    }

    #[test]
    fn numbers_are_found_in_text_in_any_width_and_grouping() {
        let id = sample("19900307", "123");
        let wide: String = id.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for text in [
            format!("身份证号：{id}。"),
            format!("({id})"),
            format!("号码{wide}，"),
            format!("{} {} {}", &id[..6], &id[6..14], &id[14..]),
            format!("{}-{}-{}-{}", &id[..6], &id[6..10], &id[10..14], &id[14..]),
            format!("{}\u{200B}{}", &id[..9], &id[9..]),
            format!("{}，", sample_with_x()),
        ] {
            assert_eq!(PersonalId::find_in(&text).len(), 1, "{text}");
        }
        let text = format!("甲\t{id}\t乙\n丙\t{}\t丁", sample_with_x());
        let found = PersonalId::find_in(&text);
        assert_eq!(found.len(), 2);
        assert_eq!(&text[found[0].0.clone()], id);
    }

    #[test]
    fn other_long_numbers_are_left_alone() {
        let id = sample("19900307", "123");
        for text in [
            format!("1{id}"),
            format!("{id}1"),
            format!("A{id}"),
            format!("{id}ab"),
            format!("{}\n{}", &id[..9], &id[9..]),
        ] {
            assert!(PersonalId::find_in(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn neither_masking_nor_debug_shows_the_middle() {
        let id = PersonalId::parse(&sample("19900307", "123")).unwrap();
        assert_eq!(id.masked().len(), 18);
        assert!(id.masked().starts_with("159*************"));
        assert!(!format!("{id:?}").contains("19900307"));
    }
}
