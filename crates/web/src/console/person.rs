//! `/console/people`: accounts.

mod account;
mod edit;

use app::{
    AppError,
    person::{self, PersonFilter, PersonQuery, PersonRow, PersonSort, UnitChoice},
};
use axum::{Router, extract::Path, routing::get};
use domain::{
    duty::Duty,
    ids::{PersonId, UnitId},
    problem::FieldProblem,
};
use jiff::Timestamp;

use crate::{ListQuery, Page, Submitted, WebResult, WebState, export, view};

/// Routes of this file and its parts.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/people", get(list).post(edit::create))
        .route("/people/new", get(edit::new))
        .route("/people/{id}", get(show).post(edit::change))
        .route("/people/{id}/edit", get(edit::edit))
        .merge(account::router())
}

async fn list(page: Page, query: ListQuery) -> WebResult {
    let wanted = wanted(&query, page.app().now());
    let (people, total) = person::list(page.app(), &page.actor, &wanted).await?;
    if query.wants_csv() {
        return Ok(csv(&people));
    }
    let choices = unit_choices(&page, UnitChoice::Filter).await?;
    let may_create = person::may_create(page.app(), &page.actor);
    let now = page.app().now();
    let rows: Vec<_> = people.iter().map(|row| line(row, now)).collect();
    page.render(
        "console/person/list.html",
        view! { people => rows, list => query.view(total), units => choices, duties => duty_choices(), may_create },
    )
}

async fn show(page: Page, Path(id): Path<PersonId>) -> WebResult {
    let detail = person::get(page.app(), &page.actor, id).await?;
    super::appointment::show_person(&page, detail, None).await
}

fn wanted(query: &ListQuery, now: Timestamp) -> PersonQuery {
    let state = query.filter("state");
    let sort = match query.sort.as_str() {
        "name" => PersonSort::Name,
        "last_login" => PersonSort::LastLogin,
        "created" => PersonSort::Created,
        _ => PersonSort::Login,
    };
    PersonQuery {
        filter: PersonFilter {
            search: query.search().map(str::to_owned),
            unit: query.parsed_filter("unit"),
            duty: query.filter("duty").and_then(Duty::parse),
            active: match state {
                Some("active") => Some(true),
                Some("disabled") => Some(false),
                _ => None,
            },
            locked_at: (state == Some("locked")).then_some(now),
        },
        sort,
        descending: query.descending,
        offset: query.offset(),
        limit: query.limit(),
    }
}

/// Units of a choice, indented as in the tree.
pub(super) async fn unit_choices(page: &Page, purpose: UnitChoice) -> WebResult<Vec<(String, String)>> {
    let units = person::units_for_choice(page.app(), &page.actor, purpose).await?;
    let depth = |path: &str| path.matches('/').count();
    let top = units.iter().map(|unit| depth(&unit.path)).min().unwrap_or(0);
    Ok(units
        .into_iter()
        .map(|unit| (unit.id.to_string(), format!("{}{}", "　".repeat(depth(&unit.path) - top), unit.name)))
        .collect())
}

/// A problem for each choice that was left open; the words name what to choose.
pub(super) fn chosen(submitted: &Submitted, choices: &[(&str, &str)]) -> Result<(), AppError> {
    let open = choices.iter().filter(|(field, _)| submitted.text(field).is_empty());
    let problems: Vec<FieldProblem> = open.map(|(field, message)| FieldProblem::new(*field, *message)).collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

/// Duties for a choice: stable word and Chinese word.
pub(super) fn duty_choices() -> Vec<(&'static str, &'static str)> {
    Duty::ALL.into_iter().map(|duty| (duty.as_str(), duty.chinese())).collect()
}

/// “初审（示例厅）” for each duty.
fn duty_words(row: &PersonRow) -> Vec<String> {
    row.duties.iter().map(|(duty, _, name)| format!("{}（{name}）", duty.chinese())).collect()
}

/// The same without the unit where it is the home unit, which has its own column.
fn short_duty_words(row: &PersonRow) -> Vec<String> {
    let word = |(duty, unit, name): &(Duty, UnitId, String)| match *unit == row.person.home_unit {
        true => duty.chinese().to_owned(),
        false => format!("{}（{name}）", duty.chinese()),
    };
    row.duties.iter().map(word).collect()
}

fn state_of(row: &PersonRow, now: Timestamp) -> &'static str {
    match &row.person {
        person if !person.active => "disabled",
        person if person.locked_until.is_some_and(|until| now < until) => "locked",
        _ => "active",
    }
}

fn line(row: &PersonRow, now: Timestamp) -> serde_json::Value {
    serde_json::json!({
        "id": row.person.id,
        "login": row.person.login,
        "name": row.person.name,
        "unit": row.unit_name,
        "duties": short_duty_words(row),
        "state": state_of(row, now),
        "second_factor": row.person.second_factor,
        "last_login_at": row.last_login_at,
    })
}

fn csv(people: &[PersonRow]) -> axum::response::Response {
    let header = ["登录名", "姓名", "所属单位", "办公电话", "职责", "状态", "二次验证", "最近登录", "账号建立"];
    let rows = people.iter().map(|row| {
        vec![
            row.person.login.clone(),
            row.person.name.clone(),
            row.unit_name.clone(),
            row.person.phone.clone().unwrap_or_default(),
            duty_words(row).join("；"),
            if row.person.active { "在用" } else { "停用" }.to_owned(),
            if row.person.second_factor { "已启用" } else { "未启用" }.to_owned(),
            row.last_login_at.map(domain::time::beijing_minutes).unwrap_or_default(),
            domain::time::beijing_minutes(row.person.created_at),
        ]
    });
    export::csv("人员", &header, rows)
}
