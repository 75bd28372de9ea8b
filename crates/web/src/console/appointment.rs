//! Duties on a person's page: given and ended there.

use app::{
    AppError,
    appointment::{self, NewAppointment},
    person::{self, PersonDetail, UnitChoice},
};
use axum::{Router, extract::Path, routing::post};
use domain::ids::{AppointmentId, PersonId};

use super::person::{chosen, duty_choices, unit_choices};
use crate::{Page, Submitted, WebResult, WebState, form_view::FormView, view};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/people/{id}/appointments", post(grant))
        .route("/people/{id}/appointments/{appointment}/end", post(end))
}

async fn grant(page: Page, Path(id): Path<PersonId>, submitted: Submitted) -> WebResult {
    let choices = &[("duty", "请选择职责。"), ("unit", "请选择单位。")];
    let granted = match chosen(&submitted, choices).and_then(|()| submitted.parse::<NewAppointment>()) {
        Ok(new) => appointment::grant(page.app(), &page.actor, id, new).await,
        Err(error) => Err(error),
    };
    match granted {
        Ok(_) => page.done(&format!("/console/people/{id}"), "任职已生效。"),
        Err(error) => {
            let detail = person::get(page.app(), &page.actor, id).await?;
            show_person(&page, detail, Some((submitted, error))).await
        }
    }
}

async fn end(page: Page, Path((id, appointment)): Path<(PersonId, AppointmentId)>) -> WebResult {
    appointment::end(page.app(), &page.actor, appointment).await?;
    page.done(&format!("/console/people/{id}"), "任职已解除，立即生效。")
}

/// The page of a person, with the form of a new duty for those who may give one.
pub(super) async fn show_person(
    page: &Page,
    detail: PersonDetail,
    refused: Option<(Submitted, AppError)>,
) -> WebResult {
    let units = match detail.permissions.appoint {
        true => unit_choices(page, UnitChoice::Appointment).await?,
        false => Vec::new(),
    };
    let home = detail.person.home_unit.to_string();
    let view = view! { detail, units, duties => duty_choices() };
    match refused {
        None => page.render_form("console/person/show.html", view, &FormView::blank().with("unit", home)),
        Some((submitted, error)) => page.ask_again("console/person/show.html", view, &submitted, error),
    }
}
