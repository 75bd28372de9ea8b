//! `GET /api/v1/resources/{id}`: one resource of the library.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{attachment::AttachmentUse, ids::ResourceId, time::beijing_minutes};
use serde::Serialize;
use utoipa::ToSchema;

use super::bearer::Bearer;
use crate::{error::WebResult, state::WebState};

/// A resource with its admitted edition. Of a recalled resource only identity and the fact remain.
#[derive(Serialize, ToSchema)]
pub struct ResourceBody {
    /// Key of the resource, stable for ever.
    id: String,
    /// Number in public addresses.
    serial: i64,
    /// `article`, `policy` or `interpretation`.
    kind: String,
    /// Withdrawn: every copy must be taken down.
    recalled: bool,
    /// The unit that answers for it.
    unit: UnitBody,
    /// Key of the edition.
    edition: String,
    /// Number of the edition, from 1.
    edition_number: i32,
    /// SHA-256 that the review was bound to.
    content_hash: Option<String>,
    /// Path of its page inside every site that shows it.
    page_path: String,
    /// When it was first published by this platform, `YYYY-MM-DD HH:MM`, Beijing time.
    first_published_at: Option<String>,
    /// Content; `null` when recalled.
    content: Option<ContentBody>,
    /// Files.
    attachments: Vec<AttachmentBody>,
    /// Where it is live.
    places: Vec<PlaceBody>,
}

/// The content of an edition.
#[derive(Serialize, ToSchema)]
pub struct ContentBody {
    /// 标题
    title: String,
    /// Clean HTML.
    body: String,
    /// Language (BCP 47).
    language: String,
    /// Element table; names as in the platform's documentation, times in RFC 3339.
    #[schema(value_type = Object)]
    elements: serde_json::Value,
}

/// A unit.
#[derive(Serialize, ToSchema)]
pub struct UnitBody {
    /// Stable short code.
    code: String,
    /// Full name.
    name: String,
    /// Six-digit division code.
    division: String,
}

/// A file.
#[derive(Serialize, ToSchema)]
pub struct AttachmentBody {
    /// Key; the body names files as `attachment:KEY`.
    id: String,
    /// Shown inside the text, not listed below it.
    inline: bool,
    /// File name.
    name: String,
    /// Media type.
    media_type: String,
    /// Size in bytes.
    size: i64,
    /// SHA-256 of the bytes.
    sha256: String,
    /// Path inside every site that shows the resource.
    path: String,
}

/// A place where it is live.
#[derive(Serialize, ToSchema)]
pub struct PlaceBody {
    /// 政府网站标识码
    site_code: Option<String>,
    /// Domain of the site.
    domain: String,
    /// Column path.
    column: String,
}

/// Reads one resource.
#[utoipa::path(
    get, path = "/api/v1/resources/{id}", tag = "library",
    params(("id" = String, Path, description = "Key of the resource (UUID)")),
    responses(
        (status = 200, description = "The resource", body = ResourceBody),
        (status = 401, description = "No valid token"),
        (status = 403, description = "The token lacks `library:read`"),
        (status = 404, description = "No such resource, or not open to the public"),
    ),
    security(("token" = ["library:read"]))
)]
pub(super) async fn read(
    State(web): State<WebState>,
    Bearer(caller): Bearer,
    Path(id): Path<ResourceId>,
) -> WebResult<Json<ResourceBody>> {
    let found = app::interface::resource(&web.app, &caller, id).await?;
    Ok(Json(body_of(found)))
}

fn body_of(found: app::interface::PublicResource) -> ResourceBody {
    let content = (!found.recalled).then(|| ContentBody {
        title: found.edition.title.clone(),
        body: found.edition.body.clone(),
        language: found.edition.language.clone(),
        elements: serde_json::to_value(&found.edition.elements).unwrap_or_default(),
    });
    ResourceBody {
        id: found.resource.id.to_string(),
        serial: found.resource.serial,
        kind: found.resource.kind.as_str().to_owned(),
        recalled: found.recalled,
        unit: UnitBody { code: found.unit.code, name: found.unit.name, division: found.unit.division.into() },
        edition: found.edition.id.to_string(),
        edition_number: found.edition.number,
        content_hash: found.edition.content_hash,
        page_path: found.resource.page_path(),
        first_published_at: found.resource.first_published_at.map(beijing_minutes),
        content,
        attachments: found
            .attachments
            .into_iter()
            .map(|file| AttachmentBody {
                id: file.attachment.id.to_string(),
                inline: file.attachment.usage == AttachmentUse::Inline,
                name: file.attachment.file_name,
                media_type: file.attachment.media_type,
                size: file.attachment.size,
                sha256: file.attachment.hash,
                path: file.path,
            })
            .collect(),
        places: found
            .places
            .into_iter()
            .map(|place| PlaceBody {
                site_code: place.site_code.map(Into::into),
                domain: place.domain.into(),
                column: place.column,
            })
            .collect(),
    }
}
