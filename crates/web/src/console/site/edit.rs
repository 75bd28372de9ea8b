//! Registering and changing a site.

use app::site::{NewSite, SiteChange, corrections};
use axum::extract::Path;
use domain::{
    ids::{SiteId, UnitId},
    site::{Site, SiteState},
    unit::Unit,
};
use serde::Deserialize;

use super::state_choices;
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

/// Field by which a click takes over a corrected form: `icp_record=蒙ICP备…`.
const CORRECTION: &str = "use_correction";

#[derive(Deserialize)]
struct SiteForm {
    name: String,
    slug: String,
    domain: String,
    site_code: Option<String>,
    icp_record: Option<String>,
    police_record: Option<String>,
    conac_id: Option<String>,
    sponsor: Option<UnitId>,
    operator: Option<UnitId>,
    contact: String,
    description: String,
    state: Option<SiteState>,
    lock_version: Option<i64>,
}

pub(super) async fn new(page: Page) -> WebResult {
    let (sponsors, operators) = choices(&page).await?;
    if sponsors.is_empty() {
        return Err(app::AppError::Forbidden(
            "登记网站由主管单位的巡检员办理。如需开办网站，请联系本级办公厅（室）。".into(),
        )
        .into());
    }
    let form = FormView::blank().with("state", SiteState::Preparing.as_str());
    let view =
        view! { site => None::<Site>, sponsors, operators, states => state_choices(), offered => corrections(|_| "") };
    page.render_form("console/site/form.html", view, &form)
}

pub(super) async fn create(page: Page, submitted: Submitted) -> WebResult {
    let submitted = corrected(submitted);
    let created = match submitted.parse::<SiteForm>() {
        Ok(form) => match form.sponsor {
            Some(sponsor) => app::site::create(page.app(), &page.actor, form.into_new(sponsor)).await,
            None => Err(app::AppError::invalid("sponsor", "请选择主办单位。")),
        },
        Err(error) => Err(error),
    };
    match created {
        Ok(site) => page.done(&format!("/console/sites/{}", site.id), &saved(&site, "网站已登记。")),
        Err(error) => {
            let (sponsors, operators) = choices(&page).await?;
            let offered = corrections(|field| submitted.text(field));
            let view = view! { site => None::<Site>, sponsors, operators, states => state_choices(), offered };
            page.ask_again("console/site/form.html", view, &submitted, error)
        }
    }
}

pub(super) async fn edit(page: Page, Path(id): Path<SiteId>) -> WebResult {
    let site = app::site::get(page.app(), &page.actor, id).await?;
    if !app::site::abilities(page.app(), &page.actor, &site).change {
        return Err(app::AppError::Forbidden("网站信息由主办单位的管理员修改。".into()).into());
    }
    let (sponsors, operators) = choices(&page).await?;
    let form = FormView::of(&site);
    let view =
        view! { site => Some(site), sponsors, operators, states => state_choices(), offered => corrections(|_| "") };
    page.render_form("console/site/form.html", view, &form)
}

pub(super) async fn change(page: Page, Path(id): Path<SiteId>, submitted: Submitted) -> WebResult {
    let site = app::site::get(page.app(), &page.actor, id).await?;
    let submitted = corrected(submitted);
    let changed = match submitted.parse::<SiteForm>() {
        Ok(form) => app::site::change(page.app(), &page.actor, id, form.into_change(&site)).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(site) => page.done(&format!("/console/sites/{id}"), &saved(&site, "网站信息已保存，各页面正在更新。")),
        Err(error) => {
            let (sponsors, operators) = choices(&page).await?;
            let offered = corrections(|field| submitted.text(field));
            let view = view! { site => Some(site), sponsors, operators, states => state_choices(), offered };
            page.ask_again("console/site/form.html", view, &submitted, error)
        }
    }
}

impl SiteForm {
    fn into_new(self, sponsor: UnitId) -> NewSite {
        NewSite {
            slug: self.slug,
            name: self.name,
            domain: self.domain,
            site_code: self.site_code,
            icp_record: self.icp_record,
            police_record: self.police_record,
            conac_id: self.conac_id,
            sponsor,
            operator: self.operator,
            contact: self.contact,
            description: self.description,
            state: self.state.unwrap_or(SiteState::Preparing),
        }
    }

    fn into_change(self, site: &Site) -> SiteChange {
        SiteChange {
            name: self.name,
            domain: self.domain,
            site_code: self.site_code,
            icp_record: self.icp_record,
            police_record: self.police_record,
            conac_id: self.conac_id,
            operator: self.operator,
            contact: self.contact,
            description: self.description,
            state: self.state.unwrap_or(site.state),
            lock_version: self.lock_version.unwrap_or(site.lock_version),
        }
    }
}

/// What was typed, with the corrected form in place of a slip when the person clicked on it.
fn corrected(submitted: Submitted) -> Submitted {
    let Some((field, value)) = submitted.text(CORRECTION).split_once('=') else { return submitted };
    let pairs = submitted
        .pairs()
        .iter()
        .filter(|(name, _)| name != CORRECTION)
        .map(|(name, typed)| (name.clone(), if name == field { value.to_owned() } else { typed.clone() }))
        .collect();
    Submitted::from_pairs(pairs)
}

fn saved(site: &Site, done: &str) -> String {
    match site.missing_marks().len() {
        0 => done.to_owned(),
        count => format!("{done}还缺少 {count} 项必备标识，补齐后才能发布。"),
    }
}

type Choices = Vec<(String, String)>;

/// Units for 主办单位 and 承办单位.
async fn choices(page: &Page) -> WebResult<(Choices, Choices)> {
    let pair = |unit: &Unit| (unit.id.to_string(), unit.name.clone());
    let sponsors = app::site::sponsors(page.app(), &page.actor).await?;
    let operators = app::site::operators(page.app(), &page.actor).await?;
    Ok((sponsors.iter().map(pair).collect(), operators.iter().map(pair).collect()))
}
