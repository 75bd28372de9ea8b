//! Typed contexts: one struct per kind of page, with everything its template may read.
//!
//! A context is plain data. It says where the page lies, which template draws it, which marks
//! the finished page must carry and which things it was made from.

mod column;
mod content;
mod gone;
mod home;
mod item;
mod list;
mod not_found;
mod policy;
mod samples;
mod site;
mod site_map;

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

pub use column::{Column, Crumb};
pub use content::{AttachmentLink, ContentPage, RelatedLink};
pub use gone::GonePage;
pub use home::{BlockShape, HomeBlock, HomeLead, HomePage, QuickEntry};
pub use item::ListItem;
pub use list::{ListPage, Pager};
pub use not_found::NotFoundPage;
pub use policy::{PolicyElements, PolicyPage, Validity};
pub use samples::sample_site;
pub use site::Site;
pub use site_map::{SiteMapColumn, SiteMapPage};

use crate::dependency::Dependency;
use crate::marks::PageKind;

/// A page that a theme can draw.
pub trait PageContext: Serialize {
    /// Template file of the theme.
    const TEMPLATE: &'static str;
    /// Decides which marks [`crate::check_page`] demands.
    const KIND: PageKind;

    /// Where the page lies inside its site.
    fn path(&self) -> String;

    /// The top column the page lies under, marked in the navigation bar.
    fn top_column(&self) -> Option<Uuid> {
        None
    }

    /// Adds what the page was made from, besides the site and the theme.
    fn dependencies(&self, into: &mut BTreeSet<Dependency>);

    /// Example contexts, from plain to extreme, each with a name. Every template is rendered with
    /// every sample in every language before a theme is used.
    fn samples() -> Vec<(&'static str, Self)>
    where
        Self: Sized;
}
