//! 政府网站标识码: ten characters issued by the national reporting system (国办发〔2017〕47号; form by 全国政府网站信息报送系统).

use serde::{Deserialize, Serialize};

use super::{
    confusion::repair_digits, error::IdentifierError, normalise::compact, province,
    string_identifier::string_identifier,
};

/// Ten characters: six digits of division plus four of serial, or `bm` plus eight digits for ministries and their
/// branches. The six digits may lie outside GB/T 2260 (functional zones), so they are not looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SiteCode(String);

string_identifier!(SiteCode);

/// The serial number of Inner Mongolia among the provinces in `bm` codes.
const INNER_MONGOLIA_BRANCH: &str = "05";

impl SiteCode {
    /// Reads a site code; blanks, full-width digits and `BM` are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let code = compact(text).to_ascii_lowercase();
        if code.is_empty() {
            return Err(IdentifierError::new("网站标识码没有填写。请填全国政府网站信息报送系统发放的10位标识码。"));
        }
        if Self::is_valid(&code) {
            return Ok(Self(code));
        }
        let error = Self::explain(&code);
        let repaired = repair_letters(&code);
        Err(if repaired != code && Self::is_valid(&repaired) { error.suggesting(repaired) } else { error })
    }

    /// Whether the site belongs to a ministry or a branch under its vertical command.
    pub fn is_ministry(&self) -> bool {
        self.0.starts_with("bm")
    }

    /// The six digits of division of a local site; `None` for ministries.
    pub fn division(&self) -> Option<&str> {
        if self.is_ministry() { None } else { self.0.get(..6) }
    }

    /// The four-digit serial.
    pub fn serial(&self) -> &str {
        &self.0[6..]
    }

    /// The two digits of the ministry; `None` for local sites.
    pub fn ministry(&self) -> Option<&str> {
        self.0.strip_prefix("bm").and_then(|digits| digits.get(..2))
    }

    /// The province in which a ministry's branch lies, by its one-character name (05 → 蒙; the order is that of
    /// GB/T 2260, inferred from codes in use). `None` for local sites and for the ministry itself.
    pub fn branch_province(&self) -> Option<char> {
        let digits = self.0.strip_prefix("bm")?.get(2..4)?;
        province::by_ordinal(digits.parse().ok()?)
    }

    /// Whether the code says the site lies in Inner Mongolia: `15…` or a ministry's branch number 05.
    pub fn is_inner_mongolia(&self) -> bool {
        match self.division() {
            Some(division) => division.starts_with("15"),
            None => self.0.get(4..6) == Some(INNER_MONGOLIA_BRANCH),
        }
    }

    fn is_valid(code: &str) -> bool {
        let bytes = code.as_bytes();
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        bytes.len() == 10
            && match bytes.strip_prefix(b"bm") {
                Some(rest) => digits(rest),
                None => bytes[0] != b'0' && digits(bytes),
            }
    }

    fn explain(code: &str) -> IdentifierError {
        let length = code.chars().count();
        if let Some(rest) = code.strip_prefix("bm") {
            if rest.chars().all(|c| c.is_ascii_digit()) {
                return IdentifierError::new(format!(
                    "部门网站标识码应为“bm”加8位数字，这里“bm”后面有{}位，请核对。",
                    rest.len()
                ));
            }
            return IdentifierError::new("部门网站标识码“bm”后面只能是8位数字，请核对。");
        }
        if !code.chars().all(|c| c.is_ascii_digit()) {
            return IdentifierError::new("网站标识码应为10位数字，或“bm”加8位数字，这里有别的字符，请核对。");
        }
        if length != 10 {
            return IdentifierError::new(format!("网站标识码应为10位，这里有{length}位，请核对。"));
        }
        IdentifierError::new("网站标识码的前6位是行政区划代码，不能以0开头，请核对。")
    }
}

/// Letters that are mistaken for digits when a code is copied from paper.
fn repair_letters(code: &str) -> String {
    match code.strip_prefix("bm") {
        Some(rest) => format!("bm{}", repair_digits(rest)),
        None => repair_digits(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_codes_are_read_and_normalised() {
        for (typed, canonical) in [
            ("1506000140", "1506000140"),
            (" 1500000001 ", "1500000001"),
            ("BM01000001", "bm01000001"),
            ("ｂｍ６４１３０００１", "bm64130001"),
            ("4403920006", "4403920006"),
        ] {
            assert_eq!(SiteCode::parse(typed).unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn wrong_codes_are_refused_with_the_reason() {
        for (typed, said) in [
            ("310000000044", "这里有12位"),
            ("bm236554412", "有9位"),
            ("0506000140", "不能以0开头"),
            ("15060001AB", "别的字符"),
            ("bm0100000x", "只能是8位数字"),
            ("", "没有填写"),
            ("政府网站", "别的字符"),
        ] {
            let error = SiteCode::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
        }
    }

    #[test]
    fn letters_mistaken_for_digits_are_put_right() {
        assert_eq!(SiteCode::parse("15O60OO14l").unwrap_err().suggestion.as_deref(), Some("1506000141"));
        assert_eq!(SiteCode::parse("bmO1000001").unwrap_err().suggestion.as_deref(), Some("bm01000001"));
    }

    #[test]
    fn the_place_of_a_site_is_read_from_its_code() {
        let local = SiteCode::parse("1506000140").unwrap();
        assert_eq!((local.division(), local.serial(), local.is_inner_mongolia()), (Some("150600"), "0140", true));
        let branch = SiteCode::parse("bm29050010").unwrap();
        assert_eq!((branch.division(), branch.is_ministry(), branch.is_inner_mongolia()), (None, true, true));
        assert_eq!((branch.ministry(), branch.branch_province()), (Some("29"), Some('蒙')));
        assert_eq!(SiteCode::parse("bm64130001").unwrap().branch_province(), Some('闽'));
        assert_eq!(SiteCode::parse("bm01000001").unwrap().branch_province(), None);
        assert!(!SiteCode::parse("bm29030010").unwrap().is_inner_mongolia());
    }

    #[test]
    fn json_holds_the_plain_text_and_is_validated() {
        let code: SiteCode = serde_json::from_str("\"BM01000001\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"bm01000001\"");
        assert!(serde_json::from_str::<SiteCode>("\"123\"").unwrap_err().to_string().contains("应为10位"));
    }
}
