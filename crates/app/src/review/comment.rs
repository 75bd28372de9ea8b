//! Remarks at places in the text (批注).

use domain::{
    actor::Actor,
    ids::{CommentId, EditionId, ReviewId},
    review::Comment,
};

use crate::{App, AppError, AppResult, edition::load, record};

/// What the form sends.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// The edition.
    pub edition: EditionId,
    /// The review in which it is made.
    pub review: Option<ReviewId>,
    /// `title`, `body` or an element's name.
    pub field: String,
    /// Character range in the field's plain text.
    pub range: Option<(i32, i32)>,
    /// The words it refers to.
    pub quote: Option<String>,
    /// The remark.
    pub text: String,
}

/// Adds a remark. Writers and reviewers of the unit may; a reader of the shared library may not.
///
/// # Errors
/// [`AppError::Invalid`] for an empty remark; [`AppError::NotFound`] when the actor may not see the draft.
pub async fn comment(app: &App, actor: &Actor, new: &NewComment) -> AppResult<CommentId> {
    if new.text.trim().is_empty() {
        return Err(AppError::invalid("text", "请填写批注内容。"));
    }
    let loaded = load(app, actor, new.edition).await?;
    require_hand_in_it(app, actor, &loaded).await?;
    let unit = loaded.resource.unit;
    app.store
        .write(|tx| async move {
            let comment = Comment {
                id: tx.ids().fresh(),
                edition: new.edition,
                review: new.review,
                field: new.field.clone(),
                range: new.range.filter(|(start, end)| 0 <= *start && start < end),
                quote: new.quote.clone().filter(|quote| !quote.is_empty()),
                text: new.text.trim().to_owned(),
                made_by: actor.person,
                made_at: tx.now(),
                resolved_at: None,
            };
            store::comment::insert(&tx, &comment).await?;
            record::event("comment.add", comment.id, &comment.text)
                .unit(unit)
                .after(&comment)
                .write(&tx, Some(actor))
                .await?;
            Ok(comment.id)
        })
        .await
}

/// Marks a remark as dealt with.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see the edition it is on.
pub async fn resolve_comment(app: &App, actor: &Actor, id: CommentId) -> AppResult<EditionId> {
    let comment =
        store::comment::by_id(&app.store.read(), id).await?.ok_or_else(|| AppError::NotFound("批注".into()))?;
    let loaded = load(app, actor, comment.edition).await?;
    require_hand_in_it(app, actor, &loaded).await?;
    let (comment, unit) = (&comment, loaded.resource.unit);
    app.store
        .write(|tx| async move {
            store::comment::resolve(&tx, id).await?;
            record::event("comment.resolve", id, &comment.text).unit(unit).before(comment).write(&tx, Some(actor)).await
        })
        .await?;
    Ok(comment.edition)
}

/// Remarks are for those who work on the text: editors and reviewers of its unit, reviewers of its steps.
async fn require_hand_in_it(app: &App, actor: &Actor, loaded: &crate::edition::Loaded) -> AppResult<()> {
    if actor.duties.iter().any(|held| held.unit == loaded.resource.unit) {
        return Ok(());
    }
    let reviews = store::review::of_edition(&app.store.read(), loaded.edition.id).await?;
    let mut steps = reviews.iter().flat_map(|review| &review.steps);
    if steps.any(|step| actor.duties.iter().any(|held| held.duty == step.duty && held.unit == step.unit)) {
        return Ok(());
    }
    Err(AppError::Forbidden("批注由本单位采编、审核人员填写。".into()))
}
