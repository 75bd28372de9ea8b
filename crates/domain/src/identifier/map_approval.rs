//! 审图号 of a public map (地图管理条例 第二十二条; 地图审核管理规定).

use serde::{Deserialize, Serialize};

use super::{
    confusion::repair_digits,
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
    /// Reads an approval number; the words 审图号, full-width signs and letter case are forgiven. Other brackets, 第
    /// before the serial and a missing 号 are refused with the corrected number.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let compacted = compact(text).to_ascii_uppercase();
        let typed = compacted.strip_prefix("审图号").unwrap_or(&compacted).trim_start_matches(':');
        if typed.is_empty() {
            return Err(IdentifierError::new("审图号没有填写。样式：GS(2019)1822号，或蒙S(2021)001号。"));
        }
        let parts = split(typed)?;
        let year = repair_digits(parts.year);
        if year.len() != 4 || !("1990"..="2099").contains(&year.as_str()) || !all_digits(&year) {
            return Err(IdentifierError::new("审图号括号里应是4位年份，例如“(2021)”，请核对。"));
        }
        let (closed, rest) = match parts.rest.strip_suffix('号') {
            Some(rest) => (true, rest),
            None => (false, parts.rest),
        };
        let (ordinal, rest) = match rest.strip_prefix('第') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let serial = repair_digits(rest);
        if !matches!(serial.len(), 1..=5) || !all_digits(&serial) {
            return Err(IdentifierError::new("审图号的序号应是1至5位数字，请核对。"));
        }
        if level_of(parts.organ).is_none() {
            let error = IdentifierError::new("审图号开头应是“GS”，或省简称加“S”（内蒙古为“蒙S”），请核对。");
            return Err(match repaired_organ(parts.organ) {
                Some(organ) => error.suggesting(format!("{organ}({year}){serial}号")),
                None => error,
            });
        }
        let mut faults = Vec::new();
        if parts.brackets != ['(', ')'] {
            faults.push("年份要用圆括号()");
        }
        if ordinal {
            faults.push("序号前不加“第”");
        }
        if !closed {
            faults.push("末尾少了“号”字");
        }
        if year != parts.year || serial != rest {
            faults.push("数字里混入了字母");
        }
        let canonical = format!("{}({year}){serial}号", parts.organ);
        if faults.is_empty() {
            return Ok(Self(canonical));
        }
        Err(IdentifierError::new(format!("审图号写法不规范：{}。", faults.join("；"))).suggesting(canonical))
    }

    /// The year of approval.
    pub fn year(&self) -> i16 {
        self.0.split_once('(').and_then(|(_, rest)| rest.get(..4)?.parse().ok()).unwrap_or_default()
    }

    /// The serial as printed, with its zeros.
    pub fn serial(&self) -> &str {
        self.0.split_once(')').map_or("", |(_, rest)| rest.trim_end_matches('号'))
    }

    /// The province whose authority approved the map, by its one-character name; `None` when the ministry did.
    pub fn province(&self) -> Option<char> {
        self.organ().chars().find(|c| province::code_of(*c).is_some())
    }

    /// What stands before the year: GS, GS京, 蒙S.
    pub fn organ(&self) -> &str {
        self.0.split('(').next().unwrap_or_default()
    }

    /// Who approved it.
    pub fn level(&self) -> MapApprovalLevel {
        level_of(self.0.split('(').next().unwrap_or_default()).unwrap_or(MapApprovalLevel::Municipal)
    }
}

/// Organ, year and what follows it, as they were typed.
struct Parts<'a> {
    organ: &'a str,
    year: &'a str,
    brackets: [char; 2],
    rest: &'a str,
}

/// Takes a number apart at its brackets, or at the four digits after the organ when the brackets are missing.
fn split(typed: &str) -> Result<Parts<'_>, IdentifierError> {
    const OPENING: &[char] = &['(', '〔', '[', '【', '﹝', '{', '<', '〈'];
    const CLOSING: &[char] = &[')', '〕', ']', '】', '﹞', '}', '>', '〉'];
    let Some(open) = typed.find(OPENING) else {
        let at = typed.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
        let parts = at.and_then(|at| {
            let rest = typed.get(at + 4..)?;
            let rest = rest.strip_prefix(['-', '年', '_']).unwrap_or(rest);
            let rest = rest.trim_start_matches(CLOSING);
            Some(Parts { organ: &typed[..at], year: typed.get(at..at + 4)?, brackets: [' ', ' '], rest })
        });
        return parts.ok_or_else(|| IdentifierError::new("审图号里应有带括号的年份，例如“(2021)”，请核对。"));
    };
    let organ = &typed[..open];
    let mut inside = typed[open..].chars();
    let first = inside.next().unwrap_or_default();
    let inside = inside.as_str();
    let Some(close) = inside.find(CLOSING) else {
        return Err(IdentifierError::new("审图号里年份的括号没有配对，请核对。"));
    };
    let mut rest = inside[close..].chars();
    let last = rest.next().unwrap_or_default();
    Ok(Parts { organ, year: &inside[..close], brackets: [first, last], rest: rest.as_str() })
}

/// What was meant by an organ that is none: 内蒙古S → 蒙S, 蒙 → 蒙S, G5 → GS.
fn repaired_organ(organ: &str) -> Option<String> {
    let organ = organ.replace("内蒙古", "蒙").replace('5', "S");
    let mut characters = organ.chars();
    let meant = match (characters.next(), characters.next()) {
        (Some(name), None) if province::code_of(name).is_some() => format!("{name}S"),
        _ => organ,
    };
    level_of(&meant).is_some_and(|level| level != MapApprovalLevel::Municipal).then_some(meant)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
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
            ("蒙s（2021）001 号", "蒙S(2021)001号", MapApprovalLevel::Provincial),
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
            ("GS", "带括号的年份"),
            ("GS(2019 1822号", "没有配对"),
            ("GS(19)1822号", "4位年份"),
            ("GS(2019)号", "1至5位"),
            ("S(2019)1822号", "开头应是"),
        ] {
            let error = MapApproval::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion, None, "{typed}");
        }
    }

    #[test]
    fn what_was_meant_is_suggested() {
        for (typed, said, suggestion) in [
            ("GS(2019)1822", "少了“号”", "GS(2019)1822号"),
            ("蒙S(2021)001", "少了“号”", "蒙S(2021)001号"),
            ("蒙S〔2021〕001号", "圆括号", "蒙S(2021)001号"),
            ("GS[2019]1822号", "圆括号", "GS(2019)1822号"),
            ("GS(2019)第1822号", "不加“第”", "GS(2019)1822号"),
            ("GS2019-1822号", "圆括号", "GS(2019)1822号"),
            ("GS(2O19)1822号", "混入了字母", "GS(2019)1822号"),
            ("蒙(2021)001号", "省简称加“S”", "蒙S(2021)001号"),
            ("内蒙古S(2021)001号", "省简称加“S”", "蒙S(2021)001号"),
        ] {
            let error = MapApproval::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{typed}");
            assert!(MapApproval::parse(suggestion).is_ok());
        }
    }

    #[test]
    fn the_parts_are_told() {
        let approval = MapApproval::parse("GS京(2022)1061号").unwrap();
        assert_eq!((approval.year(), approval.serial(), approval.province()), (2022, "1061", Some('京')));
        assert_eq!(MapApproval::parse("GS(2019)1822号").unwrap().province(), None);
    }
}
