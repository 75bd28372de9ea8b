//! 党政机关网站标识 (CONAC): the certificate that the mark in the page foot leads to (中央编办; 国办发〔2017〕47号 附件2).

use serde::{Deserialize, Serialize};

use super::{error::IdentifierError, normalise::compact, string_identifier::string_identifier};

/// The page that shows the certificate of a mark: 32 hexadecimal characters, letters as capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConacCertificate(String);

string_identifier!(ConacCertificate);

impl ConacCertificate {
    /// Reads the id; blanks, letter case and full-width characters are forgiven.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let id = compact(text).to_ascii_uppercase();
        if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(IdentifierError::new("党政机关网站标识证书编号应为 32 位十六进制字符，请核对后重填。"));
        }
        Ok(Self(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_32_hexadecimal_characters_is_kept_in_capitals() {
        let id = "0123456789ABCDEF0123456789ABCDEF";
        for typed in [id.to_owned(), id.to_lowercase(), format!(" {id} ")] {
            assert_eq!(ConacCertificate::parse(&typed).unwrap().as_str(), id);
        }
        for typed in ["", "0123", &id[1..], &format!("{id}0"), &id.replace('F', "G"), "标识证书编号标识证书编号"]
        {
            assert!(ConacCertificate::parse(typed).unwrap_err().message.contains("32 位"), "{typed}");
        }
    }
}
