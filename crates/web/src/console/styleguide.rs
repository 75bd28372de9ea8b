//! `GET /console/styleguide`: every macro of `ui.html` with sample data. Shown in debug builds, or when configured;
//! it needs no login, so it shows only what is written here.

use std::sync::Arc;

use app::top_bar::TopBar;
use axum::{Router, extract::State, http::StatusCode, routing::get};
use domain::{
    actor::{Actor, HeldDuty},
    duty::Duty,
    ids::{PersonId, UnitId},
    problem::FieldProblem,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    console::page, error::WebResult, flash::Flash, form::Submitted, form_view::FormView, paging::ListQuery,
    state::WebState, view, visit::Visit,
};

/// Routes of this file.
pub fn router() -> Router<WebState> {
    Router::new().route("/styleguide", get(show).post(submit))
}

async fn show(State(web): State<WebState>, visit: Visit, list: ListQuery) -> WebResult {
    let form = FormView::blank().with("title", "示例市2026年政府信息公开工作年度报告").with("kind", "policy");
    answer(&web, visit, list, form, StatusCode::OK)
}

async fn submit(State(web): State<WebState>, visit: Visit, list: ListQuery, submitted: Submitted) -> WebResult {
    let form = FormView::typed(&submitted).with_problems(&[
        FieldProblem::new("title", "标题不能超过60个字，请删减后再提交。"),
        FieldProblem::new("number", "发文字号应写作“机关代字〔年份〕序号号”，例如：示政办发〔2026〕8号。"),
    ]);
    answer(&web, visit, list, form, StatusCode::UNPROCESSABLE_ENTITY)
}

fn answer(web: &WebState, visit: Visit, list: ListQuery, form: FormView, status: StatusCode) -> WebResult {
    let visit = Visit {
        actor: Some(sample_person()),
        flash: Some(Flash::success("《关于做好示例工作的通知》已提交初审。")),
        pending: None,
        idle_minutes: 30,
        top_bar: Some(Arc::new(TopBar {
            unit_name: "示例市人民政府办公室".into(),
            pending: 13,
            to_review: 12,
            owed: 1,
        })),
        path: "/console/resources".into(),
        ..visit
    };
    let rows: Vec<_> = SAMPLES
        .iter()
        .map(|(title, number, unit, state, at)| {
            json!({ "title": title, "number": number, "unit": unit, "state": state, "at": at })
        })
        .collect();
    let view = view! {
        list => list.view(1693),
        rows => rows,
        form => form,
        editor => true,
    };
    let mut response = page::render_bare(web, &visit, status, "console/styleguide.html", view)?;
    response.extensions_mut().insert(crate::security_headers::EditorPage);
    Ok(response)
}

/// 标题、发文字号、单位、状态、时间
const SAMPLES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "关于印发示例市营商环境优化提升三年行动方案的通知",
        "示政办发〔2026〕18号",
        "示例市人民政府办公室",
        "in_review",
        "2026-11-23T01:12:00Z",
    ),
    ("示例市召开冬季供热保障工作会议", "", "示例市住房和城乡建设局", "draft", "2026-11-23T00:40:00Z"),
    ("《示例市城市更新管理办法》政策解读", "", "示例市司法局", "screened", "2026-11-22T08:05:00Z"),
    ("示例市2026年第三季度财政预算执行情况", "示财发〔2026〕77号", "示例市财政局", "admitted", "2026-11-21T03:30:00Z"),
    ("关于调整城区公交线路的公告", "示交告〔2026〕5号", "示例市交通运输局", "returned", "2026-11-20T09:18:00Z"),
    ("示例旗草原防火期禁火令", "示旗政发〔2026〕3号", "示例旗人民政府", "superseded", "2026-03-15T02:00:00Z"),
    ("关于某项目环评公示的更正说明", "", "示例市生态环境局", "recalled", "2026-02-09T02:00:00Z"),
];

fn sample_person() -> Actor {
    let unit = UnitId(Uuid::nil());
    let held = |duty| HeldDuty { unit, unit_path: "/".into(), duty, on_behalf_of: None };
    Actor {
        person: PersonId(Uuid::nil()),
        login: "shili".into(),
        name: "示例人员".into(),
        home_unit: unit,
        home_unit_path: "/".into(),
        duties: Duty::ALL.into_iter().map(held).collect(),
        session: None,
        origin: domain::actor::Origin::command(),
    }
}
