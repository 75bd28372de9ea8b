//! 行政区划代码: six digits, GB/T 2260. Which codes exist is data; this file knows only their shape.

use serde::{Deserialize, Serialize};

use super::{error::IdentifierError, normalise::compact, province, string_identifier::string_identifier};
use crate::division::DivisionLevel;

/// Six digits: two of the region, two of the league, two of the banner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DivisionCode(String);

string_identifier!(DivisionCode);

impl DivisionCode {
    /// Reads a division code; two or four digits get their zeros as a suggestion.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let code = compact(text);
        if code.is_empty() {
            return Err(IdentifierError::new("行政区划代码没有填写。请填6位数字，例如150000。"));
        }
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::new("行政区划代码只能是6位数字，请核对。"));
        }
        if !code.get(..2).is_some_and(province::is_code) {
            return Err(IdentifierError::new("开头两位不是省级行政区的代码，请核对。内蒙古自治区是15。"));
        }
        if code.len() != 6 {
            let error = IdentifierError::new(format!("行政区划代码应为6位，这里有{}位。", code.len()));
            return Err(match code.len() {
                2 | 4 => error.suggesting(format!("{code:0<6}")),
                9 | 12 => error.suggesting(&code[..6]),
                _ => error,
            });
        }
        // Hainan had no leagues from 1988 to 2002: its counties were 4600xx.
        if code[2..4] == *"00" && code[4..] != *"00" && !code.starts_with("46") {
            return Err(IdentifierError::new("中间两位是00时，最后两位也必须是00，请核对。"));
        }
        Ok(Self(code))
    }

    /// The level that the shape of the code tells.
    pub fn level(&self) -> DivisionLevel {
        if self.0.ends_with("0000") {
            DivisionLevel::Region
        } else if self.0.ends_with("00") {
            DivisionLevel::League
        } else {
            DivisionLevel::Banner
        }
    }

    /// The division above; `None` for a region.
    pub fn parent(&self) -> Option<Self> {
        match self.level() {
            DivisionLevel::Region => None,
            DivisionLevel::League => Some(Self(format!("{}0000", &self.0[..2]))),
            DivisionLevel::Banner => Some(Self(format!("{}00", &self.0[..4]))),
        }
    }

    /// Whether `other` is this division or lies inside it.
    pub fn contains(&self, other: &Self) -> bool {
        let significant = match self.level() {
            DivisionLevel::Region => 2,
            DivisionLevel::League => 4,
            DivisionLevel::Banner => 6,
        };
        self.0[..significant] == other.0[..significant]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_and_parent_follow_from_the_digits() {
        for (code, level, parent) in [
            ("150000", DivisionLevel::Region, None),
            ("152500", DivisionLevel::League, Some("150000")),
            ("152527", DivisionLevel::Banner, Some("152500")),
        ] {
            let code = DivisionCode::parse(code).unwrap();
            assert_eq!(code.level(), level);
            assert_eq!(code.parent().as_ref().map(DivisionCode::as_str), parent);
        }
    }

    #[test]
    fn a_division_contains_itself_and_what_lies_below() {
        let read = |text| DivisionCode::parse(text).unwrap();
        assert!(read("150000").contains(&read("152527")));
        assert!(read("152500").contains(&read("152527")) && read("152527").contains(&read("152527")));
        assert!(!read("152500").contains(&read("152900")) && !read("152527").contains(&read("152500")));
    }

    #[test]
    fn wrong_codes_are_refused_with_reason_and_suggestion() {
        for (typed, said, suggestion) in [
            ("", "没有填写", None),
            ("15", "有2位", Some("150000")),
            ("1525", "有4位", Some("152500")),
            ("150102001", "有9位", Some("150102")),
            ("990000", "不是省级", None),
            ("150001", "也必须是00", None),
            ("内蒙古", "只能是6位数字", None),
        ] {
            let error = DivisionCode::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), suggestion, "{typed}");
        }
    }
}
