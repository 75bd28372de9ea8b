//! Where a unit may ask for its texts to appear.

use domain::{
    actor::Actor,
    column::Column,
    ids::UnitId,
    site::{Site, SiteState},
};

use crate::{App, AppResult};

/// A site of the unit with the columns that are in use.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The site.
    pub site: Site,
    /// Its columns, in the order of the tree.
    pub columns: Vec<Column>,
}

/// The sites that a unit sponsors and that can publish, with their columns. Other offices' sites take what they want
/// from the library themselves.
pub async fn offers(app: &App, actor: &Actor, unit: UnitId) -> AppResult<Vec<Offer>> {
    let read = app.store.read();
    let mut offers = Vec::new();
    for site in crate::site::list(app, actor).await? {
        if site.sponsor != unit || !matches!(site.state, SiteState::Live | SiteState::Preparing) {
            continue;
        }
        let columns = store::column::of_site(&read, site.id).await?;
        offers.push(Offer { columns: in_tree_order(columns), site });
    }
    Ok(offers)
}

/// Every column after the one above it, siblings by their place; closed ones are left out with all below them.
pub(super) fn in_tree_order(columns: Vec<Column>) -> Vec<Column> {
    fn below(parent: Option<domain::ids::ColumnId>, all: &[Column], out: &mut Vec<Column>) {
        let mut children: Vec<&Column> = all.iter().filter(|column| column.parent == parent && column.active).collect();
        children.sort_by(|a, b| (a.position, &a.name).cmp(&(b.position, &b.name)));
        for child in children {
            out.push(child.clone());
            below(Some(child.id), all, out);
        }
    }
    let mut ordered = Vec::with_capacity(columns.len());
    below(None, &columns, &mut ordered);
    ordered
}
