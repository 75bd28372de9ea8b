//! Publishing (发布): from noted changes to what citizens read.
//!
//! A verb that changes what a site shows notes the change (`pending_change`) and enqueues [`PublishSite`], both in its
//! own transaction. The job works out which pages the changes reach ([`plan`]), renders them without holding any
//! write ([`batch`]), puts the bytes into the file store, and switches the site in one transaction ([`commit`]):
//! either everything of a release is live or nothing is. Killed anywhere, the noted changes still wait.

mod addresses;
mod batch;
mod commit;
mod compose;
mod draw;
mod job;
mod list;
mod live;
mod plan;
mod publish;
mod rebuild;
mod rollback;
mod task;
mod tree;
mod verify;
mod view;

pub(crate) use addresses::{is_address_file, part_of};
pub use commit::commit;
pub use job::{PublishSite, note_and_enqueue};
pub use list::{ReleaseDetail, ReleaseList, detail, detail_with_reason, list, newest};
pub use live::{
    LiveSite, LiveWatch, PageDelta, live_pages, live_sites, pages_since, read_bytes, release_numbers, watch,
};
pub use publish::{Prepared, Published, prepare, publish_site};
pub use rebuild::{rebuild, rebuild_outdated};
pub use rollback::{KeptBack, RollbackPreview, RolledBack, preview_rollback, rollback};
pub use verify::{Exception, verify};
pub use view::LIST_PAGE_SIZE;
