//! 公安备案号 in the page foot: 蒙公网安备15010202000001号 (公安部; 国办发〔2017〕47号 附件2).

use serde::{Deserialize, Serialize};

use super::{
    confusion::repair_digits, error::IdentifierError, normalise::compact, province,
    string_identifier::string_identifier,
};

/// Province, `公网安备`, 14 digits that begin with the province's code, `号`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PoliceRecord(String);

string_identifier!(PoliceRecord);

impl PoliceRecord {
    /// Reads a police record number; blanks and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text);
        if typed.is_empty() {
            return Err(IdentifierError::new("公安备案号没有填写。样式：蒙公网安备15010202000001号。"));
        }
        let after = typed.split_once('备').map_or(typed.as_str(), |(_, rest)| rest);
        let repaired = repair_digits(after);
        let digits: String =
            repaired.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        if digits.len() != 14 {
            return Err(IdentifierError::new(format!("公安备案号应有14位数字，这里有{}位，请核对。", digits.len())));
        }
        let Some(name) = digits.get(..2).and_then(province::short_name) else {
            return Err(IdentifierError::new("14位数字的前6位是行政区划代码，这里开头两位不是省级代码，请核对。"));
        };
        let canonical = format!("{name}公网安备{digits}号");
        if typed == canonical {
            return Ok(Self(canonical));
        }
        let mixed = typed.starts_with(name) && repaired != after;
        let error = match typed.chars().next() {
            _ if mixed => IdentifierError::new("公安备案号的数字里混入了字母，请核对。"),
            Some(first) if typed.get(first.len_utf8()..) == canonical.get(name.len_utf8()..) => {
                IdentifierError::new(format!("数字开头表示“{name}”，前面写的却是“{first}”，请核对。"))
            }
            _ => IdentifierError::new("公安备案号应写成“省简称+公网安备+14位数字+号”。"),
        };
        Err(error.suggesting(canonical))
    }

    /// The 14 digits, as the query page of the police takes them.
    pub fn digits(&self) -> &str {
        let start = self.0.len() - "号".len() - 14;
        &self.0[start..start + 14]
    }

    /// The six digits of division with which the number begins.
    pub fn division(&self) -> &str {
        &self.digits()[..6]
    }

    /// The page to which the mark in the page foot must lead (regulations of the page foot, 国办发〔2017〕47号 附件2).
    pub fn query_url(&self) -> String {
        format!("http://www.beian.gov.cn/portal/registerSystemInfo?recordcode={}", self.digits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_numbers_are_read_and_normalised() {
        for typed in
            ["蒙公网安备15010202000001号", "蒙公网安备 15010202000001 号", "蒙公网安备１５０１０２０２００0001号"]
        {
            let record = PoliceRecord::parse(typed).unwrap();
            assert_eq!(record.as_str(), "蒙公网安备15010202000001号");
            assert_eq!(record.digits(), "15010202000001");
            assert!(record.query_url().ends_with("=15010202000001"));
        }
    }

    #[test]
    fn wrong_numbers_are_refused_with_reason_and_suggestion() {
        for (typed, said, suggestion) in [
            ("", "没有填写", None),
            ("蒙公网安备1501020200001号", "有13位", None),
            ("蒙公网安备99010202000001号", "不是省级代码", None),
            ("15010202000001", "应写成", Some("蒙公网安备15010202000001号")),
            ("京公网安备15010202000001号", "前面写的却是“京”", Some("蒙公网安备15010202000001号")),
            ("蒙公安备15010202000001", "应写成", Some("蒙公网安备15010202000001号")),
            ("公安网安备 15010202000123号", "应写成", Some("蒙公网安备15010202000123号")),
            ("公网安备15010202000123", "应写成", Some("蒙公网安备15010202000123号")),
            ("蒙公网安备1501O2O2000001号", "混入了字母", Some("蒙公网安备15010202000001号")),
            ("蒙公网安备15010202000001", "应写成", Some("蒙公网安备15010202000001号")),
        ] {
            let error = PoliceRecord::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), suggestion, "{typed}");
        }
    }
}
