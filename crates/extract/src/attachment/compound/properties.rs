//! Property sets of compound files: title, author, who saved last, company, and properties people made up.

use std::collections::HashMap;

use super::super::decode;
use super::super::excel::serial_date;
use super::super::job::Job;
use super::number;

const SUMMARY: &[(usize, &str)] = &[
    (2, "标题"),
    (3, "主题"),
    (4, "作者"),
    (5, "关键词"),
    (6, "备注"),
    (7, "模板"),
    (8, "最后修改者"),
    (12, "创建时间"),
    (13, "修改时间"),
    (18, "制作软件"),
];
const DOCUMENT: &[(usize, &str)] = &[(2, "类别"), (14, "经理"), (15, "单位"), (26, "内容类型"), (27, "状态")];

/// The code page that means UTF-16.
const WIDE: usize = 1200;

pub(super) fn read(bytes: &[u8], document: bool, job: &mut Job<'_>) {
    let sections = number(bytes, 24, 4).unwrap_or_default().min(2);
    for section in 0..sections {
        let Some(offset) = number(bytes, 28 + section * 20 + 16, 4) else { return };
        let labels = if document { DOCUMENT } else { SUMMARY };
        read_section(bytes.get(offset..).unwrap_or_default(), labels, section == 1, job);
    }
}

fn read_section(bytes: &[u8], labels: &[(usize, &str)], custom: bool, job: &mut Job<'_>) {
    let count = number(bytes, 4, 4).unwrap_or_default().min(1000);
    let place = |index: usize| Some((number(bytes, 8 + index * 8, 4)?, number(bytes, 12 + index * 8, 4)?));
    let places: Vec<(usize, usize)> = (0..count).map_while(place).collect();
    let page = places.iter().find(|(id, _)| *id == 1).and_then(|(_, offset)| number(bytes, offset.checked_add(4)?, 2));
    let page = page.unwrap_or(936);
    let names = if custom { dictionary(bytes, &places, page) } else { HashMap::new() };
    for (id, offset) in places {
        let Some(value) = value(bytes, offset, page) else { continue };
        if custom {
            if let Some(name) = names.get(&id) {
                job.property(&format!("自定义属性“{name}”"), &value);
            }
        } else if let Some((_, label)) = labels.iter().find(|(known, _)| *known == id) {
            job.property(label, &value);
        }
    }
}

fn dictionary(bytes: &[u8], places: &[(usize, usize)], page: usize) -> HashMap<usize, String> {
    let mut names = HashMap::new();
    let Some((_, mut at)) = places.iter().find(|(id, _)| *id == 0).copied() else { return names };
    let count = number(bytes, at, 4).unwrap_or_default().min(1000);
    at = at.saturating_add(4);
    let wide = page == WIDE;
    for _ in 0..count {
        let (Some(id), Some(length)) = (number(bytes, at, 4), number(bytes, at.saturating_add(4), 4)) else { break };
        let length = if wide { length.saturating_mul(2) } else { length };
        let start = at.saturating_add(8);
        let Some(name) = bytes.get(start..start.saturating_add(length)) else { break };
        names.insert(id, text(name, page));
        at = start.saturating_add(if wide { length.next_multiple_of(4) } else { length });
    }
    names
}

fn value(bytes: &[u8], offset: usize, page: usize) -> Option<String> {
    let start = offset.checked_add(8)?;
    match number(bytes, offset, 4)? {
        0x1e => {
            let length = number(bytes, offset + 4, 4)?;
            Some(text(bytes.get(start..start.checked_add(length)?)?, page))
        }
        0x1f => {
            let length = number(bytes, offset + 4, 4)?.checked_mul(2)?;
            Some(text(bytes.get(start..start.checked_add(length)?)?, WIDE))
        }
        0x40 => {
            // Units of 100 ns since 1601-01-01.
            let low = number(bytes, offset + 4, 4)? as u64;
            let high = number(bytes, offset + 8, 4)? as u64;
            let days = (high << 32 | low) as f64 / 864e9 - 109_205.0;
            (days > 2.0).then(|| serial_date(days.floor(), false)).flatten()
        }
        _ => None,
    }
}

fn text(bytes: &[u8], page: usize) -> String {
    let text = match page {
        WIDE => decode::utf16le(bytes),
        65001 => String::from_utf8_lossy(bytes).into_owned(),
        _ => decode::gbk(bytes),
    };
    text.split('\0').next().unwrap_or_default().to_owned()
}
