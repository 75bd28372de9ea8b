//! Changing a site's record, its marks or its state (修改网站).

use domain::{
    actor::Actor,
    ids::{SiteId, UnitId},
    site::{Site, SiteState},
};
use policy::{Action, Target};
use store::pending_change::Changed;

use super::check::{TypedSite, check, taken};
use crate::{App, AppError, AppResult, authorise, record, release::note_and_enqueue, unit::hold_in_use};

/// Everything about a site that its managers may change. The short word in addresses and the sponsor stay.
#[derive(Debug, Clone)]
pub struct SiteChange {
    /// 网站名称
    pub name: String,
    /// 网站域名
    pub domain: String,
    /// 政府网站标识码
    pub site_code: Option<String>,
    /// ICP 备案编号
    pub icp_record: Option<String>,
    /// 公安备案号
    pub police_record: Option<String>,
    /// 党政机关网站标识 certificate id.
    pub conac_id: Option<String>,
    /// 承办单位
    pub operator: Option<UnitId>,
    /// 联系方式
    pub contact: String,
    /// What the site is for.
    pub description: String,
    /// State.
    pub state: SiteState,
    /// The version that was looked at.
    pub lock_version: i64,
}

/// Saves a site. Every page carries its marks, so all pages are rendered again.
pub async fn change(app: &App, actor: &Actor, id: SiteId, change: SiteChange) -> AppResult<Site> {
    let change = &change;
    app.store
        .write(|tx| async move {
            let before = store::site::lock(&tx, id).await?.ok_or_else(|| AppError::NotFound("网站".into()))?;
            let target = Target::Site { sponsor_path: &before.sponsor_path };
            authorise::visible(app, actor, Action::SiteRead, &target, "网站")?;
            authorise::require(app, actor, Action::SiteChange, &target)?;
            if let Some(operator) = change.operator.filter(|_| change.operator != before.operator) {
                hold_in_use(&tx, "operator", operator).await?;
            }
            let checked = check(&TypedSite {
                slug: &before.slug,
                name: &change.name,
                domain: &change.domain,
                site_code: change.site_code.as_deref(),
                icp_record: change.icp_record.as_deref(),
                police_record: change.police_record.as_deref(),
                conac_id: change.conac_id.as_deref(),
                contact: &change.contact,
                description: &change.description,
            })?;
            let mut site = Site {
                name: checked.name,
                domain: checked.domain,
                site_code: checked.site_code,
                icp_record: checked.icp_record,
                police_record: checked.police_record,
                conac_id: checked.conac_id,
                operator: change.operator,
                contact: checked.contact,
                description: checked.description,
                state: change.state,
                lock_version: change.lock_version,
                ..before.clone()
            };
            store::site::update(&tx, &site).await.map_err(taken)?;
            site.lock_version += 1;
            note_and_enqueue(&tx, id, &[Changed::Site], Some(actor.person)).await?;
            tx.after_commit_announce("site", id);
            record::event("site.change", id, site.name.clone())
                .unit(site.sponsor)
                .before(&before)
                .after(&site)
                .write(&tx, Some(actor))
                .await?;
            Ok(site)
        })
        .await
}
