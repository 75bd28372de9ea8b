//! What a recall would reach, shown before anybody confirms it.

use domain::{
    actor::Actor,
    edition::{Edition, LANGUAGE_CHINESE},
    ids::ResourceId,
    placement::PlacementState,
    resource::Resource,
    site::Site,
};
use policy::{Action, Target};

use super::withdraw::{place_name, places};
use crate::{App, AppError, AppResult, authorise};

/// One page that shows it now.
#[derive(Debug, Clone)]
pub struct RecallPlace {
    /// Its site.
    pub site: Site,
    /// Path inside the site.
    pub path: String,
    /// 内容页, 列表, 首页, 附件, 网站地图
    pub place: &'static str,
}

/// What would be withdrawn, and from where.
#[derive(Debug, Clone)]
pub struct RecallPreview {
    /// The resource.
    pub resource: Resource,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// The admitted edition.
    pub edition: Edition,
    /// Every live page that shows it, by site and path.
    pub places: Vec<RecallPlace>,
    /// Columns that use it: site, column, state.
    pub uses: Vec<(Site, String, PlacementState)>,
}

/// Looks at what [`super::recall`] would do now. Changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when the actor may not see it, [`AppError::Forbidden`] when they may not recall it,
/// [`AppError::Conflict`] when nothing of it is admitted.
pub async fn preview(app: &App, actor: &Actor, id: ResourceId) -> AppResult<RecallPreview> {
    let read = app.store.read();
    let owned = store::resource::by_id(&read, id).await?.ok_or_else(|| AppError::NotFound("信息".into()))?;
    let admitted = store::edition::admitted_of(&read, id, LANGUAGE_CHINESE).await?;
    let open = admitted.as_ref().is_some_and(|edition| edition.elements.open_mode.may_be_published());
    let target = Target::Resource { unit_path: &owned.unit_path, admitted: admitted.is_some(), open };
    authorise::visible(app, actor, Action::ResourceRead, &target, "信息")?;
    authorise::require(app, actor, Action::ResourceRecall, &target)?;
    let edition = admitted.ok_or_else(|| AppError::Conflict("这条信息没有已入库的版本，无需撤回。".into()))?;
    let mut shown = Vec::new();
    for (site, paths) in places(&read, id, &edition.id).await? {
        let Some(site) = store::site::by_id(&read, site).await? else { continue };
        shown.extend(paths.into_iter().map(|path| RecallPlace { site: site.clone(), place: place_name(&path), path }));
    }
    let mut uses = Vec::new();
    for placement in store::placement::of_resource(&read, id).await? {
        let used =
            matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled | PlacementState::Live);
        let site = store::site::by_id(&read, placement.site).await?;
        let column = store::column::by_id(&read, placement.column).await?;
        if let (true, Some(site), Some(column)) = (used, site, column) {
            uses.push((site, column.name, placement.state));
        }
    }
    let unit = store::unit::by_id(&read, owned.resource.unit).await?;
    Ok(RecallPreview {
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        resource: owned.resource,
        edition,
        places: shown,
        uses,
    })
}
