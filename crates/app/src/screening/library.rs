//! What the library knows about a text: the documents it cites, and texts that are nearly the same.

use domain::{
    edition::{Edition, EditionState},
    ids::ResourceId,
};
use screen::{KnownDocument, SimilarText, Subject, citations, plain_text, signature};
use store::{Read, Tx};

use crate::AppResult;

/// Near duplicates that are compared at most.
const CANDIDATES: u64 = 5;

/// Looks up what a subject cites and what it resembles. Only admitted editions answer, which the library shows to every
/// office.
pub(crate) async fn with_library(read: &Read, subject: &mut Subject, resource: ResourceId) -> AppResult<()> {
    let (mut titles, mut numbers) = (Vec::new(), Vec::new());
    for citation in citations(subject) {
        titles.extend(citation.title);
        numbers.extend(citation.document_number);
    }
    titles.truncate(200);
    numbers.truncate(200);
    if !titles.is_empty() || !numbers.is_empty() {
        for edition in store::edition::cited(read, &titles, &numbers).await? {
            subject.facts.documents.extend(document(&edition));
        }
    }
    let keys = keys_of(&plain_text(&subject.body_html).text);
    for id in store::edition_signature::sharing(read, resource, &keys, CANDIDATES).await? {
        let Some(edition) = store::edition::by_id(read, id).await? else { continue };
        if edition.state != EditionState::Admitted {
            continue;
        }
        let Some(owned) = store::resource::by_id(read, edition.resource).await? else { continue };
        let unit = store::unit::by_id(read, owned.resource.unit).await?;
        subject.facts.similar.push(SimilarText {
            key: edition.resource.to_string(),
            title: edition.title.clone(),
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            text: plain_text(&edition.body).text,
            published: owned.resource.first_published_at.map(domain::time::beijing_date),
        });
    }
    Ok(())
}

/// Keeps the signature of an admitted edition.
pub(crate) async fn keep_signature(tx: &Tx, edition: &Edition) -> AppResult<()> {
    let keys = keys_of(&plain_text(&edition.body).text);
    Ok(store::edition_signature::keep(tx, edition.id, edition.resource, &edition.language, &keys).await?)
}

fn keys_of(text: &str) -> Vec<u64> {
    let signature = signature(text);
    if signature.is_empty() { Vec::new() } else { signature.keys().to_vec() }
}

/// A document with its validity; `None` when nobody stated it.
fn document(edition: &Edition) -> Option<KnownDocument> {
    let elements = &edition.elements;
    let mut known = KnownDocument::new(edition.title.clone(), elements.validity?);
    known.document_number = elements.document_number.clone();
    known.until = elements.repealed_on;
    Some(known)
}
