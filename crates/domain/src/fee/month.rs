//! All requests of one applicant in one natural month, each with its own method.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FeeBill, FeeMethod, assess};
use crate::{problem::FieldProblem, rule::RulesInForce};

/// A natural month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month in which a day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }
}

/// One request of the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRequest {
    /// Day on which it was received.
    pub received: Date,
    /// Items it counts for: 1, or more after splitting it 一事一申请.
    pub items: u64,
    /// Pages, when this request is charged by page; `None` when it is charged by item.
    pub pages: Option<u64>,
}

/// The bills of the requests that lie in `month`, in the order given, which is the order of receipt; requests of other
/// months are left out. Whether a request charged by page still counts among the month's items is a matter of the rule
/// `fee.counting`.
///
/// # Errors
/// What [`assess`] refuses, or a day for which no rule is known.
pub fn charge_month(
    month: Month,
    requests: &[FeeRequest],
    rules: &RulesInForce<'_>,
) -> Result<Vec<FeeBill>, FieldProblem> {
    let counting = rules.rule("fee.counting").ok_or_else(|| {
        FieldProblem::new("date", format!("{}没有适用的收费标准，不能计算，请核对日期。", rules.date()))
    })?;
    let pages_count = counting.flag("pages_take_a_place");
    let mut before = 0u64;
    let mut bills = Vec::new();
    for request in requests.iter().filter(|request| Month::of(request.received) == month) {
        let method = match request.pages {
            Some(pages) => FeeMethod::ByPage { pages },
            None => FeeMethod::ByItem { before, items: request.items },
        };
        bills.push(assess(method, rules)?);
        if request.pages.is_none() || pages_count {
            before = before.saturating_add(request.items);
        }
    }
    Ok(bills)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{fee::Yuan, rule::builtin};

    fn request(day: Date, items: u64, pages: Option<u64>) -> FeeRequest {
        FeeRequest { received: day, items, pages }
    }

    fn totals(requests: &[FeeRequest]) -> Vec<u64> {
        let rules = RulesInForce::plain(builtin::book(), date(2026, 12, 1));
        let bills = charge_month(Month { year: 2026, month: 11 }, requests, &rules).unwrap();
        bills.iter().map(|bill| bill.total.fen() / 100).collect()
    }

    #[test]
    fn counting_starts_anew_each_month() {
        let november = request(date(2026, 11, 30), 10, None);
        let more = request(date(2026, 11, 30), 1, None);
        let october = request(date(2026, 10, 31), 30, None);
        let december = request(date(2026, 12, 1), 30, None);
        assert_eq!(totals(&[october, november, more, december]), [0, 100]);
    }

    #[test]
    fn a_request_charged_by_page_is_not_charged_by_item_as_well() {
        let day = date(2026, 11, 3);
        assert_eq!(totals(&[request(day, 10, None), request(day, 1, Some(31)), request(day, 1, None)]), [0, 10, 100]);
    }

    #[test]
    fn thirty_five_single_requests_cost_what_one_of_thirty_five_items_costs() {
        let singles = vec![request(date(2026, 11, 3), 1, None); 35];
        assert_eq!(totals(&singles).iter().sum::<u64>(), 3_000);
        assert_eq!(totals(&[request(date(2026, 11, 3), 35, None)]), [Yuan::whole(3_000).fen() / 100]);
    }
}
