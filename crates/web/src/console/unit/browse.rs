//! `GET /console/units`: the tree; with a search or a filter, the units that match, as a table.

use std::collections::{HashMap, HashSet};

use app::unit::{UnitNode, UnitQuery};
use domain::{
    ids::UnitId,
    unit::{Unit, UnitKind, UnitStatus},
};
use serde::Serialize;

use super::{import::download, options};
use crate::{ListQuery, WebResult, console::page::Page, view};

/// A node as the macro `ui.tree` wants it.
#[derive(Serialize)]
struct Node {
    label: String,
    path: String,
    note: String,
    state: &'static str,
    open: bool,
    current: bool,
    children: Vec<Node>,
}

/// A line of the table.
#[derive(Serialize)]
struct Row {
    id: UnitId,
    name: String,
    code: String,
    kind: &'static str,
    division: String,
    parent: String,
    state: &'static str,
}

pub(super) async fn list(page: Page, query: ListQuery) -> WebResult {
    let wanted = UnitQuery {
        text: query.search().map(str::to_owned),
        division: query.filter("division").map(str::to_owned),
        kind: query.filter("kind").and_then(UnitKind::parse),
        status: query.filter("status").and_then(UnitStatus::parse),
    };
    if query.wants_csv() {
        let text = app::unit::export_csv(page.app(), &page.actor, &wanted).await?;
        return Ok(download("单位", text));
    }
    let divisions = app::division::list(page.app(), &page.actor).await?;
    let kinds = options::kinds();
    let states: Vec<_> = [UnitStatus::Active, UnitStatus::Inactive, UnitStatus::Merged]
        .map(|status| (status.as_str(), status.chinese()))
        .to_vec();
    let may = app::unit::abilities(page.app(), &page.actor);
    if wanted.is_empty() {
        return show_tree(
            &page,
            &query,
            view! {
                divisions => options::divisions(&divisions), kinds, states, may,
            },
        )
        .await;
    }
    let names: HashMap<&str, &str> =
        divisions.iter().map(|division| (division.code.as_str(), division.name.as_str())).collect();
    let mut found = app::unit::search(page.app(), &page.actor, &wanted).await?;
    sort(&mut found, &query);
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let skip = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    let shown: Vec<Unit> = found.into_iter().skip(skip).take(usize::try_from(query.limit()).unwrap_or(100)).collect();
    let parents = parents_of(&page, &shown).await?;
    let rows: Vec<Row> = shown
        .into_iter()
        .map(|unit| Row {
            kind: unit.kind.chinese(),
            division: names
                .get(unit.division.as_str())
                .map_or_else(|| unit.division.to_string(), |name| (*name).to_owned()),
            parent: unit.parent.and_then(|id| parents.get(&id).cloned()).unwrap_or_default(),
            state: unit.status.as_str(),
            id: unit.id,
            name: unit.name,
            code: unit.code,
        })
        .collect();
    page.render(
        "console/unit/list.html",
        view! {
            divisions => options::divisions(&divisions), kinds, states, may, rows,
            list => query.view(total), tree => Option::<Vec<Node>>::None, ended => false,
        },
    )
}

async fn show_tree(page: &Page, query: &ListQuery, choices: minijinja::Value) -> WebResult {
    let ended = query.filter("ended").is_some();
    let whole = query.filter("whole").is_some();
    let open: Option<UnitId> = query.parsed_filter("open");
    let root = app::unit::tree(page.app(), &page.actor, ended).await?;
    let total = root.as_ref().map_or(0, |root| root.below + 1);
    let mut way = HashSet::new();
    if let (Some(root), Some(open)) = (&root, open) {
        find_way(root, open, &mut way);
    }
    let tree: Vec<Node> = root.into_iter().map(|root| node(root, 0, whole, open, &way)).collect();
    let mut list = query.view(u64::try_from(total).unwrap_or(u64::MAX));
    // `open` and the like only say how the tree is shown; the filter bar must not offer to clear them.
    list.query.filters.clear();
    let view = view! { tree => Some(tree), rows => Vec::<Row>::new(), list, ended, whole };
    page.render("console/unit/list.html", minijinja::context! { ..view, ..choices })
}

/// Collects the units from the root down to `target`; true when it was found.
fn find_way(node: &UnitNode, target: UnitId, way: &mut HashSet<UnitId>) -> bool {
    let here = node.unit.id == target || node.children.iter().any(|child| find_way(child, target, way));
    if here {
        way.insert(node.unit.id);
    }
    here
}

fn node(from: UnitNode, depth: usize, whole: bool, open: Option<UnitId>, way: &HashSet<UnitId>) -> Node {
    let unit = from.unit;
    Node {
        path: format!("/console/units/{}", unit.id),
        note: note(&unit, from.below),
        state: if unit.status == UnitStatus::Active { "" } else { unit.status.as_str() },
        open: whole || depth == 0 || way.contains(&unit.id),
        current: open == Some(unit.id),
        label: unit.name,
        children: from.children.into_iter().map(|child| node(child, depth + 1, whole, open, way)).collect(),
    }
}

/// What is worth knowing at a glance: the sign that a party organ bears, a coordinator's duty, how many lie below.
fn note(unit: &Unit, below: usize) -> String {
    let mut parts = Vec::new();
    parts.extend(unit.administrative_sign.as_ref().map(|sign| format!("加挂{sign}")));
    parts.extend(unit.coordinator_role.as_ref().map(|role| format!("协同监管·{role}")));
    if matches!(unit.kind, UnitKind::Contractor | UnitKind::AuthorisedBody) {
        parts.push(unit.kind.chinese().to_owned());
    }
    if below > 0 {
        parts.push(format!("下级 {below}"));
    }
    parts.join("　")
}

fn sort(units: &mut [Unit], query: &ListQuery) {
    match query.sort.as_str() {
        "name" => units.sort_by(|a, b| a.name.cmp(&b.name)),
        "division" => units.sort_by(|a, b| (&a.division, &a.code).cmp(&(&b.division, &b.code))),
        _ => {}
    }
    if query.descending {
        units.reverse();
    }
}

async fn parents_of(page: &Page, units: &[Unit]) -> WebResult<HashMap<UnitId, String>> {
    let ids: Vec<UnitId> = units.iter().filter_map(|unit| unit.parent).collect();
    Ok(app::unit::names(page.app(), &page.actor, &ids).await?)
}
