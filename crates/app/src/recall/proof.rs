//! The receipts of a recall, each checked anew against what is live.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    ids::{RecallId, SiteId},
    recall::{Recall, RecallReceipt},
    site::Site,
};
use store::live_page::StandingPage;

use super::{list::words, receipts};
use crate::{App, AppResult, names};

/// A receipt with its site, and whether the place shows the text at this moment.
#[derive(Debug, Clone)]
pub struct SignedPlace {
    /// The receipt.
    pub receipt: RecallReceipt,
    /// Its site; `None` when the site is no longer on record.
    pub site: Option<Site>,
    /// The place names or shows the recalled edition now.
    pub still_visible: bool,
}

/// A recall with the proof for every place.
#[derive(Debug, Clone)]
pub struct RecallProof {
    /// The recall.
    pub recall: Recall,
    /// Title of the edition that was withdrawn.
    pub title: String,
    /// Name of the unit that answers for it.
    pub unit_name: String,
    /// Who recalled it.
    pub recalled_by: String,
    /// One per place, by site and path.
    pub places: Vec<SignedPlace>,
}

impl RecallProof {
    /// Places that have not signed yet.
    pub fn open(&self) -> usize {
        self.places.iter().filter(|place| place.receipt.cleared_at.is_none()).count()
    }
}

/// One recall with every receipt, for those who may see the resource.
pub async fn proof(app: &App, actor: &Actor, id: RecallId) -> AppResult<RecallProof> {
    let view = receipts(app, actor, id).await?;
    let read = app.store.read();
    let mut by_site: BTreeMap<SiteId, Vec<RecallReceipt>> = BTreeMap::new();
    for receipt in view.receipts {
        by_site.entry(receipt.site).or_default().push(receipt);
    }
    let mut places = Vec::new();
    for (site, receipts) in by_site {
        let paths: Vec<String> = receipts.iter().map(|receipt| receipt.path.clone()).collect();
        let live: BTreeMap<String, StandingPage> = store::live_page::at(&read, site, &paths)
            .await?
            .into_iter()
            .map(|standing| (standing.page.path.clone(), standing))
            .collect();
        let site = store::site::by_id(&read, site).await?;
        for receipt in receipts {
            let still_visible = live.get(&receipt.path).is_some_and(|standing| shows(standing, &view.recall, &receipt));
            places.push(SignedPlace { receipt, site: site.clone(), still_visible });
        }
    }
    let (title, unit_name) = words(&read, &view.recall).await?;
    let people = names::people(app, vec![view.recall.recalled_by]).await?;
    let recalled_by = people.get(&view.recall.recalled_by).cloned().unwrap_or_default();
    Ok(RecallProof { recall: view.recall, title, unit_name, recalled_by, places })
}

fn shows(standing: &StandingPage, recall: &Recall, receipt: &RecallReceipt) -> bool {
    if crate::release::is_address_file(&receipt.path) {
        // The list of addresses notes no sources; its receipt is signed by the release that wrote it anew.
        return receipt.cleared_at.is_none();
    }
    let file = standing.page.status == 200 && standing.page.edition == Some(recall.edition);
    file || standing.sources.shown.iter().any(|(_, edition)| *edition == recall.edition)
}
