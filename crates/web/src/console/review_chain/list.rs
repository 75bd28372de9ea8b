//! `GET /console/review-chains`, and taking a chain out of force.

use std::collections::HashMap;

use app::AppResult;
use axum::extract::Path;
use domain::{
    ids::{ReviewChainId, UnitId},
    review_chain::{ChainScope, ReviewChain, default_steps},
};
use serde::Serialize;

use crate::{console::page::Page, error::WebResult, view};

/// One chain.
#[derive(Serialize)]
struct ChainView {
    id: String,
    name: String,
    /// 栏目, 网站, 单位
    level: &'static str,
    /// The most particular first.
    rank: u8,
    scope: String,
    unit: String,
    steps: Vec<StepView>,
    edit_path: String,
}

#[derive(Serialize)]
struct StepView {
    name: String,
    duty: &'static str,
    unit: String,
}

/// Lists the chains that the person may configure.
pub async fn list(page: Page) -> WebResult {
    let chains = app::review_chain::list(page.app(), &page.actor).await?;
    let units = chains.iter().flat_map(|chain| chain.steps.iter().filter_map(|step| step.unit).chain([chain.unit]));
    let units = app::names::units(page.app(), units).await?;
    let mut views = Vec::with_capacity(chains.len());
    for chain in chains {
        views.push(chain_view(&page, chain, &units).await?);
    }
    views.sort_by(|a, b| (a.rank, &a.scope).cmp(&(b.rank, &b.scope)));
    let fallback: Vec<String> = default_steps().into_iter().map(|step| step.name).collect();
    page.render("console/review_chain/list.html", view! { chains => views, fallback })
}

/// `POST /console/review-chains/{id}/retire`
pub async fn retire(page: Page, Path(id): Path<ReviewChainId>) -> WebResult {
    app::review_chain::retire(page.app(), &page.actor, id).await?;
    page.done("/console/review-chains", "审核链已停用，今后送审的稿件改按上一级审核链办理；正在审核的稿件不受影响。")
}

async fn chain_view(page: &Page, chain: ReviewChain, units: &HashMap<UnitId, String>) -> AppResult<ChainView> {
    let unit_name = |unit: UnitId| units.get(&unit).cloned().unwrap_or_default();
    let (level, rank, scope, query) = match &chain.scope {
        ChainScope::Column(column) => {
            let (site, column) = app::column::get(page.app(), &page.actor, *column).await?;
            ("栏目", 0, format!("{} · {}", site.name, column.name), format!("column:{}", column.id))
        }
        ChainScope::Site(site) => {
            let site = app::site::get(page.app(), &page.actor, *site).await?;
            ("网站", 1, site.name.clone(), format!("site:{}", site.id))
        }
        ChainScope::Unit(unit) => ("单位", 2, unit_name(*unit), format!("unit:{unit}")),
    };
    Ok(ChainView {
        id: chain.id.to_string(),
        level,
        rank,
        scope,
        unit: unit_name(chain.unit),
        steps: chain
            .steps
            .into_iter()
            .map(|step| StepView {
                name: step.name,
                duty: step.duty.chinese(),
                unit: step.unit.map_or_else(|| "稿件所属单位".into(), unit_name),
            })
            .collect(),
        name: chain.name,
        edit_path: format!("/console/review-chains/new?scope={query}"),
    })
}
