//! What the region or a league changed (参数调整): tighter at once, looser only with the region's approval, all on record.

use std::cmp::Ordering;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{RuleBook, RuleId, RuleLevel, Value};
use crate::{
    division::DivisionLevel,
    identifier::DivisionCode,
    ids::{AmendmentId, PersonId},
    problem::FieldProblem,
};

/// Where an amendment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentState {
    /// 待自治区审批: a looser value that nobody has approved.
    Proposed,
    /// 有效 between its dates.
    InForce,
    /// 未批准
    Refused,
    /// 已撤销: taken back before it was decided.
    Withdrawn,
}

impl AmendmentState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::InForce, Self::Refused, Self::Withdrawn];

    /// Stable word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InForce => "in_force",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Proposed => "待自治区审批",
            Self::InForce => "已生效",
            Self::Refused => "未批准",
            Self::Withdrawn => "已撤销",
        }
    }
}

/// One changed parameter at one division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Key.
    pub id: AmendmentId,
    /// The rule.
    pub rule: RuleId,
    /// The parameter.
    pub key: String,
    /// The region or league that changes it, for itself and everything below.
    pub division: DivisionCode,
    /// The value.
    pub value: Value,
    /// First day.
    pub from: Date,
    /// Last day; `None` while it is open.
    pub until: Option<Date>,
    /// True for a value looser than that of the level above when it was proposed.
    pub looser: bool,
    /// Why.
    pub reason: String,
    /// 文号 it rests on, if there is one.
    pub document: Option<String>,
    /// State.
    pub state: AmendmentState,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided on a looser value.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What was said on deciding, or on ending it.
    pub remark: Option<String>,
}

impl Amendment {
    /// Whether it counts on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        self.state == AmendmentState::InForce && self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// How a proposed value compares with what the level above prescribes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "judgement")]
pub enum Judgement {
    /// 加严: takes effect without further approval.
    Stricter {
        /// The value of the level above.
        above: Value,
    },
    /// 放宽: needs the region's approval.
    Looser {
        /// The value of the level above.
        above: Value,
    },
}

impl Judgement {
    /// The words shown to people.
    pub fn chinese(&self) -> String {
        match self {
            Self::Stricter { above } => format!("比上级规定的“{above}”更严，可以直接生效"),
            Self::Looser { above } => format!("比上级规定的“{above}”宽松，须经自治区批准后生效"),
        }
    }
}

/// Judges a value that `division` wants from `from` on. `amendments` are those on record; the division's own do not
/// count, because it is compared with the level above. Refuses what may not be changed, changes nothing, or is
/// back-dated: a past day has been judged already.
#[expect(clippy::too_many_arguments, reason = "each is a separate fact of the proposal")]
pub fn judge(
    book: &RuleBook,
    amendments: &[Amendment],
    rule: &RuleId,
    key: &str,
    division: &DivisionCode,
    value: &Value,
    from: Date,
    today: Date,
) -> Result<Judgement, FieldProblem> {
    if from < today {
        return Err(FieldProblem::new("from", "生效日期不能早于今天：过去的日子按当时的规则评判，不能改。"));
    }
    if division.level() == DivisionLevel::Banner {
        return Err(FieldProblem::new("division", "规则参数只能由自治区或盟市调整，旗县不能单独调整。"));
    }
    let above: Vec<Amendment> =
        amendments.iter().filter(|amendment| amendment.division != *division).cloned().collect();
    let in_force = book.in_force(&above, Some(division), from);
    let Some(rule) = in_force.rule(rule.as_str()) else {
        return Err(FieldProblem::new("rule", "这条规则在生效日期那天不适用于本地区，请刷新页面核对。"));
    };
    if rule.rule.level > level_of(division) {
        return Err(FieldProblem::new("rule", "这是下级地区自己的规则，请由该地区调整。"));
    }
    let Some(parameter) = rule.parameter(key) else {
        return Err(FieldProblem::new("key", "这条规则没有这个参数，请刷新页面核对。"));
    };
    if let Some(objection) = parameter.parameter.objection(value) {
        return Err(FieldProblem::new("value", objection));
    }
    let above = parameter.value.clone();
    match parameter.parameter.stricter.compare(value, &above) {
        None => Err(FieldProblem::new("value", format!("“{}”不可调整。", parameter.parameter.name))),
        Some(Ordering::Equal) => Err(FieldProblem::new("value", format!("与上级规定的“{above}”相同，不用调整。"))),
        Some(Ordering::Greater) => Ok(Judgement::Stricter { above }),
        Some(Ordering::Less) => Ok(Judgement::Looser { above }),
    }
}

fn level_of(division: &DivisionCode) -> RuleLevel {
    match division.level() {
        DivisionLevel::Region => RuleLevel::Region,
        DivisionLevel::League | DivisionLevel::Banner => RuleLevel::League,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rule::{Origin, Quantity};

    const PACK: &str = r#"
[pack]
id = "sample"
title = "示例规则包"
version = "1"
dated = "2019-04-01"
level = "national"

[[rule]]
id = "sample.stale"
name = "首页不更新"
document = "示例规定"
mark = "V"
from = "2019-04-01"
until = "2024-12-31"
finding = "超过{days}天没有更新。"
[[rule.parameter]]
key = "days"
name = "天数"
unit = "天"
value = 14
stricter = "lower"
min = 1

[[rule]]
id = "sample.stale"
name = "首页不更新"
document = "示例规定（修订）"
mark = "V"
from = "2025-01-01"
finding = "超过{days}天没有更新。"
[[rule.parameter]]
key = "days"
name = "天数"
unit = "天"
value = 12
stricter = "lower"
min = 1
[[rule.parameter]]
key = "visits"
name = "每天访问次数"
unit = "次"
value = 20
stricter = "fixed"
"#;

    fn book() -> RuleBook {
        RuleBook::from_files([("sample.toml", PACK)]).unwrap()
    }

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn number(days: i64) -> Value {
        Value::Number(Quantity::whole(days))
    }

    fn amendment(division: &str, days: i64, looser: bool) -> Amendment {
        let millis = u128::try_from(days).unwrap();
        Amendment {
            id: uuid::Uuid::from_u128(millis).into(),
            rule: RuleId::parse("sample.stale").unwrap(),
            key: "days".to_owned(),
            division: code(division),
            value: number(days),
            from: date(2026, 1, 1),
            until: None,
            looser,
            reason: "示例".to_owned(),
            document: None,
            state: AmendmentState::InForce,
            proposed_by: uuid::Uuid::from_u128(1).into(),
            proposed_at: Timestamp::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
            remark: None,
        }
    }

    fn days_at(amendments: &[Amendment], place: &str, on: Date) -> i64 {
        let book = book();
        book.in_force(amendments, Some(&code(place)), on).rule("sample.stale").unwrap().whole("days").unwrap()
    }

    #[test]
    fn a_past_day_is_judged_by_the_pack_and_the_amendments_of_that_day() {
        let tighter = [amendment("150000", 10, false)];
        for (on, days) in [
            (date(2024, 12, 31), 14),
            (date(2025, 1, 1), 12),
            (date(2025, 12, 31), 12),
            (date(2026, 1, 1), 10),
            (date(2030, 1, 1), 10),
        ] {
            assert_eq!(days_at(&tighter, "150402", on), days, "{on}");
        }
        assert!(book().in_force(&[], None, date(2019, 3, 31)).rule("sample.stale").is_none());
    }

    #[test]
    fn leagues_tighten_below_the_region_and_never_loosen_without_approval() {
        let on = date(2026, 6, 1);
        let region = amendment("150000", 10, false);
        for (league, place, days) in [
            (amendment("150400", 8, false), "150402", 8),
            (amendment("150400", 8, false), "150502", 10),
            (amendment("150400", 11, false), "150402", 10),
            (amendment("150400", 20, true), "150402", 20),
            (amendment("150400", 0, false), "150402", 10),
        ] {
            assert_eq!(days_at(&[region.clone(), league], place, on), days);
        }
        for state in [AmendmentState::Proposed, AmendmentState::Refused, AmendmentState::Withdrawn] {
            let mut open = amendment("150400", 20, true);
            open.state = state;
            assert_eq!(days_at(&[open], "150400", on), 12);
        }
    }

    #[test]
    fn a_proposal_is_compared_with_the_level_above() {
        let (book, today) = (book(), date(2026, 6, 1));
        let region = [amendment("150000", 10, false)];
        let rule = RuleId::parse("sample.stale").unwrap();
        let ask = |key: &str, division: &str, value: Value, from: Date| {
            judge(&book, &region, &rule, key, &code(division), &value, from, today)
        };
        assert_eq!(ask("days", "150400", number(9), today), Ok(Judgement::Stricter { above: number(10) }));
        assert_eq!(ask("days", "150400", number(11), today), Ok(Judgement::Looser { above: number(10) }));
        assert_eq!(ask("days", "150000", number(11), today), Ok(Judgement::Stricter { above: number(12) }));
        for (key, division, value, from, said) in [
            ("days", "150400", number(10), today, "不用调整"),
            ("days", "150400", number(9), date(2026, 5, 31), "不能早于今天"),
            ("days", "150402", number(9), today, "旗县"),
            ("days", "150400", number(0), today, "不能小于"),
            ("days", "150400", Value::Flag(true), today, "类型"),
            ("visits", "150400", number(40), today, "不可调整"),
            ("hours", "150400", number(40), today, "没有这个参数"),
        ] {
            let problem = ask(key, division, value, from).unwrap_err();
            assert!(problem.message.contains(said), "{problem:?}");
        }
    }

    #[test]
    fn the_origin_of_a_value_is_told() {
        let book = book();
        let loosened = [amendment("150400", 20, true)];
        let place = code("150421");
        let in_force = book.in_force(&loosened, Some(&place), date(2026, 6, 1));
        let rule = in_force.rule("sample.stale").unwrap();
        assert!(matches!(rule.parameter("days").unwrap().origin, Origin::Amendment { looser: true, .. }));
        assert_eq!(rule.parameter("visits").unwrap().origin, Origin::Pack);
        assert_eq!(rule.finding(&[]), "超过20天没有更新。");
    }
}
