//! 党政机关网站标识 (CONAC): the script behind the mark in the page foot, and the certificate that the mark leads to
//! (中央编办; 国办发〔2017〕47号 附件2).

use serde::{Deserialize, Serialize};

use super::{
    confusion::repair_digits, error::IdentifierError, normalise::compact, string_identifier::string_identifier,
};

/// Where the mark's script lies.
const SCRIPT_HOST: &str = "dcs.conac.cn";
/// Where the certificate is shown.
const CERTIFICATE_HOST: &str = "bszs.conac.cn";
const SAMPLE: &str =
    "样式：CA050000000608505660002，或//dcs.conac.cn/js/05/000/0000/60850566/CA050000000608505660002.js。";

/// The mark of a site: `CA` and 21 digits (2 + 3 + 4 of place, 8 of the body, 4 of serial), the name of its script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConacMark(String);

string_identifier!(ConacMark);

/// Where the digits of the name are cut to make the folders of the script.
const FOLDERS: [std::ops::Range<usize>; 4] = [0..2, 2..5, 5..9, 9..17];

impl ConacMark {
    /// Reads the name of the script, its address, or the whole `<script>` that was handed out with the mark. In an
    /// address the folders must say the same as the name.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text);
        if typed.is_empty() {
            return Err(IdentifierError::new(format!("党政机关网站标识没有填写。{SAMPLE}")));
        }
        if typed.contains(CERTIFICATE_HOST) {
            return Err(IdentifierError::new("这是标识证书的查看地址，不是标识脚本的地址，请填“CA”开头的标识。"));
        }
        let address = address_in(&typed);
        let (folders, file) = match address.rsplit_once('/') {
            Some((folders, file)) => (Some(folders), file),
            None => (None, address),
        };
        let file = file.split(['?', '#']).next().unwrap_or_default();
        let name = strip_js(file).to_ascii_uppercase();
        let repaired = format!("CA{}", repair_digits(name.get(2..).unwrap_or_default()));
        let mark = Self(name);
        if !mark.0.starts_with("CA") {
            let digits_only = mark.0.len() == 21 && mark.0.bytes().all(|b| b.is_ascii_digit());
            let error = IdentifierError::new(format!("党政机关网站标识应以“CA”开头，后接21位数字，请核对。{SAMPLE}"));
            return Err(if digits_only { error.suggesting(format!("CA{}", mark.0)) } else { error });
        }
        let digits = &mark.0[2..];
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            let error = IdentifierError::new("党政机关网站标识“CA”后面只能是数字，请核对。");
            let right = repaired.len() == 23 && repaired.bytes().skip(2).all(|b| b.is_ascii_digit());
            return Err(if right { error.suggesting(repaired) } else { error });
        }
        if digits.len() != 21 {
            return Err(IdentifierError::new(format!(
                "党政机关网站标识“CA”后面应是21位数字，这里有{}位，请核对。",
                digits.len()
            )));
        }
        if let Some(folders) = folders {
            mark.check_address(folders)?;
        }
        Ok(mark)
    }

    /// `//dcs.conac.cn/js/05/000/0000/60850566/CA….js`: what the page foot loads.
    pub fn script_address(&self) -> String {
        let folders = FOLDERS.map(|range| &self.digits()[range]).join("/");
        format!("//{SCRIPT_HOST}/js/{folders}/{}.js", self.0)
    }

    /// The eight digits of the body that holds the mark.
    pub fn body(&self) -> &str {
        &self.digits()[9..17]
    }

    /// The serial of the mark among those of the body.
    pub fn serial(&self) -> &str {
        &self.digits()[17..]
    }

    /// The two digits of the place, with which the folders begin.
    pub fn place(&self) -> &str {
        &self.digits()[..2]
    }

    fn digits(&self) -> &str {
        &self.0[2..]
    }

    /// Host and folders of the script against the name.
    fn check_address(&self, folders: &str) -> Result<(), IdentifierError> {
        let rest = folders.split_once("//").map_or(folders, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !host.eq_ignore_ascii_case(SCRIPT_HOST) {
            return Err(IdentifierError::new(format!("标识脚本应从“{SCRIPT_HOST}”加载，这里不是，请核对。"))
                .suggesting(self.script_address()));
        }
        let expected = FOLDERS.map(|range| &self.digits()[range]);
        let typed: Vec<&str> = path.split('/').collect();
        let Some((&"js", folders)) = typed.split_first() else {
            return Err(
                IdentifierError::new("标识脚本的路径应以“/js/”开头，请核对。").suggesting(self.script_address())
            );
        };
        if folders != expected {
            return Err(IdentifierError::new(format!(
                "标识脚本的路径与文件名不一致：路径是“{}”，按文件名应是“{}”，请与标识证书核对。",
                folders.join("/"),
                expected.join("/")
            )));
        }
        Ok(())
    }
}

/// The page that shows the certificate of a mark: 32 hexadecimal characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConacCertificate(String);

string_identifier!(ConacCertificate);

impl ConacCertificate {
    /// Reads the id or the address of its page.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let typed = compact(text);
        if typed.is_empty() {
            return Err(IdentifierError::new("党政机关网站标识证书编号没有填写。请填32位编号。"));
        }
        let id = if typed.contains(CERTIFICATE_HOST) {
            let query = typed.split_once('?').map_or("", |(_, query)| query);
            let found = query.split(['&', '#', '"', '\'', '>']).find_map(|pair| pair.strip_prefix("id="));
            found.ok_or_else(|| IdentifierError::new("标识证书的地址里没有编号（id=…），请核对。"))?.to_owned()
        } else {
            typed
        };
        let id = id.to_ascii_uppercase();
        if id.len() != 32 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(IdentifierError::new(
                "党政机关网站标识证书编号应为32位十六进制字符（数字和字母A至F），请核对后重填。",
            ));
        }
        Ok(Self(id))
    }

    /// The page to which the mark must lead.
    pub fn address(&self) -> String {
        format!("http://{CERTIFICATE_HOST}/sitename?method=show&id={}", self.0)
    }
}

/// The address inside a pasted `<script src="…">`; the text itself otherwise.
fn address_in(typed: &str) -> &str {
    let Some((_, after)) = typed.split_once("src=") else { return typed };
    let after = after.trim_start_matches(['"', '\'']);
    after.split(['"', '\'', '>']).next().unwrap_or_default()
}

fn strip_js(file: &str) -> &str {
    let end = file.len().saturating_sub(3);
    if file.get(end..).is_some_and(|tail| tail.eq_ignore_ascii_case(".js")) { &file[..end] } else { file }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "CA050000000123456780002";

    #[test]
    fn the_mark_is_read_in_every_form_in_which_it_is_handed_out() {
        let address = "//dcs.conac.cn/js/05/000/0000/12345678/CA050000000123456780002.js";
        for typed in [
            NAME.to_owned(),
            format!("{NAME}.js"),
            NAME.to_lowercase(),
            address.to_owned(),
            format!("https:{address}"),
            format!("<script type=\"text/javascript\" src=\"http:{address}\"></script>"),
            format!("<span id=\"_ideConac\"></span><script src='{address}'>"),
        ] {
            let mark = ConacMark::parse(&typed).unwrap();
            assert_eq!(mark.as_str(), NAME, "{typed}");
            assert_eq!(mark.script_address(), address);
            assert_eq!((mark.place(), mark.body(), mark.serial()), ("05", "12345678", "0002"));
        }
    }

    #[test]
    fn wrong_marks_are_refused_with_reason_and_suggestion() {
        for (typed, said, suggestion) in [
            ("", "没有填写", None),
            ("050000000123456780002", "“CA”开头", Some(NAME)),
            ("CA05000000012345678002", "有20位", None),
            ("CA05000000012345678OO02", "只能是数字", Some(NAME)),
            ("//dcs.conac.cn/js/05/000/0000/12345679/CA050000000123456780002.js", "不一致", None),
            ("//dcs.conac.cn/05/000/0000/12345678/CA050000000123456780002.js", "“/js/”", Some("script")),
            ("//example.com/js/05/000/0000/12345678/CA050000000123456780002.js", "dcs.conac.cn", Some("script")),
            ("http://bszs.conac.cn/sitename?method=show&id=00", "查看地址", None),
            ("标识", "“CA”开头", None),
        ] {
            let error = ConacMark::parse(typed).unwrap_err();
            assert!(error.message.contains(said), "{typed}: {error}");
            let script = ConacMark::parse(NAME).unwrap().script_address();
            let expected = suggestion.map(|text| if text == "script" { script } else { text.to_owned() });
            assert_eq!(error.suggestion, expected, "{typed}");
        }
    }

    #[test]
    fn the_certificate_is_read_from_its_id_and_its_address() {
        let id = "0123456789ABCDEF0123456789ABCDEF";
        let certificate = ConacCertificate::parse(&id.to_lowercase()).unwrap();
        assert_eq!(certificate.as_str(), id);
        assert_eq!(ConacCertificate::parse(&certificate.address()).unwrap(), certificate);
        for typed in ["", "0123", "http://bszs.conac.cn/sitename?method=show", &format!("{id}0"), "标识"] {
            assert!(ConacCertificate::parse(typed).is_err(), "{typed}");
        }
    }
}
