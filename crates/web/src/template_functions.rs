//! Functions and filters that templates may use. None of them reaches the database.

use std::sync::Arc;

use domain::time::{beijing_date, beijing_minutes};
use jiff::Timestamp;
use minijinja::{
    Environment, Error, ErrorKind, State, Value,
    value::{Kwargs, Serde},
};

use crate::{assets::Assets, paging::ListQuery};

/// Adds all of them.
pub fn add(environment: &mut Environment<'static>, assets: Arc<Assets>) {
    let for_icons = Arc::clone(&assets);
    // {{ asset("console.css") }} → address with hash, blank when the file has not been bundled.
    environment.add_function("asset", move |name: &str| assets.url(name).unwrap_or_default());
    // {{ icon("home") }} → an icon of the sprite; decoration only, so hidden from screen readers.
    environment.add_function("icon", move |name: &str| {
        let sprite = for_icons.url("icons.svg").unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Value::from_safe_string(format!(
            "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{sprite}#{name}\"></use></svg>"
        ))
    });
    environment.add_function("csrf_field", csrf_field);
    environment.add_function("list_url", list_url);
    environment.add_filter("minute", |value: Value| time(&value, beijing_minutes));
    environment.add_filter("day", |value: Value| time(&value, |instant| beijing_date(instant).to_string()));
    environment.add_filter("filesize", file_size);
    environment.add_filter("clip", clip);
    environment.add_filter("short_id", short_id);
}

/// `{{ csrf_field() }}`: the hidden field every form with method post starts with.
fn csrf_field(state: &State) -> Value {
    let token = state.lookup("csrf_token").and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let name = crate::csrf::FIELD;
    Value::from_safe_string(format!("<input type=\"hidden\" name=\"{name}\" value=\"{token}\">"))
}

/// `{{ list_url(list, page=2) }}`: the address of a list with some parameters changed.
fn list_url(list: Value, changes: Kwargs) -> Result<String, Error> {
    let query = list.get_attr("query")?;
    let text = |name: &str| query.get_attr(name).map(|value| value.as_str().unwrap_or("").to_owned());
    let number = |name: &str| query.get_attr(name).map(|value| value.as_i64().unwrap_or(1).unsigned_abs());
    let filters = query.get_attr("filters")?;
    let mut known = ListQuery::from_pairs(&text("path")?, Vec::new());
    known.q = text("q")?;
    known.sort = text("sort")?;
    known.descending = query.get_attr("descending")?.is_true();
    known.page = number("page")?;
    known.per_page = number("per_page")?;
    for key in filters.try_iter()? {
        known.filters.insert(key.to_string(), filters.get_item(&key)?.to_string());
    }
    let mut changed = Vec::new();
    for name in changes.args().map(str::to_owned).collect::<Vec<_>>() {
        let value: Value = changes.get(&name)?;
        changed.push((name, if value.is_none() { String::new() } else { value.to_string() }));
    }
    let changed: Vec<(&str, String)> = changed.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    Ok(known.url_with(&changed))
}

/// Instants arrive from serde as RFC 3339 text; nothing at all becomes a dash.
fn time(value: &Value, print: impl Fn(Timestamp) -> String) -> Result<String, Error> {
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { return Ok("—".into()) };
    let instant: Timestamp =
        text.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("{text:?} is not an instant")))?;
    Ok(print(instant))
}

fn file_size(bytes: f64) -> String {
    match bytes {
        b if b < 1024.0 => format!("{b} B"),
        b if b < 1_048_576.0 => format!("{:.1} KB", b / 1024.0),
        b if b < 1_073_741_824.0 => format!("{:.1} MB", b / 1_048_576.0),
        b => format!("{:.2} GB", b / 1_073_741_824.0),
    }
}

/// `{{ title|clip(24) }}`: cuts long text, with an ellipsis.
fn clip(text: String, length: usize) -> String {
    if text.chars().count() <= length { text } else { text.chars().take(length).chain(['…']).collect() }
}

/// `{{ id|short_id }}`: the last eight characters, which differ even between ids made in the same moment.
fn short_id(id: String) -> String {
    id.chars().skip(id.chars().count().saturating_sub(8)).collect()
}

/// Serialises anything for a template.
pub fn to_value(value: impl serde::Serialize) -> Value {
    Value::from(Serde(value))
}
