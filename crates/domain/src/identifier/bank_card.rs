//! Bank card numbers (GB/T 15694.1: issuer number, check digit by Luhn): found in texts before they are published,
//! never kept by this platform.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Masked, PersonalId, error::IdentifierError, masked::star_middle, normalise::compact,
    string_identifier::string_identifier,
};

/// 16 to 19 digits, the last a check digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BankCard(String);

string_identifier!(BankCard);

impl BankCard {
    /// Reads a card number; blanks, hyphens and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let number = compact(text).replace('-', "");
        if number.is_empty() {
            return Err(IdentifierError::new("银行卡号没有填写。"));
        }
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::new("银行卡号只能是数字，请核对。"));
        }
        if !(16..=19).contains(&number.len()) {
            return Err(IdentifierError::new(format!("银行卡号应为16至19位，这里有{}位，请核对。", number.len())));
        }
        if !has_luhn_check(&number) {
            return Err(IdentifierError::new("银行卡号的校验位不对，多半是有一位写错了，请逐位核对。"));
        }
        Ok(Self(number))
    }

    /// Whether the number begins like a card that circulates in the country: UnionPay 62 (16 to 19 digits), old 9558
    /// (19), Visa, MasterCard and JCB (16). Other numbers with a true check digit may be anything.
    pub fn has_known_issuer(&self) -> bool {
        let (number, length) = (self.0.as_str(), self.0.len());
        number.starts_with("62")
            || number.starts_with("9558") && length == 19
            || length == 16
                && (number.starts_with('4')
                    || number.starts_with("35")
                    || matches!(number.get(..2), Some("51" | "52" | "53" | "54" | "55")))
    }

    /// Whether it looks like a filler, such as `6200 0000 0000 0000`: the same digit throughout after the first two.
    pub fn is_filler(&self) -> bool {
        let mut characters = self.0.chars().skip(2);
        let first = characters.next();
        characters.all(|c| Some(c) == first)
    }

    /// Whether the same digits are a valid personal ID number.
    pub fn is_personal_id(&self) -> bool {
        PersonalId::parse(&self.0).is_ok()
    }
}

impl Masked for BankCard {
    fn masked(&self) -> String {
        star_middle(&self.0, 4, 4)
    }
}

/// Masked, so that no card number reaches a log by way of `{:?}`.
impl fmt::Debug for BankCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BankCard({})", self.masked())
    }
}

/// Whether the last digit is the check digit of the others (ISO/IEC 7812-1, Luhn).
pub fn has_luhn_check(digits: &str) -> bool {
    let mut sum = 0;
    for (place, character) in digits.chars().rev().enumerate() {
        let Some(digit) = character.to_digit(10) else { return false };
        let doubled = if place % 2 == 1 { digit * 2 } else { digit };
        sum += if doubled > 9 { doubled - 9 } else { doubled };
    }
    sum % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Built, not written, from an issuer number that was never given out.
    fn sample(head: &str, length: usize) -> String {
        let body = format!("{head}{}1", "0".repeat(length - head.len() - 2));
        (0..10).map(|check| format!("{body}{check}")).find(|number| has_luhn_check(number)).unwrap()
    }

    #[test]
    fn the_check_digit_is_computed_after_luhn() {
        assert!(has_luhn_check("18") && has_luhn_check("0") && has_luhn_check("79927398713"));
        assert!(!has_luhn_check("19") && !has_luhn_check("79927398710") && !has_luhn_check("1X"));
    }

    #[test]
    fn numbers_of_every_length_are_read() {
        for length in 16..=19 {
            let number = sample("62", length);
            let spaced = format!("{} {}-{}", &number[..4], &number[4..8], &number[8..]);
            assert_eq!(BankCard::parse(&spaced).unwrap().as_str(), number);
            assert!(BankCard::parse(&number).unwrap().has_known_issuer());
        }
        assert!(!BankCard::parse(&sample("99", 17)).unwrap().has_known_issuer());
        assert!(BankCard::parse(&sample("9558", 19)).unwrap().has_known_issuer());
        assert!(!BankCard::parse(&sample("9558", 18)).unwrap().has_known_issuer());
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        let good = sample("62", 16);
        let last = if good.ends_with('1') { '2' } else { '1' };
        for (typed, said) in [
            (String::new(), "没有填写"),
            (good[..15].to_owned(), "有15位"),
            (format!("{good}0000"), "有20位"),
            (format!("{}{last}", &good[..15]), "校验位"),
            (format!("{}X", &good[..15]), "只能是数字"),
        ] {
            assert!(BankCard::parse(&typed).unwrap_err().message.contains(said), "{said}");
        }
    }

    #[test]
    fn fillers_are_known_as_such() {
        let filler = (10..99).map(|head| format!("{head}{}", "1".repeat(14))).find(|number| has_luhn_check(number));
        assert!(BankCard::parse(&filler.unwrap()).unwrap().is_filler());
        assert!(!BankCard::parse(&sample("62", 16)).unwrap().is_filler());
    }

    #[test]
    fn neither_masking_nor_debug_shows_the_middle() {
        let card = BankCard::parse(&sample("621234", 19)).unwrap();
        assert!(card.masked().starts_with("6212***********"));
        assert!(!format!("{card:?}").contains("621234"));
    }
}
