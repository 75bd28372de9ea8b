//! What a citizen sees: themes, typed page contexts, list paging, required marks, rich text.
//!
//! Pure functions over values. Nothing here reads a database, a clock or the network; a page
//! is the same bytes whenever it is rendered from the same context and the same theme.
//! `README.md` beside this crate gives the short tour.

pub mod dependency;
pub mod difference;
mod error;
mod filters;
mod html_scan;
pub mod list_plan;
pub mod marks;
pub mod not_found;
pub mod page;
pub mod path;
mod renderer;
pub mod rich_text;
pub mod site_map;
mod theme;

pub use dependency::Dependency;
pub use error::{RenderError, ThemeError};
pub use marks::{Mark, MissingMark, PageKind, check_page, page_reminders};
pub use page::{PageContext, Site};
pub use renderer::{RenderedPage, Renderer, SiteFrame, TemplateProblem};
pub use theme::{Asset, Theme};
