//! Everything around the fields of a draft's form: places, files, findings, remarks, what happens next.

use app::edition::{DraftChange, EditionView, compare_texts};
use domain::{
    edition::{Edition, EditionState},
    element::{Need, need},
    ids::ResourceId,
    placement::PlacementState,
    resource::ResourceKind,
    time::beijing_minutes,
};
use jiff::Timestamp;
use minijinja::Value;
use serde::Serialize;

use crate::{
    console::{
        edition::{
            fields::groups,
            view::{comments::open_comments, files::files, findings::screening_view},
        },
        page::Page,
    },
    error::WebError,
    view,
};

/// What somebody else saved while this person typed.
#[derive(Serialize)]
pub struct Conflict {
    /// Title of the latest version.
    title: String,
    /// When it was saved.
    at: Timestamp,
    /// Differing elements, from the latest to mine. Safe HTML.
    elements: String,
    /// Differing text, from the latest to mine. Safe HTML.
    body: String,
    /// Nothing differs after all.
    same: bool,
}

impl Conflict {
    /// Compares the latest version with what was typed.
    pub fn between(latest: &Edition, typed: &DraftChange) -> Self {
        let body = render::rich_text::clean(&typed.body).html;
        let difference =
            compare_texts((&latest.title, &latest.elements, &latest.body), (&typed.title, &typed.elements, &body));
        Self {
            title: latest.title.clone(),
            at: latest.updated_at,
            same: difference.is_empty(),
            elements: difference.elements,
            body: difference.body,
        }
    }
}

/// The view of the form; `lock_version` is the version that the typed text is based on.
pub async fn edit_view(
    page: &Page,
    view: &EditionView,
    lock_version: i64,
    conflict: Option<Conflict>,
) -> Result<Value, WebError> {
    let (edition, resource) = (&view.loaded.edition, &view.loaded.resource);
    let screening = app::edition::screening_of(page.app(), &page.actor, edition.id).await?;
    let chain = app::review_chain::resolve(page.app(), resource).await?;
    let kind = resource.kind;
    Ok(view! {
        id => edition.id,
        number => edition.number,
        state => edition.state,
        kind => kind.chinese(),
        unit => view.unit.name,
        lock_version,
        conflict,
        editable => edition.state.editable(),
        groups => groups(kind),
        interprets_shown => need(kind, "interprets") != Need::Unused,
        policies => policies(page, kind, &edition.elements.interprets).await?,
        sites => sites(page, view).await?,
        standing => standing(page, resource.id).await?,
        files => files(&view.attachments),
        screening => screening_view(page, edition, screening.as_ref()).await?,
        comments => open_comments(page, view).await?,
        returned => returned(page, view).await?,
        steps => chain.steps.into_iter().map(|step| step.name).collect::<Vec<_>>(),
        chain_name => chain.name,
    })
}

/// A choice with its words.
#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
    /// How deep it stands in the tree.
    depth: usize,
}

/// A site with its columns.
#[derive(Serialize)]
struct SiteChoice {
    name: String,
    columns: Vec<Choice>,
}

async fn sites(page: &Page, view: &EditionView) -> Result<Vec<SiteChoice>, WebError> {
    let offers = app::placement::offers(page.app(), &page.actor, view.unit.id).await?;
    let column = |column: domain::column::Column| Choice {
        value: column.id.to_string(),
        depth: column.path.matches('/').count(),
        label: column.name,
    };
    Ok(offers
        .into_iter()
        .map(|offer| SiteChoice { name: offer.site.name, columns: offer.columns.into_iter().map(column).collect() })
        .collect())
}

/// Columns where it stands already, in words.
async fn standing(page: &Page, resource: ResourceId) -> Result<Vec<String>, WebError> {
    let places = app::placement::of_resource(page.app(), &page.actor, resource).await?;
    Ok(places
        .into_iter()
        .filter(|place| matches!(place.placement.state, PlacementState::Live | PlacementState::Scheduled))
        .map(|place| format!("{} · {}（{}）", place.site.name, place.column.name, place.placement.state.chinese()))
        .collect())
}

/// Admitted policies to choose from, the newest first, with those chosen before.
async fn policies(page: &Page, kind: ResourceKind, chosen: &[ResourceId]) -> Result<Vec<Choice>, WebError> {
    if need(kind, "interprets") == Need::Unused {
        return Ok(Vec::new());
    }
    let filter = app::library::LibraryFilter {
        kind: Some(ResourceKind::Policy),
        states: vec![EditionState::Admitted],
        ..Default::default()
    };
    let choice = |resource: ResourceId, label: String| Choice { value: resource.to_string(), label, depth: 0 };
    let chosen = app::library::titles(page.app(), &page.actor, chosen).await?;
    let mut choices: Vec<Choice> = chosen.into_iter().map(|one| choice(one.resource, one.title)).collect();
    for row in app::library::list(page.app(), &page.actor, &filter, 0, 100).await?.rows {
        let number = row.document_number.map(|number| format!("（{number}）")).unwrap_or_default();
        if !choices.iter().any(|one| one.value == row.resource.to_string()) {
            choices.push(choice(row.resource, format!("{}{number}", row.title)));
        }
    }
    Ok(choices)
}

/// Why it came back.
#[derive(Serialize)]
struct Returned {
    who: String,
    step: String,
    reason: String,
    at: String,
}

async fn returned(page: &Page, view: &EditionView) -> Result<Option<Returned>, WebError> {
    if view.loaded.edition.state != EditionState::Returned {
        return Ok(None);
    }
    let steps = view.reviews.first().map(|review| review.steps.as_slice()).unwrap_or_default();
    let Some(step) = steps.iter().find(|step| step.outcome == domain::review::StepOutcome::Returned) else {
        return Ok(None);
    };
    let names = app::names::people(page.app(), step.decided_by).await?;
    Ok(Some(Returned {
        who: step.decided_by.and_then(|person| names.get(&person).cloned()).unwrap_or_default(),
        step: step.name.clone(),
        reason: step.opinion.clone().unwrap_or_default(),
        at: step.decided_at.map(beijing_minutes).unwrap_or_default(),
    }))
}
