//! `rules list`, `rules check`: what the platform knows of the field, and whether the packs are good.

use std::{fs, process::ExitCode};

use domain::{
    identifier::DivisionCode,
    rule::{Origin, Pack, PackProblem, RuleInForce},
};
use jiff::civil::Date;

use super::{
    answer::{Answer, print_json, print_text},
    typed::read_day,
};
use crate::{
    arguments::{Rules, RulesCheck, RulesList},
    config::Config,
    knowledge::Knowledge,
    refusal::{Outcome, Refusal},
    rule_book,
};

/// Runs `rules …`.
pub async fn run(config: &Config, rules: Rules) -> Outcome {
    match rules {
        Rules::List(options) => list(config, &options).await,
        Rules::Check(options) => check(config, &options),
    }
}

async fn list(config: &Config, options: &RulesList) -> Outcome {
    let division = options.division.as_deref().map(read_division).transpose()?;
    let knowledge = Knowledge::load(config, options.builtin).await?;
    let date = options.date.as_deref().map_or_else(|| Ok(knowledge.today), read_date)?;
    let rules = knowledge.rules(division.as_ref(), date);
    let wanted = |rule: &RuleInForce| {
        options.pack.as_ref().is_none_or(|pack| rule.rule.pack == *pack)
            && (!options.deadlines || rule.rule.deadline.is_some())
            && (!options.unconfirmed || rule.rule.needs_confirmation())
    };
    let mut count = 0;
    for rule in rules.all().filter(wanted) {
        count += 1;
        if options.json { print_json(&rule)? } else { print_text(&told(&rule))? }
    }
    if count == 0 {
        eprintln!("没有符合条件的规则。规则包有：{}。", packs(&knowledge));
        return Ok(Answer::No.into());
    }
    Ok(ExitCode::SUCCESS)
}

fn packs(knowledge: &Knowledge) -> String {
    knowledge.book.packs().iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>().join("、")
}

fn told(rule: &RuleInForce<'_>) -> String {
    let stated = rule.rule;
    let (mark, level) = (stated.mark.as_str(), stated.level.chinese());
    let mut lines = vec![format!("{}  {}  {}  〔{mark} {level}〕", stated.id, stated.name, stated.citation())];
    for parameter in &rule.parameters {
        let (stated, value) = (parameter.parameter, &parameter.value);
        let whose = match &parameter.origin {
            Origin::Pack => String::new(),
            Origin::Amendment { division, looser, .. } => {
                let direction = if *looser { "放宽" } else { "加严" };
                format!("，{division} {direction}（原为 {}）", stated.value)
            }
        };
        let unsure = if stated.mark.needs_confirmation() { "，待确认" } else { "" };
        lines.push(format!("    {} = {value}{}  {}{unsure}{whose}", stated.key, stated.unit, stated.name));
    }
    lines.join("\n")
}

fn check(config: &Config, options: &RulesCheck) -> Outcome {
    let mut problems: Vec<PackProblem> = Vec::new();
    let mut count = 0;
    if options.packs.is_empty() {
        match rule_book::read(config)? {
            Ok(book) => count = book.packs().len(),
            Err(found) => problems = found,
        }
    }
    for path in &options.packs {
        let text = fs::read_to_string(path)
            .map_err(|error| Refusal::configuration(format!("无法读取 {}：{error}", path.display())))?;
        count += 1;
        problems.extend(Pack::parse(&path.display().to_string(), &text).err().unwrap_or_default());
    }
    for problem in &problems {
        print_text(&format!("✗ {problem}"))?;
    }
    if problems.is_empty() {
        print_text(&format!("✓ {count} 个规则包都正确"))?;
        return Ok(ExitCode::SUCCESS);
    }
    print_text(&format!("{} 处问题，请修改后再试", problems.len()))?;
    Ok(Answer::No.into())
}

/// Reads a date that was typed as an option.
pub(super) fn read_date(text: &str) -> Result<Date, Refusal> {
    read_day(text).map_err(Refusal::configuration)
}

/// Reads a division code that was typed as an option.
pub(super) fn read_division(text: &str) -> Result<DivisionCode, Refusal> {
    DivisionCode::parse(text).map_err(|error| Refusal::configuration(error.to_string()))
}
