//! The sum in words.

use super::{Counting, DeadlineSense, DeadlineSum, Line, LineKind, error::moment};
use crate::calendar::chinese_date;

impl DeadlineSum {
    /// The whole working in Chinese, a line for every day.
    pub fn explain(&self) -> String {
        let mut text = format!("{}：{}", self.name, self.length);
        if !self.citation.is_empty() {
            text.push_str(&format!("（{}）", self.citation));
        }
        for line in &self.lines {
            text.push_str(&format!("\n{}　{}", chinese_date(line.date), self.line(line)));
        }
        text.push('\n');
        text.push_str(&self.conclusion());
        for remark in &self.remarks {
            text.push_str(&format!("\n说明：{remark}。"));
        }
        text
    }

    /// The last sentence alone: when it is due.
    pub fn conclusion(&self) -> String {
        let hours = matches!(self.counting, Counting::WorkingHours { .. } | Counting::NaturalHours { .. });
        match (self.due, self.sense) {
            (None, _) => {
                let left = self.left_after_pause().unwrap_or_default();
                format!("到期：暂停计算中，暂停结束后还剩{left}，届时才能确定到期日。")
            }
            (Some(due), DeadlineSense::AtLeast) => format!("至少到：{}。", moment(due)),
            (Some(due), _) if hours => {
                format!("到期：{} {:02}:{:02}。", chinese_date(due.date()), due.hour(), due.minute())
            }
            (Some(due), _) => format!("到期：{}（当日24时前）。", chinese_date(due.date())),
        }
    }

    fn line(&self, line: &Line) -> String {
        let hours = matches!(self.counting, Counting::WorkingHours { .. } | Counting::NaturalHours { .. });
        let reason = &line.reason;
        match (line.kind, line.counted) {
            (LineKind::Counted, Some(n)) if !hours => {
                let unit = if matches!(self.counting, Counting::WorkingDays { .. }) { "个工作日" } else { "日" };
                format!("第{n}{unit}：{reason}")
            }
            (LineKind::DayOff, _) => format!("不计：{reason}"),
            _ => reason.clone(),
        }
    }
}
