//! `deadline`: when something is due by a rule of the field, with its sum.

use domain::deadline::{self, DeadlineCase, DeadlineSum, DeadlineTerms, Extension, Pause, Restart};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::{
    answer::{Answer, STANDARD_INPUT, each_line, print_json, print_text},
    rules::read_division,
    typed::{read_moment, read_moment_or_day},
};
use crate::{
    arguments::Deadline,
    config::Config,
    knowledge::Knowledge,
    refusal::{Outcome, Refusal},
};

/// What happened besides the start, as the options say.
struct Events {
    pauses: Vec<Pause>,
    restarts: Vec<Restart>,
    extension: Option<u32>,
}

/// One answer to `--from -`, or to `--json`.
#[derive(Serialize)]
struct Computed<'a> {
    input: String,
    rule: &'a str,
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<DeadlineSum>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Runs `deadline`.
pub async fn run(config: &Config, options: Deadline) -> Outcome {
    let division = options.calendar.division.as_deref().map(read_division).transpose()?;
    let knowledge = Knowledge::load(config, options.calendar.builtin).await?;
    if knowledge.book.versions(&options.rule).iter().all(|rule| rule.deadline.is_none()) {
        return Err(unknown(&knowledge, &options.rule));
    }
    let events = Events::read(&options)?;
    let compute = |from: DateTime| -> Result<DeadlineSum, String> {
        let rules = knowledge.rules(division.as_ref(), from.date());
        let terms = DeadlineTerms::for_rule(&rules, &options.rule).map_err(sentence)?;
        let calendar = knowledge.calendar_for(division.as_ref(), terms.local_days);
        deadline::compute(&terms, &events.case(from), &calendar).map_err(sentence)
    };
    if options.from == STANDARD_INPUT {
        return each_line(|input| {
            let found = read_moment(input).and_then(&compute);
            let answer = found.as_ref().map_or(Answer::Undecided, answer);
            (answer, computed(input, &options, found))
        });
    }
    let from = read_moment(&options.from).map_err(Refusal::configuration)?;
    if options.json {
        let found = compute(from);
        let answer = found.as_ref().map_or(Answer::Undecided, answer);
        print_json(&computed(&options.from, &options, found))?;
        return Ok(answer.into());
    }
    let sum = compute(from).map_err(Refusal::configuration)?;
    if options.explain {
        print_text(&sum.explain())?;
    } else {
        print_text(&due(&sum).unwrap_or_else(|| still_open(&sum)))?;
    }
    Ok(answer(&sum).into())
}

fn computed<'a>(input: &str, options: &'a Deadline, found: Result<DeadlineSum, String>) -> Computed<'a> {
    let (sum, error) = match found {
        Ok(sum) => (Some(sum), None),
        Err(error) => (None, Some(error)),
    };
    let due = sum.as_ref().and_then(due);
    Computed {
        input: input.to_owned(),
        rule: &options.rule,
        due,
        sum: sum.filter(|_| options.explain || options.json),
        error,
    }
}

fn answer(sum: &DeadlineSum) -> Answer {
    if sum.due.is_some() { Answer::Yes } else { Answer::Undecided }
}

/// A day for deadlines in days, a minute for those in hours; `None` while a pause is open.
fn due(sum: &DeadlineSum) -> Option<String> {
    let due = sum.due?;
    let whole_day = due.time() == jiff::civil::time(23, 59, 59, 0);
    Some(if whole_day { due.date().to_string() } else { due.strftime("%Y-%m-%d %H:%M").to_string() })
}

fn still_open(sum: &DeadlineSum) -> String {
    let left = sum.left_after_pause().unwrap_or_default();
    format!("暂停尚未结束，到期日未定；恢复计算后还有{left}")
}

impl Events {
    fn read(options: &Deadline) -> Result<Self, Refusal> {
        let pauses = options.pause.iter().map(|text| read_pause(text)).collect::<Result<_, _>>();
        let restarts = options
            .restart
            .iter()
            .map(|text| read_moment(text).map(|at| Restart { at, reason: "收到补正".to_owned() }));
        let extension = options
            .extend
            .map(|amount| u32::try_from(amount).map_err(|_| format!("延长的数量“{amount}”应是正整数（--extend）。")));
        Ok(Self {
            pauses: pauses.map_err(Refusal::configuration)?,
            restarts: restarts.collect::<Result<_, _>>().map_err(Refusal::configuration)?,
            extension: extension.transpose().map_err(Refusal::configuration)?,
        })
    }

    fn case(&self, received: DateTime) -> DeadlineCase {
        let extension = self.extension.map(|amount| Extension {
            amount,
            approved_at: received,
            approved_by: "命令行给出".to_owned(),
            reason: "经批准延长".to_owned(),
        });
        DeadlineCase {
            pauses: self.pauses.clone(),
            restarts: self.restarts.clone(),
            extensions: extension.into_iter().collect(),
            ..DeadlineCase::received(received)
        }
    }
}

/// `A..B`, or `A..` while it lasts; days or moments.
fn read_pause(text: &str) -> Result<Pause, String> {
    const REASON: &str = "不计入期限（如征求第三方意见）";
    let Some((from, to)) = text.split_once("..") else {
        return Err(format!("暂停“{text}”应写成 起..止，例如 2021-09-22..2021-10-12（--pause）。"));
    };
    let to = Some(to.trim()).filter(|to| !to.is_empty());
    match (read_moment_or_day(from)?, to.map(read_moment_or_day).transpose()?) {
        ((from, true), None) => Ok(Pause::days(from.date(), None, REASON)),
        ((from, true), Some((to, true))) => Ok(Pause::days(from.date(), Some(to.date()), REASON)),
        ((from, _), to) => Ok(Pause { from, to: to.map(|(to, _)| to), reason: REASON.to_owned() }),
    }
}

fn unknown(knowledge: &Knowledge, id: &str) -> Refusal {
    let today: Date = knowledge.today;
    let rules = knowledge.rules(None, today);
    let known: Vec<String> = rules
        .all()
        .filter(|rule| rule.rule.deadline.is_some())
        .map(|rule| format!("{}（{}）", rule.rule.id, rule.rule.name))
        .collect();
    Refusal::configuration(format!("没有“{id}”这条时限规则。可用的有：{}。", known.join("、")))
}

fn sentence(error: impl std::fmt::Display) -> String {
    let text = error.to_string();
    if text.ends_with('。') { text } else { format!("{text}。") }
}
