//! Registering a site (登记网站).

use domain::{
    actor::Actor,
    ids::UnitId,
    site::{Site, SiteState},
};
use policy::{Action, Target};
use store::pending_change::Changed;

use super::check::{TypedSite, check, taken};
use crate::{App, AppResult, authorise, record, release::note_and_enqueue, unit::hold_in_use};

/// What a new site is registered with.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Short word in addresses.
    pub slug: String,
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
    /// 主办单位
    pub sponsor: UnitId,
    /// 承办单位
    pub operator: Option<UnitId>,
    /// 联系方式
    pub contact: String,
    /// What the site is for.
    pub description: String,
    /// Live at once, or being prepared.
    pub state: SiteState,
}

/// Registers a site. A live one is published as soon as its record is complete.
pub async fn create(app: &App, actor: &Actor, new: NewSite) -> AppResult<Site> {
    let new = &new;
    app.store
        .write(|tx| async move {
            let sponsor = hold_in_use(&tx, "sponsor", new.sponsor).await?;
            let target = Target::Site { sponsor_path: &sponsor.path };
            authorise::visible(app, actor, Action::SiteRead, &target, "主办单位")?;
            authorise::require(app, actor, Action::SiteCreate, &Target::Unit { path: &sponsor.path })?;
            if let Some(operator) = new.operator {
                hold_in_use(&tx, "operator", operator).await?;
            }
            let checked = check(&TypedSite {
                slug: &new.slug,
                name: &new.name,
                domain: &new.domain,
                site_code: new.site_code.as_deref(),
                icp_record: new.icp_record.as_deref(),
                police_record: new.police_record.as_deref(),
                conac_id: new.conac_id.as_deref(),
                contact: &new.contact,
                description: &new.description,
            })?;
            let site = Site {
                id: tx.ids().fresh(),
                slug: checked.slug,
                name: checked.name,
                domain: checked.domain,
                site_code: checked.site_code,
                icp_record: checked.icp_record,
                police_record: checked.police_record,
                conac_id: checked.conac_id,
                sponsor: new.sponsor,
                sponsor_name: sponsor.name.clone(),
                sponsor_path: sponsor.path.clone(),
                operator: new.operator,
                contact: checked.contact,
                description: checked.description,
                theme: "official".to_owned(),
                state: new.state,
                release_number: 0,
                lock_version: 0,
            };
            store::site::insert(&tx, &site).await.map_err(taken)?;
            note_and_enqueue(&tx, site.id, &[Changed::Site], Some(actor.person)).await?;
            tx.after_commit_announce("site", site.id);
            record::event("site.create", site.id, site.name.clone())
                .unit(site.sponsor)
                .after(&site)
                .write(&tx, Some(actor))
                .await?;
            Ok(site)
        })
        .await
}
