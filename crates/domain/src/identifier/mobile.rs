//! Mobile telephone numbers: eleven digits, `1[3-9]…` (工业和信息化部 numbering plan).

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

use super::{
    DigitGroups, Masked, digits::DigitMatch, error::IdentifierError, masked::star_middle, normalise::compact,
    string_identifier::string_identifier,
};

/// A mainland mobile number without country code or separators.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mobile(String);

string_identifier!(Mobile);

/// How people group the digits.
const SHAPES: &[&[usize]] = &[&[11], &[3, 4, 4], &[3, 8], &[7, 4]];

/// Characters that make eleven digits part of something else: a decimal, an address, an amount, a name.
const FOREIGN_BEFORE: &[char] = &['.', '_', '=', '/', '#', '%', '&', '@', '￥', '¥', '$', '№', '．'];
const FOREIGN_AFTER: &[char] = &['_', '=', '/', '%', '@', '元', '万', '亿', '吨', '亩', '瓦', '％'];

impl Mobile {
    /// Reads a mobile number; `+86`, blanks, hyphens and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let compacted = compact(text).replace('-', "");
        let number = compacted.strip_prefix("+86").or_else(|| compacted.strip_prefix("0086")).unwrap_or(&compacted);
        if number.is_empty() {
            return Err(IdentifierError::new("手机号没有填写。"));
        }
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::new("手机号只能是11位数字，请核对。"));
        }
        if number.len() != 11 {
            return Err(IdentifierError::new(format!("手机号应为11位，这里有{}位，请核对。", number.len())));
        }
        if !has_mobile_prefix(number) {
            return Err(IdentifierError::new("手机号应以13至19开头，请核对；固定电话请填在固定电话一栏。"));
        }
        Ok(Self(number.to_owned()))
    }

    /// Byte ranges of all mobile numbers in a text.
    pub fn find_in(text: &str) -> Vec<(Range<usize>, Self)> {
        Self::find_in_groups(text, &DigitGroups::of(text))
    }

    /// [`Self::find_in`] for a text whose digit groups are known already.
    pub fn find_in_groups(text: &str, groups: &DigitGroups) -> Vec<(Range<usize>, Self)> {
        groups
            .matches(SHAPES)
            .filter(|found| has_mobile_prefix(found.digits) && stands_alone(text, groups, found))
            .map(|found| (found.range, Self(found.digits.to_owned())))
            .collect()
    }
}

impl Masked for Mobile {
    fn masked(&self) -> String {
        star_middle(&self.0, 3, 4)
    }
}

/// Masked, so that no telephone number reaches a log by way of `{:?}`.
impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mobile({})", self.masked())
    }
}

fn has_mobile_prefix(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && !digits.contains('X')
}

fn stands_alone(text: &str, groups: &DigitGroups, found: &DigitMatch<'_>) -> bool {
    let (before, after) = groups.surroundings(found);
    let word = |c: char| c.is_ascii_alphabetic();
    if before.is_some_and(|c| word(c) || FOREIGN_BEFORE.contains(&c)) {
        return false;
    }
    if after.is_some_and(|c| word(c) || FOREIGN_AFTER.contains(&c)) {
        return false;
    }
    // `13800000000.5` is an amount, `13800000000.` ends a sentence.
    let mut following = text[found.range.end..].chars();
    if following.next() == Some('.') && following.next().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return false;
    }
    let (previous, next) = groups.neighbours(found);
    let several = found.groups.len() > 1;
    let joint = |at: usize| groups.groups().get(at).and_then(|group| group.joined_by);
    // After a hyphen only the country code may stand; a chain of blanks breaks only numbers that are themselves split.
    let previous_ok =
        previous.is_none_or(|group| groups.digits(group) == "86" || joint(found.groups.start) == Some(' ') && !several);
    let next_ok =
        next.is_none() || joint(found.groups.end) == Some(' ') && (!several || follows_another(groups, found));
    previous_ok && next_ok
}

/// Two split numbers in a row: `138 0000 0000 139 0000 0000`.
fn follows_another(groups: &DigitGroups, found: &DigitMatch<'_>) -> bool {
    groups.groups().get(found.groups.end).is_some_and(|group| has_mobile_prefix(groups.digits(group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Built, not written: the middle block is all zeros.
    fn sample(head: &str) -> String {
        format!("{head}{}", "0".repeat(11 - head.len()))
    }

    #[test]
    fn numbers_are_read_with_country_code_and_separators() {
        let number = sample("138");
        for typed in [number.clone(), format!("+86 {number}"), format!("{}-{}", &number[..3], &number[3..])] {
            assert_eq!(Mobile::parse(&typed).unwrap().as_str(), number);
        }
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        for (typed, said) in [("", "没有填写"), ("1380000", "有7位"), ("04710000000", "13至19"), ("138abc", "只能是")]
        {
            assert!(Mobile::parse(typed).unwrap_err().message.contains(said), "{typed}");
        }
    }

    #[test]
    fn numbers_are_found_in_text() {
        let number = sample("159");
        let split = format!("{} {} {}", &number[..3], &number[3..7], &number[7..]);
        for text in [
            format!("联系电话：{number}。"),
            format!("电话+86-{number}"),
            format!("电话 {split}"),
            format!("{number}（张）"),
            format!("{}\u{200B}{}", &number[..5], &number[5..]),
            format!("{number}."),
        ] {
            assert_eq!(Mobile::find_in(&text).len(), 1, "{text}");
        }
        assert_eq!(Mobile::find_in(&format!("{number} {number}")).len(), 2);
        assert_eq!(Mobile::find_in(&format!("{number}\t{number}\n{number}")).len(), 3);
    }

    #[test]
    fn amounts_addresses_and_codes_are_left_alone() {
        let number = sample("159");
        for text in [
            format!("{number}元"),
            format!("{number}.5"),
            format!("0.{number}"),
            format!("content_{number}.htm"),
            format!("id={number}"),
            format!("B{number}"),
            format!("2021-{number}"),
            format!("{number}-2"),
            format!("{number}0"),
            "2013 2014 2015 2016".to_owned(),
            "150 2013 2014 2015".to_owned(),
            "0471-1234567".to_owned(),
        ] {
            assert!(Mobile::find_in(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn neither_masking_nor_debug_shows_the_middle() {
        let mobile = Mobile::parse(&sample("1391234")).unwrap();
        assert_eq!(mobile.masked(), "139****0000");
        assert!(!format!("{mobile:?}").contains("1234"));
    }
}
