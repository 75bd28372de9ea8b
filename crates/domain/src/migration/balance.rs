//! The sums of a migration (完成报告): every source page is accounted for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fate, OldPageKind};

/// How many pages of one kind met one fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceLine {
    /// Kind.
    pub kind: OldPageKind,
    /// Fate.
    pub fate: Fate,
    /// Pages.
    pub count: u64,
}

/// The table of kinds and fates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Everything that was collected.
    pub total: u64,
    /// Non-empty cells.
    pub lines: Vec<BalanceLine>,
}

impl Balance {
    /// Pages that met a fate.
    pub fn of(&self, fate: Fate) -> u64 {
        self.lines.iter().filter(|line| line.fate == fate).map(|line| line.count).sum()
    }

    /// Pages of a kind that met a fate.
    pub fn cell(&self, kind: OldPageKind, fate: Fate) -> u64 {
        self.lines.iter().filter(|line| line.kind == kind && line.fate == fate).map(|line| line.count).sum()
    }

    /// Sums by kind, in the order of reports.
    pub fn kinds(&self) -> Vec<(OldPageKind, u64)> {
        let mut sums: BTreeMap<OldPageKind, u64> = BTreeMap::new();
        for line in &self.lines {
            *sums.entry(line.kind).or_default() += line.count;
        }
        OldPageKind::ALL.into_iter().filter_map(|kind| sums.get(&kind).map(|count| (kind, *count))).collect()
    }

    /// What stands in the way of signing off, in plain Chinese; empty when everything is accounted for.
    pub fn objections(&self) -> Vec<String> {
        let mut objections = Vec::new();
        let open = self.of(Fate::Undecided);
        if open > 0 {
            objections.push(format!("还有 {open} 个旧页面没有决定去向。"));
        }
        let waiting: u64 = [OldPageKind::Queued, OldPageKind::Unread]
            .into_iter()
            .map(|kind| Fate::ALL.into_iter().map(|fate| self.cell(kind, fate)).sum::<u64>())
            .sum();
        if waiting > 0 {
            objections.push(format!("还有 {waiting} 个旧地址没有采集或识别完。"));
        }
        let sum: u64 = self.lines.iter().map(|line| line.count).sum();
        if sum != self.total {
            objections.push(format!("各项之和 {sum} 与旧页面总数 {} 不等，请联系运维人员核查。", self.total));
        }
        objections
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: OldPageKind, fate: Fate, count: u64) -> BalanceLine {
        BalanceLine { kind, fate, count }
    }

    #[test]
    fn a_balance_holds_only_when_every_page_has_a_fate_and_the_sum_is_right() {
        let good = Balance {
            total: 5,
            lines: vec![line(OldPageKind::Article, Fate::Moved, 3), line(OldPageKind::List, Fate::Merged, 2)],
        };
        assert!(good.objections().is_empty());
        assert_eq!((good.of(Fate::Moved), good.cell(OldPageKind::List, Fate::Merged)), (3, 2));
        let lost = Balance { total: 6, ..good.clone() };
        assert_eq!(lost.objections().len(), 1);
        let mut open = good;
        open.lines.push(line(OldPageKind::Unread, Fate::Undecided, 1));
        open.total = 6;
        assert_eq!(open.objections().len(), 2);
    }
}
