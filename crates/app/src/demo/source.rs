//! The files that the demo is made of, as they are written (`crates/app/data/README.md` explains every field).

use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{AppError, AppResult};

static CAST: &str = include_str!("../../data/demo/cast.toml");
static SITES: &str = include_str!("../../data/demo/sites.toml");
static DOCUMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/demo/documents");

/// A person of the cast.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CastPerson {
    pub login: String,
    pub name: String,
    pub note: String,
    pub appointments: Vec<CastAppointment>,
}

/// A duty of a person of the cast; units are named by their codes.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CastAppointment {
    pub duty: String,
    pub unit: String,
}

/// A sample site.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleSite {
    pub slug: String,
    pub name: String,
    pub domain: String,
    pub site_code: String,
    pub icp_number: String,
    pub police_number: String,
    pub conac_id: String,
    pub sponsor: String,
    pub operator: String,
    pub contact: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    pub about: String,
    pub review_chain: Vec<SampleChain>,
    pub column: Vec<SampleColumn>,
}

/// A review chain of a sample site.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleChain {
    pub name: String,
    pub steps: Vec<String>,
    #[serde(default)]
    pub columns: Vec<String>,
}

/// A column of a sample site.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleColumn {
    pub slug: String,
    pub parent: Option<String>,
    pub name: String,
    pub column_type: String,
    pub description: String,
    pub keywords: Vec<String>,
}

/// A sample document.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleDocument {
    pub slug: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    #[serde(rename = "abstract")]
    pub summary: String,
    pub keywords: Vec<String>,
    pub source: String,
    pub author: String,
    pub unit: String,
    pub site: String,
    pub columns: Vec<String>,
    pub state: SampleState,
    pub at_step: Option<usize>,
    pub days_ago: i64,
    pub time: String,
    pub content: SampleContent,
    pub policy: Option<SamplePolicy>,
    pub interprets: Option<String>,
    pub returned: Option<SampleReturn>,
    pub schedule: Option<SampleSchedule>,
    pub recall: Option<SampleRecall>,
    pub second_edition: Option<SampleSecondEdition>,
    #[serde(default)]
    pub also_placed: Vec<SamplePlacement>,
    #[serde(default)]
    pub attachment: Vec<SampleAttachment>,
}

/// How far a document is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SampleState {
    Published,
    Draft,
    Submitted,
    InReview,
    Returned,
    Scheduled,
    Recalled,
    Superseded,
}

impl SampleState {
    /// Citizens read it, or did.
    pub(super) fn is_published(self) -> bool {
        matches!(self, Self::Published | Self::Recalled | Self::Superseded)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleContent {
    pub body: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SamplePolicy {
    pub document_number: String,
    pub issuer: String,
    pub written_days_ago: i64,
    pub subject_class: String,
    pub document_kind: String,
    pub validity: String,
    pub validity_note: Option<String>,
    pub effective_in_days: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleReturn {
    pub at_step: usize,
    pub by: String,
    pub comment: String,
    pub quote: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleSchedule {
    pub in_days: i64,
    pub time: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleRecall {
    pub by: String,
    pub days_ago: i64,
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleSecondEdition {
    pub author: String,
    pub days_ago: i64,
    pub time: String,
    pub change_note: String,
    pub body: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SamplePlacement {
    pub site: String,
    pub column: String,
    pub by: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SampleAttachment {
    pub name: String,
    pub text: String,
}

/// Everybody of the cast.
pub(super) fn cast() -> AppResult<Vec<CastPerson>> {
    #[derive(Deserialize)]
    struct File {
        person: Vec<CastPerson>,
    }
    Ok(read::<File>("cast.toml", CAST)?.person)
}

/// The sample sites.
pub(super) fn sites() -> AppResult<Vec<SampleSite>> {
    #[derive(Deserialize)]
    struct File {
        site: Vec<SampleSite>,
    }
    Ok(read::<File>("sites.toml", SITES)?.site)
}

/// The sample documents, by slug.
pub(super) fn documents() -> AppResult<Vec<SampleDocument>> {
    let mut documents: Vec<SampleDocument> = DOCUMENTS
        .files()
        .map(|file| {
            let name = file.path().display().to_string();
            read(&name, file.contents_utf8().unwrap_or_default())
        })
        .collect::<AppResult<_>>()?;
    documents.sort_by(|one, other| one.slug.cmp(&other.slug));
    Ok(documents)
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> AppResult<T> {
    toml::from_str(text).map_err(|error| AppError::internal(format!("demo/{name}: {error}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_document_names_people_sites_and_columns_that_exist() {
        let (cast, sites) = (cast().unwrap(), sites().unwrap());
        let logins: BTreeSet<&str> = cast.iter().map(|person| person.login.as_str()).collect();
        for document in documents().unwrap() {
            let site = sites.iter().find(|site| site.slug == document.site).expect("a known site");
            for column in &document.columns {
                assert!(site.column.iter().any(|known| known.slug == *column), "{}: {column}", document.slug);
            }
            let named = [Some(&document.author)]
                .into_iter()
                .chain([document.returned.as_ref().map(|one| &one.by), document.recall.as_ref().map(|one| &one.by)])
                .flatten();
            for login in named {
                assert!(logins.contains(login.as_str()), "{}: {login}", document.slug);
            }
        }
    }

    #[test]
    fn every_column_without_columns_below_gets_a_published_document() {
        let documents = documents().unwrap();
        for site in sites().unwrap() {
            for column in &site.column {
                if site.column.iter().any(|other| other.parent.as_deref() == Some(column.slug.as_str())) {
                    continue;
                }
                let shown = documents.iter().any(|document| {
                    document.site == site.slug
                        && document.columns.contains(&column.slug)
                        && matches!(document.state, SampleState::Published | SampleState::Superseded)
                });
                assert!(shown, "{}/{}", site.slug, column.slug);
            }
        }
    }
}
