//! Serving the page for unknown addresses.
//!
//! An unknown address may lie at any depth, and a page's links are relative to where it is read.
//! The stored page therefore carries a placeholder where the way to the site's root belongs.

use crate::path;

/// Stands for the way to the site's root in the stored page.
pub(crate) const ROOT_PLACEHOLDER: &str = "__site_root__/";

/// The stored page, ready to be served `depth` folders below the site's root.
pub fn for_depth(stored_html: &str, depth: usize) -> String {
    let way = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    stored_html.replace(ROOT_PLACEHOLDER, &way)
}

/// The stored page, ready to be served for a request of `path_inside_site` (no leading slash).
pub fn for_request(stored_html: &str, path_inside_site: &str) -> String {
    for_depth(stored_html, path::depth(path_inside_site))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_root_fits_the_depth_of_the_request() {
        let stored = format!("<a href=\"{ROOT_PLACEHOLDER}index.html\">");
        assert_eq!(for_request(&stored, "nothing"), "<a href=\"./index.html\">");
        assert_eq!(for_request(&stored, "a/b/c"), "<a href=\"../../index.html\">");
        assert_eq!(for_request(&stored, "a/"), "<a href=\"../index.html\">");
    }
}
