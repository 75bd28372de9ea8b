//! Choices in the forms of units.

use app::{
    AppError,
    unit::{Purpose, UnitChoice, UnitPage, UnitPermissions},
};
use domain::{
    division::{Division, DivisionLevel},
    ids::UnitId,
    unit::{UnitKind, UnitStatus},
};

use crate::{console::page::Page, error::WebResult};

/// Value and label, as the macros of `ui.html` want them.
pub(super) type Choice = (String, String);

/// A unit whose form is asked for. The verbs refuse by themselves; this keeps people from filling a form in vain.
pub(super) async fn opened(page: &Page, id: UnitId, may: impl Fn(&UnitPermissions) -> bool) -> WebResult<UnitPage> {
    let unit = app::unit::get(page.app(), &page.actor, id).await?;
    if may(&unit.may) {
        return Ok(unit);
    }
    Err(refusal(&unit).into())
}

fn refusal(unit: &UnitPage) -> AppError {
    match unit.unit.status {
        UnitStatus::Active => AppError::Forbidden("您没有办理这项单位事务的权限，请联系系统管理员。".into()),
        ended => AppError::Conflict(format!("“{}”{}，不能再办理这项事务。", unit.unit.name, ended.chinese())),
    }
}

/// Refuses people who may not do this to any unit.
pub(super) fn require(may: bool) -> WebResult<()> {
    if may {
        Ok(())
    } else {
        Err(AppError::Forbidden("您没有办理这项单位事务的权限，请联系系统管理员。".into()).into())
    }
}

/// Kinds of units.
pub(super) fn kinds() -> Vec<Choice> {
    UnitKind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind.chinese().to_owned())).collect()
}

/// Duties of coordinators.
pub(super) fn roles() -> Vec<Choice> {
    app::unit::coordinator_roles().iter().map(|role| ((*role).to_owned(), (*role).to_owned())).collect()
}

/// Divisions in use, indented by level.
pub(super) fn divisions(all: &[Division]) -> Vec<Choice> {
    all.iter()
        .filter(|division| division.active)
        .map(|division| {
            let depth = match division.level {
                DivisionLevel::Region => 0,
                DivisionLevel::League => 1,
                DivisionLevel::Banner => 2,
            };
            (division.code.to_string(), format!("{}{}（{}）", indent(depth), division.name, division.code))
        })
        .collect()
}

/// Units that the person may choose, indented as in the tree.
pub(super) async fn units(page: &Page, purpose: Purpose, except: Option<UnitId>) -> WebResult<Vec<Choice>> {
    let found = app::unit::choices(page.app(), &page.actor, purpose, except).await?;
    let top = found.iter().map(|choice| choice.depth).min().unwrap_or(0);
    let label = |choice: &UnitChoice| format!("{}{}", indent(choice.depth - top), choice.name);
    Ok(found.iter().map(|choice| (choice.id.to_string(), label(choice))).collect())
}

fn indent(depth: usize) -> String {
    // Full-width spaces survive in the options of a select.
    "　".repeat(depth)
}
