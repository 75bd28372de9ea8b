//! Dates, ranges and verbs of an item.

use super::text::{Char, begins_with};
use jiff::civil::Weekday;

/// One token and the line it begins on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A date, perhaps without its year or month.
    Date(Shortened),
    /// 至, —: from the date before to the date after.
    To,
    /// 、和: one more date.
    And,
    /// A verb that rules dates.
    Verb(Verb),
    /// 共3天, 放假1天.
    Days(u32),
    /// 与周末连休.
    JoinsWeekend,
    /// A comma or semicolon.
    Clause,
    /// A full stop.
    Stop,
    /// 鼓励……: what follows up to the full stop arranges nothing.
    Appeal,
    /// Anything else.
    Other(char),
}

/// What happens on the dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// 放假、补休、公休 …
    Off,
    /// 公休日: off, unless what follows moves it.
    RestDay,
    /// 上班.
    Work,
    /// 正常上班: an ordinary working day is meant.
    WorkAsUsual,
    /// 公休日调至: the dates before are worked, the dates after are off.
    MovedTo,
    /// 对调: two dates change places.
    Swapped,
    /// 延长至: the holiday goes on until the date after.
    ProlongedTo,
    /// 不放假 …: says something this reader does not rule on.
    Denied,
}

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shortened {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: i8,
    pub(super) weekday: Option<Weekday>,
}

/// Longest first where one begins with another.
const WORDS: &[(&str, Kind)] = &[
    ("与周末相连", Kind::JoinsWeekend),
    ("与周末连休", Kind::JoinsWeekend),
    ("和周末连休", Kind::JoinsWeekend),
    ("与周末连", Kind::JoinsWeekend),
    ("连休", Kind::JoinsWeekend),
    ("鼓励", Kind::Appeal),
    ("提倡", Kind::Appeal),
    ("倡导", Kind::Appeal),
    ("建议", Kind::Appeal),
    ("可结合", Kind::Appeal),
    ("不放假", Kind::Verb(Verb::Denied)),
    ("不再放假", Kind::Verb(Verb::Denied)),
    ("不调休", Kind::Verb(Verb::Denied)),
    ("不再调休", Kind::Verb(Verb::Denied)),
    ("不补休", Kind::Verb(Verb::Denied)),
    ("不再补休", Kind::Verb(Verb::Denied)),
    ("不休息", Kind::Verb(Verb::Denied)),
    ("不上班", Kind::Verb(Verb::Denied)),
    ("不再上班", Kind::Verb(Verb::Denied)),
    ("延长至", Kind::Verb(Verb::ProlongedTo)),
    ("延长到", Kind::Verb(Verb::ProlongedTo)),
    ("延长", Kind::Verb(Verb::ProlongedTo)),
    ("顺延至", Kind::Verb(Verb::ProlongedTo)),
    ("调整至", Kind::Verb(Verb::MovedTo)),
    ("调整到", Kind::Verb(Verb::MovedTo)),
    ("调休至", Kind::Verb(Verb::MovedTo)),
    ("调休到", Kind::Verb(Verb::MovedTo)),
    ("调至", Kind::Verb(Verb::MovedTo)),
    ("调到", Kind::Verb(Verb::MovedTo)),
    ("移至", Kind::Verb(Verb::MovedTo)),
    ("移到", Kind::Verb(Verb::MovedTo)),
    ("改至", Kind::Verb(Verb::MovedTo)),
    ("改到", Kind::Verb(Verb::MovedTo)),
    ("对调", Kind::Verb(Verb::Swapped)),
    ("互换", Kind::Verb(Verb::Swapped)),
    ("调换", Kind::Verb(Verb::Swapped)),
    ("对换", Kind::Verb(Verb::Swapped)),
    ("正常上班", Kind::Verb(Verb::WorkAsUsual)),
    ("照常上班", Kind::Verb(Verb::WorkAsUsual)),
    ("恢复上班", Kind::Verb(Verb::WorkAsUsual)),
    ("上班", Kind::Verb(Verb::Work)),
    ("补班", Kind::Verb(Verb::Work)),
    ("放假", Kind::Verb(Verb::Off)),
    ("补休", Kind::Verb(Verb::Off)),
    ("调休", Kind::Verb(Verb::Off)),
    ("轮休", Kind::Verb(Verb::Off)),
    ("公休日", Kind::Verb(Verb::RestDay)),
    ("公休", Kind::Verb(Verb::Off)),
    ("休息", Kind::Verb(Verb::Off)),
    ("休假", Kind::Verb(Verb::Off)),
    ("法定节假日", Kind::Verb(Verb::Off)),
    ("法定假日", Kind::Verb(Verb::Off)),
    ("法定休假日", Kind::Verb(Verb::Off)),
    ("以及", Kind::And),
    ("、", Kind::And),
    ("和", Kind::And),
    ("及", Kind::And),
    ("与", Kind::And),
    ("至", Kind::To),
    ("到", Kind::To),
    ("-", Kind::To),
    (",", Kind::Clause),
    (";", Kind::Clause),
    ("。", Kind::Stop),
];

pub(super) fn tokens(chars: &[Char]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(char) = chars.get(at) {
        let rest = &chars[at..];
        let listed = found.last().is_some_and(|last: &Token| matches!(last.kind, Kind::To | Kind::And));
        let (kind, length) = date(rest, listed)
            .or_else(|| days(rest, found.last()))
            .or_else(|| word(rest))
            .or_else(|| bracket(rest))
            .unwrap_or((Kind::Other(char.c), 1));
        // A second dash of “——”.
        let repeated = kind == Kind::To && found.last().is_some_and(|last: &Token| last.kind == Kind::To);
        if !repeated {
            found.push(Token { kind, line: char.line });
        }
        at += length.max(1);
    }
    found
}

fn word(chars: &[Char]) -> Option<(Kind, usize)> {
    let (word, kind) = WORDS.iter().find(|(word, _)| begins_with(chars, word))?;
    Some((kind.clone(), word.chars().count()))
}

/// `共3天`, `放假1天`: a number and 天, or after 共 or a verb also 日.
fn days(chars: &[Char], last: Option<&Token>) -> Option<(Kind, usize)> {
    let together = usize::from(chars.first()?.c == '共');
    let (count, digits) = number(&chars[together..])?;
    let unit = chars.get(together + digits)?.c;
    let after_verb = together == 1 || last.is_some_and(|last| matches!(last.kind, Kind::Verb(_)));
    let stands = unit == '天' || (unit == '日' && after_verb);
    stands.then_some((Kind::Days(u32::try_from(count).ok()?), together + digits + 1))
}

/// `2026年1月1日(周四)`; year and month may be missing. Without a month, and not after 至 or 、, only Arabic digits are a
/// day: “三日” may be a number of days.
fn date(chars: &[Char], listed: bool) -> Option<(Kind, usize)> {
    let mut at = 0;
    let mut part = |unit: &[char], ascii_only: bool| -> Option<i32> {
        let (value, digits) = number(&chars[at..])?;
        let fits = chars.get(at + digits).is_some_and(|char| unit.contains(&char.c));
        let ascii = chars[at..at + digits].iter().all(|char| char.c.is_ascii_digit());
        if !fits || (ascii_only && !ascii) {
            return None;
        }
        at += digits + 1;
        Some(value)
    };
    let year = part(&['年'], false);
    let month = part(&['月'], false);
    let day = part(&['日', '号'], month.is_none() && !listed)?;
    if year.is_some() && month.is_none() {
        return None;
    }
    let year = year.map(i16::try_from).transpose().ok()?;
    let (month, day) = (month.map(i8::try_from).transpose().ok()?, i8::try_from(day).ok()?);
    let mut weekday = None;
    while chars.get(at).is_some_and(|char| char.c == '(') {
        let inside = chars[at..].iter().take(40).position(|char| char.c == ')');
        let Some(close) = inside else { break };
        weekday =
            weekday.or_else(|| (at..at + close).find_map(|start| weekday_at(&chars[start..]).map(|(day, _)| day)));
        at += close + 1;
    }
    if weekday.is_none()
        && let Some((day, length)) = weekday_at(&chars[at..])
    {
        (weekday, at) = (Some(day), at + length);
    }
    Some((Kind::Date(Shortened { year, month, day, weekday }), at))
}

fn weekday_at(chars: &[Char]) -> Option<(Weekday, usize)> {
    let prefix = ["星期", "周", "礼拜"].into_iter().find(|prefix| begins_with(chars, prefix))?;
    let length = prefix.chars().count();
    let weekday = match chars.get(length)?.c {
        '一' | '1' => Weekday::Monday,
        '二' | '2' => Weekday::Tuesday,
        '三' | '3' => Weekday::Wednesday,
        '四' | '4' => Weekday::Thursday,
        '五' | '5' => Weekday::Friday,
        '六' | '6' => Weekday::Saturday,
        '日' | '天' => Weekday::Sunday,
        _ => return None,
    };
    Some((weekday, length + 1))
}

/// A bracket that does not follow a date: its inside is skipped unless it holds a date (`元旦(1月1日)`).
fn bracket(chars: &[Char]) -> Option<(Kind, usize)> {
    if chars.first()?.c != '(' {
        return None;
    }
    let close = chars.iter().take(60).position(|char| char.c == ')')?;
    let dated = (1..close).any(|start| date(&chars[start..close], false).is_some());
    Some((Kind::Other('('), if dated { 1 } else { close + 1 }))
}

/// Arabic digits, or Chinese numerals up to 99 and years digit by digit.
fn number(chars: &[Char]) -> Option<(i32, usize)> {
    let digits = chars.iter().take(5).take_while(|char| char.c.is_ascii_digit()).count();
    if digits > 0 {
        let value: String = chars[..digits].iter().map(|char| char.c).collect();
        return Some((value.parse().ok()?, digits));
    }
    let numerals: Vec<i32> = chars.iter().take(5).map_while(|char| numeral(char.c)).collect();
    let value = match *numerals.as_slice() {
        [] => return None,
        [a, b, c, d] if [a, b, c, d].iter().all(|digit| *digit < 10) => a * 1000 + b * 100 + c * 10 + d,
        [10] => 10,
        [10, b] if b < 10 => 10 + b,
        [a, 10] if a < 10 => a * 10,
        [a, 10, b] if a < 10 && b < 10 => a * 10 + b,
        [a] => a,
        _ => return None,
    };
    Some((value, numerals.len()))
}

fn numeral(c: char) -> Option<i32> {
    let place = "〇一二三四五六七八九十".chars().position(|numeral| numeral == c);
    place.or_else(|| "零○".contains(c).then_some(0)).and_then(|place| i32::try_from(place).ok())
}
