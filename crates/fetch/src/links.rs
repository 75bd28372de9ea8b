//! Addresses named in what a server sent: pages, site maps, style sheets.

mod decode;
mod html;
mod script;
mod shape;
mod sitemap;
mod style;
#[cfg(test)]
mod tests;

use url::Url;

pub use decode::decode;
pub use html::{PageScan, scan_page};
pub use sitemap::{looks_like_sitemap, scan_sitemap};
pub use style::scan_style;

/// One address named somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub address: Url,
    /// The words of the link, the `alt` of a picture; at most 200 characters, white space folded.
    pub text: String,
    pub kind: LinkKind,
}

/// How an address is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Given by a person at the start.
    Seed,
    /// `<a>`, `<area>`, `<form>` without fields excepted.
    Anchor,
    /// `<frame>`, `<iframe>`.
    Frame,
    /// `<img>`, `srcset`, backgrounds.
    Image,
    /// `<video>`, `<audio>`, `<source>`, `<embed>`, `<object>`.
    Media,
    /// `<link rel=stylesheet>`, `@import`.
    Style,
    /// `<link rel=canonical>`.
    Canonical,
    /// Feeds and other-language copies (`<link rel=alternate>`).
    Alternate,
    /// `<meta http-equiv=refresh>`, `location.href = "…"`, an HTTP redirect.
    Redirect,
    /// `window.open("…")` and the like.
    Script,
    /// Listed in a site map, or a site map itself.
    SiteMap,
}

impl LinkKind {
    /// For storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Anchor => "anchor",
            Self::Frame => "frame",
            Self::Image => "image",
            Self::Media => "media",
            Self::Style => "style",
            Self::Canonical => "canonical",
            Self::Alternate => "alternate",
            Self::Redirect => "redirect",
            Self::Script => "script",
            Self::SiteMap => "site_map",
        }
    }

    /// The kind stored under this name.
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Seed,
            Self::Anchor,
            Self::Frame,
            Self::Image,
            Self::Media,
            Self::Style,
            Self::Canonical,
            Self::Alternate,
            Self::Redirect,
            Self::Script,
            Self::SiteMap,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == text)
    }
}
