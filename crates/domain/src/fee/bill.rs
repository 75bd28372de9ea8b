//! The fee of one request, with its sum.

use serde::{Deserialize, Serialize};

use super::{
    FeeLine, Yuan,
    scale::{self, Counted},
};
use crate::{
    problem::FieldProblem,
    rule::{RuleInForce, RulesInForce},
};

/// The method chosen for one request: one of the two, so never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "method")]
pub enum FeeMethod {
    /// 按件计收
    ByItem {
        /// Items of the same applicant counted before this request in the same natural month.
        before: u64,
        /// Items of this request: 1, or more after splitting it 一事一申请.
        items: u64,
    },
    /// 按量计收
    ByPage {
        /// Pages of this request.
        pages: u64,
    },
}

/// What the fee rests on, for the notice to the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeeBasis {
    /// 文号 and clause.
    pub citation: String,
    /// True when a number of the scale must still be compared with the original.
    pub needs_confirmation: bool,
}

/// A fee with its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeeBill {
    /// The method.
    pub method: FeeMethod,
    /// The fee.
    pub total: Yuan,
    /// The sum, bracket by bracket.
    pub lines: Vec<FeeLine>,
    /// What it rests on.
    pub basis: FeeBasis,
    /// All of it in Chinese.
    pub explanation: String,
}

/// Larger counts are slips of the pen, and the sum would be longer than a page.
const MOST_ITEMS: u64 = 10_000;
const MOST_PAGES: u64 = 10_000_000;

/// The fee of one request by the rules of the day.
///
/// # Errors
/// A count that cannot be meant, or a day for which no scale is known.
pub fn assess(method: FeeMethod, rules: &RulesInForce<'_>) -> Result<FeeBill, FieldProblem> {
    let (id, counted, before, count) = match method {
        FeeMethod::ByItem { before, items } => ("fee.by-item", Counted::Items, before, items),
        FeeMethod::ByPage { pages } => ("fee.by-page", Counted::Pages, 0, pages),
    };
    let most = if counted == Counted::Items { MOST_ITEMS } else { MOST_PAGES };
    let field = if counted == Counted::Items { "items" } else { "pages" };
    let upto = before.saturating_add(count);
    if upto > most {
        return Err(FieldProblem::new(field, format!("数量超过{most}{}，请核对。", counted.unit())));
    }
    if counted == Counted::Items && count == 0 {
        return Err(FieldProblem::new(field, "一份申请至少计1件。"));
    }
    let missing = || FieldProblem::new("date", format!("{}没有适用的收费标准，不能计算，请核对日期。", rules.date()));
    let rule = rules.rule(id).ok_or_else(missing)?;
    let choice = rules.rule("fee.choice").ok_or_else(missing)?;
    let lines = scale::lines(counted, &rule, before, upto).ok_or_else(missing)?;
    let total = lines.iter().fold(Yuan::ZERO, |sum, line| sum.plus(line.amount));
    let explanation = explain(method, &rule, &choice, &lines, total);
    let basis = FeeBasis { citation: rule.rule.citation(), needs_confirmation: needs_confirmation(&rule, &lines) };
    Ok(FeeBill { method, total, lines, basis, explanation })
}

/// The reading of the higher steps is to be confirmed; sums that do not reach them are not in doubt.
fn needs_confirmation(rule: &RuleInForce<'_>, lines: &[FeeLine]) -> bool {
    let in_steps = rule.whole("second_until").is_some_and(|until| {
        lines.last().is_some_and(|line| u64::try_from(until).is_ok_and(|until| line.last > until))
    });
    rule.rule.mark.needs_confirmation() || (in_steps && rule.rule.needs_confirmation())
}

fn explain(
    method: FeeMethod,
    rule: &RuleInForce<'_>,
    choice: &RuleInForce<'_>,
    lines: &[FeeLine],
    total: Yuan,
) -> String {
    let counted = match method {
        FeeMethod::ByItem { before, items } => {
            format!("按件计收：本月此前已累计{before}件，本次{items}件，累计至{}件。", before.saturating_add(items))
        }
        FeeMethod::ByPage { pages } => format!("按量计收：本次{pages}页。"),
    };
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let sum = if texts.is_empty() { String::new() } else { format!("{}。", texts.join("；")) };
    let doubt = if needs_confirmation(rule, lines) { "其中累进档次的读法待确认。" } else { "" };
    format!("依据{}，{counted}{sum}合计{total}。{}{doubt}", rule.rule.citation(), choice.finding(&[]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::rule::builtin;

    fn fee(method: FeeMethod) -> FeeBill {
        assess(method, &RulesInForce::plain(builtin::book(), date(2026, 11, 2))).unwrap()
    }

    fn items(before: u64, items: u64) -> u64 {
        fee(FeeMethod::ByItem { before, items }).total.fen() / 100
    }

    fn pages(pages: u64) -> u64 {
        fee(FeeMethod::ByPage { pages }).total.fen() / 100
    }

    #[test]
    fn by_item_each_bracket_charges_what_lies_in_it() {
        for (count, yuan) in [
            (1, 0),
            (10, 0),
            (11, 100),
            (30, 2_000),
            (31, 2_200),
            (35, 3_000),
            (40, 4_000),
            (41, 4_300),
            (50, 7_000),
            (51, 7_400),
        ] {
            assert_eq!(items(0, count), yuan, "{count}");
        }
    }

    #[test]
    fn the_nth_item_of_the_month_has_its_own_price() {
        for (before, count, yuan) in
            [(9, 1, 0), (10, 1, 100), (29, 1, 100), (30, 1, 200), (39, 2, 500), (8, 5, 300), (0, 35, 3_000)]
        {
            assert_eq!(items(before, count), yuan, "{before} {count}");
        }
    }

    #[test]
    fn by_page_each_bracket_charges_what_lies_in_it() {
        for (count, yuan) in [
            (0, 0),
            (1, 0),
            (30, 0),
            (31, 10),
            (100, 700),
            (101, 720),
            (150, 1_700),
            (200, 2_700),
            (201, 2_740),
            (300, 6_700),
        ] {
            assert_eq!(pages(count), yuan, "{count}");
        }
    }

    #[test]
    fn the_sum_is_shown_line_by_line() {
        let bill = fee(FeeMethod::ByItem { before: 0, items: 35 });
        let texts: Vec<&str> = bill.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            ["第1至10件：10件，不收费", "第11至30件：20件×100元＝2000元", "第31至35件：5件×200元＝1000元"]
        );
        assert!(bill.explanation.contains("合计3000元") && bill.explanation.contains("不得同时"));
        assert!(bill.basis.needs_confirmation && bill.explanation.contains("待确认"));
        let lower = fee(FeeMethod::ByItem { before: 0, items: 30 });
        assert!(!lower.basis.needs_confirmation && !lower.explanation.contains("待确认"));
        assert!(fee(FeeMethod::ByPage { pages: 150 }).explanation.contains("第101至150页：50页×20元＝1000元"));
    }

    #[test]
    fn counts_that_cannot_be_meant_and_days_without_a_scale_are_refused() {
        let now = RulesInForce::plain(builtin::book(), date(2026, 11, 2));
        for method in [
            FeeMethod::ByItem { before: 0, items: 0 },
            FeeMethod::ByItem { before: u64::MAX, items: u64::MAX },
            FeeMethod::ByItem { before: 0, items: 10_001 },
            FeeMethod::ByPage { pages: u64::MAX },
        ] {
            assert!(assess(method, &now).is_err(), "{method:?}");
        }
        let early = RulesInForce::plain(builtin::book(), date(2020, 12, 31));
        let problem = assess(FeeMethod::ByPage { pages: 1 }, &early).unwrap_err();
        assert!(problem.message.contains("2020-12-31"), "{problem:?}");
    }

    proptest! {
        #[test]
        fn more_never_costs_less(count in 1u64..9_000, more in 0u64..1_000) {
            prop_assert!(items(0, count) <= items(0, count + more));
            prop_assert!(pages(count) <= pages(count + more));
        }

        #[test]
        fn splitting_a_request_changes_no_sum(before in 0u64..200, first in 1u64..100, second in 1u64..100) {
            prop_assert_eq!(items(before, first) + items(before + first, second), items(before, first + second));
        }

        #[test]
        fn lines_are_gapless_and_add_up(before in 0u64..500, count in 1u64..500) {
            let bill = fee(FeeMethod::ByItem { before, items: count });
            let mut next = before + 1;
            for line in &bill.lines {
                prop_assert_eq!(line.first, next);
                prop_assert_eq!(line.amount, line.price.times(line.last - line.first + 1));
                next = line.last + 1;
            }
            prop_assert_eq!(next, before + count + 1);
        }
    }
}
