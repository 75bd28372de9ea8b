//! One element of the table as a person reads it.

use domain::element::Elements;
use domain::time::beijing_minutes;

/// Elements that are typed beside those of [`domain::element::ELEMENT_RULES`], with their labels.
pub const FURTHER_ELEMENTS: &[(&str, &str)] = &[
    ("is_reprint", "是否转载"),
    ("original_url", "转载原文地址"),
    ("open_basis", "公开依据"),
    ("joint_issuers", "联合发文机关"),
    ("published_on", "原发布时间"),
    ("expires_at", "有效期至"),
];

/// The value of an element in words; `None` when it is empty or unknown. `interprets` names resources, whose titles
/// only a page with a reader can look up, so it is unknown here.
pub fn element_text(field: &str, elements: &Elements) -> Option<String> {
    let list = |words: &[String]| Some(words.join("；")).filter(|text| !text.is_empty());
    match field {
        "subtitle" => elements.subtitle.clone(),
        "summary" => elements.summary.clone(),
        "source" => elements.source.clone(),
        "is_reprint" => elements.is_reprint.then(|| "是".to_owned()),
        "original_url" => elements.original_url.clone(),
        "author" => elements.author.clone(),
        "editor" => elements.editor.clone(),
        "keywords" => list(&elements.keywords),
        "published_on" => elements.published_on.map(beijing_minutes),
        "expires_at" => elements.expires_at.map(beijing_minutes),
        "open_mode" => Some(elements.open_mode.chinese().to_owned()),
        "open_basis" => elements.open_basis.clone(),
        "secrecy_reviewed" => elements.secrecy_reviewed.then(|| "已通过保密审查".to_owned()),
        "index_number" => elements.index_number.clone(),
        "subject_class" => elements.subject_class.clone(),
        "issuer" => elements.issuer.clone(),
        "joint_issuers" => list(&elements.joint_issuers),
        "document_number" => elements.document_number.clone(),
        "written_on" => elements.written_on.map(|date| date.to_string()),
        "document_type" => elements.document_type.clone(),
        "validity" => elements.validity.map(|validity| validity.chinese().to_owned()),
        "effective_on" => elements.effective_on.map(|date| date.to_string()),
        "repealed_on" => elements.repealed_on.map(|date| date.to_string()),
        "subject_words" => list(&elements.subject_words),
        "map_approval_number" => elements.map_approval_number.clone(),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}
