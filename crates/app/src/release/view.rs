//! What a publication knows about its site: settings, columns, the frame that all pages share.

use domain::{edition::LANGUAGE_CHINESE, site::Site};
use render::SiteFrame;
use store::Read;

use super::tree::{ColumnTree, crumb};
use crate::{App, AppResult};

/// Items on an archive page of a list; the index page shows up to twice as many less one.
pub const LIST_PAGE_SIZE: usize = 20;
/// Items of one column on the home page.
pub(crate) const HOME_BLOCK_SIZE: usize = 8;

/// A site at one moment, ready for rendering.
pub(crate) struct SiteView {
    pub(crate) site: Site,
    pub(crate) tree: ColumnTree,
    pub(crate) frame: SiteFrame,
}

impl SiteView {
    /// Loads the columns of a site and prepares the frame.
    pub(crate) async fn load(app: &App, read: &Read, site: Site) -> AppResult<Self> {
        let tree = ColumnTree::new(store::column::of_site(read, site.id).await?);
        let operator = match site.operator.filter(|unit| *unit != site.sponsor) {
            Some(unit) => store::unit::by_id(read, unit).await?.map(|unit| unit.name),
            None => None,
        };
        let frame = app.renderer.frame(render::Site {
            id: site.id.0,
            name: site.name.clone(),
            domain: site.domain.to_string(),
            base_url: format!("https://{}/", site.domain),
            site_code: printed(site.site_code.as_ref()),
            sponsor: site.sponsor_name.clone(),
            operator,
            contact: site.contact.clone(),
            icp_record: printed(site.icp_record.as_ref()),
            police_record: printed(site.police_record.as_ref()),
            conac_id: site.conac_id.as_ref().map(ToString::to_string),
            description: site.description.clone(),
            slogan: String::new(),
            navigation: tree.navigation().map(crumb).collect(),
            locale: LANGUAGE_CHINESE.to_owned(),
        });
        Ok(Self { site, tree, frame })
    }
}

/// An identifier as the page foot prints it: nothing when the record lacks it.
fn printed(identifier: Option<&impl ToString>) -> String {
    identifier.map(ToString::to_string).unwrap_or_default()
}
