//! Page contexts from what the library holds. Pure: everything was loaded before.

use std::collections::BTreeMap;

use domain::{
    attachment::{Attachment, AttachmentUse},
    ids::{AttachmentId, ColumnId, ResourceId},
    recall::Recall,
    resource::{Resource, ResourceKind},
};
use jiff::Timestamp;
use render::page::{
    AttachmentLink, BlockShape, ContentPage, GonePage, HomeBlock, HomeLead, HomePage, ListItem, PolicyElements,
    PolicyPage, QuickEntry, RelatedLink, Validity,
};
use store::published::{ListLine, PublishedItem, Related};

use super::{tree::crumb, view::SiteView};

/// A content page of either kind.
pub(crate) enum AnyContent {
    /// Articles and interpretations.
    Content(ContentPage),
    /// Policies, with their element table.
    Policy(PolicyPage),
}

/// A line of a list.
pub(crate) fn list_item(line: &ListLine) -> ListItem {
    let policy = line.kind == ResourceKind::Policy;
    ListItem {
        id: line.resource.0,
        title: line.title.clone(),
        path: render::path::content(&line.address_month, serial(line.serial)),
        published_at: line.sort_at,
        summary: filled(&line.elements.summary),
        document_number: if policy { filled(&line.elements.document_number) } else { None },
        validity: if policy { validity(line.elements.validity) } else { None },
        pinned: line.pinned,
    }
}

/// The page of a resource; `related` are the policies an interpretation explains, or the interpretations of a policy.
pub(crate) fn content(
    view: &SiteView,
    item: &PublishedItem,
    column: ColumnId,
    published_at: Timestamp,
    related: &[Related],
) -> Option<AnyContent> {
    let column = view.tree.view(view.tree.get(column)?);
    let path = item.resource.page_path();
    let elements = &item.elements;
    let files: BTreeMap<AttachmentId, &Attachment> = item.attachments.iter().map(|file| (file.id, file)).collect();
    let body = render::rich_text::rewrite_attachments(&item.body, |id| {
        let file = files.get(&AttachmentId(id))?;
        Some(render::path::relative(&path, &render::path::attachment(&path, &file.file_name)))
    })
    .html;
    let attachments = item
        .attachments
        .iter()
        .filter(|file| file.usage == AttachmentUse::Listed)
        .map(|file| AttachmentLink {
            name: file.file_name.clone(),
            path: render::path::attachment(&path, &file.file_name),
            size: u64::try_from(file.size).unwrap_or(0),
        })
        .collect();
    let image = item
        .attachments
        .iter()
        .find(|file| file.usage == AttachmentUse::Inline && file.media_type.starts_with("image/"))
        .map(|file| render::path::attachment(&path, &file.file_name));
    let links = related.iter().map(link).collect();
    let keywords = (!elements.keywords.is_empty()).then(|| elements.keywords.join(","));
    let source = elements.source.clone().unwrap_or_default();
    if item.resource.kind == ResourceKind::Policy {
        return Some(AnyContent::Policy(PolicyPage {
            id: item.resource.id.0,
            column,
            title: item.title.clone(),
            published_at,
            source,
            author: filled(&elements.author),
            editor: filled(&elements.editor),
            keywords,
            summary: filled(&elements.summary),
            map_approval_number: filled(&elements.map_approval_number),
            elements: policy_elements(item),
            body,
            attachments,
            interpretations: links,
            related: Vec::new(),
            path,
        }));
    }
    Some(AnyContent::Content(ContentPage {
        id: item.resource.id.0,
        column,
        title: item.title.clone(),
        subtitle: filled(&elements.subtitle),
        published_at,
        source,
        original_url: filled(&elements.original_url).filter(|_| elements.is_reprint),
        author: filled(&elements.author),
        editor: filled(&elements.editor),
        keywords,
        summary: filled(&elements.summary),
        image,
        map_approval_number: filled(&elements.map_approval_number),
        body,
        attachments,
        related: links,
        is_interpretation: item.resource.kind == ResourceKind::Interpretation,
        path,
    }))
}

fn policy_elements(item: &PublishedItem) -> PolicyElements {
    let elements = &item.elements;
    let issuers: Vec<&str> = elements
        .issuer
        .iter()
        .chain(&elements.joint_issuers)
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    PolicyElements {
        index_number: filled(&elements.index_number),
        subject_class: filled(&elements.subject_class),
        issuer: (!issuers.is_empty()).then(|| issuers.join("、")),
        written_on: elements.written_on,
        document_number: filled(&elements.document_number),
        subject_words: (!elements.subject_words.is_empty()).then(|| elements.subject_words.join("；")),
        validity: validity(elements.validity),
        effective_on: elements.effective_on,
        repealed_on: elements.repealed_on,
        open_mode: Some(elements.open_mode.chinese().to_owned()),
    }
}

/// What stands at `path` in place of a recalled resource.
pub(crate) fn gone(
    view: &SiteView,
    resource: &Resource,
    path: &str,
    recall: &Recall,
    unit: &str,
    column: Option<ColumnId>,
) -> GonePage {
    GonePage {
        path: path.to_owned(),
        id: resource.id.0,
        recalled_at: recall.recalled_at,
        unit: unit.to_owned(),
        public_reason: (!recall.public_notice.trim().is_empty()).then(|| recall.public_notice.clone()),
        contact: view.site.contact.clone(),
        column: column.and_then(|id| view.tree.get(id)).map(crumb),
    }
}

/// The home page from the newest lines of each navigation column and the headline.
pub(crate) fn home(view: &SiteView, blocks: &[(ColumnId, Vec<ListLine>)], lead: Option<&ListLine>) -> HomePage {
    let mut news_taken = false;
    let mut columns: Vec<_> =
        blocks.iter().filter_map(|(id, lines)| view.tree.get(*id).map(|column| (column, lines))).collect();
    // What is new comes first; pages that rarely change become tiles instead of nearly empty blocks.
    columns.sort_by_key(|(column, lines)| (rank(&column.column_type), usize::from(lines.is_empty())));
    let (tiles, columns): (Vec<_>, Vec<_>) =
        columns.into_iter().partition(|(column, lines)| lines.len() <= 1 && rank(&column.column_type) == LAST);
    let quick_entries = tiles
        .into_iter()
        .map(|(column, _)| QuickEntry { title: column.name.clone(), path: column.index_path(), note: String::new() })
        .collect();
    let blocks = columns
        .into_iter()
        .map(|(column, lines)| {
            let policies = lines.iter().filter(|line| line.kind == ResourceKind::Policy).count() * 2 > lines.len();
            let shape = match column.column_type.as_str() {
                "政策文件" => BlockShape::Policy,
                _ if policies => BlockShape::Policy,
                "工作动态" if !news_taken => {
                    news_taken = true;
                    BlockShape::News
                }
                _ => BlockShape::Plain,
            };
            let items = lines.iter().map(list_item).collect();
            HomeBlock { column: view.tree.view(column), items, shape }
        })
        .collect();
    HomePage {
        column_description: view.site.description.clone(),
        column_keywords: view.site.name.clone(),
        lead: lead.map(|line| HomeLead { item: list_item(line), image: None, image_text: String::new() }),
        blocks,
        quick_entries,
    }
}

/// Rank of columns whose content seldom changes.
const LAST: u8 = 9;

/// Order of the blocks of the home page.
fn rank(column_type: &str) -> u8 {
    match column_type {
        "工作动态" => 0,
        "政策文件" | "信息公开目录" => 1,
        "通知公告" => 2,
        "政策解读" | "回应关切" => 3,
        "数据发布" | "数据开放" => 4,
        _ => LAST,
    }
}

fn link(related: &Related) -> RelatedLink {
    RelatedLink {
        id: related.resource.0,
        title: related.title.clone(),
        path: render::path::content(&related.address_month, serial(related.serial)),
        published_at: related.sort_at,
        document_number: filled(&related.document_number),
    }
}

fn validity(validity: Option<domain::element::Validity>) -> Option<Validity> {
    validity.and_then(|value| Validity::parse(value.as_str()))
}

fn filled(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn serial(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Groups related links by the page they stand on.
pub(crate) fn by_page(related: Vec<Related>) -> BTreeMap<ResourceId, Vec<Related>> {
    let mut found: BTreeMap<ResourceId, Vec<Related>> = BTreeMap::new();
    for one in related {
        found.entry(one.of).or_default().push(one);
    }
    found
}
