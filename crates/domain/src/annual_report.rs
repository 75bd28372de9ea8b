//! The two yearly reports on government websites (国办函〔2018〕12号): that of each site, and that of its overseers.
//!
//! Fields, cross-checks and deadlines are data under `rules/forms/`; see [`crate::form`].

use std::sync::LazyLock;

use crate::form::Form;

/// File names and texts of the forms that ship.
pub const FORMS: [(&str, &str); 2] = [
    ("website-annual-report.toml", include_str!("../../../rules/forms/website-annual-report.toml")),
    ("website-oversight-report.toml", include_str!("../../../rules/forms/website-oversight-report.toml")),
];

static SITE: LazyLock<Form> = LazyLock::new(|| shipped(0));
static OVERSIGHT: LazyLock<Form> = LazyLock::new(|| shipped(1));

/// 政府网站工作年度报表: each site's own.
pub fn website_annual_report() -> &'static Form {
    &SITE
}

/// 政府网站监管年度报表: the overseer's.
pub fn website_oversight_report() -> &'static Form {
    &OVERSIGHT
}

fn shipped(index: usize) -> Form {
    let (file, text) = FORMS[index];
    Form::parse(file, text).expect("the forms that ship are good: a test reads them all")
}

#[cfg(test)]
mod tests;
