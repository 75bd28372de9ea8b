//! Starting a text: its type, the unit that answers for it, a first title.

use app::edition::NewDraft;
use axum::response::Response;
use domain::{duty::Duty, element::Elements, ids::UnitId, resource::ResourceKind};
use serde::{Deserialize, Serialize};

use crate::{
    console::page::Page,
    error::{WebError, WebResult},
    form::Submitted,
    form_view::FormView,
    view,
};

/// `GET /console/resources/new`
pub async fn new(page: Page) -> WebResult {
    let units = own_units(&page).await?;
    let form = FormView::blank().with("kind", ResourceKind::Article.as_str());
    page.render_form("console/edition/new.html", view! { units, kinds => kinds() }, &form)
}

/// `POST /console/resources`
pub async fn create(page: Page, submitted: Submitted) -> WebResult {
    let created = match read(&submitted) {
        Ok(draft) => app::edition::create(page.app(), &page.actor, draft).await.map_err(WebError::from),
        Err(error) => Err(error),
    };
    match created {
        Ok(loaded) => opened(&page, &loaded.edition.id.to_string()),
        Err(error) => {
            let units = own_units(&page).await?;
            page.ask_again("console/edition/new.html", view! { units, kinds => kinds() }, &submitted, error)
        }
    }
}

fn opened(page: &Page, id: &str) -> WebResult<Response> {
    page.done(&format!("/console/editions/{id}/edit"), "草稿已建立，填写内容会自动保存。")
}

#[derive(Deserialize)]
struct Typed {
    kind: ResourceKind,
    unit: Option<UnitId>,
    title: Option<String>,
}

fn read(submitted: &Submitted) -> Result<NewDraft, WebError> {
    let typed: Typed = submitted.parse()?;
    let unit = typed.unit.ok_or_else(|| WebError::invalid("unit", "请选择发布单位。"))?;
    let title = typed
        .title
        .filter(|title| !title.trim().is_empty())
        .ok_or_else(|| WebError::invalid("title", "请先填写标题，之后还可以修改。"))?;
    Ok(NewDraft {
        kind: typed.kind,
        unit,
        title,
        body: String::new(),
        elements: Elements::default(),
        origin_key: None,
        address_month: None,
    })
}

/// A choice of a form.
#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
    note: &'static str,
}

fn kinds() -> Vec<Choice> {
    let note = |kind| match kind {
        ResourceKind::Article => "工作动态、通知公告、机构概况、指南等",
        ResourceKind::Policy => "规范性文件、通知、意见等正式公文，带发文字号、成文日期、有效性",
        ResourceKind::Interpretation => "对政策文件的文字、图表解读，与被解读的文件相互关联",
    };
    ResourceKind::ALL
        .into_iter()
        .map(|kind| Choice { value: kind.as_str().into(), label: kind.chinese().into(), note: note(kind) })
        .collect()
}

/// The units for which the person writes.
async fn own_units(page: &Page) -> Result<Vec<Choice>, WebError> {
    let ids: Vec<UnitId> =
        page.actor.duties.iter().filter(|held| held.duty == Duty::Editor).map(|held| held.unit).collect();
    let names = app::names::units(page.app(), ids).await?;
    let mut units: Vec<Choice> =
        names.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, note: "" }).collect();
    units.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(units)
}
