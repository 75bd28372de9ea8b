//! Where a person may place things from the library.

use domain::{actor::Actor, site::SiteState};
use policy::{Action, Target};

use super::offers::{Offer, in_tree_order};
use crate::{App, AppResult};

/// The sites on which the actor places (上栏目) and that can publish, with their open columns in tree order.
pub async fn own_places(app: &App, actor: &Actor) -> AppResult<Vec<Offer>> {
    let read = app.store.read();
    let mut offers = Vec::new();
    for site in crate::site::list(app, actor).await? {
        let target = Target::Site { sponsor_path: &site.sponsor_path };
        let may = app.policy.decide(actor, Action::PlacementPlace, &target).allowed;
        if !may || !matches!(site.state, SiteState::Live | SiteState::Preparing) {
            continue;
        }
        let columns = store::column::of_site(&read, site.id).await?;
        offers.push(Offer { columns: in_tree_order(columns), site });
    }
    Ok(offers)
}
