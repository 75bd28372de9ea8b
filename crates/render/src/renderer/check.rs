//! Trying a theme out: every template with every sample in every language, before anyone relies on it.

use super::{Renderer, SiteFrame};
use crate::html_scan::{Token, tokens};
use crate::marks::check_page;
use crate::page::{
    ContentPage, GonePage, HomePage, ListPage, NotFoundPage, PageContext, PolicyPage, SiteMapPage, sample_site,
};

/// Something wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// Template file.
    pub file: String,
    /// Line, from 1; 0 when the whole page is meant.
    pub line: usize,
    /// Name of the sample that showed it.
    pub sample: String,
    /// Language it was rendered in.
    pub locale: String,
    /// What is wrong, in Chinese where people of the platform must act.
    pub message: String,
}

impl std::fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} [{}, {}] {}", self.file, self.line, self.sample, self.locale, self.message)
    }
}

impl Renderer {
    /// Renders every template with every sample in every language of the theme and checks the
    /// pages: required marks, nothing inline, nothing loaded from elsewhere.
    pub fn check_templates(&self) -> Vec<TemplateProblem> {
        let mut problems = Vec::new();
        for locale in &self.theme.manifest.locales {
            let mut site = sample_site();
            site.locale.clone_from(locale);
            let frame = SiteFrame::new(site);
            self.check_page_type::<HomePage>(&frame, &mut problems);
            self.check_page_type::<ListPage>(&frame, &mut problems);
            self.check_page_type::<ContentPage>(&frame, &mut problems);
            self.check_page_type::<PolicyPage>(&frame, &mut problems);
            self.check_page_type::<SiteMapPage>(&frame, &mut problems);
            self.check_page_type::<GonePage>(&frame, &mut problems);
            self.check_page_type::<NotFoundPage>(&frame, &mut problems);
        }
        problems
    }

    fn check_page_type<P: PageContext>(&self, frame: &SiteFrame, problems: &mut Vec<TemplateProblem>) {
        for (sample, page) in P::samples() {
            let mut found = |file: &str, line: usize, message: String| {
                problems.push(TemplateProblem {
                    file: file.to_owned(),
                    line,
                    sample: sample.to_owned(),
                    locale: frame.site.locale.clone(),
                    message,
                });
            };
            match self.draw(frame, &page) {
                Err(error) => found(&error.file, error.line, error.message),
                Ok(html) => {
                    for missing in check_page(&html, P::KIND) {
                        found(P::TEMPLATE, 0, missing.message);
                    }
                    for message in unsuitable_markup(&html) {
                        found(P::TEMPLATE, 0, message);
                    }
                }
            }
        }
    }
}

/// Markup that a strict content security policy would block, or that loads from another host.
fn unsuitable_markup(html: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for token in tokens(html) {
        let Token::Open(tag) = token else { continue };
        let name = tag.name.to_ascii_lowercase();
        if name == "style" || (name == "script" && tag.attribute("src").is_none()) {
            problems.push(format!("页面含有内联的 <{name}>，会被内容安全策略拦住"));
        }
        let loads = matches!(name.as_str(), "script" | "img" | "iframe" | "link" | "source" | "video" | "audio");
        for (attribute, value) in tag.attributes() {
            let attribute = attribute.to_ascii_lowercase();
            if attribute == "style" || attribute.starts_with("on") {
                problems.push(format!("<{name}> 带有内联的 {attribute}，会被内容安全策略拦住"));
            }
            let outside = value.starts_with("//") || value.contains("://");
            if loads && matches!(attribute.as_str(), "src" | "href") && outside {
                problems.push(format!("<{name}> 从站外加载 {value}"));
            }
        }
    }
    problems
}
