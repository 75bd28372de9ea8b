//! Articles that come with their fields (tables, exports of other systems), kept as pages of one address each.

use extract::source::{Record, RecordBody, RecordState};
use serde::{Deserialize, Serialize};

use super::{keep::Captured, reading::RECORD_MEDIA};
use crate::{AppError, AppResult};

/// A record as it is kept. Only the fields that the platform uses; what was not understood stays in `other`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct KeptRecord {
    pub title: String,
    pub subtitle: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub document_number: Option<String>,
    pub index_number: Option<String>,
    pub organ: Option<String>,
    pub validity: Option<String>,
    pub written_on: Option<String>,
    pub column: Vec<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    pub html: Option<String>,
    pub text: Option<String>,
    /// Address and name.
    pub attachments: Vec<(String, String)>,
    /// Why the old system did not show it.
    pub hidden: Option<String>,
    pub other: std::collections::BTreeMap<String, String>,
    pub remarks: Vec<String>,
}

/// The record as something that an address answered. A record without an address gets one from its key and its place.
pub(super) fn captured(base: &str, record: Record) -> AppResult<Captured> {
    let base = url::Url::parse(base).map_err(AppError::internal)?;
    let absolute =
        |address: &str| base.join(address).map_or_else(|_| address.to_owned(), |address| address.to_string());
    let address = match (&record.address, &record.key) {
        (Some(address), _) => absolute(address),
        (None, Some(key)) => with_query(&base, "zhengtong-record", key),
        (None, None) => with_query(&base, "zhengtong-place", &record.place),
    };
    let hidden = match record.state {
        None | Some(RecordState::Published) => None,
        Some(RecordState::Draft) => Some("旧系统中是草稿".to_owned()),
        Some(RecordState::Pending) => Some("旧系统中待审核".to_owned()),
        Some(RecordState::Scheduled) => Some("旧系统中定时发布，尚未发布".to_owned()),
        Some(RecordState::Private) => Some("旧系统中不公开".to_owned()),
        Some(RecordState::Withdrawn) => Some("旧系统中已撤下".to_owned()),
        Some(RecordState::Other(word)) => Some(format!("旧系统中状态为“{word}”")),
    };
    let (html, text) = match record.body {
        RecordBody::Html(html) => (Some(html), None),
        RecordBody::Text(text) => (None, Some(text)),
    };
    let kept = KeptRecord {
        title: record.title.unwrap_or_default(),
        subtitle: record.subtitle,
        published: record.published.map(|moment| moment.to_string()),
        source: record.source,
        author: record.author,
        document_number: record.document_number,
        index_number: record.index_number,
        organ: record.organ,
        validity: record.validity,
        written_on: record.written_on.map(|moment| moment.to_string()),
        column: record.column,
        summary: record.summary,
        keywords: record.keywords,
        html,
        text,
        attachments: record.attachments.into_iter().map(|file| (absolute(&file.address), file.name)).collect(),
        hidden,
        other: record.other,
        remarks: record.remarks,
    };
    let discovered = Vec::new();
    Ok(Captured {
        address,
        other_addresses: record.other_addresses.iter().map(|other| absolute(other)).collect(),
        media_type: Some(RECORD_MEDIA.to_owned()),
        body: Some(serde_json::to_vec(&kept).map_err(AppError::internal)?.into()),
        referrer: Some(record.place),
        discovered,
        ..Captured::default()
    })
}

fn with_query(base: &url::Url, name: &str, value: &str) -> String {
    let mut address = base.clone();
    address.query_pairs_mut().clear().append_pair(name, value);
    address.to_string()
}
