//! The renderer: one compiled theme, shared by all threads and all sites that use it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::dependency::Dependency;
use crate::error::{RenderError, ThemeError};
use crate::page::{PageContext, Site};
use crate::theme::{Asset, Theme};

mod check;
mod write_value;
pub use check::TemplateProblem;

/// Instructions a template may execute for one page. The largest sample needs under a tenth;
/// a runaway loop stops after some ten milliseconds.
const FUEL: u64 = 1_000_000;

/// A compiled theme. Costly to build, cheap to share (`Send + Sync`), renders without locking.
#[derive(Debug)]
pub struct Renderer {
    theme: Theme,
    environment: Environment<'static>,
    messages: BTreeMap<String, Value>,
}

/// What all pages of one site have in common, converted once.
#[derive(Debug, Clone)]
pub struct SiteFrame {
    site: Arc<Site>,
    value: Value,
    dependencies: Arc<[Dependency]>,
}

/// A finished page.
#[derive(Debug, Clone)]
pub struct RenderedPage {
    /// Where it lies inside its site.
    pub path: String,
    /// The bytes to serve, UTF-8.
    pub html: String,
    /// For the `Content-Type` header.
    pub content_type: &'static str,
    /// What it was made from.
    pub dependencies: BTreeSet<Dependency>,
}

impl Renderer {
    /// The official theme, which is part of the binary.
    ///
    /// # Errors
    /// When the embedded theme is broken.
    pub fn official() -> Result<Self, ThemeError> {
        Self::new(Theme::official()?)
    }

    /// A theme on disk.
    ///
    /// # Errors
    /// When a file is unreadable or a template does not compile.
    pub fn from_directory(directory: &Path) -> Result<Self, ThemeError> {
        Self::new(Theme::from_directory(directory)?)
    }

    /// Compiles a theme.
    ///
    /// # Errors
    /// When a template does not compile.
    pub fn new(theme: Theme) -> Result<Self, ThemeError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(60);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_value::write_value);
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        environment.set_syntax(syntax.build().map_err(|error| ThemeError::Template(error.into()))?);
        let assets: HashMap<_, _> = theme.assets.iter().map(|a| (a.name.clone(), a.path.clone())).collect();
        crate::filters::register(&mut environment, assets);
        // No loader: a template can include only what is added here.
        for (name, source) in &theme.templates {
            environment
                .add_template_owned(name.clone(), source.clone())
                .map_err(|error| ThemeError::Template(error.into()))?;
        }
        let messages =
            theme.messages.iter().map(|(locale, table)| (locale.clone(), Value::from(Serde(table)))).collect();
        Ok(Renderer { theme, environment, messages })
    }

    /// Converts a site's settings once for all its pages.
    pub fn frame(&self, site: Site) -> SiteFrame {
        SiteFrame::new(site)
    }

    /// Renders one page. Equal input gives equal bytes.
    ///
    /// # Errors
    /// When the template reads something the context lacks, or runs out of fuel.
    pub fn render<P: PageContext>(&self, frame: &SiteFrame, page: &P) -> Result<RenderedPage, RenderError> {
        let path = page.path();
        let mut dependencies: BTreeSet<Dependency> = frame.dependencies.iter().copied().collect();
        page.dependencies(&mut dependencies);
        let html = self.draw(frame, page)?;
        Ok(RenderedPage { path, html, content_type: "text/html; charset=utf-8", dependencies })
    }

    /// The theme's files that every release must contain.
    pub fn assets(&self) -> &[Asset] {
        &self.theme.assets
    }

    /// The theme as loaded.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Hash of the theme's files.
    pub fn theme_version(&self) -> &str {
        &self.theme.version
    }

    fn draw<P: PageContext>(&self, frame: &SiteFrame, page: &P) -> Result<String, RenderError> {
        let site = &frame.site;
        let here = page.path();
        let default_locale = self.theme.manifest.locales.first();
        let messages =
            self.messages.get(&site.locale).or_else(|| self.messages.get(default_locale?)).cloned().unwrap_or_default();
        let context = Value::from_pairs([
            ("site", frame.value.clone()),
            ("page", Value::from(Serde(page))),
            ("address", Value::from(site.address_of(&here))),
            ("here", Value::from(here)),
            ("current_column", page.top_column().map(|id| id.to_string()).into()),
            ("locale", Value::from(site.locale.as_str())),
            ("t", messages),
        ]);
        Ok(self.environment.get_template(P::TEMPLATE)?.render(context)?)
    }
}

impl SiteFrame {
    /// Converts a site's settings once for all its pages.
    pub fn new(site: Site) -> Self {
        #[derive(Serialize)]
        struct WithDigits<'a> {
            #[serde(flatten)]
            site: &'a Site,
            police_record_digits: String,
        }
        let value = Value::from(Serde(WithDigits { site: &site, police_record_digits: site.police_record_digits() }));
        let columns = site.navigation.iter().map(|crumb| Dependency::Column(crumb.id));
        let dependencies = [Dependency::Site, Dependency::Theme].into_iter().chain(columns).collect();
        SiteFrame { site: Arc::new(site), value, dependencies }
    }

    /// The settings.
    pub fn site(&self) -> &Site {
        &self.site
    }
}
