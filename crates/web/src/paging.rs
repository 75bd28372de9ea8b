//! Lists: what to search for, how to sort, which page. All of it lives in the address, so links and forms suffice.

use std::{collections::BTreeMap, convert::Infallible};

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::Serialize;

/// Rows per page unless the person chooses otherwise.
pub const DEFAULT_PER_PAGE: u64 = 20;
/// Choices offered.
pub const PER_PAGE_CHOICES: [u64; 4] = [10, 20, 50, 100];

/// The query of a list page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListQuery {
    /// Path of the page, for building links.
    pub path: String,
    /// Words searched for, trimmed.
    pub q: String,
    /// Column to sort by; empty means the list's own order. Check it against the columns you offer.
    pub sort: String,
    /// `true` for descending.
    pub descending: bool,
    /// Page, from 1.
    pub page: u64,
    /// Rows per page.
    pub per_page: u64,
    /// All other parameters that are not blank, such as `state` or `unit`.
    pub filters: BTreeMap<String, String>,
    /// `csv` when an export is wanted.
    pub format: String,
}

impl ListQuery {
    /// Reads the parameters of an address.
    pub fn from_pairs(path: &str, pairs: Vec<(String, String)>) -> Self {
        let mut query = Self {
            path: path.to_owned(),
            q: String::new(),
            sort: String::new(),
            descending: false,
            page: 1,
            per_page: DEFAULT_PER_PAGE,
            filters: BTreeMap::new(),
            format: String::new(),
        };
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name.as_str() {
                "q" => query.q = value,
                "sort" => query.sort = value,
                "dir" => query.descending = value == "desc",
                "page" => query.page = value.parse().unwrap_or(1).clamp(1, 1_000_000),
                "per_page" => query.per_page = value.parse().unwrap_or(DEFAULT_PER_PAGE).clamp(1, 100),
                "format" => query.format = value,
                _ if !value.is_empty() => {
                    query.filters.insert(name, value);
                }
                _ => {}
            }
        }
        query
    }

    /// Rows to skip.
    pub fn offset(&self) -> u64 {
        (self.page - 1) * self.per_page
    }

    /// Rows to load: one page, or everything exportable for CSV.
    pub fn limit(&self) -> u64 {
        if self.wants_csv() { crate::export::MAX_ROWS } else { self.per_page }
    }

    /// The words searched for, if any.
    pub fn search(&self) -> Option<&str> {
        Some(self.q.as_str()).filter(|text| !text.is_empty())
    }

    /// A filter, if set.
    pub fn filter(&self, name: &str) -> Option<&str> {
        self.filters.get(name).map(String::as_str)
    }

    /// A filter read as an id, an enum or a number; unreadable counts as not set.
    pub fn parsed_filter<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.filter(name).and_then(|text| text.parse().ok())
    }

    /// True when the person asked for a CSV file.
    pub fn wants_csv(&self) -> bool {
        self.format == "csv"
    }

    /// What the table and pager macros need; `total` is the number of rows over all pages.
    pub fn view(&self, total: u64) -> ListView {
        let pages = total.div_ceil(self.per_page).max(1);
        let first = if total == 0 { 0 } else { self.offset() + 1 };
        ListView {
            total,
            pages,
            first,
            last: (self.offset() + self.per_page).min(total),
            numbers: page_numbers(self.page, pages),
            choices: PER_PAGE_CHOICES.to_vec(),
            query: self.clone(),
        }
    }

    /// Address of this list with some parameters changed; a blank value removes one. Changing anything but the page
    /// goes back to page 1.
    pub fn url_with(&self, changes: &[(&str, String)]) -> String {
        let mut params: BTreeMap<&str, String> =
            self.filters.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        params.insert("q", self.q.clone());
        params.insert("sort", self.sort.clone());
        params.insert("dir", if self.descending { "desc".into() } else { String::new() });
        params.insert(
            "per_page",
            if self.per_page == DEFAULT_PER_PAGE { String::new() } else { self.per_page.to_string() },
        );
        for (name, value) in changes {
            params.insert(name, if *name == "page" && value == "1" { String::new() } else { value.clone() });
        }
        let pairs: Vec<String> = params
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                format!("{}={}", crate::error_page::percent_encode(name), crate::error_page::percent_encode(value))
            })
            .collect();
        if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }
}

/// A list as templates see it (`list` in the macros).
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// Rows over all pages.
    pub total: u64,
    /// Number of pages, at least 1.
    pub pages: u64,
    /// Number of the first row shown, 0 when there is none.
    pub first: u64,
    /// Number of the last row shown.
    pub last: u64,
    /// Page numbers to offer; 0 stands for a gap.
    pub numbers: Vec<u64>,
    /// Choices of rows per page.
    pub choices: Vec<u64>,
    /// The query itself.
    pub query: ListQuery,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|query| query.0).unwrap_or_default();
        // Inside nested routers the uri is cut; links need the whole path.
        let path = parts
            .extensions
            .get::<axum::extract::OriginalUri>()
            .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.0.path().to_owned());
        Ok(Self::from_pairs(&path, pairs))
    }
}

fn page_numbers(page: u64, pages: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 2 {
            numbers.push(number);
        } else if numbers.last() != Some(&0) {
            numbers.push(0);
        }
        if number > page + 2 && number < pages {
            numbers.push(pages);
            break;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        ListQuery::from_pairs("/console/units", pairs)
    }

    #[test]
    fn links_keep_filters_and_return_to_the_first_page() {
        let query = query(&[("q", "示例 单位"), ("state", "draft"), ("page", "7"), ("sort", "name"), ("dir", "desc")]);
        assert_eq!(query.offset(), 120);
        assert_eq!(
            query.url_with(&[("state", String::new())]),
            "/console/units?dir=desc&q=%E7%A4%BA%E4%BE%8B%20%E5%8D%95%E4%BD%8D&sort=name"
        );
        assert!(query.url_with(&[("page", "8".into())]).contains("page=8"));
    }

    #[test]
    fn page_numbers_show_both_ends_and_the_neighbourhood() {
        assert_eq!(page_numbers(1, 1), [1]);
        assert_eq!(page_numbers(1, 5), [1, 2, 3, 0, 5]);
        assert_eq!(page_numbers(50, 100), [1, 0, 48, 49, 50, 51, 52, 0, 100]);
        assert_eq!(page_numbers(100, 100), [1, 0, 98, 99, 100]);
    }

    #[test]
    fn nonsense_parameters_are_tamed() {
        let query = query(&[("page", "-1"), ("per_page", "100000"), ("unit", " ")]);
        assert_eq!((query.page, query.per_page, query.filters.len()), (1, 100, 0));
        let view = query.view(0);
        assert_eq!((view.pages, view.first, view.last), (1, 0, 0));
    }
}
