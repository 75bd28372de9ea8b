//! Reads a holiday notice of the State Council's General Office, pasted whole or item by item.
//!
//! The notices of 2007–2026 say the same things in slightly different sentences: `1月1日至3日放假调休，共3天。1月5日
//! （星期六）、1月6日（星期日）上班。`, `4月5日放假，与周末连休。`, `5月4日（星期日）公休日调至5月2日（星期五）`. Each item is cut into
//! tokens ([`token`]) and read clause by clause ([`item`]): a verb rules the dates before it. What is said twice (the
//! day of the week, the number of days) is checked, what is not understood is a problem with its line; nothing is
//! guessed silently.
//!
//! - `text`: the pasted text as characters with line numbers, one spelling for brackets, dashes and digits
//! - `headings`: year, addresses and numbered items
//! - `token`: dates, ranges, verbs
//! - `resolve`: which year and month a shortened date means
//! - `item`: what an item says

mod headings;
mod item;
mod resolve;
mod text;
mod token;

use super::{ArrangementProblem, HolidayArrangement, ReadArrangement, YearArrangement, reading::other_year};
use headings::Notice;
use std::collections::BTreeMap;
use text::Text;

/// The statutory holidays that every yearly notice since 2008 arranges, by the character string that names each.
const EVERY_YEAR: [&str; 7] = ["元旦", "春节", "清明", "劳动|五一", "端午", "中秋", "国庆|十一"];

/// Reads a notice. `year` is the year asked for; without it the title must name the year. A text without headings is
/// read as a single item.
pub fn read_notice(text: &str, year: Option<i16>) -> ReadArrangement {
    let text = Text::new(text);
    let notice = Notice::split(&text);
    let Some(of_year) = notice.year.or(year) else {
        return ReadArrangement::refused(ArrangementProblem::of_text(
            "没有读出这是哪一年的安排：请把标题（“关于××××年部分节假日安排的通知”）一起粘贴，或者先选定年份",
        ));
    };
    let mut problems = Vec::new();
    if let Some(asked) = year.filter(|asked| *asked != of_year) {
        problems.push(other_year(of_year, asked));
    }
    let mut arrangement = YearArrangement { papers: notice.papers, ..YearArrangement::empty(of_year) };
    let mut lines = BTreeMap::new();
    let numbered = notice.items.iter().any(|item| item.numbered);
    for found in &notice.items {
        let read = item::read(of_year, &found.name, &found.text, &mut problems);
        if numbered && read.off.is_empty() && read.work.is_empty() {
            let message = format!("“{}”没有读到放假或者上班的日期：请核对原文后补录", found.name);
            problems.push(ArrangementProblem::of_line(found.line, message));
        }
        for (date, line) in read.lines {
            lines.entry(date).or_insert(line);
        }
        if !(read.off.is_empty() && read.work.is_empty()) {
            let name = if found.name.is_empty() { "节假日".to_owned() } else { found.name.clone() };
            let (off, work) = (read.off.into_iter().collect(), read.work.into_iter().collect());
            arrangement.holidays.push(HolidayArrangement { name, off, work });
        }
    }
    if numbered && notice.items.len() > 3 && of_year >= 2008 {
        for names in EVERY_YEAR {
            let named = |name: &str| notice.items.iter().any(|item| item.name.contains(name));
            if !names.split('|').any(named) {
                let name = names.split('|').next().unwrap_or(names);
                let message = format!("通知里没有读到“{name}”的安排：如果粘贴时漏了，请补上");
                problems.push(ArrangementProblem::of_text(message).as_remark());
            }
        }
    }
    ReadArrangement::finish(arrangement, problems, &lines)
}
