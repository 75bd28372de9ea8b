//! Days and times as pages write them, checked: no 30 February, no year out of the range in which pages are published.

use jiff::civil::{Date, Time};

use super::output::Moment;

/// Before this there were no government pages; old documents published later have their own date of writing.
const FIRST_YEAR: i16 = 1949;
/// A guard against nonsense only: the reader has no clock.
const LAST_YEAR: i16 = 2049;

/// The first moment in a text, with the bytes it takes.
pub(super) fn find(text: &str) -> Option<(Moment, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let run = digits(bytes, at);
            let preceded =
                at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'-' | b'/' | b'_'));
            if !preceded && let Some((moment, end)) = moment_at(text, at) {
                return Some((moment, at..end));
            }
            at = run;
        } else if bytes[at] >= 0xE3
            && let Some((date, end)) = chinese_date_at(text, at)
        {
            return Some((Moment { date, time: None }, at..end));
        } else {
            at += 1;
        }
    }
    None
}

/// A whole value that should be a moment; what stands around it is passed over.
pub(super) fn parse(text: &str) -> Option<Moment> {
    find(text).map(|(moment, _)| moment)
}

/// The day in an address: `/t20210708_1.html`, `/2021-07/08/`, `/2021/7/8/`, `/2021/0708/`.
pub(super) fn in_path(path: &str) -> Option<Date> {
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let whole = numbers.iter().filter(|run| run.len() == 8).find_map(|run| date(&run[..4], &run[4..6], &run[6..]));
    whole.or_else(|| {
        numbers.windows(2).enumerate().find_map(|(at, pair)| match (pair[0].len(), pair[1].len()) {
            (4, 4) => date(pair[0], &pair[1][..2], &pair[1][2..]),
            (4, 1 | 2) => date(pair[0], pair[1], numbers.get(at + 2).filter(|day| day.len() <= 2)?),
            _ => None,
        })
    })
}

/// `07-08`, `[7月8日]`: month and day without a year, as lists show them.
pub(super) fn without_year(text: &str) -> Option<(i8, i8)> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "[]()（）【】".contains(c));
    let (month, rest) = text.split_once(['-', '/', '.', '月'])?;
    let day = rest.trim_end_matches(['日', '号']);
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (short(month) && short(day)).then(|| Some((month.parse().ok()?, day.parse().ok()?))).flatten()
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn moment_at(text: &str, at: usize) -> Option<(Moment, usize)> {
    let bytes = text.as_bytes();
    let run = digits(bytes, at);
    let (date, end) = match run - at {
        4 => separated(text, at, run)?,
        8 => (date(&text[at..at + 4], &text[at + 4..at + 6], &text[at + 6..run])?, run),
        12 | 14 => {
            let date = date(&text[at..at + 4], &text[at + 4..at + 6], &text[at + 6..at + 8])?;
            let second = if run - at == 14 { &text[at + 12..run] } else { "0" };
            let time = time(&text[at + 8..at + 10], &text[at + 10..at + 12], second)?;
            return Some((Moment { date, time: Some(time) }, run));
        }
        // Seconds or milliseconds since 1970 are left to the callers that expect them.
        _ => return None,
    };
    let (time, end) = match time_after(text, end) {
        Some((time, end)) => (Some(time), end),
        None => (None, end),
    };
    Some((Moment { date, time }, end))
}

/// `2021-07-08`, `2021/7/8`, `2021.07.08`, `2021年7月8日`, with white space around the marks.
fn separated(text: &str, at: usize, run: usize) -> Option<(Date, usize)> {
    let (kind, after) = mark(text, run, &['-', '/', '.', '年', '－', '—', '–'])?;
    let month_end = digits(text.as_bytes(), after);
    if !(1..=2).contains(&(month_end - after)) {
        return None;
    }
    let wanted: &[char] = if kind == '年' { &['月'] } else { &['-', '/', '.', '－', '—', '–'] };
    let (_, day) = mark(text, month_end, wanted)?;
    let day_end = digits(text.as_bytes(), day);
    if !(1..=2).contains(&(day_end - day)) {
        return None;
    }
    let date = date(&text[at..run], &text[after..month_end], &text[day..day_end])?;
    let end =
        if kind == '年' { mark(text, day_end, &['日', '号']).map_or(day_end, |(_, end)| end) } else { day_end };
    Some((date, end))
}

fn mark(text: &str, from: usize, wanted: &[char]) -> Option<(char, usize)> {
    let mut at = from;
    let mut seen = None;
    for character in text[from..].chars().take(8) {
        if character.is_whitespace() {
            at += character.len_utf8();
        } else if seen.is_none() && wanted.contains(&character) {
            seen = Some(character);
            at += character.len_utf8();
        } else {
            break;
        }
    }
    seen.map(|character| (character, at))
}

/// A time of day that follows a date directly: white space, `T` and the day of the week may stand between.
fn time_after(text: &str, from: usize) -> Option<(Time, usize)> {
    let mut rest = &text[from..];
    for _ in 0..4 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == 'T' || c == '-' || c == ',' || c == '日');
        let Some(word) = rest.strip_prefix("星期").or_else(|| rest.strip_prefix("周")) else { break };
        rest = word.trim_start_matches(|c: char| "一二三四五六日天".contains(c));
    }
    let (afternoon, rest) = match rest.strip_prefix("下午").or_else(|| rest.strip_prefix("晚上")) {
        Some(after) => (true, after.trim_start()),
        None => (false, rest.strip_prefix("上午").or_else(|| rest.strip_prefix("凌晨")).unwrap_or(rest).trim_start()),
    };
    let start = text.len() - rest.len();
    let bytes = text.as_bytes();
    let hour_end = digits(bytes, start);
    if !(1..=2).contains(&(hour_end - start)) {
        return None;
    }
    let (_, minute) = mark(text, hour_end, &[':', '：', '时', '点', '-'])?;
    let minute_end = digits(bytes, minute);
    if minute_end - minute != 2 && !(minute_end - minute == 1 && text[minute_end..].starts_with('分')) {
        return None;
    }
    let mut end = minute_end;
    let mut second = "0";
    if let Some((_, seconds)) = mark(text, minute_end, &[':', '：', '分', '-']) {
        let seconds_end = digits(bytes, seconds);
        if (1..=2).contains(&(seconds_end - seconds)) {
            second = &text[seconds..seconds_end];
            end = seconds_end;
        }
    }
    let mut time = time(&text[start..hour_end], &text[minute..minute_end], second)?;
    if afternoon && time.hour() < 12 {
        time = Time::new(time.hour() + 12, time.minute(), time.second(), 0).ok()?;
    }
    Some((time, end))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok()?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn time(hour: &str, minute: &str, second: &str) -> Option<Time> {
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, 0).ok()
}

/// `二〇二一年七月八日`, as documents are dated.
fn chinese_date_at(text: &str, at: usize) -> Option<(Date, usize)> {
    let rest = text.get(at..)?;
    if !rest.starts_with(['一', '二']) {
        return None;
    }
    let year_end = rest.char_indices().nth(4).map(|(offset, _)| offset)?;
    let after_year = rest[year_end..].strip_prefix('年')?;
    let mut year = 0_i16;
    for character in rest[..year_end].chars() {
        year = year * 10 + i16::from(chinese_digit(character)?);
    }
    let (month, after_month) = after_year.split_once('月')?;
    let (day, after_day) = after_month.split_once('日')?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    let date = Date::new(year, chinese_number(month)?, chinese_number(day)?).ok()?;
    Some((date, text.len() - after_day.len()))
}

fn chinese_digit(character: char) -> Option<u8> {
    match character {
        '〇' | '○' | '零' | 'Ｏ' | 'O' | '0' | '◯' => Some(0),
        _ => "一二三四五六七八九".chars().position(|digit| digit == character).map(|at| at as u8 + 1),
    }
}

/// Up to 31: `七`, `十`, `十二`, `二十`, `三十一`.
fn chinese_number(text: &str) -> Option<i8> {
    let text = text.trim();
    if text.chars().count() > 3 {
        return None;
    }
    match text.split_once('十') {
        None => {
            let mut characters = text.chars();
            let digit = chinese_digit(characters.next()?)?;
            characters.next().is_none().then_some(digit as i8)
        }
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { chinese_number(tens)? };
            let ones = if ones.is_empty() { 0 } else { chinese_number(ones)? };
            (tens < 4 && ones < 10).then_some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        find(text).map_or("none".to_owned(), |(moment, _)| match moment.time {
            Some(time) => format!("{} {time}", moment.date),
            None => moment.date.to_string(),
        })
    }

    #[test]
    fn addresses_and_short_days_are_read() {
        for (path, expected) in [
            ("/zwgk/t20210708_100.html", Some("2021-07-08")),
            ("/content/2021-07/08/content_5345402.htm", Some("2021-07-08")),
            ("/art/2021/7/8/art_1_2.html", Some("2021-07-08")),
            ("/n1/2021/0708/c1004-40232587.html", Some("2021-07-08")),
            ("/202107/1234.html", None),
            ("/20219999/1.html", None),
            ("", None),
        ] {
            assert_eq!(in_path(path).map(|date| date.to_string()).as_deref(), expected, "{path}");
        }
        assert_eq!(without_year("[07-08]"), Some((7, 8)));
        assert_eq!(without_year("7月8日"), Some((7, 8)));
        assert_eq!(without_year("2021-07"), None);
    }

    #[test]
    fn days_and_times_are_read_however_they_are_written() {
        for (text, expected) in [
            ("2021-07-08 09:30", "2021-07-08 09:30:00"),
            ("2021-07-08T09:30:15+08:00", "2021-07-08 09:30:15"),
            ("发布时间：2021年7月8日 9时05分", "2021-07-08 09:05:00"),
            ("2021年07月08日09:30", "2021-07-08 09:30:00"),
            ("2021/7/8 下午3:05", "2021-07-08 15:05:00"),
            ("2021.07.08", "2021-07-08"),
            ("2007-08-20-23:59:59", "2007-08-20 23:59:59"),
            ("20210708093015", "2021-07-08 09:30:15"),
            ("20210708", "2021-07-08"),
            ("二〇二一年七月八日", "2021-07-08"),
            ("二○○六年十二月三十一日", "2006-12-31"),
            ("时间：2019 年 09 月 10 日", "2019-09-10"),
            ("2021-02-30", "none"),
            ("2021年2月30日", "none"),
            ("2021-13-01", "none"),
            ("1234-01-01", "none"),
            ("9999-01-01", "none"),
            ("1-2021-07-08", "none"),
            ("2021-07-08 25:00", "2021-07-08"),
            ("电话：12345678901", "none"),
            ("", "none"),
            ("二〇二一年十四月一日", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
