//! Numbers and dates of cells as a person reads them: full digits, never an exponent; dates as yyyy-mm-dd.

/// A number as written in the file, in full digits. What is already plain digits stays exactly as it is: an 18-digit
/// number does not fit a floating-point number.
pub(crate) fn shown_number(raw: &str) -> String {
    let raw = raw.trim();
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.is_empty() && plain(whole) && plain(part) && part.len() <= 10 {
        return raw.to_owned();
    }
    match raw.parse::<f64>() {
        Ok(number) if number.is_finite() && number.abs() < 1e30 => shown_float(number),
        _ => raw.to_owned(),
    }
}

/// At most 15 significant digits behind the point, as spreadsheets show them, and no exponent.
pub(crate) fn shown_float(number: f64) -> String {
    let magnitude = if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 };
    let decimals = (14 - magnitude).clamp(0, 20) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Whether a number format shows a day or a time.
pub(crate) fn is_date_format(id: u32, code: Option<&str>) -> bool {
    match code {
        None => matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58),
        Some(code) => {
            let mut quoted = false;
            let mut bracketed = false;
            let mut escaped = false;
            for character in code.chars() {
                match character {
                    _ if escaped => escaped = false,
                    '\\' | '_' | '*' => escaped = true,
                    '"' => quoted = !quoted,
                    '[' if !quoted => bracketed = true,
                    ']' if !quoted => bracketed = false,
                    'y' | 'Y' | 'd' | 'D' | 'm' | 'M' | 'h' | 'H' if !quoted && !bracketed => return true,
                    '年' | '月' | '日' if !quoted && !bracketed => return true,
                    _ => {}
                }
            }
            false
        }
    }
}

/// A serial day with its time; `None` when it is no day of this calendar.
pub(crate) fn serial_date(serial: f64, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round() as i64;
    let (mut days, seconds) = (seconds / 86_400, seconds % 86_400);
    let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if days == 0 && !from_1904 {
        return Some(time);
    }
    if from_1904 {
        days += 1462;
    }
    // Day 60 is 1900-02-29, which never was; before it the count is one less.
    let since_1970 = if days < 60 { days - 25_568 } else { days - 25_569 };
    let (year, month, day) = civil(since_1970);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if seconds == 0 { date } else { format!("{date} {time}") })
}

/// Year, month, day of a count of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_in_full_digits() {
        let cases = [
            ("1.1010119900101E+17", "110101199001010000"),
            ("110101199001011237", "110101199001011237"),
            ("13800000000", "13800000000"),
            ("1.38E10", "13800000000"),
            ("0.30000000000000004", "0.3"),
            ("-12.50", "-12.50"),
            ("1E-7", "0.0000001"),
            ("nonsense", "nonsense"),
            ("1E+300", "1E+300"),
            ("", ""),
        ];
        for (raw, shown) in cases {
            assert_eq!(shown_number(raw), shown, "{raw}");
        }
    }

    #[test]
    fn days_come_out_as_dates() {
        let cases = [
            (45_000.0, false, Some("2023-03-15")),
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (61.0, false, Some("1900-03-01")),
            (45_000.5, false, Some("2023-03-15 12:00:00")),
            (0.25, false, Some("06:00:00")),
            (0.0, true, Some("1904-01-01")),
            (-1.0, false, None),
            (1e17, false, None),
        ];
        for (serial, from_1904, date) in cases {
            assert_eq!(serial_date(serial, from_1904).as_deref(), date, "{serial}");
        }
    }

    #[test]
    fn formats_of_days_are_told_from_formats_of_numbers() {
        for (id, code, date) in [
            (14, None, true),
            (0, None, false),
            (31, None, true),
            (164, Some("yyyy\"年\"m\"月\"d\"日\""), true),
            (165, Some("#,##0.00_);[Red]\\(#,##0.00\\)"), false),
            (166, Some("0\"万元/d\""), false),
            (167, Some("[$-804]yyyy/m/d"), true),
            (168, Some("[DBNum1]General"), false),
        ] {
            assert_eq!(is_date_format(id, code), date, "{code:?}");
        }
    }
}
