//! The form of a chain: its scope and one to four steps. Saving puts it in force in place of the one before.

use app::{AppError, review_chain::NewChain};
use axum::extract::Query;
use domain::{
    duty::Duty,
    problem::FieldProblem,
    review_chain::{ChainScope, ChainStep, ReviewChain, default_steps},
};
use serde::{Deserialize, Serialize};

use crate::{console::page::Page, error::WebResult, form::Submitted, form_view::FormView, view};

const TEMPLATE: &str = "console/review_chain/form.html";
const MOST_STEPS: usize = 4;

/// For which scope the form opens.
#[derive(Deserialize)]
pub struct Wanted {
    scope: Option<String>,
}

/// `GET /console/review-chains/new?scope=site:…`: filled from the chain in force there, else with the customary steps.
pub async fn new(page: Page, Query(wanted): Query<Wanted>) -> WebResult {
    let scope = wanted.scope.unwrap_or_default();
    let parsed = scope_of(&scope);
    let chains = app::review_chain::list(page.app(), &page.actor).await?;
    let present = chains.into_iter().find(|chain| Some(&chain.scope) == parsed.as_ref());
    let form = filled(present.as_ref()).with("scope", scope);
    page.render_form(TEMPLATE, choices(&page).await?, &form)
}

/// `POST /console/review-chains`
pub async fn configure(page: Page, submitted: Submitted) -> WebResult {
    let configured = match read(&submitted) {
        Ok(chain) => app::review_chain::configure(page.app(), &page.actor, &chain).await,
        Err(error) => Err(error),
    };
    match configured {
        Ok(_) => page.done("/console/review-chains", "审核链已生效，今后送审的稿件按此办理。"),
        Err(error) => page.ask_again(TEMPLATE, choices(&page).await?, &submitted, at_form_fields(error)),
    }
}

fn filled(chain: Option<&ReviewChain>) -> FormView {
    let steps = chain.map_or_else(default_steps, |chain| chain.steps.clone());
    let mut form = FormView::blank().with("name", chain.map(|chain| chain.name.clone()).unwrap_or_default());
    for (index, step) in steps.iter().enumerate() {
        let number = index + 1;
        form = form
            .with(&format!("step{number}_name"), step.name.clone())
            .with(&format!("step{number}_duty"), step.duty.as_str())
            .with(&format!("step{number}_unit"), step.unit.map(|unit| unit.to_string()).unwrap_or_default());
    }
    form
}

fn read(submitted: &Submitted) -> Result<NewChain, AppError> {
    let mut problems = Vec::new();
    let scope = scope_of(submitted.text("scope"));
    if scope.is_none() {
        problems.push(FieldProblem::new("scope", "请选择审核链的适用范围。"));
    }
    let mut steps = Vec::new();
    for number in 1..=MOST_STEPS {
        let text = |part: &str| submitted.text(&format!("step{number}_{part}"));
        if text("name").is_empty() && text("duty").is_empty() {
            continue;
        }
        let name_field = format!("step{number}_name");
        let Some(duty) = Duty::parse(text("duty")) else {
            problems
                .push(FieldProblem::new(format!("step{number}_duty"), format!("请选择第 {number} 步由哪一职责办理。")));
            continue;
        };
        if text("name").is_empty() {
            problems.push(FieldProblem::new(name_field, format!("请填写第 {number} 步的名称，例如“初审”。")));
        }
        steps.push(ChainStep { name: text("name").to_owned(), duty, unit: text("unit").parse().ok() });
    }
    match (scope, problems.is_empty()) {
        (Some(scope), true) => Ok(NewChain { name: submitted.text("name").to_owned(), scope, steps }),
        _ => Err(AppError::Invalid(problems)),
    }
}

/// The verb counts steps from 0, the form from 1.
fn at_form_fields(error: AppError) -> AppError {
    let renamed = |problem: FieldProblem| {
        let mut parts = problem.field.split('.');
        match (parts.next(), parts.next().and_then(|index| index.parse::<usize>().ok()), parts.next()) {
            (Some("steps"), Some(index), Some(part)) => {
                FieldProblem::new(format!("step{}_{part}", index + 1), problem.message)
            }
            (Some("steps"), None, _) => FieldProblem::new("step1_name", problem.message),
            _ => problem,
        }
    };
    match error {
        AppError::Invalid(problems) => AppError::Invalid(problems.into_iter().map(renamed).collect()),
        other => other,
    }
}

/// `unit:…`, `site:…` or `column:…`.
fn scope_of(text: &str) -> Option<ChainScope> {
    let (level, id) = text.split_once(':')?;
    match level {
        "unit" => id.parse().ok().map(ChainScope::Unit),
        "site" => id.parse().ok().map(ChainScope::Site),
        "column" => id.parse().ok().map(ChainScope::Column),
        _ => None,
    }
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

/// Scopes, duties and units to choose from.
async fn choices(page: &Page) -> WebResult<minijinja::Value> {
    let managed: Vec<_> =
        page.actor.duties.iter().filter(|held| held.duty == Duty::SiteManager).map(|held| held.unit).collect();
    let mut scopes = Vec::new();
    let mut units = Vec::new();
    for (unit, name) in app::names::units(page.app(), managed.clone()).await? {
        scopes.push(Choice { value: format!("unit:{unit}"), label: format!("单位｜{name}（含下级单位）") });
        units.push(Choice { value: unit.to_string(), label: name });
    }
    for site in app::site::list(page.app(), &page.actor).await? {
        let mine = page.actor.holds_over(Duty::SiteManager, &site.sponsor_path);
        if !mine {
            continue;
        }
        scopes.push(Choice { value: format!("site:{}", site.id), label: format!("网站｜{}", site.name) });
        if !units.iter().any(|choice| choice.value == site.sponsor.to_string()) {
            units.push(Choice { value: site.sponsor.to_string(), label: site.sponsor_name.clone() });
        }
        let (_, columns) = app::column::list(page.app(), &page.actor, site.id).await?;
        for column in columns.into_iter().filter(|column| column.active) {
            let label = format!("栏目｜{} · {}", site.name, column.name);
            scopes.push(Choice { value: format!("column:{}", column.id), label });
        }
    }
    let duties: Vec<Choice> = (1..=4)
        .filter_map(Duty::reviewer)
        .map(|duty| Choice { value: duty.as_str().into(), label: duty.chinese().into() })
        .collect();
    Ok(view! { scopes, units, duties, numbers => (1..=MOST_STEPS).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_of_steps_land_at_their_fields() {
        let problems = vec![FieldProblem::new("steps.1.duty", "x"), FieldProblem::new("name", "y")];
        let AppError::Invalid(problems) = at_form_fields(AppError::Invalid(problems)) else { panic!() };
        assert_eq!(problems[0].field, "step2_duty");
        assert_eq!(problems[1].field, "name");
    }

    #[test]
    fn blank_rows_are_no_steps() {
        let pairs = [
            ("scope", "unit:0199c0de-0000-7000-8000-000000000001"),
            ("name", "两审"),
            ("step1_name", "初审"),
            ("step1_duty", "reviewer1"),
            ("step2_name", ""),
            ("step2_duty", ""),
            ("step3_name", "终审"),
            ("step3_duty", "reviewer3"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let chain = read(&Submitted::from_pairs(pairs)).ok().unwrap();
        assert_eq!(chain.steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["初审", "终审"]);
    }
}
