//! `route`: who receives, reviews and approves a filing, and on what basis.

use domain::{
    division::register,
    filing::{
        self, Applicant, Circumstances, FilingKind, FilingSubject, Refusal as Refused, RefusalReason, Route as Way,
    },
};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    answer::{Answer, STANDARD_INPUT, each_line, print_json, print_text},
    typed::read_day,
};
use crate::{
    arguments::Route,
    config::Config,
    knowledge::Knowledge,
    refusal::{Outcome, Refusal},
};

/// One answer to `--unit -`, or to `--json`.
#[derive(Serialize)]
struct Answered {
    input: String,
    kind: FilingKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Way>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refused>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// What a question about a route came to.
enum Found {
    Route(Box<Way>),
    Refused(Refused),
    Unclear(String),
}

/// Runs `route`.
pub async fn run(config: &Config, options: Route) -> Outcome {
    let Ok(kind) = FilingKind::parse(&options.kind) else {
        let known: Vec<String> = FilingKind::ALL
            .iter()
            .map(|kind| format!("{}（{}）", kind.as_str().replace('_', "-"), kind.chinese()))
            .collect();
        let asked = &options.kind;
        return Err(Refusal::configuration(format!("没有“{asked}”这个事项。可用的有：{}。", known.join("、"))));
    };
    let knowledge = Knowledge::load(config, options.builtin).await?;
    let date = options.date.as_deref().map_or(Ok(knowledge.today), read_day).map_err(Refusal::configuration)?;
    let known = circumstances(kind, &options);
    let find = |name: &str| find(kind, name, &known, &knowledge, date);
    if options.unit == STANDARD_INPUT {
        return each_line(|input| {
            let found = find(input);
            (found.answer(), found.told(input, kind))
        });
    }
    let found = find(&options.unit);
    let answer = found.answer();
    if options.json {
        print_json(&found.told(&options.unit, kind))?;
        return Ok(answer.into());
    }
    match found {
        Found::Unclear(message) => return Err(Refusal::configuration(message)),
        Found::Refused(refused) => print_text(&refused.explanation)?,
        Found::Route(way) if options.explain => print_text(&in_full(&way))?,
        Found::Route(way) => print_text(&offices(&way))?,
    }
    Ok(answer.into())
}

fn circumstances(kind: FilingKind, options: &Route) -> Circumstances {
    let site = kind.subject() == FilingSubject::Site;
    Circumstances {
        existing_sites: options.existing.filter(|_| site),
        existing_accounts: options.existing.filter(|_| !site),
        suspension_days: options.days,
        suspensions_this_year: options.suspended_this_year,
    }
}

fn find(kind: FilingKind, name: &str, known: &Circumstances, knowledge: &Knowledge, date: Date) -> Found {
    let applicant = match Applicant::from_name(name, register::all()) {
        Ok(applicant) => applicant,
        Err(problem) => return Found::Unclear(problem.message),
    };
    let rules = knowledge.rules(Some(&applicant.division), date);
    match filing::route(kind, &applicant, known, &rules) {
        Ok(way) => Found::Route(Box::new(way)),
        Err(refused) => Found::Refused(refused),
    }
}

impl Found {
    fn answer(&self) -> Answer {
        match self {
            Self::Route(_) => Answer::Yes,
            Self::Refused(refused) => match refused.reason {
                RefusalReason::UnknownDivision | RefusalReason::NoRule => Answer::Undecided,
                _ => Answer::No,
            },
            Self::Unclear(_) => Answer::Undecided,
        }
    }

    fn told(self, input: &str, kind: FilingKind) -> Answered {
        let mut answered = Answered { input: input.to_owned(), kind, route: None, refusal: None, error: None };
        match self {
            Self::Route(way) => answered.route = Some(*way),
            Self::Refused(refused) => answered.refusal = Some(refused),
            Self::Unclear(message) => answered.error = Some(message),
        }
        answered
    }
}

/// `多伦县人民政府办公室 受理审核 → …`
fn offices(way: &Way) -> String {
    let steps: Vec<String> =
        way.steps.iter().map(|step| format!("{} {}", step.office.name, step.act.chinese())).collect();
    steps.join(" → ")
}

/// The explanation, then each part with the rule it rests on.
fn in_full(way: &Way) -> String {
    let mut lines = vec![way.explanation.clone()];
    let mut section = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(String::new());
            lines.push(format!("{title}："));
            lines.extend(items.into_iter().enumerate().map(|(index, item)| format!("  {}. {item}", index + 1)));
        }
    };
    section(
        "步骤",
        way.steps.iter().map(|s| format!("{} {}  〔{}〕", s.office.name, s.act.chinese(), s.basis)).collect(),
    );
    section("材料", way.papers.iter().map(|paper| format!("{}  〔{}〕", paper.name, paper.basis)).collect());
    section(
        "报送系统",
        way.submissions
            .iter()
            .map(|s| format!("{}：{}，{}  〔{}〕", s.system.chinese(), s.what, s.when, s.basis))
            .collect(),
    );
    section(
        "前置条件",
        way.gates.iter().map(|g| format!("{}：{}  〔{}〕", g.kind.chinese(), g.what, g.basis)).collect(),
    );
    section("公告", way.notices.iter().map(|n| format!("{}：{}  〔{}〕", n.what, n.place, n.basis)).collect());
    section("之后", way.afterwards.iter().map(|duty| format!("{}  〔{}〕", duty.what, duty.basis)).collect());
    section("依据", way.basis.iter().map(ToString::to_string).collect());
    lines.join("\n")
}
