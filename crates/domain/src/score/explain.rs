//! A score in words: the result, why, and what is still to be confirmed.

use super::{Outcome, Reason, Score};
use crate::indicator::{IndicatorKind, Points};

impl Score {
    /// Whether anything that took part still has to be confirmed (暂定).
    pub fn is_provisional(&self) -> bool {
        !self.provisional.is_empty()
    }

    /// One line: `合格，89分（暂定）`.
    pub fn headline(&self) -> String {
        let result = match (&self.outcome, self.total, self.range) {
            (Outcome::Unqualified { because }, ..)
                if because.iter().any(|reason| matches!(reason, Reason::Veto { .. })) =>
            {
                "不合格（单项否决，不评分）".to_owned()
            }
            (outcome, Some(total), _) => format!("{}，{total}分", word(outcome)),
            (outcome, None, Some((lowest, highest))) => {
                format!("{}，得分在{lowest}分至{highest}分之间", word(outcome))
            }
            (outcome, None, None) => word(outcome).to_owned(),
        };
        if self.is_provisional() { format!("{result}（暂定）") } else { result }
    }

    /// The whole sheet in plain Chinese, one thought a line.
    pub fn explain(&self) -> Vec<String> {
        let mut told = vec![format!("{}按{}的规则评定：{}。", self.subject.chinese(), self.date, self.headline())];
        match &self.outcome {
            Outcome::Unqualified { because } => told.extend(because.iter().map(|reason| match reason {
                Reason::Veto { title, .. } => format!("出现单项否决“{title}”，评为不合格，不再评分。"),
                Reason::BelowPassLine { at_most, line } if self.deduction_part == Some(*at_most) => {
                    format!("扣分指标得{at_most}分，低于{line}分，评为不合格。")
                }
                Reason::BelowPassLine { at_most, line } => {
                    format!("即使未检查的指标都不扣分，扣分指标最多得{at_most}分，低于{line}分，评为不合格。")
                }
            })),
            Outcome::Qualified => {}
            Outcome::Undecided { lacking } => {
                told.push("监测不充分，尚不能判定合格与否，还须补充：".to_owned());
                told.extend(lacking.iter().cloned());
            }
        }
        if !self.has_public_services && self.lines.iter().any(|line| line.kind == IndicatorKind::Deduction) {
            told.push("没有对外服务职能，不检查办事服务类指标，其余得分折算为满分。".to_owned());
        }
        for line in &self.lines {
            let shown = line.verdict.is_found() || line.is_open();
            if shown {
                told.push(format!("{}　{}：{}", line.kind.chinese(), line.title(), self.taken(line)));
                told.extend(line.why.iter().map(|why| format!("　　{why}")));
                told.push(format!("　　依据：{}", line.citation));
            }
        }
        if let Some(part) = self.deduction_part {
            let bonus = match self.bonus_part {
                Some(bonus) => format!("加分指标得{bonus}分"),
                None if self.range.is_some() => "加分还没有审定".to_owned(),
                None => "未达到加分条件".to_owned(),
            };
            told.push(format!("扣分指标得{part}分，{bonus}。"));
        }
        if self.is_provisional() {
            told.push(format!("本结果为暂定：以下{}项规则或分值尚待与文件原文核对。", self.provisional.len()));
            let (whole, part): (Vec<_>, Vec<_>) =
                self.provisional.iter().partition(|rule| rule.mark.needs_confirmation());
            if !whole.is_empty() {
                let names: Vec<&str> = whole.iter().map(|rule| rule.name.as_str()).collect();
                told.push(format!("　　整项待核对：{}。", names.join("、")));
            }
            let lines = part.iter().map(|rule| format!("　　{}：{}待核对。", rule.name, rule.what.join("、")));
            told.extend(lines);
        }
        let packs: Vec<String> = self.packs.iter().map(|pack| format!("{} {}", pack.pack, pack.version)).collect();
        if !packs.is_empty() {
            told.push(format!("规则包：{}。", packs.join("，")));
        }
        told
    }

    fn taken(&self, line: &super::Line) -> String {
        match line.kind {
            IndicatorKind::Veto => line.verdict.chinese().to_owned(),
            IndicatorKind::Deduction if line.is_open() => {
                format!("{}，已扣{}分，最多扣{}分", line.verdict.chinese(), line.points, line.possible)
            }
            IndicatorKind::Deduction => format!("扣{}分{}", line.points, capped(line)),
            IndicatorKind::Bonus if line.is_open() => {
                format!("{}，已审定{}分，最多加{}分", line.verdict.chinese(), line.points, line.possible)
            }
            IndicatorKind::Bonus => format!("加{}分", line.points),
        }
    }
}

/// Says so where the faults come to more than the indicator's points.
fn capped(line: &super::Line) -> String {
    let crate::indicator::Verdict::Found { findings } = &line.verdict else { return String::new() };
    let sum: Points = findings.iter().filter_map(|finding| finding.points).sum();
    if sum > line.most {
        format!("（各处合计{sum}分，以本项总分值{}分为限）", line.most)
    } else {
        String::new()
    }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Unqualified { .. } => "不合格",
        Outcome::Qualified => "合格",
        Outcome::Undecided { .. } => "尚不能判定",
    }
}
