//! What is true about every address of the site.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

use crate::{OldSiteSettings, content::Article, plan::Plan};

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    Home,
    List,
    Article,
    ServiceGuide,
    Leader,
    Frame,
    Attachment,
    Picture,
    Other,
}

/// What a crawler must get from the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "expect")]
pub enum Expected {
    /// 200 and the whole content.
    Content,
    /// 301 or 302.
    Redirect { to: String },
    /// 404.
    Missing,
    /// 200, but the page says that there is nothing.
    SoftMissing,
    /// The same content as another address.
    Duplicate { of: String },
    /// Always an error, or a body that is cut short.
    Broken,
    /// `robots.txt` asks crawlers to stay away.
    Forbidden,
}

/// A document that belongs to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentTruth {
    pub address: String,
    /// As shown on the page.
    pub name: String,
    /// `docx`, `pdf`, `xlsx`, `txt`, `zip`.
    pub kind: &'static str,
    /// A sentence that is somewhere in its text.
    pub text: String,
}

/// One address and what is true about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageTruth {
    /// Path and query as in the site's own links, without session numbers.
    pub address: String,
    pub kind: PageKind,
    #[serde(flatten)]
    pub expected: Expected,
    pub title: String,
    /// `2015-03-12` in Beijing; empty where the page shows no date.
    pub published: String,
    pub source: String,
    pub author: String,
    pub document_number: String,
    pub index_number: String,
    /// From the home page downwards, itself left out: 政策文件, 规范性文件.
    pub column: Vec<String>,
    /// Paragraphs of the body, one a line.
    pub text: String,
    pub attachments: Vec<AttachmentTruth>,
    pub pictures: Vec<String>,
}

/// A generated site.
#[derive(Debug)]
pub struct OldSite {
    pub(crate) settings: OldSiteSettings,
    pub(crate) plan: Plan,
    /// How often a page was changed after the beginning.
    pub(crate) changes: Mutex<HashMap<String, u32>>,
}

impl OldSite {
    /// Makes the site; the same settings make the same site.
    pub fn generate(settings: OldSiteSettings) -> Self {
        let plan = Plan::new(&settings);
        Self { settings, plan, changes: Mutex::default() }
    }

    /// Every address that has an end, in a fixed order: pages, lists, attachments, pictures, redirects, broken ones.
    /// What traps make up without end is not among them.
    pub fn pages(&self) -> Vec<PageTruth> {
        self.plan.truths(self)
    }

    /// Changes the text of the page; the server gives it a new date. Says whether there is such an article.
    pub fn change(&self, address: &str) -> bool {
        let known = self.plan.article_at(address).is_some();
        if known {
            *self.changes.lock().unwrap_or_else(PoisonError::into_inner).entry(address.to_owned()).or_default() += 1;
        }
        known
    }

    pub(crate) fn changed(&self, address: &str) -> u32 {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).get(address).copied().unwrap_or(0)
    }

    /// The article with its changes.
    pub(crate) fn article(&self, index: usize) -> Article {
        let mut article = self.plan.article(index, &self.settings);
        for number in 1..=self.changed(&article.address) {
            article.paragraphs.push(format!("本页于迁移演练中第{number}次修改（示例）。"));
        }
        article
    }
}
