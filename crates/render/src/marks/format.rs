//! The shapes of numbers and links in header, footer and tags (regulations §2.2, §3).

use crate::path;

/// Ten digits not beginning with 0, or `bm` and eight digits.
pub(super) fn is_site_code(code: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match code.strip_prefix("bm") {
        Some(rest) => rest.len() == 8 && digits(rest),
        None => code.len() == 10 && digits(code) && !code.starts_with('0'),
    }
}

/// Labels of letters, digits and hyphens (Chinese allowed) joined by dots; no scheme, no path.
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let host = domain.split(':').next().unwrap_or_default();
    host.contains('.') && host.split('.').all(label)
}

/// `YYYY-MM-DD HH:MM`, and a real moment.
pub(super) fn is_minute(text: &str) -> bool {
    text.len() == 16
        && text.as_bytes()[10] == b' '
        && text.get(..10).is_some_and(|date| date.parse::<jiff::civil::Date>().is_ok())
        && text.get(11..).is_some_and(|time| format!("{time}:00").parse::<jiff::civil::Time>().is_ok())
}

/// Certificate page of the 党政机关网站标识.
pub(super) fn is_conac_link(link: &str) -> bool {
    let rest = link.trim_start_matches("https:").trim_start_matches("http:");
    rest.starts_with("//bszs.conac.cn/sitename?")
        && link
            .split(['?', '&'])
            .filter_map(|part| part.strip_prefix("id="))
            .any(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What is wrong with the address of the 找错 entry, if anything.
pub(super) fn error_entry_problem(link: &str, site_code: &str) -> Option<String> {
    const ENTRY: &str = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?";
    let Some(query) = link.strip_prefix(ENTRY) else {
        return Some(format!("“我为政府网站找错”入口的地址“{link}”已过期或不对，应以 {ENTRY} 开头。"));
    };
    let value = |name: &str| {
        query.split('&').find_map(|part| part.strip_prefix(name).and_then(|rest| rest.strip_prefix('='))).unwrap_or("")
    };
    if site_code.is_empty() || value("site_code") != site_code {
        return Some("“我为政府网站找错”入口里的标识码与本网站的不一致。".to_owned());
    }
    if value("url").is_empty() {
        return Some("“我为政府网站找错”入口没有带上当前网页的地址。".to_owned());
    }
    (value("url") != path::encode_component(&decode_component(value("url"))))
        .then(|| "“我为政府网站找错”入口里的网页地址没有正确编码。".to_owned())
}

fn decode_component(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `label：value`, with something after the colon on the same line.
pub(super) fn has_labelled_value(text: &str, label: &str) -> bool {
    text.match_indices(label).any(|(at, _)| {
        let rest = text[at + label.len()..].trim_start();
        rest.strip_prefix(['：', ':']).is_some_and(|value| {
            let value = value.lines().next().unwrap_or_default().trim();
            value.chars().next().is_some_and(char::is_alphanumeric) || value.starts_with(['(', '（', '+'])
        })
    })
}

/// Province's short name, `ICP备`, 8 or 10 digits, `号`, perhaps `-n`.
pub(super) fn has_icp_record(text: &str) -> bool {
    text.match_indices("ICP备").any(|(at, mark)| {
        let number = &text[at + mark.len()..];
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        ends_in_han(&text[..at]) && matches!(digits, 8 | 10) && number[digits..].starts_with('号')
    })
}

/// Province's short name, `公网安备`, 14 digits, `号`.
pub(super) fn has_police_record(text: &str) -> bool {
    text.match_indices("公网安备").any(|(at, mark)| {
        let number = text[at + mark.len()..].trim_start();
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        ends_in_han(&text[..at]) && digits == 14 && number[digits..].trim_start().starts_with('号')
    })
}

fn ends_in_han(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
