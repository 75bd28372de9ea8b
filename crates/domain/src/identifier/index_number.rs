//! 索引号 of disclosed government information: organ code / year – serial (政府信息公开条例 第十二条; forms of 国办 and local portals).

use serde::{Deserialize, Serialize};

use super::{
    OrganCode, confusion::repair_digits, error::IdentifierError, normalise::compact,
    string_identifier::string_identifier,
};

/// `organ code/year-serial`, e.g. `000014349/2018-00221`. Serials count within organ and year and are never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IndexNumber(String);

string_identifier!(IndexNumber);

impl IndexNumber {
    /// The largest serial that fits the form.
    pub const MAX_SERIAL: u32 = 999_999;

    /// The number for the `serial`-th item (from 1) of `organ` in `year`: five digits, six once 99,999 is passed.
    ///
    /// Refuses serial 0, more than [`Self::MAX_SERIAL`], and years outside 1949–2099.
    pub fn issue(organ: &OrganCode, year: i16, serial: u32) -> Result<Self, IdentifierError> {
        if !(1949..=2099).contains(&year) {
            return Err(IdentifierError::new(format!("索引号的年份{year}不合理，应在1949年至2099年之间。")));
        }
        if !(1..=Self::MAX_SERIAL).contains(&serial) {
            return Err(IdentifierError::new(format!("索引号的序号{serial}超出范围，应在1至999999之间。")));
        }
        Ok(Self(format!("{organ}/{year}-{serial:05}")))
    }

    /// Reads an index number, also the local forms with year and month (`…/202110-00013`) or six digits of serial.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text).to_ascii_uppercase().replace(['—', '–', '－'], "-").replace('\\', "/");
        if typed.is_empty() {
            return Err(IdentifierError::new("索引号没有填写。样式：机构代码/2021-00012。"));
        }
        let Some((organ, rest)) = typed.split_once('/') else {
            let error = IdentifierError::new("索引号应是“机构代码/年份-序号”，这里少了“/”。");
            return Err(with_guess(error, &typed));
        };
        let organ = OrganCode::parse(organ)?;
        let Some((period, serial)) = rest.split_once('-') else {
            let error = IdentifierError::new("索引号“/”后面应是“年份-序号”，例如“2021-00012”。");
            return Err(with_guess(error, &typed));
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(period) || !is_period(period) {
            let error = IdentifierError::new("索引号的年份应是4位（例如2021），或年份加月份6位（例如202110）。");
            return Err(with_guess(error, &typed));
        }
        if serial.is_empty() || serial.len() > 6 || !digits(serial) {
            let error = IdentifierError::new("索引号末尾的序号应是5位或6位数字。");
            return Err(with_guess(error, &typed));
        }
        let canonical = format!("{organ}/{period}-{serial:0>5}");
        if serial.len() < 5 {
            return Err(IdentifierError::new("索引号的序号要补足5位。").suggesting(canonical));
        }
        Ok(Self(canonical))
    }

    /// The month, in the local form with year and month.
    pub fn month(&self) -> Option<i8> {
        let (_, rest) = self.0.split_once('/')?;
        rest.split_once('-')?.0.get(4..6)?.parse().ok()
    }

    /// Whose number it is.
    pub fn organ(&self) -> &str {
        self.0.split_once('/').map_or("", |(organ, _)| organ)
    }

    /// The year in which it was issued.
    pub fn year(&self) -> i16 {
        self.0.split_once('/').and_then(|(_, rest)| rest.get(..4)?.parse().ok()).unwrap_or_default()
    }

    /// The serial within organ and year (and month, in the local form).
    pub fn serial(&self) -> u32 {
        self.0.rsplit_once('-').and_then(|(_, serial)| serial.parse().ok()).unwrap_or_default()
    }
}

/// Adds the number that was meant when organ code, year and serial can be told apart although their signs are wrong:
/// `000014349-2018-00221`, `000014349/201800221`, `000014349/18-00221`, `000014349/2O18-00221`.
fn with_guess(error: IdentifierError, typed: &str) -> IdentifierError {
    let typed = typed.strip_suffix('号').unwrap_or(typed);
    let head = typed.len().min(if typed.as_bytes().get(8) == Some(&b'-') { 10 } else { 9 });
    let guess = [18, head].into_iter().find_map(|length| {
        let organ = OrganCode::parse(typed.get(..length)?).ok()?;
        let rest = repair_digits(typed.get(length..)?.trim_start_matches(['/', '-', '_', '.']));
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let clean = rest.chars().all(|c| c.is_ascii_digit() || "-/._年".contains(c));
        let parts: Vec<&str> = rest.split(['-', '/', '.', '_', '年']).filter(|part| !part.is_empty()).collect();
        let (period, serial) = match parts.as_slice() {
            [year, serial] if year.len() == 2 => (format!("20{year}"), (*serial).to_owned()),
            [period, serial] => ((*period).to_owned(), (*serial).to_owned()),
            [_] if digits.len() == 9 => (digits[..4].to_owned(), digits[4..].to_owned()),
            _ => return None,
        };
        let fits = clean && is_period(&period) && matches!(serial.len(), 1..=6);
        fits.then(|| format!("{organ}/{period}-{serial:0>5}"))
    });
    match guess {
        Some(guess) => error.suggesting(guess),
        None => error,
    }
}

/// `YYYY` or `YYYYMM`.
fn is_period(digits: &str) -> bool {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let year = digits.get(..4).is_some_and(|year| ("1949"..="2099").contains(&year));
    year && match digits.len() {
        4 => true,
        6 => ("01"..="12").contains(&&digits[4..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issued_numbers_read_back() {
        let organ = OrganCode::parse("000014349").unwrap();
        for (serial, text) in
            [(1, "000014349/2021-00001"), (99_999, "000014349/2021-99999"), (100_000, "000014349/2021-100000")]
        {
            let number = IndexNumber::issue(&organ, 2021, serial).unwrap();
            assert_eq!(number.as_str(), text);
            assert_eq!(IndexNumber::parse(text).unwrap(), number);
            assert_eq!((number.organ(), number.year(), number.serial()), ("000014349", 2021, serial));
        }
    }

    #[test]
    fn numbers_outside_the_form_are_not_issued() {
        let organ = OrganCode::parse("000014349").unwrap();
        assert!(IndexNumber::issue(&organ, 2021, 0).is_err());
        assert!(IndexNumber::issue(&organ, 2021, 1_000_000).is_err());
        assert!(IndexNumber::issue(&organ, 202, 1).is_err());
    }

    #[test]
    fn the_forms_in_use_elsewhere_are_read() {
        for text in [
            "11441700007280420Y/2021-00050",
            "11341702486344515H/202110-00013",
            "11331002002673575G/2020-136604",
            "035210000/2025-00016",
        ] {
            assert_eq!(IndexNumber::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(IndexNumber::parse("000014349／2018－00221").unwrap().as_str(), "000014349/2018-00221");
    }

    #[test]
    fn wrong_numbers_are_refused_with_reason_and_suggestion() {
        for (typed, said, suggestion) in [
            ("", "没有填写", None),
            ("000014349-2018-00221", "少了“/”", Some("000014349/2018-00221")),
            ("00001434/2018-00221", "有8位", None),
            ("000014349/201800221", "年份-序号", Some("000014349/2018-00221")),
            ("000014349/18-00221", "应是4位", Some("000014349/2018-00221")),
            ("000014349/2O18-00221", "应是4位", Some("000014349/2018-00221")),
            ("00001434-9-2018-00221", "少了“/”", Some("000014349/2018-00221")),
            ("000014349/2018/00221", "年份-序号", Some("000014349/2018-00221")),
            ("000014349/202113-00221", "应是4位", None),
            ("000014349/2018-ABC", "5位或6位", None),
            ("000014349/2018-221", "补足5位", Some("000014349/2018-00221")),
        ] {
            let error = IndexNumber::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            assert_eq!(error.suggestion.as_deref(), suggestion, "{typed}");
        }
    }
}
