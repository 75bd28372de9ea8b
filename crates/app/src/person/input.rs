//! What is typed about a person, and what can be wrong with it.

use domain::{ids::UnitId, person::login_objection, problem::FieldProblem};
use serde::{Deserialize, Serialize};

use crate::{AppError, AppResult};

/// Form of a new account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewAccount {
    /// Login name.
    pub login: String,
    /// Display name.
    pub name: String,
    /// Unit the person belongs to.
    pub home_unit: UnitId,
    /// Office telephone.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Form of an account's data; the login name stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountChange {
    /// Display name.
    pub name: String,
    /// Unit the person belongs to.
    pub home_unit: UnitId,
    /// Office telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// The version that was shown.
    pub lock_version: i64,
}

/// Trims and checks name and telephone; the problems name their fields.
pub(crate) fn check_contact(name: &mut String, phone: &mut Option<String>) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    *name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        problems.push(FieldProblem::new("name", "请填写姓名，不超过 40 个字。"));
    }
    *phone = phone.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(text) = phone
        && (text.len() > 30
            || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ' ' | '(' | ')' | ',')))
    {
        problems.push(FieldProblem::new("phone", "办公电话只能填写数字、空格和 + - ( ) ,，例如：0471-0000000。"));
    }
    problems
}

/// Trims and checks all of a new account.
pub(super) fn check_new(new: &mut NewAccount) -> AppResult<()> {
    new.login = new.login.trim().to_owned();
    let mut problems = Vec::new();
    if let Some(objection) = login_objection(&new.login) {
        problems.push(FieldProblem::new("login", objection));
    }
    problems.extend(check_contact(&mut new.name, &mut new.phone));
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}
