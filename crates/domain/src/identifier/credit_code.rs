//! 统一社会信用代码 (GB 32100-2015) and the organ code that heads an index number.

use serde::{Deserialize, Serialize};

use super::{error::IdentifierError, normalise::compact, string_identifier::string_identifier};

/// The 31 characters of GB 32100-2015: no I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Unified social credit code: 18 characters, the last a check character modulo 31. Offices begin with `11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnifiedSocialCreditCode(String);

string_identifier!(UnifiedSocialCreditCode);

impl UnifiedSocialCreditCode {
    /// Reads a credit code and proves its check character.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let code = compact(text).to_ascii_uppercase();
        let length = code.chars().count();
        if length != 18 {
            return Err(IdentifierError::new(match length {
                0 => "统一社会信用代码没有填写。请填18位代码。".to_owned(),
                9 => "这是9位组织机构代码，请填18位统一社会信用代码。".to_owned(),
                _ => format!("统一社会信用代码应为18位，这里有{length}位，请核对。"),
            }));
        }
        let repaired: String = code.chars().map(repair_letter).collect();
        let suggest = |error: IdentifierError| {
            if repaired != code && check_character(&repaired) == repaired.chars().last() {
                error.suggesting(repaired.clone())
            } else {
                error
            }
        };
        if let Some(wrong) = code.chars().find(|c| !ALPHABET.contains(*c)) {
            return Err(suggest(IdentifierError::new(format!(
                "统一社会信用代码里不会有“{wrong}”（不用字母I、O、S、V、Z），请核对。"
            ))));
        }
        if check_character(&code) != code.chars().last() {
            return Err(IdentifierError::new("统一社会信用代码的校验位不对，多半是有一位写错了，请逐位核对。"));
        }
        Ok(Self(code))
    }

    /// Whether the registering authority is the establishment office and the body is an organ of state (`11…`).
    pub fn is_state_organ(&self) -> bool {
        self.0.starts_with("11")
    }

    /// The authority that registered the body, by the first character (GB 32100-2015 表1); `None` for one that the
    /// standard does not give out.
    pub fn registering_authority(&self) -> Option<&'static str> {
        Some(match self.0.chars().next()? {
            '1' => "机构编制",
            '2' => "外交",
            '3' => "司法行政",
            '4' => "文化和旅游",
            '5' => "民政",
            '6' => "旅游",
            '7' => "宗教",
            '8' => "工会",
            '9' => "市场监督管理",
            'A' => "中央军委改革和编制办公室",
            'N' => "农业农村",
            'Y' => "其他",
            _ => return None,
        })
    }

    /// What kind of body it is, by the first two characters (GB 32100-2015 表1).
    pub fn body_kind(&self) -> Option<&'static str> {
        Some(match self.0.get(..2)? {
            "11" => "机关",
            "12" => "事业单位",
            "13" => "机构编制部门直接管理机构编制的群众团体",
            "21" => "外国常驻新闻机构",
            "31" => "律师执业机构",
            "32" => "公证处",
            "33" => "基层法律服务所",
            "34" => "司法鉴定机构",
            "35" => "仲裁委员会",
            "41" => "外国在华文化中心",
            "51" => "社会团体",
            "52" => "民办非企业单位",
            "53" => "基金会",
            "61" => "外国旅游部门常驻代表机构",
            "62" => "港澳台地区旅游部门常驻内地（大陆）代表机构",
            "71" => "宗教活动场所",
            "72" => "宗教院校",
            "81" => "基层工会",
            "91" => "企业",
            "92" => "个体工商户",
            "93" => "农民专业合作社",
            "A1" => "军队事业单位",
            "N1" => "组级集体经济组织",
            "N2" => "村级集体经济组织",
            "N3" => "乡镇级集体经济组织",
            "19" | "29" | "39" | "49" | "59" | "69" | "79" | "89" | "99" | "A9" | "N9" | "Y1" => "其他",
            _ => return None,
        })
    }

    /// Whether the organisation code inside has a true check character of its own (GB 11714-1997).
    pub fn has_checked_organisation(&self) -> bool {
        organisation_check(self.organisation()) == self.organisation().chars().last()
    }

    /// The six digits of division where the body is registered.
    pub fn division(&self) -> &str {
        &self.0[2..8]
    }

    /// The nine-character organisation code inside.
    pub fn organisation(&self) -> &str {
        &self.0[8..17]
    }

    /// The code as it heads index numbers.
    pub fn organ_code(&self) -> OrganCode {
        OrganCode(self.0.clone())
    }
}

/// Heads an index number: a credit code of 18 characters or an organisation code of 9.
///
/// Only the shape is enforced: index numbers already in use carry codes whose check character does not hold, and
/// an issued number must never change. Ask [`OrganCode::is_checked`] before a code is used for new numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganCode(String);

string_identifier!(OrganCode);

impl OrganCode {
    /// Reads 9 or 18 letters and digits; the hyphen before the last character of the old form (`00001434-9`) is dropped.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let mut code = compact(text).to_ascii_uppercase();
        if code.len() == 10 && code.as_bytes()[8] == b'-' {
            code.remove(8);
        }
        if !code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
            return Err(IdentifierError::new("机构代码只能是数字和字母，请核对。"));
        }
        match code.len() {
            9 | 18 => Ok(Self(code)),
            0 => Err(IdentifierError::new("机构代码没有填写。请填18位统一社会信用代码或9位组织机构代码。")),
            length => Err(IdentifierError::new(format!("机构代码应为18位或9位，这里有{length}位，请核对。"))),
        }
    }

    /// Whether the check character holds: GB 32100-2015 for 18 characters, GB 11714-1997 for 9.
    pub fn is_checked(&self) -> bool {
        let last = self.0.chars().last();
        if self.0.len() == 18 { check_character(&self.0) == last } else { organisation_check(&self.0) == last }
    }
}

/// The 18th character that belongs to the first 17 of `code`; `None` when they leave the alphabet.
pub fn check_character(code: &str) -> Option<char> {
    let mut weight = 1usize;
    let mut sum = 0usize;
    let mut counted = 0;
    for character in code.chars().take(17) {
        sum += ALPHABET.find(character)? * weight;
        weight = weight * 3 % 31;
        counted += 1;
    }
    if counted != 17 {
        return None;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// The 9th character that belongs to the first 8 of an organisation code (GB 11714-1997, modulo 11).
fn organisation_check(code: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (character, weight) in code.chars().zip(WEIGHTS) {
        sum += character.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// The characters most often typed for those that the alphabet leaves out.
fn repair_letter(character: char) -> char {
    match character {
        'I' => '1',
        'O' => '0',
        'S' => '5',
        'Z' => '2',
        'V' => 'U',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(first_seventeen: &str) -> String {
        format!("{first_seventeen}{}", check_character(first_seventeen).unwrap())
    }

    #[test]
    fn a_code_with_a_true_check_character_is_read() {
        let typed = sample("11150000011512345");
        let code = UnifiedSocialCreditCode::parse(&format!(" {} ", typed.to_lowercase())).unwrap();
        assert_eq!(code.as_str(), typed);
        assert!(code.is_state_organ() && code.organ_code().is_checked());
        assert_eq!((code.registering_authority(), code.body_kind()), (Some("机构编制"), Some("机关")));
        assert_eq!((code.division(), code.organisation()), ("150000", "011512345"));
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        let good = sample("11150000011512345");
        for place in 0..17 {
            let mut wrong: Vec<char> = good.chars().collect();
            wrong[place] = if wrong[place] == '7' { '8' } else { '7' };
            let wrong: String = wrong.into_iter().collect();
            assert!(UnifiedSocialCreditCode::parse(&wrong).unwrap_err().message.contains("校验位"), "{wrong}");
        }
    }

    #[test]
    fn letters_outside_the_alphabet_are_put_right_when_the_check_then_holds() {
        let good = sample("11150000011512345");
        let typed = good.replacen('0', "O", 3);
        let error = UnifiedSocialCreditCode::parse(&typed).unwrap_err();
        assert!(error.message.contains("不会有“O”"));
        assert_eq!(error.suggestion, Some(good));
    }

    #[test]
    fn wrong_lengths_are_named() {
        for (typed, said) in
            [("", "没有填写"), ("000014349", "9位组织机构代码"), ("1115", "有4位"), ("一二三", "有3位")]
        {
            assert!(UnifiedSocialCreditCode::parse(typed).unwrap_err().message.contains(said));
        }
    }

    #[test]
    fn organ_codes_of_both_lengths_are_read() {
        assert!(OrganCode::parse("00001434-9").unwrap().is_checked());
        assert_eq!(OrganCode::parse("00001434-9").unwrap().as_str(), "000014349");
        assert!(!OrganCode::parse("000014348").unwrap().is_checked());
        assert!(OrganCode::parse("035210000").is_ok());
        assert!(OrganCode::parse("11441700007280420Y").is_ok());
        assert!(OrganCode::parse("1234").is_err() && OrganCode::parse("机构代码").is_err());
    }
}
