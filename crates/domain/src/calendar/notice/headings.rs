//! Year, addresses and items of a notice.

use super::text::{Char, Text, begins_with};

/// The frame of a notice.
#[derive(Debug, Default)]
pub(super) struct Notice {
    /// The year its title or preamble names.
    pub(super) year: Option<i16>,
    /// Addresses found in the text.
    pub(super) papers: Vec<String>,
    /// Its items, or the whole text as one.
    pub(super) items: Vec<Item>,
}

/// One item: its holiday and its sentences.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) numbered: bool,
    pub(super) text: Vec<Char>,
}

/// Sentences that begin so end the items.
const AFTER_THE_ITEMS: [&str; 12] = [
    "节假日期间",
    "假期期间",
    "节日期间",
    "放假期间",
    "各地区",
    "各单位",
    "国务院办公厅",
    "(此件",
    "此件",
    "附件",
    "抄送",
    "特此通知",
];

/// Words of which a heading must hold one when only its line end or full stop closes it.
const HOLIDAY_WORDS: [&str; 12] =
    ["元旦", "新年", "春节", "清明", "劳动", "五一", "端午", "中秋", "国庆", "十一", "节", "纪念日"];

/// Longest name of a holiday so far: 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日.
const LONGEST_NAME: usize = 40;

impl Notice {
    pub(super) fn split(text: &Text) -> Self {
        let (chars, papers) = without_addresses(&text.0);
        let headings = headings(&chars);
        let preamble_end = headings.first().map_or(chars.len(), |heading| heading.start);
        let year = year_of(&chars[..preamble_end]);
        let mut items = Vec::new();
        for (index, heading) in headings.iter().enumerate() {
            let end = headings.get(index + 1).map_or(chars.len(), |next| next.start);
            let line = chars[heading.start].line;
            let text = body(&chars[heading.body..end]);
            items.push(Item { name: heading.name.clone(), line, numbered: true, text });
        }
        if items.is_empty() {
            items.push(Item { name: String::new(), line: 1, numbered: false, text: body(&chars) });
        }
        Self { year, papers, items }
    }
}

struct Heading {
    start: usize,
    body: usize,
    name: String,
}

fn headings(chars: &[Char]) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut at_start = true;
    let mut index = 0;
    while index < chars.len() {
        if at_start && let Some(heading) = heading_at(chars, index) {
            index = heading.body;
            found.push(heading);
            at_start = false;
            continue;
        }
        at_start = matches!(chars[index].c, '\n' | '。' | ';' | ':');
        index += 1;
    }
    found
}

/// `一、元旦:`, `(一)元旦:`, `1.元旦:`, `元旦:`, or a numbered holiday name alone on its line.
fn heading_at(chars: &[Char], start: usize) -> Option<Heading> {
    let mut at = start;
    let open = chars.get(at)?.c == '(';
    at += usize::from(open);
    let digits = chars[at..].iter().take_while(|char| is_ordinal(char.c)).count();
    at += digits;
    let mut numbered = false;
    if digits > 0 {
        let closed =
            chars.get(at).is_some_and(|char| if open { char.c == ')' } else { matches!(char.c, '、' | '.' | ',') });
        numbered = closed;
        at += usize::from(closed);
        at += usize::from(open && chars.get(at).is_some_and(|char| char.c == '、'));
    }
    if !numbered {
        at = start;
    }
    let rest = &chars[at..];
    let length =
        rest.iter().take(LONGEST_NAME).position(|char| matches!(char.c, ':' | '\n' | '。' | ';' | ',' | '月'))?;
    let name: String = Text::string(&rest[..length]).replace(['“', '”', '"', '《', '》'], "");
    let colon = rest[length].c == ':';
    let named = HOLIDAY_WORDS.iter().any(|word| name.contains(word));
    let closes = match rest[length].c {
        ':' => named || (numbered && !name.is_empty()),
        '\n' | '。' => numbered && named,
        _ => false,
    };
    let dated = name.contains('日') && name.contains(|c: char| c.is_ascii_digit()) && !name.contains("纪念日");
    (closes && !dated && (numbered || (colon && name.chars().count() <= 20 && !name.contains("通知"))))
        .then(|| Heading { start, body: at + length + 1, name })
}

fn is_ordinal(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// The sentences of an item: without line ends, up to what follows the items.
fn body(chars: &[Char]) -> Vec<Char> {
    let mut kept: Vec<Char> = Vec::with_capacity(chars.len());
    let (mut sentence_start, mut dated) = (true, false);
    for (index, char) in chars.iter().enumerate() {
        // Before the first date there is only a title and whom it is sent to.
        dated |= char.c == '日' && index > 0 && is_ordinal(chars[index - 1].c);
        if dated
            && sentence_start
            && char.c != '\n'
            && (ends_the_items(&chars[index..]) || is_signature_date(&chars[index..]))
        {
            break;
        }
        match char.c {
            '\n' => sentence_start |= kept.last().is_none_or(|last| matches!(last.c, '。' | ':')),
            c => {
                kept.push(*char);
                sentence_start = c == '。';
            }
        }
    }
    kept
}

fn ends_the_items(chars: &[Char]) -> bool {
    AFTER_THE_ITEMS.iter().any(|word| begins_with(chars, word))
}

/// A full date alone on its line or at the very end (成文日期).
fn is_signature_date(chars: &[Char]) -> bool {
    let line: String = Text::string(chars).chars().take(16).take_while(|c| *c != '\n').collect();
    let Some((year, rest)) = line.split_once('年') else { return false };
    let four = year.chars().count() == 4
        && year.chars().all(|c| c.is_ascii_digit() || "〇零○二一".contains(c) || is_ordinal(c));
    four && rest.ends_with('日')
        && rest.contains('月')
        && rest.chars().filter(|c| *c == '日').count() == 1
        && rest.chars().all(|c| c == '月' || c == '日' || is_ordinal(c))
}

/// `2026年部分节假日安排`, `2026年元旦、春节……放假调休日期`: a year followed closely by what it is about.
fn year_of(chars: &[Char]) -> Option<i16> {
    let text: Vec<char> = chars.iter().map(|char| char.c).filter(|c| *c != '\n').collect();
    let mut index = 0;
    while index + 5 <= text.len() {
        if text[index + 4] == '年' && text[index..index + 4].iter().all(char::is_ascii_digit) {
            let year: String = text[index..index + 4].iter().collect();
            let after: String = text[index + 5..].iter().take(12).collect();
            if ["节假日", "放假", "元旦", "假期", "春节"].iter().any(|word| after.contains(word)) {
                return year.parse().ok();
            }
        }
        index += 1;
    }
    None
}

/// Takes the addresses out, so that their digits and colons are not read as dates and headings.
fn without_addresses(chars: &[Char]) -> (Vec<Char>, Vec<String>) {
    let (mut kept, mut papers) = (Vec::with_capacity(chars.len()), Vec::new());
    let mut index = 0;
    while index < chars.len() {
        if begins_with(&chars[index..], "http://") || begins_with(&chars[index..], "https://") {
            let length = chars[index..]
                .iter()
                .take_while(|char| char.c.is_ascii_graphic() && !"<>\"',;()".contains(char.c))
                .count();
            papers.push(Text::string(&chars[index..index + length]));
            index += length;
        } else {
            kept.push(chars[index]);
            index += 1;
        }
    }
    (kept, papers)
}
