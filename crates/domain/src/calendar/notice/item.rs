//! What an item says: a verb rules the dates before it, or, when it comes first, the dates after it.

use super::{
    super::{ArrangementProblem, chinese_date, chinese_weekday, wording::is_weekend},
    resolve::Context,
    text::Char,
    token::{Kind, Shortened, Token, Verb, tokens},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// No holiday is longer; a longer range is a slip of the pen.
const LONGEST_RANGE: usize = 31;

/// `其中`, `将`: characters before dates that say nothing about them.
const LEAD_IN: usize = 2;

/// The days of an item and the line each was read on.
#[derive(Debug, Default)]
pub(super) struct ItemDays {
    pub(super) off: BTreeSet<Date>,
    pub(super) work: BTreeSet<Date>,
    pub(super) lines: BTreeMap<Date, usize>,
}

pub(super) fn read(year: i16, name: &str, text: &[Char], problems: &mut Vec<ArrangementProblem>) -> ItemDays {
    let mut reader = Reader {
        name,
        context: Context::new(year, name),
        days: ItemDays::default(),
        moved: BTreeSet::new(),
        problems,
        group: Group::default(),
        moving: None,
        joined: Vec::new(),
        after_and: false,
        other: 0,
        sentence: Sentence::default(),
    };
    for sentence in tokens(text).split(|token| token.kind == Kind::Stop) {
        reader.sentence(sentence);
    }
    reader.finish()
}

struct Reader<'a> {
    name: &'a str,
    context: Context,
    days: ItemDays,
    /// Weekend days exchanged away (公休日调至): worked unless the item says they are off.
    moved: BTreeSet<Date>,
    problems: &'a mut Vec<ArrangementProblem>,
    group: Group,
    /// 调至 was read after these dates: the next dates are where their rest goes.
    moving: Option<Vec<Date>>,
    /// `…公休日及`: rest days joined to the next dates, which may move together with them.
    joined: Vec<Date>,
    after_and: bool,
    /// Characters of this clause that are neither date nor verb.
    other: usize,
    sentence: Sentence,
}

/// Dates and the verbs around them.
#[derive(Default)]
struct Group {
    leading: Option<Verb>,
    dates: Vec<Date>,
    verbs: Vec<Verb>,
    line: usize,
}

/// What is checked at the full stop.
#[derive(Default)]
struct Sentence {
    off: BTreeSet<Date>,
    said: Vec<(u32, usize)>,
    joins_weekend: bool,
}

impl Reader<'_> {
    fn problem(&mut self, line: usize, message: &str) {
        let prefix = if self.name.is_empty() { String::new() } else { format!("{}：", self.name) };
        self.problems.push(ArrangementProblem::of_line(line, prefix + message));
    }

    fn sentence(&mut self, tokens: &[Token]) {
        if let Some(appeal) = tokens.iter().position(|token| token.kind == Kind::Appeal) {
            let (before, after) = tokens.split_at(appeal);
            if after.iter().any(|token| matches!(token.kind, Kind::Date(_))) {
                self.problem(after[0].line, "有一句是倡议（“鼓励……”），不算放假安排");
                self.problems.last_mut().expect("it was just added").serious = false;
            }
            return self.sentence(before);
        }
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            index += 1;
            let after_and = std::mem::replace(&mut self.after_and, token.kind == Kind::And);
            match &token.kind {
                Kind::Date(_) if after_and && self.group.verbs.last() == Some(&Verb::RestDay) => {
                    self.joined.append(&mut self.group.dates);
                    self.group = Group::default();
                    index -= 1;
                }
                Kind::Date(first) => index = self.dates(tokens, index - 1, *first),
                Kind::Verb(verb) => self.group.verbs.push(*verb),
                Kind::Days(count) => self.sentence.said.push((*count, token.line)),
                Kind::JoinsWeekend => self.sentence.joins_weekend = true,
                Kind::Clause => self.end_of_clause(),
                Kind::Other(_) => self.other += 1,
                Kind::To | Kind::And | Kind::Stop | Kind::Appeal => {}
            }
        }
        self.end_of_clause();
        if !self.group.dates.is_empty() {
            let (line, date) = (self.group.line, chinese_date(self.group.dates[0]));
            self.problem(line, &format!("没有看懂{date}是放假还是上班：请核对原文后补录"));
        }
        if let Some(dates) = self.moving.take() {
            let line = dates.first().and_then(|date| self.days.lines.get(date).copied()).unwrap_or(1);
            self.problem(line, "写了“调至”，没有读到调到哪一天：请核对原文");
        }
        self.group = Group::default();
        self.check_number_of_days();
        self.sentence = Sentence::default();
    }

    /// Reads the date, or the range of dates, at `index`; gives the index after it.
    fn dates(&mut self, tokens: &[Token], index: usize, mut first: Shortened) -> usize {
        let line = tokens[index].line;
        let ranged = match tokens.get(index + 1..index + 3) {
            Some([Token { kind: Kind::To, .. }, Token { kind: Kind::Date(last), line }]) => Some((*last, *line)),
            _ => None,
        };
        if let (None, Some(month), Some((Shortened { year: Some(year), month: Some(last), .. }, _))) =
            (first.year, first.month, ranged)
        {
            // 12月30日至2026年1月1日: the end names the year for both.
            first.year = Some(if month > last { year.saturating_sub(1) } else { year });
        }
        let from = self.resolve(first, None, line);
        match (from, ranged) {
            (Some(from), None) => self.take(vec![from], line),
            (Some(from), Some((last, last_line))) => {
                if let Some(to) = self.resolve(last, Some(from), last_line) {
                    self.range(from, to, line);
                }
            }
            (None, _) => {}
        }
        index + if ranged.is_some() { 3 } else { 1 }
    }

    fn range(&mut self, from: Date, to: Date, line: usize) {
        let days = from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to);
        let dates: Vec<Date> = days.take(LONGEST_RANGE + 1).collect();
        if (1..=LONGEST_RANGE).contains(&dates.len()) {
            return self.take(dates, line);
        }
        let fault = if dates.is_empty() { "截止日期早于起始日期" } else { "时间太长" };
        self.problem(line, &format!("{}至{}{fault}：请核对日期", chinese_date(from), chinese_date(to)));
    }

    fn resolve(&mut self, written: Shortened, start: Option<Date>, line: usize) -> Option<Date> {
        let (date, wrong) = self.context.resolve(written, start);
        if let Some(wrong) = wrong {
            self.problem(line, &wrong);
        }
        date
    }

    fn take(&mut self, dates: Vec<Date>, line: usize) {
        for date in &dates {
            self.days.lines.entry(*date).or_insert(line);
        }
        let group = &mut self.group;
        if !group.verbs.is_empty() {
            if group.dates.is_empty() {
                group.leading = group.verbs.pop();
                group.verbs.clear();
            } else {
                self.close_group();
            }
        }
        if self.group.dates.is_empty() {
            self.group.line = line;
        }
        self.group.dates.extend(dates);
    }

    /// Dates alone wait for the verb of the next clause (`2月2日，2月3日上班`); with words that are not understood they
    /// do not.
    fn end_of_clause(&mut self) {
        let alone = std::mem::take(&mut self.other) <= LEAD_IN;
        if self.group.dates.is_empty() {
            let joined = std::mem::take(&mut self.joined);
            self.off(joined);
        }
        let group = &self.group;
        let ruled = !group.verbs.is_empty() || group.leading.is_some() || self.moving.is_some();
        if group.dates.is_empty() {
            self.group = Group::default();
        } else if ruled || !alone {
            self.close_group();
        }
    }

    /// Of several verbs after the same dates the last one rules: `公休日调至`, `调休上班`.
    fn close_group(&mut self) {
        let Group { leading, dates, verbs, line } = std::mem::take(&mut self.group);
        let verb = verbs.last().copied().or(leading);
        let joined = std::mem::take(&mut self.joined);
        let moves = self.moving.is_none() && verbs.last() == Some(&Verb::MovedTo);
        let dates = if moves {
            joined.into_iter().chain(dates).collect()
        } else {
            self.off(joined);
            dates
        };
        if let Some(from) = self.moving.take() {
            return match verb {
                // A working day moved onto a day off.
                Some(Verb::Work | Verb::WorkAsUsual) => {
                    self.off(from);
                    self.days.work.extend(dates);
                }
                Some(Verb::MovedTo) => self.problem(line, "连用两个“调至”，没有看懂：请核对原文后补录"),
                _ => {
                    self.moved.extend(from);
                    self.off(dates);
                }
            };
        }
        match verb {
            Some(Verb::MovedTo) if moves => self.moving = Some(dates),
            Some(Verb::Off | Verb::RestDay) => self.off(dates),
            Some(Verb::Work) => self.days.work.extend(dates),
            // An ordinary working day needs no entry.
            Some(Verb::WorkAsUsual) => self.days.work.extend(dates.into_iter().filter(|date| is_weekend(*date))),
            Some(Verb::Swapped) => {
                let (rest, worked): (Vec<Date>, Vec<Date>) = dates.into_iter().partition(|date| !is_weekend(*date));
                if rest.len() != worked.len() {
                    self.problem(line, "“对调”的两边天数不同：请核对原文后补录");
                }
                self.off(rest);
                self.days.work.extend(worked);
            }
            Some(Verb::ProlongedTo) => {
                self.problem(line, "写了“延长至”，没有写从哪一天起：请改写成“×月×日至×月×日放假”，或者逐日补录");
                self.off(dates);
            }
            Some(Verb::MovedTo | Verb::Denied) | None => {
                let date = dates.first().copied().map(chinese_date).unwrap_or_default();
                self.problem(line, &format!("没有看懂{date}是放假还是上班：请核对原文后补录"));
            }
        }
    }

    fn off(&mut self, dates: Vec<Date>) {
        self.sentence.off.extend(&dates);
        self.days.off.extend(dates);
    }

    fn check_number_of_days(&mut self) {
        let Sentence { off, said, joins_weekend } = &self.sentence;
        let Some(&(_, line)) = said.last() else { return };
        let mut possible = vec![off.len()];
        if *joins_weekend {
            possible.push(with_adjacent_weekends(off).len());
        }
        let fits = |count: u32| usize::try_from(count).is_ok_and(|count| possible.contains(&count));
        if said.iter().any(|(count, _)| fits(*count))
            || fits(said.iter().fold(0, |sum, (count, _)| sum.saturating_add(*count)))
        {
            return;
        }
        let (count, days) = (said[0].0, off.len());
        self.problem(line, &format!("写的是{count}天，按日期数是{days}天：请核对日期和天数"));
    }

    fn finish(self) -> ItemDays {
        let Self { name, mut days, moved, problems, .. } = self;
        for date in moved.difference(&days.off) {
            if !is_weekend(*date) {
                let (text, weekday) = (chinese_date(*date), chinese_weekday(date.weekday()));
                let line = days.lines.get(date).copied().unwrap_or(1);
                let message = format!("{name}：{text}是{weekday}，不是公休日，不能“调至”别的日子：请核对日期");
                problems.push(ArrangementProblem::of_line(line, message.trim_start_matches('：')));
            }
        }
        days.work.extend(moved.difference(&days.off).filter(|date| is_weekend(**date)));
        days
    }
}

fn with_adjacent_weekends(off: &BTreeSet<Date>) -> BTreeSet<Date> {
    let mut all = off.clone();
    for &date in off {
        let before = std::iter::successors(date.yesterday().ok(), |day| day.yesterday().ok());
        let after = std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok());
        all.extend(before.take_while(|day| is_weekend(*day)));
        all.extend(after.take_while(|day| is_weekend(*day)));
    }
    all
}
