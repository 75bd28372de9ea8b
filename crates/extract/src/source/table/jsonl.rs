//! JSON Lines, and a JSON file that is one list of objects.

use std::collections::HashMap;
use std::io::Read;

use serde_json::{Map, Value};

use super::build::Builder;
use super::field::Field;
use super::header::Header;
use super::lists;
use super::mapping::{ColumnReport, Mapping};
use super::text::{Text, mended, sentence};
use crate::source::item::{Item, Refused};
use crate::source::items::{Items, Reading};
use crate::source::limits::Limits;
use crate::source::record::LinkedFile;

/// Reads JSON Lines (an object on each line) or one list of objects. UTF-8, GBK, UTF-16; packed with gzip or not.
/// Lists become keywords, attachments (`[{"name": …, "url": …}]`) or a path; other objects stay in `other` as JSON.
pub fn records_jsonl<'r>(reader: impl Read + Send + 'r, mapping: &Mapping, limits: &Limits) -> Items<'r> {
    let reading = JsonReading {
        text: Text::new(reader, limits.total_bytes),
        keys: Keys { mapping: mapping.clone(), shapes: HashMap::new(), columns: Vec::new(), limit: limits.columns },
        limits: limits.clone(),
        line: 0,
        list: None,
        buffer: Vec::new(),
    };
    Items::new(reading, limits)
}

struct JsonReading<R> {
    text: Text<R>,
    keys: Keys,
    limits: Limits,
    line: u64,
    /// Whether the file is one list; settled with the first bytes.
    list: Option<bool>,
    buffer: Vec<u8>,
}

impl<R: Read> Reading for JsonReading<R> {
    fn next(&mut self) -> Option<Item> {
        loop {
            let (place, fits) = match self.next_object() {
                Ok(Some(found)) => found,
                Ok(None) => return None,
                Err(trouble) => {
                    self.text.stop();
                    return Some(Refused::new(format!("第 {} 行以后", self.line), sentence(&trouble)).into());
                }
            };
            let refuse = |reason: String| Some(Refused::new(place.clone(), reason).into());
            if !fits {
                return refuse(format!("内容超过 {} MB，没有读取。请单独处理这一条。", self.limits.record_bytes >> 20));
            }
            if self.buffer.trim_ascii().is_empty() {
                continue;
            }
            let parsed = match std::str::from_utf8(&self.buffer) {
                Ok(text) => serde_json::from_str::<Map<String, Value>>(text),
                Err(_) => serde_json::from_str(&mended(std::mem::take(&mut self.buffer))),
            };
            let built = match parsed {
                Ok(object) => self.keys.build(object, place.clone()),
                Err(error) if error.is_data() => return refuse("不是一个 JSON 对象（{…}），没有采用。".to_owned()),
                Err(error) => {
                    return refuse(format!(
                        "JSON 写法有误（第 {} 个字节处），没有采用。请更正后重新导入。",
                        error.column()
                    ));
                }
            };
            return match built {
                Ok(Some(record)) => Some(record.into()),
                Ok(None) => continue,
                Err(reason) => refuse(reason.to_owned()),
            };
        }
    }

    fn columns(&self) -> Vec<ColumnReport> {
        self.keys.columns.clone()
    }
}

impl<R: Read> JsonReading<R> {
    fn next_object(&mut self) -> Result<Option<(String, bool)>, crate::source::stream::Trouble> {
        let list = match self.list {
            Some(list) => list,
            None => {
                let start = self.text.sample()?.trim_ascii_start();
                let list = start.starts_with(b"[");
                self.line = 1;
                self.list = Some(list);
                if list {
                    while self.text.fill()? && self.text.unread()[0] != b'[' {
                        self.line += u64::from(self.text.unread()[0] == b'\n');
                        self.text.consume(1);
                    }
                    self.text.consume(1);
                }
                if !list {
                    self.line = 0;
                }
                list
            }
        };
        if list {
            return self.next_of_list();
        }
        self.line += 1;
        let fits = self.text.line(&mut self.buffer, self.limits.record_bytes)?;
        Ok(fits.map(|fits| (format!("第 {} 行", self.line), fits)))
    }

    /// The next element of the list: up to the comma outside of strings and brackets.
    fn next_of_list(&mut self) -> Result<Option<(String, bool)>, crate::source::stream::Trouble> {
        self.buffer.clear();
        let (mut depth, mut quoted, mut escaped, mut fits) = (0u64, false, false, true);
        let mut begins = 0;
        while self.text.fill()? {
            let mut used = 0;
            let mut ended = false;
            for byte in self.text.unread() {
                used += 1;
                self.line += u64::from(*byte == b'\n');
                if begins == 0 && !byte.is_ascii_whitespace() && !matches!(byte, b',' | b']') {
                    begins = self.line;
                }
                if quoted {
                    (quoted, escaped) = (escaped || *byte != b'"', !escaped && *byte == b'\\');
                    continue;
                }
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => depth -= 1,
                    b']' | b',' if depth == 0 => {
                        ended = true;
                        break;
                    }
                    _ => {}
                }
            }
            let part = &self.text.unread()[..used - usize::from(ended)];
            fits &= self.buffer.len() + part.len() <= self.limits.record_bytes;
            if fits {
                self.buffer.extend_from_slice(part);
            }
            self.text.consume(used);
            if ended {
                return Ok(Some((format!("第 {} 行起", begins.max(1)), fits)));
            }
        }
        let rest = !self.buffer.trim_ascii().is_empty() || !fits;
        Ok(rest.then(|| (format!("第 {} 行起", begins.max(1)), fits)))
    }
}

/// Keys seen so far. Which field a key means depends on the keys beside it that are filled, so every set of keys is
/// recognised once.
struct Keys {
    mapping: Mapping,
    shapes: HashMap<Vec<String>, Vec<(Option<Field>, usize)>>,
    columns: Vec<ColumnReport>,
    limit: usize,
}

impl Keys {
    fn build(
        &mut self,
        object: Map<String, Value>,
        place: String,
    ) -> Result<Option<crate::source::record::Record>, &'static str> {
        if object.len() > self.limit {
            return Err("字段太多，没有采用。请核实数据格式。");
        }
        let filled: Vec<(String, Value)> = object.into_iter().filter(|(_, value)| !is_empty(value)).collect();
        let shape: Vec<String> = filled.iter().map(|(key, _)| key.clone()).collect();
        if !self.shapes.contains_key(&shape) {
            if self.shapes.len() >= 10_000 {
                self.shapes.clear();
            }
            let fields = self.recognise(&shape);
            self.shapes.insert(shape.clone(), fields);
        }
        let fields = &self.shapes[&shape];
        let mut builder = Builder::new(place);
        for ((key, value), (field, index)) in filled.into_iter().zip(fields) {
            if let Some(column) = self.columns.get_mut(*index) {
                if column.filled == 0 {
                    column.example = as_text(&value).chars().take(60).collect();
                }
                column.filled += 1;
            }
            put(&mut builder, *field, &key, value);
        }
        builder.finish()
    }

    fn recognise(&mut self, shape: &[String]) -> Vec<(Option<Field>, usize)> {
        let header = Header::recognise(shape.iter().map(String::as_str), &self.mapping);
        let mut fields = Vec::with_capacity(shape.len());
        for (key, column) in shape.iter().zip(header.columns) {
            let index = match self.columns.iter().position(|known| known.name == *key) {
                Some(index) => index,
                None if self.columns.len() < self.limit => {
                    self.columns.push(ColumnReport { name: key.clone(), ..column.clone() });
                    self.columns.len() - 1
                }
                None => usize::MAX,
            };
            fields.push((column.field, index));
        }
        fields
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn put(builder: &mut Builder, field: Option<Field>, key: &str, value: Value) {
    match (field, value) {
        (Some(Field::Attachments), value @ (Value::Array(_) | Value::Object(_))) => attach(builder, key, value),
        (Some(Field::Keywords), Value::Array(list)) => {
            builder.put_as(field, key, list.iter().map(as_text).collect::<Vec<_>>().join("\n"));
        }
        (Some(Field::Column), Value::Array(list)) => {
            // A list of texts is a path; a list of lists or objects is several.
            if list.iter().all(Value::is_string) {
                builder.put_as(field, key, list.iter().map(as_text).collect::<Vec<_>>().join("\u{1f}"));
            } else {
                for one in list {
                    put(builder, field, key, one);
                }
            }
        }
        (Some(Field::Column), Value::Object(object)) => {
            let name = ["path", "name", "title"].iter().find_map(|name| object.get(*name)).map(as_text);
            builder.put_as(field, key, name.unwrap_or_else(|| Value::Object(object).to_string()));
        }
        (Some(_), value @ (Value::Array(_) | Value::Object(_))) => builder.put_as(None, key, value.to_string()),
        (field, Value::String(text)) => builder.put_as(field, key, text),
        (field, value) => builder.put_as(field, key, value.to_string()),
    }
}

fn attach(builder: &mut Builder, key: &str, value: Value) {
    match value {
        Value::Array(list) => list.into_iter().take(1000).for_each(|one| attach(builder, key, one)),
        Value::Object(object) => {
            let first = |names: &[&str]| {
                names
                    .iter()
                    .find_map(|name| object.get(*name))
                    .and_then(Value::as_str)
                    .map(|text| text.trim().to_owned())
            };
            let address =
                first(&["url", "address", "href", "path", "src", "link", "地址", "链接", "file"]).unwrap_or_default();
            let name = first(&["name", "title", "text", "filename", "fileName", "名称", "标题"]);
            let name = name.unwrap_or_else(|| lists::last_segment(&address));
            if !address.is_empty() || !name.is_empty() {
                builder.attach(LinkedFile { address, name });
            }
        }
        other => builder.put_as(Some(Field::Attachments), key, as_text(&other)),
    }
}
