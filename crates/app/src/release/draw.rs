//! From a page context to bytes with their marks checked, and what the page was made from.

use std::collections::BTreeSet;

use bytes::Bytes;
use domain::{
    ids::{EditionId, ResourceId},
    release::LivePage,
};
use render::{Dependency, PageContext, Renderer, SiteFrame, check_page};

use crate::files::hash_of;

/// A page as drawn, before it is compared with what is live.
pub(crate) struct Drawn {
    /// What would stand at its path.
    pub(crate) page: LivePage,
    /// The bytes; `None` when they are in the file store already (attachments).
    pub(crate) bytes: Option<Bytes>,
    /// What it was made from, as stored. Site, theme and navigation are left out: their change renders everything.
    pub(crate) dependencies: BTreeSet<String>,
    /// Editions it shows or names; all must still be admitted when the release is written.
    pub(crate) shown: Vec<(ResourceId, EditionId)>,
    /// Why it may not go out; empty when it may (不合规即拒).
    pub(crate) refusals: Vec<String>,
}

/// What a page is, besides its context.
#[derive(Default)]
pub(crate) struct Facts {
    /// Status it is served with.
    pub(crate) status: i32,
    /// The edition it shows, for content pages.
    pub(crate) edition: Option<EditionId>,
    /// Editions it shows or names.
    pub(crate) shown: Vec<(ResourceId, EditionId)>,
    /// Things it was made from that its context does not tell.
    pub(crate) more_dependencies: Vec<Dependency>,
}

/// Draws one page and checks its marks.
pub(crate) fn draw<P: PageContext>(renderer: &Renderer, frame: &SiteFrame, context: &P, facts: Facts) -> Drawn {
    let mut dependencies = BTreeSet::new();
    context.dependencies(&mut dependencies);
    dependencies.extend(facts.more_dependencies);
    let dependencies = dependencies.iter().map(Dependency::to_string).collect();
    let path = context.path();
    let (html, refusals) = match renderer.render(frame, context) {
        Ok(page) => {
            let missing = check_page(&page.html, P::KIND).into_iter().map(|mark| mark.message).collect();
            (page.html, missing)
        }
        Err(error) => (String::new(), vec![format!("页面模板出错：{error}")]),
    };
    let bytes = Bytes::from(html);
    Drawn {
        page: LivePage {
            path,
            hash: hash_of(&bytes),
            media_type: "text/html; charset=utf-8".to_owned(),
            status: facts.status,
            edition: facts.edition,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        },
        bytes: Some(bytes),
        dependencies,
        shown: facts.shown,
        refusals,
    }
}

/// A file that is no page: theme asset or list of addresses.
pub(crate) fn plain_file(path: String, media_type: &str, bytes: Bytes) -> Drawn {
    Drawn {
        page: LivePage {
            path,
            hash: hash_of(&bytes),
            media_type: media_type.to_owned(),
            status: 200,
            edition: None,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        },
        bytes: Some(bytes),
        dependencies: BTreeSet::new(),
        shown: Vec::new(),
        refusals: Vec::new(),
    }
}

/// A file of an admitted edition; its bytes are in the store since it was uploaded.
pub(crate) fn attachment(page_path: &str, resource: ResourceId, file: &domain::attachment::Attachment) -> Drawn {
    Drawn {
        page: LivePage {
            path: render::path::attachment(page_path, &file.file_name),
            hash: file.hash.clone(),
            media_type: file.media_type.clone(),
            status: 200,
            edition: Some(file.edition),
            size: file.size,
        },
        bytes: None,
        // How the files of a resource are found again when it changes.
        dependencies: BTreeSet::from([Dependency::Resource(resource.0).to_string()]),
        shown: vec![(resource, file.edition)],
        refusals: Vec::new(),
    }
}
