//! The `[rule.deadline]` table of a rule pack: how a deadline is counted. Its numbers are parameters of the rule, so
//! that each has its own reliability mark and may be tightened.

use serde::{Deserialize, Serialize};

use crate::rule::Parameter;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineUnit {
    /// 工作日
    WorkingDays,
    /// 自然日
    NaturalDays,
    /// Hours within office hours (工作小时).
    WorkingHours,
    /// Hours of the clock (小时).
    NaturalHours,
    /// 个月
    Months,
    /// 年
    Years,
    /// By a date of every year (每年×月×日前): the first such date on or after the start.
    YearlyDate,
    /// By the end of the day, quarter, half year or year in which the start lies (每日、每季度、每半年、每年).
    PeriodEnd,
}

/// The period of [`DeadlineUnit::PeriodEnd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 每日
    Day,
    /// 每月
    Month,
    /// 每季度
    Quarter,
    /// 每半年
    HalfYear,
    /// 每年
    Year,
}

/// When counting begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStart {
    /// The day after the event (次日起算).
    #[default]
    NextDay,
    /// The day, or for hours the moment, of the event.
    AtOnce,
}

/// What happens when the last day is a day off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndOnDayOff {
    /// It stays the last day.
    #[default]
    Stay,
    /// The next working day is the last one (节假日顺延).
    NextWorkday,
}

/// Which side of the deadline is the right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineSense {
    /// To be done by then (最迟).
    #[default]
    AtMost,
    /// To be kept at least until then (至少保留).
    AtLeast,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineSpec {
    /// What people call the deadline, where the rule itself is about more than that.
    #[serde(default)]
    pub name: Option<String>,
    /// What is counted.
    pub unit: DeadlineUnit,
    /// The event the deadline runs from, in Chinese: 收到申请之日.
    pub event: String,
    /// Key of the parameter with how many; not for yearly dates and period ends.
    #[serde(default)]
    pub amount: Option<String>,
    /// When counting begins.
    #[serde(default)]
    pub start: DeadlineStart,
    /// Key of the parameter with the longest extension; a deadline is extended once at most.
    #[serde(default)]
    pub extension: Option<String>,
    /// Whether time may be left out (征求第三方意见所需时间不计算).
    #[serde(default)]
    pub pausable: bool,
    /// Whether a correction of the request makes it begin anew (补正).
    #[serde(default)]
    pub restartable: bool,
    /// What happens when the last day is a day off; not for working days and hours.
    #[serde(default)]
    pub end_on_day_off: EndOnDayOff,
    /// Key of the parameter with the month of a yearly date.
    #[serde(default)]
    pub month: Option<String>,
    /// Key of the parameter with the day of a yearly date.
    #[serde(default)]
    pub day: Option<String>,
    /// The period of a period end.
    #[serde(default)]
    pub period: Option<Period>,
    /// By then, or not before then.
    #[serde(default)]
    pub sense: DeadlineSense,
    /// The office's own promise: local days off apply to it. Deadlines set by law and by the State Council are not.
    #[serde(default)]
    pub own_promise: bool,
}

impl DeadlineSpec {
    /// The keys of the parameters that it counts with.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        [&self.amount, &self.extension, &self.month, &self.day].into_iter().flatten().map(String::as_str)
    }

    /// What is wrong with the table, given the rule's parameters; Chinese sentences for whoever writes packs.
    pub fn objections(&self, parameters: &[Parameter]) -> Vec<String> {
        use DeadlineUnit as Unit;
        let mut wrong = Vec::new();
        let number = |key: &str| {
            let parameter = parameters.iter().find(|parameter| parameter.key == key)?;
            parameter.value.number()?.as_whole().filter(|number| (1..=10_000).contains(number))
        };
        for key in self.keys() {
            if number(key).is_none() {
                wrong.push(format!("期限引用的参数“{key}”不存在，或不是 1 至 10000 的整数。"));
            }
        }
        if self.event.trim().is_empty() {
            wrong.push("期限要用 event 写明从什么事算起。".to_owned());
        }
        let counted = !matches!(self.unit, Unit::YearlyDate | Unit::PeriodEnd);
        if counted != self.amount.is_some() {
            wrong.push("按日、月、小时计的期限要用 amount 写明数量所在的参数，其他期限不写。".to_owned());
        }
        let dated = self.unit == Unit::YearlyDate;
        if dated != self.month.is_some() || dated != self.day.is_some() {
            wrong.push("每年定日的期限要写 month 和 day，其他期限不写。".to_owned());
        }
        if dated
            && let (Some(month), Some(day)) =
                (self.month.as_deref().and_then(number), self.day.as_deref().and_then(number))
        {
            let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
            if date.is_none_or(|(month, day)| jiff::civil::Date::new(2024, month, day).is_err()) {
                wrong.push(format!("没有{month}月{day}日这一天。"));
            }
        }
        if (self.unit == Unit::PeriodEnd) != self.period.is_some() {
            wrong.push("按周期的期限要写 period，其他期限不写。".to_owned());
        }
        if !counted && (self.pausable || self.restartable || self.extension.is_some()) {
            wrong.push("每年定日和按周期的期限不能暂停、重新起算或者延长。".to_owned());
        }
        let rolls = matches!(self.unit, Unit::WorkingDays | Unit::WorkingHours | Unit::NaturalHours);
        if rolls && self.end_on_day_off == EndOnDayOff::NextWorkday {
            wrong.push("按工作日、小时计的期限没有节假日顺延（end_on_day_off）。".to_owned());
        }
        wrong
    }
}
