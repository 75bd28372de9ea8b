//! `GET /console/editions/{id}`: an edition with everything around it, to be read.

use app::edition::{Marked, marked};
use axum::extract::Path;
use domain::{ids::EditionId, review::ReviewState};

use crate::{
    console::{
        attachment::address::to_console,
        edition::view::{
            chain::chains, comments::comments, facts::facts, files::files, findings::screening_view, history::history,
            timeline::events, usage::usage,
        },
        page::Page,
    },
    error::WebResult,
    view,
};

/// Shows the edition.
pub async fn show(page: Page, Path(id): Path<EditionId>) -> WebResult {
    let found = app::edition::view(page.app(), &page.actor, id).await?;
    let (edition, resource) = (&found.loaded.edition, &found.loaded.resource);
    let screening = app::edition::screening_of(page.app(), &page.actor, id).await?;
    let Marked { title, body } = marked(edition, screening.as_ref(), &found.comments);
    let abilities = app::edition::abilities(page.app(), &page.actor, &found);
    let running = found.reviews.iter().find(|review| review.state == ReviewState::Running).map(|review| review.id);
    page.render(
        "console/edition/show.html",
        view! {
            id,
            resource => resource.id,
            number => edition.number,
            state => edition.state,
            kind => resource.kind.chinese(),
            unit => found.unit.name,
            plain_title => edition.title,
            title,
            body => to_console(&body),
            facts => facts(&page, resource.kind, edition).await?,
            files => files(&found.attachments),
            chains => chains(&page, &found.reviews).await?,
            comments => comments(&page, &found).await?,
            screening => screening_view(&page, edition, screening.as_ref()).await?,
            editions => history(&page, &found).await?,
            usage => usage(&page, id, resource).await?,
            events => events(&page, id).await?,
            inside => found.inside,
            first_published_at => resource.first_published_at,
            admitted_at => edition.admitted_at,
            updated_at => edition.updated_at,
            running,
            can_appeal => abilities.appeal,
            can_edit => abilities.edit,
            can_withdraw => abilities.withdraw,
            can_discard => abilities.discard,
            can_revise => abilities.revise,
            can_recall => abilities.recall,
            can_comment => abilities.comment,
        },
    )
}
