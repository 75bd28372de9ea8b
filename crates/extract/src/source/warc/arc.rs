//! The one line before a record of an ARC file: `address IP date type length`, in version 2 with more in between. An
//! address may hold spaces, so the line is read from the IP address and the date it is followed by.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

pub(super) struct ArcHead {
    pub address: String,
    pub date: Option<Timestamp>,
    pub content_type: String,
    /// `None` when it is no number.
    pub length: Option<u64>,
}

pub(super) fn parse(line: &[u8]) -> Option<ArcHead> {
    let (scheme, _) = line.split_at(line.iter().take(20).position(|byte| *byte == b':')?);
    if !scheme.iter().all(u8::is_ascii_alphanumeric) || scheme.is_empty() || line.len() > 64 * 1024 {
        return None;
    }
    let line = crate::attachment::decode::quietly(line);
    let tokens: Vec<&str> = line.split(' ').filter(|token| !token.is_empty()).collect();
    let ip =
        (1..tokens.len().saturating_sub(3)).rev().find(|index| is_ip(tokens[*index]) && is_date(tokens[index + 1]))?;
    Some(ArcHead {
        address: crate::source::address::clean(&tokens[..ip].join(" ")),
        date: date(tokens[ip + 1]),
        content_type: tokens[ip + 2].to_owned(),
        length: tokens.last().and_then(|length| length.parse().ok()),
    })
}

fn is_ip(token: &str) -> bool {
    token.parse::<std::net::IpAddr>().is_ok()
}

fn is_date(token: &str) -> bool {
    (4..=20).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_digit())
}

/// `20140216050221`, also cut short or with figures behind the second.
fn date(token: &str) -> Option<Timestamp> {
    let part = |from: usize, to: usize, otherwise: i8| match token.get(from..to) {
        Some(part) => part.parse::<i8>().ok(),
        None => Some(otherwise),
    };
    let civil = DateTime::new(
        token.get(..4)?.parse().ok()?,
        part(4, 6, 1)?,
        part(6, 8, 1)?,
        part(8, 10, 0)?,
        part(10, 12, 0)?,
        part(12, 14, 0)?,
        0,
    );
    Offset::UTC.to_timestamp(civil.ok()?).ok()
}
