//! Numbers in Chinese characters as official documents write them: 三十一, 八十八, 一百零三, 二〇二一.

/// Characters that a number may consist of. `○` (a circle) is not among them: it is a mistake for 〇.
pub const NUMERALS: &str = "〇零一二三四五六七八九十百千";

/// Signs that are typed where 〇 belongs: circles, the letter O, the digit 0, and 零.
pub const WRONG_ZEROS: &[char] = &['○', '◯', '◦', '零', 'O', 'o', '0'];

/// The value of one digit, 〇 to 九.
pub fn digit(character: char) -> Option<u32> {
    let place = "〇一二三四五六七八九".chars().position(|known| known == character);
    let place = if character == '零' { Some(0) } else { place };
    place.and_then(|place| u32::try_from(place).ok())
}

/// Digit by digit: 二〇二一 → 2021. `None` for anything but digits, or more than nine of them.
pub fn digit_by_digit(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    text.chars().try_fold(0, |number, character| Some(number * 10 + digit(character)?))
}

/// A counted number up to 9999: 三 → 3, 十二 → 12, 三十一 → 31, 一百零三 → 103. Digit by digit is read too.
/// `None` for what nobody would write, such as 十十 or 一二十.
pub fn counted(text: &str) -> Option<u32> {
    if !text.chars().any(|c| matches!(c, '十' | '百' | '千')) {
        return digit_by_digit(text).filter(|number| *number <= 9999);
    }
    let mut total = 0;
    let mut pending: Option<u32> = None;
    let mut last_unit = 10_000;
    let mut zero = false;
    for character in text.chars() {
        let unit = match character {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            other => {
                let value = digit(other)?;
                if value == 0 {
                    // 零 stands only between a unit and a digit.
                    if zero || pending.is_some() || total == 0 {
                        return None;
                    }
                    zero = true;
                } else if pending.replace(value).is_some() {
                    return None;
                }
                continue;
            }
        };
        if unit >= last_unit {
            return None;
        }
        // Only a leading 十 needs no digit before it.
        let times = match pending.take() {
            Some(times) => times,
            None if unit == 10 && total == 0 => 1,
            None => return None,
        };
        total += times * unit;
        last_unit = unit;
        zero = false;
    }
    match pending {
        Some(_) if last_unit == 10_000 => None,
        Some(rest) => Some(total + rest),
        None if zero => None,
        None => Some(total),
    }
}

/// 1 to 31 in words, as days and months are written: 31 → 三十一. Empty for anything else.
pub fn in_words(number: i8) -> String {
    let name = |digit: i8| {
        let place = usize::try_from(digit).unwrap_or_default();
        "〇一二三四五六七八九".chars().nth(place).map(String::from).unwrap_or_default()
    };
    match number {
        1..=9 => name(number),
        10 => "十".to_owned(),
        11..=19 => format!("十{}", name(number - 10)),
        20 | 30 => format!("{}十", name(number / 10)),
        21..=31 => format!("{}十{}", name(number / 10), name(number % 10)),
        _ => String::new(),
    }
}

/// A year digit by digit: 2021 → 二〇二一.
pub fn year_in_words(year: i16) -> String {
    year.to_string()
        .chars()
        .filter_map(|c| "〇一二三四五六七八九".chars().nth(usize::try_from(c.to_digit(10)?).ok()?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_numbers_are_read() {
        for (text, number) in [
            ("三", Some(3)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("三十一", Some(31)),
            ("八十八", Some(88)),
            ("一百零三", Some(103)),
            ("一百二十", Some(120)),
            ("一千零五", Some(1005)),
            ("九千九百九十九", Some(9999)),
            ("二〇三", Some(203)),
            ("", None),
            ("十十", None),
            ("一二十", None),
            ("零十", None),
            ("一百零", None),
            ("百", None),
            ("十百", None),
            ("第三", None),
        ] {
            assert_eq!(counted(text), number, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for day in 1..=31_i8 {
            assert_eq!(counted(&in_words(day)), u32::try_from(day).ok());
        }
        assert_eq!((in_words(0), in_words(32)), (String::new(), String::new()));
        for year in [1949, 1990, 2007, 2021, 2100] {
            assert_eq!(digit_by_digit(&year_in_words(year)), u32::try_from(year).ok());
        }
    }
}
