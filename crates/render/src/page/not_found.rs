//! The page for addresses that lead nowhere.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{PageContext, samples};
use crate::dependency::Dependency;
use crate::marks::PageKind;
use crate::path;

/// Page for status 404. Rendered once per release with a placeholder for the way to the site's
/// root, which [`crate::not_found`] fills when the page is served at some depth.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NotFoundPage {}

impl PageContext for NotFoundPage {
    const TEMPLATE: &'static str = "not_found.html";
    const KIND: PageKind = PageKind::Plain;

    fn path(&self) -> String {
        path::NOT_FOUND.to_owned()
    }

    fn dependencies(&self, _into: &mut BTreeSet<Dependency>) {}

    fn samples() -> Vec<(&'static str, Self)> {
        samples::not_found_pages()
    }
}
