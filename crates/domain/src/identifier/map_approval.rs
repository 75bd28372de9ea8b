//! 审图号 of a public map (地图管理条例 第二十二条; 地图审核管理规定).

use serde::{Deserialize, Serialize};

use super::{
    error::IdentifierError,
    normalise::{compact, is_han},
    province,
    string_identifier::string_identifier,
};

/// Who approved the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapApprovalLevel {
    /// `GS(2019)1822号`, or delegated to a province: `GS京(2022)1061号`.
    National,
    /// `蒙S(2021)001号`.
    Provincial,
    /// A city's own form. The forms differ from place to place: warn and let a person look.
    Municipal,
}

/// Approval number of a map, brackets half-width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MapApproval(String);

string_identifier!(MapApproval);

impl MapApproval {
    /// Reads an approval number; the words 审图号, full-width and square brackets are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let compacted =
            compact(text).to_ascii_uppercase().replace(['〔', '[', '【'], "(").replace(['〕', ']', '】'], ")");
        let typed = compacted.strip_prefix("审图号").unwrap_or(&compacted).trim_start_matches(':');
        if typed.is_empty() {
            return Err(IdentifierError::new("审图号没有填写。样式：GS(2019)1822号，或蒙S(2021)001号。"));
        }
        let Some((organ, rest)) = typed.split_once('(') else {
            return Err(IdentifierError::new("审图号里应有带括号的年份，例如“(2021)”，请核对。"));
        };
        let Some((year, rest)) = rest.split_once(')') else {
            return Err(IdentifierError::new("审图号里年份的括号没有配对，请核对。"));
        };
        if year.len() != 4 || !("1990"..="2099").contains(&year) || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::new("审图号括号里应是4位年份，例如“(2021)”，请核对。"));
        }
        let serial = rest.strip_suffix('号').unwrap_or(rest);
        if !matches!(serial.len(), 1..=5) || !serial.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::new("审图号的序号应是1至5位数字，请核对。"));
        }
        if level_of(organ).is_none() {
            return Err(IdentifierError::new("审图号开头应是“GS”，或省简称加“S”（内蒙古为“蒙S”），请核对。"));
        }
        let canonical = format!("{organ}({year}){serial}号");
        if rest.ends_with('号') {
            Ok(Self(canonical))
        } else {
            Err(IdentifierError::new("审图号末尾少了“号”字。").suggesting(canonical))
        }
    }

    /// Who approved it.
    pub fn level(&self) -> MapApprovalLevel {
        level_of(self.0.split('(').next().unwrap_or_default()).unwrap_or(MapApprovalLevel::Municipal)
    }
}

/// `GS`, `GS京`, `蒙S`, or one to four characters of a city's form that begins with a province's name.
fn level_of(organ: &str) -> Option<MapApprovalLevel> {
    let characters: Vec<char> = organ.chars().collect();
    let is_province = |c: char| province::code_of(c).is_some();
    match characters.as_slice() {
        ['G', 'S'] => Some(MapApprovalLevel::National),
        ['G', 'S', name] if is_province(*name) => Some(MapApprovalLevel::National),
        [name, 'S'] if is_province(*name) => Some(MapApprovalLevel::Provincial),
        [name, rest @ ..]
            if is_province(*name)
                && (1..=4).contains(&rest.len())
                && rest.iter().all(|c| c.is_ascii_uppercase() || is_han(*c)) =>
        {
            Some(MapApprovalLevel::Municipal)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approval_numbers_of_each_level_are_read() {
        for (typed, canonical, level) in [
            ("GS(2019)1822号", "GS(2019)1822号", MapApprovalLevel::National),
            ("审图号：GS京（2022）1061号", "GS京(2022)1061号", MapApprovalLevel::National),
            ("蒙s〔2021〕001号", "蒙S(2021)001号", MapApprovalLevel::Provincial),
            ("粤AS(2020)12号", "粤AS(2020)12号", MapApprovalLevel::Municipal),
        ] {
            let approval = MapApproval::parse(typed).unwrap();
            assert_eq!((approval.as_str(), approval.level()), (canonical, level), "{typed}");
        }
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        for (typed, said) in [
            ("", "没有填写"),
            ("GS2019-1822", "带括号的年份"),
            ("GS(2019 1822号", "没有配对"),
            ("GS(19)1822号", "4位年份"),
            ("GS(2019)号", "1至5位"),
            ("S(2019)1822号", "开头应是"),
            ("GS(2019)1822", "少了“号”"),
        ] {
            assert!(MapApproval::parse(typed).unwrap_err().message.contains(said), "{typed}");
        }
        assert_eq!(MapApproval::parse("蒙S(2021)001").unwrap_err().suggestion.as_deref(), Some("蒙S(2021)001号"));
    }
}
