//! Dates as tables and exports write them: a day, often with a time, in the one civil time of the country (UTC+8).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

/// A day, and the time of day where it is known. Times with another offset have been brought to UTC+8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    pub date: Date,
    pub time: Option<Time>,
}

impl Moment {
    /// Reads `2024-11-01`, `2024/11/1 8:30`, `2024.11.01`, `2024年11月1日`, `二〇二四年十一月一日`, `20241101`,
    /// `20241101083000`, `2024-11-01T00:30:00Z`, `Fri, 01 Nov 2024 00:30:00 GMT`, seconds or milliseconds since 1970.
    /// `None` for everything else: half a date (`2024年`) is no date, and no day is made up.
    pub fn read(text: &str) -> Option<Moment> {
        let text = text.trim();
        if text.is_empty() || text.len() > 100 {
            return None;
        }
        let text: String = text.chars().map(narrow).collect();
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return from_digits(&text);
        }
        if let Ok(zoned) = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(&text) {
            return Some(Moment::of(zoned));
        }
        let (date, rest) = leading_date(&text)?;
        let rest = rest.trim_start_matches(['T', 't', ' ', ',', '，']).trim();
        // A day of the week in brackets or behind the date.
        let rest = without_weekday(rest);
        if rest.is_empty() {
            return Some(Moment { date, time: None });
        }
        let (time, rest) = leading_time(rest)?;
        let rest = rest.trim();
        if rest.is_empty() {
            return Some(Moment { date, time: Some(time) });
        }
        let offset = offset_seconds(rest)?;
        let timestamp = Offset::from_seconds(offset).ok()?.to_timestamp(DateTime::from_parts(date, time)).ok()?;
        Some(Moment::of(timestamp))
    }

    /// The day and time of a point in time in UTC+8.
    pub fn of(timestamp: Timestamp) -> Moment {
        let civil = timestamp.to_zoned(beijing()).datetime();
        Moment { date: civil.date(), time: Some(civil.time()) }
    }

    /// The point in time, midnight when no time is known.
    pub fn timestamp(&self) -> Option<Timestamp> {
        let civil = DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()));
        civil.to_zoned(beijing()).ok().map(|zoned| zoned.timestamp())
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.date.year(), self.date.month(), self.date.day())?;
        match self.time {
            Some(time) => write!(formatter, " {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
            None => Ok(()),
        }
    }
}

fn beijing() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// Full-width figures and signs to half-width ones; Chinese numerals are left.
fn narrow(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(character as u32 - '０' as u32 + '0' as u32).unwrap_or(character),
        '：' => ':',
        '－' | '—' | '–' | '‐' => '-',
        '／' => '/',
        '．' => '.',
        '\u{a0}' | '\u{3000}' => ' ',
        other => other,
    }
}

fn from_digits(text: &str) -> Option<Moment> {
    let number: i64 = text.parse().ok()?;
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i8>().ok());
    let day = || sane(text.get(..4)?.parse().ok()?, part(4, 6)?, part(6, 8)?);
    match text.len() {
        8 => Some(Moment { date: day()?, time: None }),
        12 | 14 => {
            let second = if text.len() == 14 { part(12, 14)? } else { 0 };
            let time = Time::new(part(8, 10)?, part(10, 12)?, second.min(59), 0).ok()?;
            Some(Moment { date: day()?, time: Some(time) })
        }
        9 | 10 => Timestamp::from_second(number).ok().map(Moment::of),
        13 => Timestamp::from_millisecond(number).ok().map(Moment::of),
        _ => None,
    }
}

/// A day between 1900 and 2200: anything else is a slip of the pen.
fn sane(year: i16, month: i8, day: i8) -> Option<Date> {
    (1900..2200).contains(&year).then(|| civil::Date::new(year, month, day).ok()).flatten()
}

fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4)?;
    let separator = rest.chars().next()?;
    if !matches!(separator, '-' | '/' | '.' | '年') {
        return None;
    }
    let rest = rest[separator.len_utf8()..].trim_start();
    let (month, rest) = number(rest, 2)?;
    let rest = rest.trim_start();
    let expected = if separator == '年' { '月' } else { separator };
    let rest = rest.strip_prefix(expected)?.trim_start();
    let (day, rest) = number(rest, 2)?;
    let rest = if separator == '年' { rest.trim_start().trim_start_matches(['日', '号']) } else { rest };
    let date = sane(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    Some((date, rest))
}

/// Figures at the start, at most so many; or Chinese numerals (a year figure by figure, others up to 31).
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let end = text.find(|character: char| numeral(character).is_none() && character != '十').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let value = if most == 4 {
        let figures: Vec<u32> = word.chars().map(numeral).collect::<Option<_>>()?;
        (figures.len() == 4).then(|| figures.iter().fold(0, |year, figure| year * 10 + figure))?
    } else if let Some((tens, ones)) = word.split_once('十') {
        let one = |part: &str, empty: u32| match part.chars().count() {
            0 => Some(empty),
            1 => part.chars().next().and_then(numeral),
            _ => None,
        };
        one(tens, 1)? * 10 + one(ones, 0)?
    } else {
        (word.chars().count() == 1).then(|| word.chars().next().and_then(numeral)).flatten()?
    };
    Some((value, rest))
}

fn numeral(character: char) -> Option<u32> {
    const NUMERALS: &[char] = &['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match character {
        '零' | 'Ｏ' | 'O' | '○' => Some(0),
        _ => NUMERALS.iter().position(|numeral| *numeral == character).and_then(|value| u32::try_from(value).ok()),
    }
}

fn without_weekday(rest: &str) -> &str {
    let open = rest.trim_start_matches(['(', '（', ' ']);
    for name in ["星期", "周", "礼拜"] {
        if let Some(day) = open.strip_prefix(name) {
            let mut after = day.chars();
            after.next();
            return after.as_str().trim_start_matches([')', '）', ' ']);
        }
    }
    rest
}

/// `8:30`, `08:30:15.123`, `8时30分`, `8点30分15秒`, with 上午, 下午, AM or PM before or behind.
fn leading_time(text: &str) -> Option<(Time, &str)> {
    let mut afternoon = None;
    let mut rest = text;
    for (word, later) in
        [("上午", false), ("早上", false), ("凌晨", false), ("下午", true), ("晚上", true), ("中午", true)]
    {
        if let Some(after) = rest.strip_prefix(word) {
            (afternoon, rest) = (Some(later), after.trim_start());
        }
    }
    let (mut hour, after) = number(rest, 2)?;
    let after = after.trim_start();
    let mut rest = after.strip_prefix([':', '时', '点'])?.trim_start();
    let (mut minute, mut second) = (0, 0);
    if let Some((value, after)) = number(rest, 2) {
        minute = value;
        rest = after.strip_prefix('分').unwrap_or(after);
        let seconds = rest.strip_prefix(':').unwrap_or(rest);
        if let Some((value, after)) = number(seconds, 2) {
            second = value;
            rest = after.strip_prefix('秒').unwrap_or(after);
            if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                rest = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
            }
        }
    }
    let behind = rest.trim_start();
    for (word, later) in [("AM", false), ("PM", true), ("am", false), ("pm", true)] {
        if let Some(after) = behind.strip_prefix(word) {
            (afternoon, rest) = (Some(later), after);
        }
    }
    match afternoon {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    let part = |value: u32| i8::try_from(value).ok();
    Some((Time::new(part(hour)?, part(minute)?, part(second.min(59))?, 0).ok()?, rest))
}

fn offset_seconds(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    if text == "CST" {
        return Some(8 * 3600);
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|character| *character != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let cases = [
            ("2024-11-01", "2024-11-01"),
            (" 2024/11/1 ", "2024-11-01"),
            ("2024.11.01", "2024-11-01"),
            ("2024年11月1日", "2024-11-01"),
            ("２０２４年１１月１日", "2024-11-01"),
            ("二〇二四年十一月一日", "2024-11-01"),
            ("二○二四年十月三十一日", "2024-10-31"),
            ("20241101", "2024-11-01"),
            ("20241101083000", "2024-11-01 08:30:00"),
            ("2024-11-01 8:30", "2024-11-01 08:30:00"),
            ("2024-11-01 08:30:15.123", "2024-11-01 08:30:15"),
            ("2024-11-01T08:30:15+08:00", "2024-11-01 08:30:15"),
            ("2024-10-31T23:30:00Z", "2024-11-01 07:30:00"),
            ("2024年11月1日 下午3时05分", "2024-11-01 15:05:00"),
            ("2024-11-01 03:05 PM", "2024-11-01 15:05:00"),
            ("2024年11月1日 星期五", "2024-11-01"),
            ("2024年11月1日（星期五）08:30", "2024-11-01 08:30:00"),
            ("Fri, 01 Nov 2024 00:30:00 GMT", "2024-11-01 08:30:00"),
            ("Fri, 01 Nov 2024 00:30:00 +0000", "2024-11-01 08:30:00"),
            ("1730421000", "2024-11-01 08:30:00"),
            ("1730421000000", "2024-11-01 08:30:00"),
        ];
        for (text, shown) in cases {
            assert_eq!(Moment::read(text).map(|moment| moment.to_string()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn half_dates_and_impossible_days_are_no_dates() {
        for text in [
            "",
            "1999",
            "2024年",
            "2024年11月",
            "2024-02-30",
            "2024-13-01",
            "0000-00-00",
            "昨天",
            "11/01/2024",
            "2024-11",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "[0-9０-９年月日时分秒上下午一二三十〇TZ:+/. -]{0,40}|\\PC{0,60}") {
            let _ = Moment::read(&text);
        }

        #[test]
        fn a_moment_reads_back_as_itself(seconds in -2_000_000_000i64..7_000_000_000) {
            let moment = Moment::of(Timestamp::from_second(seconds).unwrap());
            assert_eq!(Moment::read(&moment.to_string()), Some(moment));
            assert_eq!(moment.timestamp().unwrap().as_second(), seconds);
        }
    }
}
