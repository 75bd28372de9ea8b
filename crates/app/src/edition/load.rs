//! Loading an edition for a person: what is not theirs to see does not exist for them.

use domain::{
    actor::Actor,
    attachment::Attachment,
    edition::{Edition, EditionState},
    ids::EditionId,
    resource::Resource,
    review::{Comment, Review},
    unit::Unit,
};
use policy::{Action, Target};

use crate::{App, AppError, AppResult, authorise};

/// An edition with the resource it belongs to, seen by somebody who may see it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The edition.
    pub edition: Edition,
    /// Its resource.
    pub resource: Resource,
    /// Materialised path of the unit that answers for it.
    pub unit_path: String,
}

impl Loaded {
    /// The permission question about it.
    pub fn target(&self) -> Target<'_> {
        target_of(&self.edition, &self.unit_path)
    }
}

/// Everything a page about an edition shows.
#[derive(Debug, Clone)]
pub struct EditionView {
    /// The edition and its resource.
    pub loaded: Loaded,
    /// The unit that answers for it.
    pub unit: Unit,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// Its reviews, newest first.
    pub reviews: Vec<Review>,
    /// Remarks, oldest first.
    pub comments: Vec<Comment>,
    /// All editions of the resource that the reader may see, newest number first.
    pub siblings: Vec<Edition>,
    /// The reader belongs to the office that answers for it, watches over it, or reviews it. Others read the text from
    /// the shared library, but not what was said about it on its way there.
    pub inside: bool,
}

/// The permission question about an edition of a unit with this path.
pub(crate) fn target_of<'a>(edition: &Edition, unit_path: &'a str) -> Target<'a> {
    Target::Resource {
        unit_path,
        admitted: edition.state == EditionState::Admitted,
        open: edition.elements.open_mode.may_be_published(),
    }
}

/// The edition, if the actor may see it.
///
/// # Errors
/// [`AppError::NotFound`] when it does not exist or belongs to an office whose drafts the actor may not see.
pub async fn load(app: &App, actor: &Actor, id: EditionId) -> AppResult<Loaded> {
    let read = app.store.read();
    let loaded = find(&read, id).await?;
    let seen = authorise::visible(app, actor, Action::ResourceRead, &loaded.target(), "稿件");
    if seen.is_err() && !reviews_it(&read, actor, &loaded.edition).await? {
        seen?;
    }
    Ok(loaded)
}

/// The edition with its surroundings, if the actor may see it.
///
/// # Errors
/// As [`load`].
pub async fn view(app: &App, actor: &Actor, id: EditionId) -> AppResult<EditionView> {
    let read = app.store.read();
    let loaded = load(app, actor, id).await?;
    let unit = store::unit::by_id(&read, loaded.resource.unit)
        .await?
        .ok_or_else(|| AppError::Internal("unit of a resource is missing".into()))?;
    let siblings = store::edition::of_resource(&read, loaded.resource.id).await?;
    let readable = |edition: &Edition| {
        app.policy.decide(actor, Action::ResourceRead, &target_of(edition, &loaded.unit_path)).allowed
    };
    let inside = inside(app, &read, actor, &loaded).await?;
    Ok(EditionView {
        attachments: store::attachment::of_edition(&read, id).await?,
        reviews: if inside { store::review::of_edition(&read, id).await? } else { Vec::new() },
        comments: if inside { store::comment::of_edition(&read, id).await? } else { Vec::new() },
        siblings: siblings.into_iter().filter(readable).collect(),
        inside,
        unit,
        loaded,
    })
}

/// The edition without a question of permission; for verbs that ask it themselves.
pub(crate) async fn find(read: &store::Read, id: EditionId) -> AppResult<Loaded> {
    let edition = store::edition::by_id(read, id).await?.ok_or_else(|| AppError::NotFound("稿件".into()))?;
    let owned = store::resource::by_id(read, edition.resource)
        .await?
        .ok_or_else(|| AppError::Internal("resource of an edition is missing".into()))?;
    Ok(Loaded { edition, resource: owned.resource, unit_path: owned.unit_path })
}

/// Whether the actor may know how an edition came about: whoever could read it as a draft, and its reviewers. That an
/// office has opened a text to the others opens neither its opinions nor its remarks.
pub(crate) async fn inside(app: &App, read: &store::Read, actor: &Actor, loaded: &Loaded) -> AppResult<bool> {
    let as_draft = Target::Resource { unit_path: &loaded.unit_path, admitted: false, open: false };
    Ok(app.policy.decide(actor, Action::ResourceRead, &as_draft).allowed
        || reviews_it(read, actor, &loaded.edition).await?)
}

/// A chain may name reviewers of another unit (the competent office, say): they see what waits, or waited, for them.
async fn reviews_it(read: &store::Read, actor: &Actor, edition: &Edition) -> AppResult<bool> {
    let reviews = store::review::of_edition(read, edition.id).await?;
    let mut reached = reviews.iter().flat_map(|review| &review.steps).filter(|step| step.waiting_since.is_some());
    Ok(reached.any(|step| actor.holds_at(step.duty, step.unit)))
}

/// Locks resource and edition, in this order everywhere, and demands `action` of the actor.
pub(crate) async fn lock_for(
    app: &App,
    tx: &store::Tx,
    actor: &Actor,
    id: EditionId,
    action: Action,
) -> AppResult<Loaded> {
    let seen = find(tx, id).await?;
    let owned = store::resource::lock(tx, seen.resource.id).await?.ok_or_else(|| AppError::NotFound("稿件".into()))?;
    let edition = store::edition::lock(tx, id).await?.ok_or_else(|| AppError::NotFound("稿件".into()))?;
    let loaded = Loaded { edition, resource: owned.resource, unit_path: owned.unit_path };
    authorise::visible(app, actor, Action::ResourceRead, &loaded.target(), "稿件")?;
    authorise::require(app, actor, action, &loaded.target())?;
    Ok(loaded)
}

/// Refuses to change what is under review, admitted or gone.
pub(crate) fn require_editable(edition: &Edition) -> AppResult<()> {
    if edition.state.editable() {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "本稿当前为“{}”，不能修改。需要修改时，请先撤回送审，或在已入库的稿件上新建修订版。",
        edition.state.chinese()
    )))
}
