//! May this go out at all?

use domain::{
    column::Column,
    edition::Edition,
    element::Elements,
    placement::PlacementState,
    problem::FieldProblem,
    resource::Resource,
    site::{Site, SiteState},
};

use crate::AppResult;

/// Why something with these elements may not be placed in this column; empty when it may. Ask at submission, so that
/// nobody reviews what can never be published (入库即拒).
pub fn check_publishable(site: &Site, column: &Column, elements: &Elements) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !elements.open_mode.may_be_published() {
        problems.push(FieldProblem::new(
            "open_mode",
            format!("公开方式为“{}”的信息不得在网站发布，请取消栏目或更改公开方式。", elements.open_mode.chinese()),
        ));
    }
    match site.state {
        SiteState::Live | SiteState::Preparing => {}
        state => problems.push(FieldProblem::new(
            "placements",
            format!("“{}”目前{}，不能发布，请选择其他网站。", site.name, state.chinese()),
        )),
    }
    if !column.active || column.site != site.id {
        problems.push(FieldProblem::new(
            "placements",
            format!("“{}”的栏目“{}”已关闭，请选择其他栏目。", site.name, column.name),
        ));
    }
    problems.extend(site.missing_marks().into_iter().map(|problem| {
        FieldProblem::new(
            "placements",
            format!("“{}”暂不能发布：{}请联系该网站的主办管理员。", site.name, problem.message),
        )
    }));
    problems
}

/// [`check_publishable`] for every place proposed with an edition; asked when it is submitted.
pub async fn proposal_problems(
    read: &store::Read,
    resource: &Resource,
    edition: &Edition,
) -> AppResult<Vec<FieldProblem>> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    for placement in store::placement::of_resource(read, resource.id).await? {
        if !matches!(placement.state, PlacementState::Proposed | PlacementState::Scheduled) {
            continue;
        }
        let site = store::site::by_id(read, placement.site).await?;
        let column = store::column::by_id(read, placement.column).await?;
        let (Some(site), Some(column)) = (site, column) else { continue };
        for problem in check_publishable(&site, &column, &edition.elements) {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
    }
    Ok(problems)
}
