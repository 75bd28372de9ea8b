//! Starting a new resource with its first draft.

use domain::{
    actor::Actor,
    edition::{Edition, EditionState, LANGUAGE_CHINESE},
    element::Elements,
    ids::UnitId,
    resource::{Resource, ResourceKind},
    time::beijing_date,
};
use policy::{Action, Target};

use crate::{
    App, AppResult, authorise,
    edition::{load::Loaded, save::tidy},
    record,
    unit::hold_in_use,
};

/// What a person types to start a draft.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// Type.
    pub kind: ResourceKind,
    /// The unit that will answer for it.
    pub unit: UnitId,
    /// Title; may still be empty.
    pub title: String,
    /// Body as HTML from the editor; cleaned here.
    pub body: String,
    /// Element table.
    pub elements: Elements,
    /// Key of the record it is imported from.
    pub origin_key: Option<String>,
    /// Month `YYYY-MM` for its public address; `None` = the present month. Imports keep the month of origin.
    pub address_month: Option<String>,
}

/// Creates a resource with a draft as its first edition.
///
/// # Errors
/// [`AppError::Forbidden`] unless the actor is an editor of exactly that unit.
pub async fn create(app: &App, actor: &Actor, draft: NewDraft) -> AppResult<Loaded> {
    let draft = &draft;
    app.store
        .write(|tx| async move {
            let loaded = create_in(app, &tx, actor, draft).await?;
            record::event("edition.create", loaded.edition.id, &loaded.edition.title)
                .unit(draft.unit)
                .after(serde_json::json!({
                    "resource": loaded.resource.id,
                    "serial": loaded.resource.serial,
                    "kind": draft.kind,
                    "elements": loaded.edition.elements,
                }))
                .write(&tx, Some(actor))
                .await?;
            Ok(loaded)
        })
        .await
}

/// [`create`] inside the caller's transaction, without an audit event of its own.
///
/// # Errors
/// As [`create`].
pub async fn create_in(app: &App, tx: &store::Tx, actor: &Actor, draft: &NewDraft) -> AppResult<Loaded> {
    let unit = hold_in_use(tx, "unit", draft.unit).await?;
    authorise::require(app, actor, Action::ResourceCreate, &Target::Unit { path: &unit.path })?;
    let now = tx.now();
    let address_month = match &draft.address_month {
        Some(month) => month.clone(),
        None => beijing_date(now).strftime("%Y-%m").to_string(),
    };
    let (title, body, elements) = tidy(&draft.title, &draft.body, &draft.elements);
    let resource = Resource {
        id: tx.ids().fresh(),
        serial: store::resource::next_serial(tx).await?,
        kind: draft.kind,
        unit: unit.id,
        address_month,
        origin_key: draft.origin_key.clone(),
        first_published_at: None,
        created_by: actor.person,
        created_at: now,
    };
    store::resource::insert(tx, &resource, &unit.path).await?;
    let edition = Edition {
        id: tx.ids().fresh(),
        resource: resource.id,
        number: 1,
        language: LANGUAGE_CHINESE.into(),
        state: EditionState::Draft,
        title,
        body,
        elements,
        change_note: None,
        written_by: actor.person,
        writers: vec![actor.person],
        submitted_by: None,
        submitted_at: None,
        admitted_at: None,
        created_at: now,
        updated_at: now,
        content_hash: None,
        lock_version: 1,
    };
    store::edition::insert(tx, &edition).await?;
    store::interpretation_link::replace(tx, edition.id, &edition.elements.interprets).await?;
    Ok(Loaded { edition, resource, unit_path: unit.path })
}
