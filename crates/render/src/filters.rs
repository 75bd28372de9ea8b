//! What templates may call: dates in Beijing time, links relative to the page, asset addresses.
//!
//! Filters compute from their arguments only; none reaches a file, the network or a clock.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use minijinja::{Environment, Error, ErrorKind, State};

use crate::{not_found, path};

/// An instant on Beijing's clock. A fixed offset: China has kept no summer time since 1991.
pub(crate) fn beijing(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(8)))
}

pub(crate) fn register(environment: &mut Environment<'static>, assets: HashMap<String, String>) {
    environment.add_filter("minute", minute);
    environment.add_filter("day", day);
    environment.add_filter("link", link);
    environment.add_filter("component", |text: &str| path::encode_component(text));
    environment.add_filter("address", address);
    environment.add_filter("file_size", file_size);
    environment.add_filter("file_kind", file_kind);
    let assets = Arc::new(assets);
    environment.add_function("asset", move |state: &State, name: &str| -> Result<String, Error> {
        let to = assets
            .get(name)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("the theme has no asset {name}")))?;
        link(state, to)
    });
}

/// `YYYY-MM-DD HH:MM` in Beijing time, the format 国办发〔2017〕47号 prescribes.
fn minute(at: &str) -> Result<String, Error> {
    let at = beijing(timestamp(at)?);
    Ok(format!("{:04}-{:02}-{:02} {:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute()))
}

/// `YYYY-MM-DD` in Beijing time; a date without a time stays as it is.
fn day(at: &str) -> Result<String, Error> {
    if at.len() == 10 {
        return at
            .parse::<jiff::civil::Date>()
            .map(|date| date.to_string())
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, format!("{at} is not a date: {error}")));
    }
    let at = beijing(timestamp(at)?);
    Ok(format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day()))
}

fn timestamp(at: &str) -> Result<Timestamp, Error> {
    at.parse().map_err(|error| Error::new(ErrorKind::InvalidOperation, format!("{at} is not a time: {error}")))
}

/// A path inside the site as a reference relative to the page being rendered. Addresses of other
/// sites pass through when they are harmless; anything else with a scheme leads nowhere.
fn link(state: &State, to: &str) -> Result<String, Error> {
    if to.starts_with("https://") || to.starts_with("http://") || to.starts_with("tel:") || to.starts_with("mailto:") {
        return Ok(to.to_owned());
    }
    if to.starts_with('/') || to.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("{to} is not a path inside the site")));
    }
    let here = state.lookup("here");
    let Some(here) = here.as_ref().and_then(|here| here.as_str()) else {
        return Err(Error::new(ErrorKind::InvalidOperation, "links need to know the page they stand on"));
    };
    if here == path::NOT_FOUND {
        let mut reference = not_found::ROOT_PLACEHOLDER.to_owned();
        reference.push_str(path::relative("", to).trim_start_matches("./"));
        return Ok(reference);
    }
    Ok(path::relative(here, to))
}

/// The address of a path on the open network, for `<meta name="Image">`.
fn address(state: &State, to: &str) -> Result<String, Error> {
    let site = state.lookup("site").unwrap_or_default();
    let base = site.get_attr("base_url")?;
    let mut address = base.as_str().unwrap_or_default().to_owned();
    path::percent_encode_path(to, &mut address);
    Ok(address)
}

/// `12 KB`, `3.4 MB`.
fn file_size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

/// The extension of a file name in capitals, for a label; empty without one.
fn file_kind(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, extension)) if extension.len() <= 5 && extension.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            extension.to_ascii_uppercase()
        }
        _ => String::new(),
    }
}
