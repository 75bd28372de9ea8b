//! One resource as other systems see it: its admitted edition, or the fact that it was recalled.

use domain::{
    attachment::Attachment,
    edition::{Edition, EditionState, LANGUAGE_CHINESE},
    identifier::{DomainName, SiteCode},
    ids::ResourceId,
    placement::PlacementState,
    resource::Resource,
    unit::Unit,
};

use crate::{App, AppError, AppResult, api_token::Caller};

/// A file of the edition.
#[derive(Debug, Clone)]
pub struct PublicAttachment {
    /// The record.
    pub attachment: Attachment,
    /// Path inside every site that shows the resource.
    pub path: String,
}

/// A place where it is live.
#[derive(Debug, Clone)]
pub struct PublicPlace {
    /// Site code.
    pub site_code: Option<SiteCode>,
    /// Domain of the site.
    pub domain: DomainName,
    /// Column path.
    pub column: String,
}

/// What is handed out.
#[derive(Debug, Clone)]
pub struct PublicResource {
    /// The identity.
    pub resource: Resource,
    /// The unit that answers for it.
    pub unit: Unit,
    /// The admitted edition; of a recalled resource the last one, whose content is not handed out.
    pub edition: Edition,
    /// Withdrawn: title, body and files must be taken down by every copy.
    pub recalled: bool,
    /// Its files.
    pub attachments: Vec<PublicAttachment>,
    /// Where it is live.
    pub places: Vec<PublicPlace>,
}

/// The resource, if it was ever admitted and is open to the public.
///
/// # Errors
/// [`AppError::NotFound`] for drafts and closed information; [`AppError::Forbidden`] without `library:read`.
pub async fn resource(app: &App, caller: &Caller, id: ResourceId) -> AppResult<PublicResource> {
    caller.require("library:read")?;
    let missing = || AppError::NotFound("信息".into());
    let read = app.store.read();
    let resource = store::resource::by_id(&read, id).await?.ok_or_else(missing)?.resource;
    let editions = store::edition::of_resource(&read, id).await?;
    let of = |state| editions.iter().find(|one| one.state == state && one.language == LANGUAGE_CHINESE).cloned();
    let (edition, recalled) = match of(EditionState::Admitted) {
        Some(edition) => (edition, false),
        None => (of(EditionState::Recalled).ok_or_else(missing)?, true),
    };
    if !edition.elements.open_mode.may_be_published() {
        return Err(missing());
    }
    let unit = store::unit::by_id(&read, resource.unit).await?.ok_or_else(missing)?;
    let mut attachments = Vec::new();
    let mut places = Vec::new();
    if !recalled {
        for attachment in store::attachment::of_edition(&read, edition.id).await? {
            attachments.push(PublicAttachment { path: resource.file_path(&attachment.file_name), attachment });
        }
        for placement in store::placement::of_resource(&read, id).await? {
            if placement.state != PlacementState::Live {
                continue;
            }
            let site = store::site::by_id(&read, placement.site).await?;
            let column = store::column::by_id(&read, placement.column).await?;
            if let (Some(site), Some(column)) = (site, column) {
                places.push(PublicPlace { site_code: site.site_code, domain: site.domain, column: column.path });
            }
        }
    }
    Ok(PublicResource { resource, unit, edition, recalled, attachments, places })
}
