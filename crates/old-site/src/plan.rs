//! Which addresses there are.

use std::collections::HashMap;

use crate::{
    AttachmentTruth, Expected, OldSite, OldSiteSettings, PageKind, PageTruth, attachment,
    content::{self, Article, COLUMNS, Column, Style},
    hazard,
    words::SITE_NAME,
};

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    List {
        column: usize,
        page: usize,
    },
    Article(usize),
    Attachment(usize),
    Picture(usize),
    /// See [`hazard`].
    Hazard(usize),
}

#[derive(Debug)]
pub(crate) struct Plan {
    /// Numbers of the articles of each column, newest number first.
    pub columns: Vec<Vec<usize>>,
    pub places: HashMap<String, Place>,
    pub order: Vec<String>,
    pub hazards: Vec<hazard::Hazard>,
}

impl Plan {
    pub fn new(settings: &OldSiteSettings) -> Self {
        let mut columns = vec![Vec::new(); COLUMNS.len()];
        for number in (1..=settings.articles).rev() {
            columns[content::column_of(number)].push(number);
        }
        let hazards = if settings.traps { hazard::all(settings) } else { Vec::new() };
        let mut plan = Self { columns, places: HashMap::new(), order: Vec::new(), hazards };
        plan.add("/".to_owned(), Place::Home);
        for column in 0..COLUMNS.len() {
            for page in 0..plan.list_pages(column, settings) {
                plan.add(list_address(column, page), Place::List { column, page });
            }
        }
        for number in 1..=settings.articles {
            plan.add(content::address_of(number), Place::Article(number));
            let article = content::article(number, settings.seed, settings.attachments);
            if article.has_attachment {
                plan.add(attachment::address_of(number), Place::Attachment(number));
            }
            if article.has_picture {
                plan.add(picture_address(number), Place::Picture(number));
            }
        }
        for index in 0..plan.hazards.len() {
            let address = plan.hazards[index].address.clone();
            plan.add(address, Place::Hazard(index));
        }
        plan
    }

    fn add(&mut self, address: String, place: Place) {
        self.order.push(address.clone());
        self.places.insert(address, place);
    }

    pub fn list_pages(&self, column: usize, settings: &OldSiteSettings) -> usize {
        self.columns[column].len().div_ceil(settings.page_size.max(1)).max(1)
    }

    pub fn article(&self, number: usize, settings: &OldSiteSettings) -> Article {
        content::article(number, settings.seed, settings.attachments)
    }

    pub fn article_at(&self, address: &str) -> Option<usize> {
        match self.places.get(address) {
            Some(Place::Article(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn truths(&self, site: &OldSite) -> Vec<PageTruth> {
        self.order.iter().map(|address| self.truth(address, site)).collect()
    }

    fn truth(&self, address: &str, site: &OldSite) -> PageTruth {
        let mut truth = PageTruth {
            address: address.to_owned(),
            kind: PageKind::Other,
            expected: Expected::Content,
            title: String::new(),
            published: String::new(),
            source: String::new(),
            author: String::new(),
            document_number: String::new(),
            index_number: String::new(),
            column: Vec::new(),
            text: String::new(),
            attachments: Vec::new(),
            pictures: Vec::new(),
        };
        let column_path = |column: usize| COLUMNS[column].path.iter().map(|name| (*name).to_owned()).collect();
        match &self.places[address] {
            Place::Home => {
                truth.kind = PageKind::Home;
                truth.title = SITE_NAME.to_owned();
            }
            Place::List { column, .. } => {
                truth.kind = PageKind::List;
                truth.column = column_path(*column);
                truth.title = COLUMNS[*column].path.last().map(|name| (*name).to_owned()).unwrap_or_default();
            }
            Place::Article(number) => {
                let article = site.article(*number);
                truth.kind = match COLUMNS[article.column].folder {
                    "bszn" => PageKind::ServiceGuide,
                    "ldxx" => PageKind::Leader,
                    _ => PageKind::Article,
                };
                truth.column = column_path(article.column);
                truth.text = text_of(&article);
                if article.has_attachment {
                    truth.attachments.push(attachment_truth(&article));
                }
                if article.has_picture {
                    truth.pictures.push(picture_address(*number));
                }
                truth.title = article.title;
                truth.published = article.published;
                truth.source = article.source;
                truth.author = article.author;
                truth.document_number = article.document_number;
                truth.index_number = article.index_number;
            }
            Place::Attachment(number) => {
                truth.kind = PageKind::Attachment;
                truth.title = attachment::name_of(*number);
                truth.text = attachment::sentence(*number);
            }
            Place::Picture(_) => truth.kind = PageKind::Picture,
            Place::Hazard(index) => {
                let hazard = &self.hazards[*index];
                truth.kind = if hazard.is_frame() { PageKind::Frame } else { PageKind::Other };
                truth.expected = hazard.expected.clone();
            }
        }
        truth
    }
}

fn attachment_truth(article: &Article) -> AttachmentTruth {
    let number = article.number;
    AttachmentTruth {
        address: attachment::address_of(number),
        name: attachment::name_of(number),
        kind: attachment::kind_of(number),
        text: attachment::sentence(number),
    }
}

/// Paragraphs and table as they stand in the body, one paragraph or row a line.
fn text_of(article: &Article) -> String {
    let mut lines = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate() {
        lines.push(paragraph.clone());
        if index == 0 {
            lines.extend(article.table.iter().map(|row| row.join(" ")));
        }
    }
    lines.join("\n")
}

pub(crate) fn list_address(column: usize, page: usize) -> String {
    let Column { folder, style, .. } = COLUMNS[column];
    match (style, page) {
        (Style::Program, 0) => format!("/list.asp?col={folder}"),
        (Style::Program, _) => format!("/list.asp?col={folder}&page={}", page + 1),
        (_, 0) => format!("/{folder}/index.html"),
        (_, _) => format!("/{folder}/index_{page}.html"),
    }
}

pub(crate) fn picture_address(number: usize) -> String {
    format!("/images/news/{number}.gif")
}
