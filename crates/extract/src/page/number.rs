//! Numbers pages carry: 发文字号, 索引号, 政府网站标识码, ICP备案号, 公网安备 number.

/// The first document number in a text, normalised: `国办发〔2021〕45号`, `国令第706号`.
pub(super) fn document_number(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(half_width).collect();
    bracketed(&text).or_else(|| order(&text))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn half_width(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        other => other,
    }
}

const OPENING: &[char] = &['〔', '[', '［', '(', '（', '【', '﹝', '{', '「', '<', '〈', '〖'];
const CLOSING: &[char] = &['〕', ']', '］', ')', '）', '】', '﹞', '}', '」', '>', '〉', '〗'];

fn bracketed(text: &str) -> Option<String> {
    let mut from = 0;
    while let Some(offset) = text[from..].find(OPENING) {
        let open = from + offset;
        let mut inner = text[open..].char_indices().skip(1);
        let start = inner.next().map(|(at, _)| open + at)?;
        from = start;
        let Some(year) = text.get(start..start + 4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            continue;
        };
        let Some(rest) = text[start + 4..].trim_start_matches('年').strip_prefix(CLOSING) else { continue };
        let rest = rest.trim_start_matches(['第', '字']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 5 || !rest[digits..].starts_with('号') {
            continue;
        }
        if !("1949"..="2099").contains(&year) {
            continue;
        }
        let organ = organ_before(&text[..open]);
        let number = rest[..digits].trim_start_matches('0');
        if organ.chars().count() >= 2 && !number.is_empty() {
            return Some(format!("{organ}〔{year}〕{number}号"));
        }
    }
    None
}

/// The 机关代字 that ends right before the bracket.
fn organ_before(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c) || matches!(c, '、' | '·' | '-') || c.is_ascii_uppercase())
        .take(16)
        .last()
        .map_or(text.len(), |(at, _)| at);
    let mut organ = text[start..].trim_start_matches(['、', '·', '-']);
    for label in ["发文字号", "文件编号", "发文文号", "公文编号", "文件字号", "字号", "文号", "编号"]
    {
        if let Some(at) = organ.find(label) {
            organ = &organ[at + label.len()..];
        }
    }
    organ
}

/// What a page calls a 发文字号 though it has not the usual form: `公告2018年第12号`.
pub(super) fn unusual(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(half_width).collect();
    let right = text.ends_with('号') && text.chars().count() <= 30 && text.bytes().any(|byte| byte.is_ascii_digit());
    right.then_some(text)
}

/// Orders have no year: `国令第706号`, `中华人民共和国国务院令第706号`.
fn order(text: &str) -> Option<String> {
    let at = text.find("令第")?;
    let rest = &text[at + "令第".len()..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 5 || !rest[digits..].starts_with('号') {
        return None;
    }
    let organ = organ_before(&text[..at]);
    (!organ.is_empty()).then(|| format!("{organ}令第{}号", &rest[..digits]))
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// 机构代码/年份-序号, by the form seen on pages: `000014349/2006-00208`, also 18 characters, year and month, six digits.
pub(super) fn index_number(text: &str) -> Option<String> {
    let text: String = text.chars().map(half_width_sign).filter(|c| !c.is_whitespace()).collect();
    let mut from = 0;
    while let Some(offset) = text[from..].find('/') {
        let slash = from + offset;
        from = slash + 1;
        let code = text[..slash].bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let after = &text[slash + 1..];
        let year = after.bytes().take_while(u8::is_ascii_digit).count();
        if !(6..=24).contains(&code) || !matches!(year, 4 | 6 | 8) || !matches!(after.as_bytes().get(year), Some(b'-'))
        {
            continue;
        }
        let number = after[year + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if (3..=9).contains(&number) {
            return Some(text[slash - code..slash + 1 + year + 1 + number].to_owned());
        }
    }
    None
}

fn half_width_sign(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '—' | '–' => '-',
        other => other,
    }
}

/// `^(?:[1-9]\d{9}|bm\d{8})$`, `BM` made lower case.
pub(super) fn site_code(text: &str) -> Option<String> {
    let text = text.trim();
    let start = text.find(|c: char| c.is_ascii_alphanumeric())?;
    let run: String =
        text[start..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let digits = run.strip_prefix("bm").unwrap_or(&run);
    let length = if digits.len() == run.len() { 10 } else { 8 };
    let right = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    (right && !run.starts_with('0')).then_some(run)
}

/// `蒙ICP备12345678号-1`, white space left out.
pub(super) fn icp(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = text.to_ascii_lowercase();
    let at = lower.find("icp备").or_else(|| lower.find("icp证"))?;
    let province = text[..at].chars().next_back().filter(|c| is_han(*c))?;
    let rest = &text[at + "icp备".len()..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(6..=12).contains(&digits) {
        return None;
    }
    let kind = &text[at + 3..at + 6];
    let mut found = format!("{province}ICP{kind}{}号", &rest[..digits]);
    if let Some(serial) = rest[digits..].strip_prefix('号').unwrap_or(&rest[digits..]).strip_prefix('-') {
        let digits = serial.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=3).contains(&digits) {
            found.push('-');
            found.push_str(&serial[..digits]);
        }
    }
    Some(found)
}

/// `蒙公网安备15010202000001号`.
pub(super) fn police_record(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let at = text.find("公网安备")?;
    let province = text[..at].chars().next_back().filter(|c| is_han(*c));
    let rest = &text[at + "公网安备".len()..];
    let rest = rest.trim_start_matches(['：', ':', '号', '第']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (12..=14).contains(&digits).then(|| {
        let province = province.map(String::from).unwrap_or_default();
        format!("{province}公网安备{}号", &rest[..digits])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_are_normalised() {
        for (text, expected) in [
            ("国办发〔2021〕45号", Some("国办发〔2021〕45号")),
            ("国办发[2021]45号", Some("国办发〔2021〕45号")),
            ("内政办字（2021） 045 号", Some("内政办字〔2021〕45号")),
            ("发文字号：内政办发【2021】第5号", Some("内政办发〔2021〕5号")),
            ("内政发﹝２０２１﹞５号", Some("内政发〔2021〕5号")),
            ("国令第706号", Some("国令第706号")),
            ("（2021）蒙01民初5号", None),
            ("〔2021〕5号", None),
            ("内政办字〔2021〕号", None),
            ("内政办字〔2021〕0号", None),
            ("", None),
        ] {
            assert_eq!(document_number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn index_numbers_have_the_forms_seen_on_pages() {
        for (text, expected) in [
            ("000014349/2018-00221", Some("000014349/2018-00221")),
            ("索引号：11150000123456789X/202110-00013", Some("11150000123456789X/202110-00013")),
            ("11150000123456789X/2020-136604", Some("11150000123456789X/2020-136604")),
            ("000014349／2018—00221", Some("000014349/2018-00221")),
            ("2018/2018-1", None),
            ("", None),
        ] {
            assert_eq!(index_number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_the_footer_are_checked() {
        assert_eq!(site_code(" BM01000001 ").as_deref(), Some("bm01000001"));
        assert_eq!(site_code("1506000140").as_deref(), Some("1506000140"));
        assert_eq!(site_code("310000000044"), None);
        assert_eq!(site_code("bm236554412"), None);
        assert_eq!(site_code("0506000140"), None);
        assert_eq!(icp("蒙 ICP 备 05012345 号 -1").as_deref(), Some("蒙ICP备05012345号-1"));
        assert_eq!(icp("ICP备05012345号"), None);
        assert_eq!(police_record("蒙公网安备 15010202000001号").as_deref(), Some("蒙公网安备15010202000001号"));
        assert_eq!(police_record("公网安备"), None);
    }
}
