//! E-mail addresses of people. Mailboxes of offices (`.gov.cn`) and those announced for the public are only pointed out.

use std::{ops::Range, sync::LazyLock};

use domain::identifier::normalise::half_width;
use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    finding::{Category, Severity},
    view::View,
};

/// Addresses with a mailbox, @ and a domain name.
pub struct Email;

const RULE: Rule<'static> = Rule::builtin("privacy.email", "个人信息保护法第四条、第六条、第三十四条");

/// Octets of a mailbox name and of a domain (RFC 5321 4.5.3.1).
const LONGEST_NAME: usize = 64;
const LONGEST_DOMAIN: usize = 253;

/// What a file name such as `icon@2x.png` ends in.
const FILES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "bmp", "htm", "html"];

/// Words that announce a mailbox for the public, shortly before it.
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:咨询|服务|监督|举报|投诉|办公|报名|受理|公开|投稿|征集|征求|意见|建议|反馈|单位|官方|公共|工作|纪检|信访|申报|报送|应聘|招聘|招标|采购|代理|材料|发送|发至|电子邮件方式)",
    )
    .expect("a constant expression")
});

impl Check for Email {
    fn id(&self) -> &'static str {
        "email"
    }
    fn name(&self) -> &'static str {
        "电子邮箱"
    }
    fn category(&self) -> Category {
        Category::Privacy
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        for text in view.texts() {
            for (range, domain) in addresses(&text.text) {
                let office = [".gov.cn", ".mil.cn"].iter().any(|ending| domain.ends_with(ending));
                let public = office || SERVICE.is_match(text.before(range.start, 40));
                let (severity, message) = if public {
                    (Severity::Hint, "这里公布了电子邮箱，看来是单位对外邮箱，请确认可以公开。")
                } else {
                    (Severity::Warn, "出现电子邮箱。属于个人的应删除或遮盖；单位对外邮箱请确认可以公开。")
                };
                let masked = masked(&text.text[range.clone()]);
                let message = message.to_owned();
                let note =
                    Note { rule: RULE, severity, message, suggestion: Some(masked.clone()), masked: Some(masked) };
                out.at(text, range, note);
            }
        }
    }
}

/// Byte ranges and domains (lower case, half-width) of all addresses.
fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, sign) in text.match_indices(['@', '＠']) {
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let before = text[from..at].char_indices().rev().take(LONGEST_NAME).take_while(|(_, c)| name(half_width(*c)));
        let start = before.last().map_or(at, |(place, _)| from + place);
        let rest = &text[at + sign.len()..];
        let after = rest.char_indices().take(LONGEST_DOMAIN).take_while(|(_, c)| part(half_width(*c)));
        let length = after.last().map_or(0, |(place, c)| place + c.len_utf8());
        let domain: String = rest[..length].chars().map(half_width).collect::<String>().to_ascii_lowercase();
        // A full stop or a dash at the end belongs to the sentence.
        let trimmed = domain.trim_end_matches(['.', '-']);
        let cut: usize = rest[..length].chars().rev().take(domain.len() - trimmed.len()).map(char::len_utf8).sum();
        let start = start + leading_signs(&text[start..at]);
        let end = at + sign.len() + length - cut;
        if start < at && is_domain(trimmed) {
            from = end;
            found.push((start..end, trimmed.to_owned()));
        }
    }
    found
}

/// Dots and dashes before a name belong to the sentence.
fn leading_signs(name: &str) -> usize {
    name.chars().take_while(|c| matches!(half_width(*c), '.' | '-' | '_' | '%' | '+')).map(char::len_utf8).sum()
}

fn is_domain(domain: &str) -> bool {
    let Some((head, ending)) = domain.rsplit_once('.') else { return false };
    (2..=18).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
        && !FILES.contains(&ending)
        && head.split('.').all(|label| !label.is_empty())
}

/// First character of the name and the domain: enough to recognise the entry.
fn masked(address: &str) -> String {
    let at = address.find(['@', '＠']).unwrap_or(address.len());
    let first: String = address.chars().take(usize::from(at > 1)).collect();
    format!("{first}***{}", &address[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_any_width_and_nothing_else() {
        for (text, expected) in [
            ("邮箱：zhang.san@example.com。", vec!["zhang.san@example.com"]),
            ("邮箱ｚｓ＠example．com，", vec!["ｚｓ＠example．com"]),
            ("a@example.com;b-c@mail.example.cn", vec!["a@example.com", "b-c@mail.example.cn"]),
            ("a@example.com.", vec!["a@example.com"]),
            ("icon@2x.png", vec![]),
            ("@example.com", vec![]),
            ("a@", vec![]),
            ("a@b", vec![]),
            ("a@b..com", vec![]),
            ("张三@李四", vec![]),
            ("***@example.com", vec![]),
            ("z***@example.com", vec![]),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|(range, _)| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_masked_address_is_no_address() {
        for address in ["a@example.com", "zhangsan@example.com", "ｚｓ＠example.com"] {
            assert!(addresses(&masked(address)).is_empty(), "{}", masked(address));
        }
        assert_eq!(masked("zhangsan@example.com"), "z***@example.com");
    }
}
