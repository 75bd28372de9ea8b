//! ICP备案号 in the page foot: 蒙ICP备12345678号-1 (工业和信息化部; 国办发〔2017〕47号 附件2).

use serde::{Deserialize, Serialize};

use super::{error::IdentifierError, normalise::compact, province, string_identifier::string_identifier};

/// Province, `ICP备`, 8 digits (or 10: year and serial), `号`, and the site's own number `-n` if there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IcpRecord(String);

string_identifier!(IcpRecord);

impl IcpRecord {
    /// Reads an ICP number; blanks, letter case and full-width signs are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text).to_ascii_uppercase().replace(['—', '–', '－', '﹣'], "-");
        if typed.is_empty() {
            return Err(IdentifierError::new("ICP备案号没有填写。样式：蒙ICP备12345678号-1。"));
        }
        let (province_name, rest) = match typed.split_once("ICP") {
            Some(parts) => parts,
            None => return Err(IdentifierError::new("没有看到“ICP备”字样。样式：蒙ICP备12345678号-1。")),
        };
        let mut names = province_name.chars();
        let (Some(name), None) = (names.next(), names.next()) else {
            return Err(IdentifierError::new("“ICP备”前面应是省、自治区、直辖市的简称一个字，例如“蒙”。"));
        };
        if province::code_of(name).is_none() {
            return Err(IdentifierError::new(format!("“{name}”不是省、自治区、直辖市的简称，内蒙古用“蒙”。")));
        }
        if rest.starts_with('证') || rest.starts_with('證') {
            return Err(IdentifierError::new("这是经营许可证号（ICP证），页脚应填备案号（ICP备）。"));
        }
        let Some(rest) = rest.strip_prefix('备').or_else(|| rest.strip_prefix('備')) else {
            return Err(IdentifierError::new("“ICP”后面应是“备”字。样式：蒙ICP备12345678号-1。"));
        };
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if !matches!(digits.len(), 8 | 10) {
            return Err(IdentifierError::new(format!(
                "“ICP备”后面应是8位或10位数字，这里有{}位，请核对。",
                digits.len()
            )));
        }
        let tail = &rest[digits.len()..];
        let (closed, site) = match tail.strip_prefix('号').or_else(|| tail.strip_prefix('號')) {
            Some(site) => (true, site),
            None => (false, tail),
        };
        let Some(site) = read_site_serial(site) else {
            return Err(IdentifierError::new("备案号末尾只能是“号”，或“号”加网站序号（例如“号-1”）。"));
        };
        let canonical = format!("{name}ICP备{digits}号{site}");
        if closed {
            Ok(Self(canonical))
        } else {
            Err(IdentifierError::new("数字后面少了“号”字。").suggesting(canonical))
        }
    }

    /// The province's one-character name.
    pub fn province(&self) -> char {
        self.0.chars().next().expect("parse admits no empty number")
    }

    /// The number of the subject without the site's own serial: what the ministry's query page wants.
    pub fn subject(&self) -> &str {
        self.0.split_once('-').map_or(self.0.as_str(), |(subject, _)| subject)
    }
}

/// `""` or `-n` with one to three digits; `None` for anything else.
fn read_site_serial(text: &str) -> Option<&str> {
    let valid = match text.strip_prefix('-') {
        Some(digits) => matches!(digits.len(), 1..=3) && digits.bytes().all(|b| b.is_ascii_digit()),
        None => text.is_empty(),
    };
    valid.then_some(text)
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
            ("内蒙古ICP备05000248号", "简称一个字"),
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
    fn a_forgotten_hao_is_suggested() {
        let error = IcpRecord::parse("鄂ICP备05009168").unwrap_err();
        assert_eq!(error.suggestion.as_deref(), Some("鄂ICP备05009168号"));
    }
}
