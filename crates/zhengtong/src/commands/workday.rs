//! `workday add`, `workday is`.

use domain::calendar::{CalendarError, Day, LocalDayUse, WorkCalendar, WorkdayStep};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    answer::{Answer, STANDARD_INPUT, each_line, print_text},
    rules::read_division,
    typed::read_day,
};
use crate::{
    arguments::{CalendarChoice, Workday, WorkdayAdd, WorkdayIs},
    config::Config,
    knowledge::Knowledge,
    refusal::{Outcome, Refusal},
};

/// Runs `workday …`.
pub async fn run(config: &Config, workday: Workday) -> Outcome {
    match workday {
        Workday::Add(options) => add(&calendar(config, &options.calendar).await?, &options),
        Workday::Is(options) => is(&calendar(config, &options.calendar).await?, &options),
    }
}

/// The calendar that the options ask for.
pub(super) async fn calendar(config: &Config, choice: &CalendarChoice) -> Result<WorkCalendar, Refusal> {
    let division = choice.division.as_deref().map(read_division).transpose()?;
    Ok(Knowledge::load(config, choice.builtin).await?.calendar_for(division.as_ref(), LocalDayUse::OwnPromise))
}

/// One answer to `workday add -`.
#[derive(Serialize)]
struct Added {
    input: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<WorkdayStep>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn add(calendar: &WorkCalendar, options: &WorkdayAdd) -> Outcome {
    let Ok(count) = i32::try_from(options.count) else {
        return Err(Refusal::configuration("工作日个数太大，请核对。"));
    };
    if options.date == STANDARD_INPUT {
        return each_line(|input| {
            let found = read_day(input).and_then(|from| {
                let due = calendar.add_workdays(from, count).map_err(told)?;
                let steps = options.explain.then(|| calendar.add_workdays_step_by_step(from, count)).transpose();
                Ok((due, steps.map_err(told)?))
            });
            match found {
                Ok((due, steps)) => {
                    (Answer::Yes, Added { input: input.to_owned(), due: Some(due), steps, error: None })
                }
                Err(error) => {
                    (Answer::Undecided, Added { input: input.to_owned(), due: None, steps: None, error: Some(error) })
                }
            }
        });
    }
    let from = read_day(&options.date).map_err(Refusal::configuration)?;
    let due = calendar.add_workdays(from, count).map_err(undecided)?;
    if options.explain {
        let steps = calendar.add_workdays_step_by_step(from, count).map_err(undecided)?;
        for step in &steps {
            let number = step.counted.map_or_else(|| "不计".to_owned(), |number| format!("第{number}日"));
            print_text(&format!("{}  {number}  {}", step.day.date, step.day.reason))?;
        }
    }
    print_text(&due.to_string())?;
    Ok(Answer::Yes.into())
}

/// One answer to `workday is -`.
#[derive(Serialize)]
struct Judged {
    input: String,
    #[serde(flatten)]
    day: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn is(calendar: &WorkCalendar, options: &WorkdayIs) -> Outcome {
    let answer = |day: &Day| if day.workday { Answer::Yes } else { Answer::No };
    if options.date == STANDARD_INPUT {
        return each_line(|input| match read_day(input).and_then(|date| calendar.day(date).map_err(told)) {
            Ok(day) => (answer(&day), Judged { input: input.to_owned(), day: Some(day), error: None }),
            Err(error) => (Answer::Undecided, Judged { input: input.to_owned(), day: None, error: Some(error) }),
        });
    }
    let date = read_day(&options.date).map_err(Refusal::configuration)?;
    let day = calendar.day(date).map_err(undecided)?;
    print_text(&day.sentence())?;
    Ok(answer(&day).into())
}

fn told(error: CalendarError) -> String {
    format!("{error}。")
}

fn undecided(error: CalendarError) -> Refusal {
    Refusal::configuration(told(error))
}
