//! From named values to a record.

use super::field::Field;
use super::lists;
use super::mapping::ColumnReport;
use crate::source::moment::Moment;
use crate::source::record::{LinkedFile, Record, RecordBody, RecordState};

/// Fills a record, value by value.
pub(super) struct Builder {
    record: Record,
    body_is_sure: bool,
    any: bool,
}

impl Builder {
    pub fn new(place: String) -> Builder {
        Builder { record: Record { place, ..Record::default() }, body_is_sure: false, any: false }
    }

    /// A value of a column; empty ones do nothing.
    pub fn put(&mut self, column: &ColumnReport, value: String) {
        self.put_as(column.field, &column.name, value);
    }

    pub fn put_as(&mut self, field: Option<Field>, name: &str, value: String) {
        let trimmed = value.trim();
        if trimmed.is_empty() || trimmed.eq_ignore_ascii_case("null") || trimmed == "\\N" {
            return;
        }
        self.any = true;
        let Some(field) = field else { return self.keep(name, trimmed) };
        let record = &mut self.record;
        let slot = match field {
            Field::Key => &mut record.key,
            Field::Address => &mut record.address,
            Field::Title => &mut record.title,
            Field::Subtitle => &mut record.subtitle,
            Field::Source => &mut record.source,
            Field::Author => &mut record.author,
            Field::DocumentNumber => &mut record.document_number,
            Field::IndexNumber => &mut record.index_number,
            Field::Organ => &mut record.organ,
            Field::Validity => &mut record.validity,
            Field::Summary => &mut record.summary,
            Field::Published | Field::Modified | Field::WrittenOn => return self.day(field, name, trimmed),
            Field::Body | Field::BodyHtml | Field::BodyText => return self.body(field, name, value),
            Field::Column => return add(&mut record.column, &mut record.other_columns, lists::path(trimmed)),
            Field::Keywords => return record.keywords.extend(lists::keywords(trimmed)),
            Field::Attachments => return record.attachments.extend(lists::files(trimmed)),
            Field::State => {
                record.state = Some(state(trimmed));
                return;
            }
        };
        if slot.is_some() {
            return self.keep(name, trimmed);
        }
        *slot = Some(trimmed.to_owned());
    }

    pub fn attach(&mut self, file: LinkedFile) {
        self.any = true;
        self.record.attachments.push(file);
    }

    pub fn remark(&mut self, sentence: String) {
        self.record.remarks.push(sentence);
    }

    /// The record, or why it is none.
    pub fn finish(self) -> Result<Option<Record>, &'static str> {
        let record = self.record;
        if !self.any {
            return Ok(None);
        }
        if record.title.is_none() && record.body.is_empty() && record.address.is_none() && record.attachments.is_empty()
        {
            return Err("没有标题、正文、网址和附件，没有采用。请补上后重新导入，或者更正列的对应关系。");
        }
        Ok(Some(record))
    }

    fn keep(&mut self, name: &str, value: &str) {
        self.record.other.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }

    fn day(&mut self, field: Field, name: &str, value: &str) {
        let slot = match field {
            Field::Modified => &mut self.record.modified,
            Field::WrittenOn => &mut self.record.written_on,
            _ => &mut self.record.published,
        };
        match Moment::read(value) {
            Some(moment) if slot.is_none() => *slot = Some(moment),
            Some(_) => self.keep(name, value),
            // The zero of databases is no value.
            None if value.starts_with("0000-00-00") => {}
            None => {
                let shown: String = value.chars().take(40).collect();
                self.remark(format!("{}“{shown}”不是完整的日期，没有采用。", field.label()));
                self.keep(name, value);
            }
        }
    }

    /// HTML is preferred to text, said is preferred to guessed.
    fn body(&mut self, field: Field, name: &str, value: String) {
        let html = match field {
            Field::BodyHtml => true,
            Field::BodyText => false,
            _ => looks_like_html(&value),
        };
        let better = self.record.body.is_empty() || (html && field == Field::BodyHtml && !self.body_is_sure);
        if !better {
            return self.keep(name, value.trim());
        }
        self.body_is_sure = field == Field::BodyHtml;
        self.record.body = if html { RecordBody::Html(value) } else { RecordBody::Text(value.replace("\r\n", "\n")) };
    }
}

fn add(first: &mut Vec<String>, others: &mut Vec<Vec<String>>, path: Vec<String>) {
    if path.is_empty() {
    } else if first.is_empty() {
        *first = path;
    } else if *first != path {
        others.push(path);
    }
}

/// A start tag of one of the elements texts are made of.
fn looks_like_html(text: &str) -> bool {
    const NAMES: [&str; 24] = [
        "p", "div", "br", "span", "table", "a", "img", "strong", "b", "h1", "h2", "h3", "h4", "ul", "ol", "li",
        "section", "font", "html", "body", "em", "u", "center", "figure",
    ];
    text.match_indices('<').take(200).any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let end = rest.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..end].to_ascii_lowercase();
        NAMES.contains(&name.as_str())
            && rest[end..].starts_with(|next: char| next == '>' || next == '/' || next.is_whitespace())
    })
}

/// What the word for a state means.
pub(in crate::source) fn state(word: &str) -> RecordState {
    match super::field::plain(word).as_str() {
        "publish" | "published" | "public" | "已发布" | "已发" | "发布" | "正常" | "已公开" | "公开" | "是"
        | "true" | "yes" | "online" | "已上线" | "inherit" => RecordState::Published,
        "draft" | "autodraft" | "草稿" | "新稿" | "未发布" | "编辑中" | "否" | "false" | "no" => {
            RecordState::Draft
        }
        "pending" | "待审" | "待审核" | "审核中" | "已送审" | "待签发" | "待发布" => {
            RecordState::Pending
        }
        "future" | "scheduled" | "定时发布" | "定时" => RecordState::Scheduled,
        "private" | "password" | "私密" | "不公开" | "内部" | "依申请公开" => RecordState::Private,
        "trash" | "deleted" | "已删除" | "删除" | "回收站" | "已撤稿" | "撤稿" | "已下线" | "下线" | "已撤销"
        | "已撤回" | "withdrawn" | "offline" | "archived" => RecordState::Withdrawn,
        _ => RecordState::Other(word.to_owned()),
    }
}
