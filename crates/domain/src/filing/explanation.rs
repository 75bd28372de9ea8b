//! A route told in Chinese: 依据……，需经……。

use super::{Act, Clause, Decision, NationalSystem, Route, Step, clause::cite_document};

/// The whole route in sentences, beginning with its basis.
pub fn explain(route: &Route) -> String {
    let mut text = format!("依据{}，", cite(&route.basis));
    text.push_str(&format!(
        "{}（{}）办理{}，需经{}。",
        route.applicant.name,
        route.applicant.class().chinese(),
        route.kind.chinese(),
        offices(&route.steps)
    ));
    if route.decision == Decision::InPrincipleNot {
        text.push_str("此类单位原则上不开设。");
    }
    for submission in &route.submissions {
        let system: NationalSystem = submission.system;
        text.push_str(&format!("{}，在{}提交：{}。", submission.when, system.chinese(), submission.what));
    }
    if !route.gates.is_empty() {
        let before = if route.kind.subject() == super::FilingSubject::Site { "上线" } else { "注册、启用" };
        let gates: Vec<String> = route
            .gates
            .iter()
            .map(|gate| match &gate.only_for {
                Some(only) => format!("{}（{only}）", gate.kind.chinese()),
                None => gate.kind.chinese().to_owned(),
            })
            .collect();
        text.push_str(&format!("{before}之前须逐项完成：{}。", gates.join("、")));
    }
    for limit in &route.limits {
        text.push_str(&format!("{}不超过{}{}。", limit.what, limit.most, limit.unit));
    }
    for notice in &route.notices {
        let days = notice.least_days.map(|days| format!("，至少保留{days}天")).unwrap_or_default();
        text.push_str(&format!("须发布{}：{}{days}。", notice.what, notice.place));
    }
    for duty in &route.afterwards {
        text.push_str(&format!("之后：{}。", duty.what));
    }
    for warning in &route.warnings {
        text.push_str(&format!("注意：{}", warning.message));
    }
    text.push_str(&unconfirmed(&route.basis));
    text
}

/// A refusal in a sentence, beginning with its basis.
pub(super) fn explain_refusal(basis: &[Clause], sentence: &str) -> String {
    format!("依据{}，{sentence}{}", cite(basis), unconfirmed(basis))
}

fn offices(steps: &[Step]) -> String {
    let said: Vec<String> = steps
        .iter()
        .map(|step| match step.act {
            Act::Accept => format!("{}受理审核并上报", step.office.name),
            Act::Approve | Act::Review | Act::Submit | Act::Record => {
                format!("{}{}", step.office.name, step.act.chinese())
            }
        })
        .collect();
    said.join("，再经")
}

/// Documents in the order in which they are first used, each with its clauses.
fn cite(basis: &[Clause]) -> String {
    let mut documents: Vec<(&str, Vec<&str>)> = Vec::new();
    for clause in basis {
        let at = documents.iter().position(|(document, _)| *document == clause.document);
        let at = at.unwrap_or_else(|| {
            documents.push((&clause.document, Vec::new()));
            documents.len() - 1
        });
        if !clause.clause.is_empty() && !documents[at].1.contains(&clause.clause.as_str()) {
            documents[at].1.push(&clause.clause);
        }
    }
    let cited: Vec<String> = documents
        .into_iter()
        .map(|(document, clauses)| format!("{}{}", cite_document(document), clauses.join("、")))
        .collect();
    cited.join("，")
}

fn unconfirmed(basis: &[Clause]) -> String {
    let names: Vec<&str> =
        basis.iter().filter(|clause| clause.mark.needs_confirmation()).map(|clause| clause.name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("（待确认：{}。这些规定尚未与原件核对。）", names.join("、"))
}
