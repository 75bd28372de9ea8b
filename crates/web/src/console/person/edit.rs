//! New accounts and changed ones.

use app::person::{self, AccountChange, NewAccount, UnitChoice};
use axum::extract::Path;
use domain::ids::PersonId;

use super::{chosen, unit_choices};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

const UNIT: &[(&str, &str)] = &[("home_unit", "请选择所属单位。")];

pub(super) async fn new(page: Page) -> WebResult {
    let units = unit_choices(&page, UnitChoice::Home).await?;
    let view = view! { units, account => serde_json::Value::Null };
    page.render_form("console/person/form.html", view, &FormView::blank())
}

pub(super) async fn create(page: Page, submitted: Submitted) -> WebResult {
    let created = match chosen(&submitted, UNIT).and_then(|()| submitted.parse::<NewAccount>()) {
        Ok(new) => person::create(page.app(), &page.actor, new).await,
        Err(error) => Err(error),
    };
    match created {
        // Shown once, in the answer itself: nowhere else is it kept.
        Ok(created) => page.render(
            "console/person/one_time_password.html",
            view! { id => created.id, login => created.login, password => created.one_time_password, is_new => true },
        ),
        Err(error) => {
            let units = unit_choices(&page, UnitChoice::Home).await?;
            let view = view! { units, account => serde_json::Value::Null };
            page.ask_again("console/person/form.html", view, &submitted, error)
        }
    }
}

pub(super) async fn edit(page: Page, Path(id): Path<PersonId>) -> WebResult {
    let detail = person::get(page.app(), &page.actor, id).await?;
    let units = unit_choices(&page, UnitChoice::Home).await?;
    let form = FormView::of(&detail.person);
    page.render_form("console/person/form.html", view! { units, account => detail.person }, &form)
}

pub(super) async fn change(page: Page, Path(id): Path<PersonId>, submitted: Submitted) -> WebResult {
    let changed = match chosen(&submitted, UNIT).and_then(|()| submitted.parse::<AccountChange>()) {
        Ok(change) => person::change(page.app(), &page.actor, id, change).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => page.done(&format!("/console/people/{id}"), "人员信息已保存。"),
        Err(error) => {
            let detail = person::get(page.app(), &page.actor, id).await?;
            let units = unit_choices(&page, UnitChoice::Home).await?;
            page.ask_again("console/person/form.html", view! { units, account => detail.person }, &submitted, error)
        }
    }
}
