//! `GET /console/units/{id}`: one unit.

use app::unit::UnitPage;
use axum::extract::Path;
use domain::{
    identifier::OrganCode,
    ids::UnitId,
    unit_history::{UnitHistory, UnitHistoryKind},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{WebResult, console::page::Page, view};

/// A link in a list of facts.
#[derive(Serialize)]
struct Fact {
    label: String,
    value: String,
    path: String,
}

/// An entry of the macro `ui.timeline`.
#[derive(Serialize)]
struct Event {
    at: Timestamp,
    who: String,
    what: String,
    note: String,
    kind: &'static str,
    path: String,
}

pub(super) async fn show(page: Page, Path(id): Path<UnitId>) -> WebResult {
    let unit = app::unit::get(page.app(), &page.actor, id).await?;
    page.render(
        "console/unit/show.html",
        view! {
            facts => facts(&unit),
            overseers => overseers(&unit),
            crumbs => crumbs(&unit),
            events => unit.history.iter().map(event).collect::<Vec<_>>(),
            state => unit.unit.status.as_str(),
            ended => unit.unit.status != domain::unit::UnitStatus::Active,
            page => unit,
        },
    )
}

/// Where the unit stands, from the list of all down to the unit above.
pub(super) fn crumbs(unit: &UnitPage) -> Vec<serde_json::Value> {
    let mut crumbs =
        vec![serde_json::json!({ "label": "单位", "path": format!("/console/units?open={}", unit.unit.id) })];
    crumbs.extend(unit.above.iter().map(|above| serde_json::json!({ "label": above.name, "path": address(above.id) })));
    crumbs
}

/// Address of a unit's page.
pub(super) fn address(id: UnitId) -> String {
    format!("/console/units/{id}")
}

fn facts(page: &UnitPage) -> Vec<Fact> {
    let unit = &page.unit;
    let plain = |label: &str, value: &str| Fact { label: label.into(), value: value.into(), path: String::new() };
    let division = page.division.as_ref().map_or_else(
        || unit.division.to_string(),
        |division| format!("{}（{}，{}）", division.name, division.code, division.kind),
    );
    let mut facts = vec![
        plain("简称", &unit.short_name),
        plain("单位代码", &unit.code),
        plain("类别", unit.kind.chinese()),
        plain("行政区划", &division),
    ];
    if let Some(above) = page.above.last() {
        facts.push(Fact { label: "上级单位".into(), value: above.name.clone(), path: address(above.id) });
    }
    if let Some(sign) = &unit.administrative_sign {
        facts.push(plain("加挂牌子", sign));
    }
    if let Some(role) = &unit.coordinator_role {
        facts.push(plain("协同监管职责", role));
    }
    facts.push(plain("机构代码", unit.organ_code.as_ref().map_or("", OrganCode::as_str)));
    facts.push(plain("机关代字", unit.document_prefix.as_deref().unwrap_or("")));
    facts
}

fn overseers(page: &UnitPage) -> Vec<Fact> {
    let office = page.competent_office.iter().map(|office| Fact {
        label: "主管单位".into(),
        value: office.name.clone(),
        path: address(office.id),
    });
    let coordinators = page.coordinators.iter().map(|(role, unit)| Fact {
        label: role_in_full(role).into(),
        value: unit.name.clone(),
        path: address(unit.id),
    });
    office.chain(coordinators).collect()
}

/// The coordinators as the notice names them.
fn role_in_full(role: &str) -> &str {
    match role {
        "编制" => "机构编制",
        "通管" => "通信管理",
        other => other,
    }
}

fn event(entry: &UnitHistory) -> Event {
    let mut notes: Vec<String> = entry
        .detail
        .changes
        .iter()
        .filter(|_| entry.kind != UnitHistoryKind::Created)
        .map(|change| format!("{}：{} → {}", change.label, or_dash(&change.before), or_dash(&change.after)))
        .collect();
    if entry.kind == UnitHistoryKind::Created {
        notes.extend(entry.detail.changes.iter().find(|change| change.label == "名称").map(|name| name.after.clone()));
    }
    notes.extend(entry.detail.reason.iter().map(|reason| format!("依据：{reason}")));
    let what = match (&entry.detail.other, entry.kind) {
        (Some((_, name)), UnitHistoryKind::Merged) => format!("并入“{name}”"),
        (Some((_, name)), UnitHistoryKind::Absorbed) => format!("接收“{name}”并入"),
        _ => entry.kind.chinese().to_owned(),
    };
    Event {
        at: entry.at,
        who: if entry.by_login == "system" { "系统".into() } else { entry.by_login.clone() },
        what,
        note: notes.join("；"),
        kind: match entry.kind {
            UnitHistoryKind::Created | UnitHistoryKind::Reactivated => "success",
            UnitHistoryKind::Merged | UnitHistoryKind::Deactivated => "warning",
            _ => "plain",
        },
        path: entry.detail.other.as_ref().map_or_else(String::new, |(id, _)| address(*id)),
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}
