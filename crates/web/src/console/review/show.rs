//! `GET /console/reviews/{id}`: text, findings, difference, opinions and the decision, on one page.

use app::{
    edition::{Marked, TextDifference, compare_texts, marked},
    review::{OpenStep, ReviewView},
};
use axum::extract::Path;
use domain::{ids::ReviewId, review::Review};
use minijinja::Value;
use serde::Serialize;

use crate::{
    console::{
        attachment::address::to_console,
        edition::view::{
            chain::chains, comments::comments, facts::facts, files::files, findings::screening_view, timeline::events,
            usage::usage,
        },
        page::Page,
    },
    error::{WebError, WebResult},
    form::Submitted,
    form_view::FormView,
    view,
};

const TEMPLATE: &str = "console/review/show.html";

/// Shows the page.
pub async fn show(page: Page, Path(id): Path<ReviewId>) -> WebResult {
    let view = review_view(&page, id).await?;
    page.render_form(TEMPLATE, view, &FormView::blank())
}

/// The page again, with what was typed and why it was refused.
pub async fn again(page: &Page, id: ReviewId, submitted: &Submitted, error: impl Into<WebError>) -> WebResult {
    let error = error.into();
    // What the person may not see stays unseen, also after a refusal.
    let view = review_view(page, id).await?;
    page.ask_again(TEMPLATE, view, submitted, error)
}

/// A step that can be decided.
#[derive(Serialize)]
struct StepChoice {
    id: String,
    name: String,
    /// Why not by this person; `None` shows the buttons.
    objection: Option<String>,
    /// It is the last one: passing it admits the text.
    last: bool,
}

impl StepChoice {
    fn of(review: &Review, open: &OpenStep) -> Self {
        let step = review.steps.iter().find(|step| step.id == open.step);
        let last = review.steps.iter().map(|step| step.position).max();
        Self {
            id: open.step.to_string(),
            name: step.map(|step| step.name.clone()).unwrap_or_default(),
            objection: open.objection.clone(),
            last: step.map(|step| step.position) == last,
        }
    }
}

/// What changed against the edition that stands in the library now.
#[derive(Serialize)]
struct Changes {
    number: i32,
    elements: String,
    body: String,
    inserted: usize,
    deleted: usize,
    same: bool,
}

fn changes(found: &ReviewView) -> Option<Changes> {
    let (old, new) = (found.admitted.as_ref()?, &found.edition.loaded.edition);
    let difference: TextDifference =
        compare_texts((&old.title, &old.elements, &old.body), (&new.title, &new.elements, &new.body));
    Some(Changes {
        number: old.number,
        same: difference.is_empty(),
        elements: difference.elements,
        body: difference.body,
        inserted: difference.inserted,
        deleted: difference.deleted,
    })
}

async fn review_view(page: &Page, id: ReviewId) -> Result<Value, WebError> {
    let found = app::review::show(page.app(), &page.actor, id).await?;
    let (edition, resource) = (&found.edition.loaded.edition, &found.edition.loaded.resource);
    let Marked { title, body } = marked(edition, found.screening.as_ref(), &found.edition.comments);
    let people = app::names::people(page.app(), edition.submitted_by.into_iter().chain([edition.written_by])).await?;
    let writer = people.get(&edition.written_by).cloned();
    let submitted_by = edition.submitted_by.and_then(|person| people.get(&person)).cloned();
    let current = found.current.as_ref().map(|open| StepChoice::of(&found.review, open));
    let urgent = found.urgent.as_ref().filter(|open| open.objection.is_none());
    let urgent = urgent.map(|open| StepChoice::of(&found.review, open));
    let owed: Vec<StepChoice> = found.owed.iter().map(|open| StepChoice::of(&found.review, open)).collect();
    let chain = chains(page, std::slice::from_ref(&found.review)).await?.into_iter().next();
    Ok(view! {
        id,
        edition => edition.id,
        number => edition.number,
        state => edition.state,
        review_state => found.review.state,
        review_state_name => found.review.state.chinese(),
        urgent_reason => found.review.urgent_reason,
        kind => resource.kind.chinese(),
        unit => found.edition.unit.name,
        writer,
        submitted_by,
        submitted_at => found.review.started_at,
        change_note => edition.change_note,
        plain_title => edition.title,
        title,
        body => to_console(&body),
        facts => facts(page, resource.kind, edition).await?,
        files => files(&found.edition.attachments),
        screening => screening_view(page, edition, found.screening.as_ref()).await?,
        comments => comments(page, &found.edition).await?,
        usage => usage(page, edition.id, resource).await?,
        events => events(page, edition.id).await?,
        chain,
        can_appeal => app::edition::abilities(page.app(), &page.actor, &found.edition).appeal,
        changes => changes(&found),
        unchanged => found.unchanged,
        content_hash => found.review.content_hash,
        current,
        urgent,
        owed,
    })
}
