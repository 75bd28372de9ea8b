//! ICP备案号 in the page foot: 蒙ICP备12345678号-1 (工业和信息化部; 国办发〔2017〕47号 附件2).

use serde::{Deserialize, Serialize};

use super::{
    confusion::{repair_digit, repair_digits},
    error::IdentifierError,
    normalise::compact,
    province,
    string_identifier::string_identifier,
};

/// Province, `ICP备`, 8 digits (or 10: year and serial), `号`, and the site's own number `-n` if there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IcpRecord(String);

string_identifier!(IcpRecord);

impl IcpRecord {
    /// Reads an ICP number; blanks, letter case and full-width signs are forgiven. What was clearly meant (a missing
    /// 号 or 备, letters for digits, the province's long name) is refused with the corrected number.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text).to_ascii_uppercase().replace(['—', '–', '－', '﹣', '_'], "-");
        if typed.is_empty() {
            return Err(IdentifierError::new("ICP备案号没有填写。样式：蒙ICP备12345678号-1。"));
        }
        let mut faults = Vec::new();
        let Some((province_name, rest)) = split_mark(&typed, &mut faults) else {
            return Err(IdentifierError::new("没有看到“ICP备”字样。样式：蒙ICP备12345678号-1。"));
        };
        let name = read_province(province_name, &mut faults)?;
        if rest.starts_with('证') || rest.starts_with('證') {
            return Err(IdentifierError::new("这是经营许可证号（ICP证），页脚应填备案号（ICP备）。"));
        }
        let rest = match rest.strip_prefix('备').or_else(|| rest.strip_prefix('備')) {
            Some(rest) => rest.strip_prefix("案号").unwrap_or(rest).trim_start_matches(['第', ':', '字']),
            None if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                faults.push("“ICP”后面少了“备”字".to_owned());
                rest
            }
            None => return Err(IdentifierError::new("“ICP”后面应是“备”字。样式：蒙ICP备12345678号-1。")),
        };
        let typed_digits: String =
            rest.chars().take_while(|c| repair_digit(*c).is_ascii_digit() || *c == 'L').collect();
        let digits = repair_digits(&typed_digits.replace('L', "1"));
        if digits != typed_digits {
            faults.push("数字里混入了字母".to_owned());
        }
        if !matches!(digits.len(), 8 | 10) {
            return Err(IdentifierError::new(format!(
                "“ICP备”后面应是8位或10位数字，这里有{}位，请核对。",
                digits.len()
            )));
        }
        let Some(site) = read_tail(&rest[typed_digits.len()..], &mut faults) else {
            return Err(IdentifierError::new("备案号末尾只能是“号”，或“号”加网站序号（例如“号-1”）。"));
        };
        let canonical = format!("{name}ICP备{digits}号{site}");
        if faults.is_empty() {
            return Ok(Self(canonical));
        }
        Err(IdentifierError::new(format!("ICP备案号写法不对：{}。", faults.join("；"))).suggesting(canonical))
    }

    /// The province's one-character name.
    pub fn province(&self) -> char {
        self.0.chars().next().expect("parse admits no empty number")
    }

    /// The site's own serial, if the number has one.
    pub fn site_serial(&self) -> Option<&str> {
        self.0.split_once('-').map(|(_, serial)| serial)
    }

    /// The digits after 备: eight, or ten that begin with the year.
    pub fn digits(&self) -> &str {
        let after = self.0.split_once('备').map_or("", |(_, rest)| rest);
        after.split('号').next().unwrap_or_default()
    }

    /// The number of the subject without the site's own serial: what the ministry's query page wants.
    pub fn subject(&self) -> &str {
        self.0.split_once('-').map_or(self.0.as_str(), |(subject, _)| subject)
    }
}

/// What stands before and after `ICP`; a digit 1 or a letter L for the I is put right.
fn split_mark<'a>(typed: &'a str, faults: &mut Vec<String>) -> Option<(&'a str, &'a str)> {
    if let Some(parts) = typed.split_once("ICP") {
        return Some(parts);
    }
    let parts = ["1CP", "LCP", "|CP", "ІCP"].iter().find_map(|wrong| typed.split_once(wrong));
    if parts.is_some() {
        faults.push("“ICP”的第一个字母是大写的I".to_owned());
    }
    parts
}

/// The province's one-character name; its long name counts as a fault.
fn read_province(text: &str, faults: &mut Vec<String>) -> Result<char, IdentifierError> {
    let mut names = text.chars();
    match (names.next(), names.next()) {
        (Some(name), None) if province::code_of(name).is_some() => Ok(name),
        (Some(name), None) => {
            Err(IdentifierError::new(format!("“{name}”不是省、自治区、直辖市的简称，内蒙古用“蒙”。")))
        }
        _ => match province::short_of_long(text) {
            Some(name) => {
                faults.push(format!("前面用省、自治区、直辖市的简称一个字“{name}”"));
                Ok(name)
            }
            None => Err(IdentifierError::new("“ICP备”前面应是省、自治区、直辖市的简称一个字，例如“蒙”。")),
        },
    }
}

/// What follows the digits: `号`, `号-1`; with a fault `-1号`, `号1`, `-1` and nothing. `None` for anything else.
fn read_tail(tail: &str, faults: &mut Vec<String>) -> Option<String> {
    let tail = tail.replace('號', "号");
    let serial = |text: &str| matches!(text.len(), 1..=3) && text.bytes().all(|b| b.is_ascii_digit());
    match tail.split_once('号') {
        Some(("", "")) => Some(String::new()),
        Some(("", site)) => match site.strip_prefix('-') {
            Some(site) if serial(site) => Some(format!("-{site}")),
            None if serial(site) => {
                faults.push("网站序号前要有“-”".to_owned());
                Some(format!("-{site}"))
            }
            _ => None,
        },
        Some((site, "")) => {
            let site = site.strip_prefix('-').filter(|site| serial(site))?;
            faults.push("“号”写在网站序号前面".to_owned());
            Some(format!("-{site}"))
        }
        Some(_) => None,
        None => {
            let site = match tail.strip_prefix('-') {
                Some(site) if serial(site) => format!("-{site}"),
                None if tail.is_empty() => String::new(),
                _ => return None,
            };
            faults.push("数字后面少了“号”字".to_owned());
            Some(site)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_numbers_are_read_and_normalised() {
        for (typed, canonical) in [
            ("蒙ICP备05000248号-1", "蒙ICP备05000248号-1"),
            ("京icp备 13021685号—2", "京ICP备13021685号-2"),
            ("粤ICP备2022092331号－1", "粤ICP备2022092331号-1"),
            ("蜀ＩＣＰ备05028878号", "蜀ICP备05028878号"),
        ] {
            assert_eq!(IcpRecord::parse(typed).unwrap().as_str(), canonical);
        }
        assert_eq!(IcpRecord::parse("蒙ICP备05000248号-1").unwrap().subject(), "蒙ICP备05000248号");
        assert_eq!(IcpRecord::parse("蒙ICP备05000248号-1").unwrap().province(), '蒙');
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        for (typed, said) in [
            ("", "没有填写"),
            ("05000248", "没有看到"),
            ("ICP备05000248号", "简称一个字"),
            ("互联网ICP备05000248号", "简称一个字"),
            ("国ICP备05000248号", "不是省"),
            ("京ICP证030173号", "经营许可证号"),
            ("蒙ICP备050002号", "有6位"),
            ("蒙ICP备05000248号-", "末尾只能是"),
            ("蒙ICP备05000248号-1234", "末尾只能是"),
        ] {
            let error = IcpRecord::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
        }
    }

    #[test]
    fn what_was_meant_is_suggested() {
        for (typed, said, suggestion) in [
            ("鄂ICP备05009168", "少了“号”", "鄂ICP备05009168号"),
            ("蒙ICP备05000248-1", "少了“号”", "蒙ICP备05000248号-1"),
            ("蒙ICP备05000248-1号", "写在网站序号前面", "蒙ICP备05000248号-1"),
            ("蒙ICP备05000248号1", "要有“-”", "蒙ICP备05000248号-1"),
            ("蒙ICP05000248号", "少了“备”", "蒙ICP备05000248号"),
            ("蒙ICP备O5000248号", "混入了字母", "蒙ICP备05000248号"),
            ("蒙ICP备0500l248号", "混入了字母", "蒙ICP备05001248号"),
            ("蒙lCP备05000248号", "大写的I", "蒙ICP备05000248号"),
            ("内蒙古ICP备05000248号", "简称一个字“蒙”", "蒙ICP备05000248号"),
        ] {
            let error = IcpRecord::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{typed}");
            assert!(IcpRecord::parse(suggestion).is_ok());
        }
    }
}
