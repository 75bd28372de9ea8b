//! Numbers of orders and announcements: 国令第711号, 商务部令2019年第1号, 国家税务总局第14号令, 公告〔十三届〕第十号.

use super::{
    DocumentNumberForm, Understood,
    marked::{CLOSING, OPENING},
    organ::{self, WORDS},
    serial_of, year_of,
};
use crate::identifier::error::IdentifierError;

/// The parts as they were typed, before judging them.
pub(super) struct Counted {
    /// 国令, 国家税务总局公告; before 第 when the word comes last.
    organ: String,
    /// 令 or 公告 when it ends the number.
    word_last: &'static str,
    year: Option<i16>,
    /// 十三届
    session: Option<String>,
    serial: String,
    faults: Vec<String>,
}

impl Counted {
    /// Takes apart a number in which 令, 公告 or 通告 stands before or after `第…号`, or a bare `2021年第3号`.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let mut faults = Vec::new();
        let unwrapped = unwrap_serial(typed);
        if unwrapped != typed {
            faults.push("“第…号”不加括号".to_owned());
        }
        let (body, word_last) = split_word_last(&unwrapped);
        let (body, closed) = match body.strip_suffix('号') {
            Some(body) => (body, true),
            None => (body, false),
        };
        let (head, serial) = split_serial(body, &mut faults)?;
        if !closed {
            faults.push("序号后面少了“号”字".to_owned());
        }
        let (head, year) = split_year(head)?;
        let (head, session) = split_session(head, &mut faults);
        Some(Self { organ: head.to_owned(), word_last, year, session, serial: serial.to_owned(), faults })
    }

    pub(super) fn judge(self) -> Result<Understood, IdentifierError> {
        let Self { organ, word_last, year, session, serial, mut faults } = self;
        let word_first = organ::ends_with_word(&organ);
        let organ_ok = match (word_first, word_last) {
            // 第14号令, 2021年第3号: the page that carries the number names the organ.
            (false, "") => organ.is_empty() && year.is_some(),
            (false, _) => organ.is_empty() || organ::is_names(&organ),
            (true, "") => organ::is_names(&organ),
            (true, _) => false,
        };
        if !organ_ok {
            return Err(IdentifierError::new(
                "看不出是哪个机关的令或者公告。样式：国令第711号、商务部令2019年第1号、某某局公告2021年第3号。",
            ));
        }
        let Some((serial, number)) = serial_of(&serial, &mut faults) else {
            return Err(IdentifierError::new("“第”和“号”之间应是序号，从1编起，例如“第711号”，请核对。"));
        };
        let year_text = year.map(|year| format!("{year}年")).unwrap_or_default();
        let session = session.map(|session| format!("〔{session}〕")).unwrap_or_default();
        let order = word_last == "令" || organ.ends_with('令');
        Ok(Understood {
            canonical: format!("{organ}{session}{year_text}第{serial}号{word_last}"),
            faults,
            form: if order { DocumentNumberForm::Order } else { DocumentNumberForm::Announcement },
            organ: format!("{organ}{word_last}"),
            year,
            serial: Some(number),
        })
    }
}

/// 国务院令（第711号） → 国务院令第711号.
fn unwrap_serial(typed: &str) -> String {
    for open in OPENING {
        let Some((before, rest)) = typed.split_once(*open) else { continue };
        if !rest.starts_with('第') {
            continue;
        }
        if let Some(close) = rest.find(CLOSING) {
            let after = rest[close..].chars().skip(1).collect::<String>();
            return format!("{before}{}{after}", &rest[..close]);
        }
    }
    typed.to_owned()
}

/// 国家税务总局第14号令 → the part up to 号, and 令.
fn split_word_last(text: &str) -> (&str, &'static str) {
    for word in WORDS {
        if let Some(body) = text.strip_suffix(word)
            && body.ends_with('号')
        {
            return (body, word);
        }
    }
    (text, "")
}

/// What precedes 第, and the serial. A forgotten 第 is a fault when digits follow 令, 公告 or a year.
fn split_serial<'a>(body: &'a str, faults: &mut Vec<String>) -> Option<(&'a str, &'a str)> {
    if let Some((head, serial)) = body.rsplit_once('第') {
        return Some((head, serial));
    }
    let head = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let serial = &body[head.len()..];
    if serial.is_empty() || !(head.ends_with('年') || organ::ends_with_word(head)) {
        return None;
    }
    faults.push("序号前少了“第”字".to_owned());
    Some((head, serial))
}

/// `…2021年` → the part before, and the year. A number in front of 年 that is no year makes the whole unreadable.
fn split_year(head: &str) -> Option<(&str, Option<i16>)> {
    let Some(body) = head.strip_suffix('年') else { return Some((head, None)) };
    let rest = body.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((rest, Some(year_of(&body[rest.len()..])?)))
}

/// `…〔十三届〕` → the part before, and 十三届.
fn split_session<'a>(head: &'a str, faults: &mut Vec<String>) -> (&'a str, Option<String>) {
    let parts = head.strip_suffix(CLOSING).and_then(|body| body.rsplit_once(OPENING));
    let Some((organ, session)) = parts.filter(|(_, session)| is_session(session)) else { return (head, None) };
    if !(head.ends_with('〕') && head.contains('〔')) {
        faults.push("届次要用六角括号〔〕".to_owned());
    }
    (organ, Some(session.to_owned()))
}

fn is_session(text: &str) -> bool {
    text.strip_suffix('届').is_some_and(|number| crate::identifier::chinese_number::counted(number).is_some())
}
