//! Articles that an old site cut into pages (分页): one article, not many.

use std::collections::{BTreeMap, HashMap};

use domain::migration::OldPage;

/// The parts of one article know each other by their page links.
#[derive(Default)]
pub(super) struct Paged {
    pages: HashMap<String, Part>,
}

struct Part {
    title: String,
    further: Vec<String>,
    changed_round: i64,
}

impl Paged {
    /// Takes note of a page.
    pub(super) fn add(&mut self, page: &OldPage) {
        if page.kind.is_text() && !page.further.is_empty() {
            let part =
                Part { title: page.title.clone(), further: page.further.clone(), changed_round: page.changed_round };
            self.pages.insert(page.address.clone(), part);
        }
    }

    /// First pages with the further pages of each, in order. Two pages belong together when each links to the other as
    /// a page of itself and both bear the same title.
    pub(super) fn articles(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut seen: HashMap<&str, ()> = HashMap::new();
        let mut articles = BTreeMap::new();
        let mut all: Vec<&str> = self.pages.keys().map(String::as_str).collect();
        all.sort_unstable_by_key(|address| (address.len(), *address));
        for first in all {
            if seen.contains_key(first) {
                continue;
            }
            let mut group = vec![first];
            seen.insert(first, ());
            let mut at = 0;
            while let Some(address) = group.get(at).copied() {
                at += 1;
                let Some(part) = self.pages.get(address) else { continue };
                for other in &part.further {
                    let Some((other, known)) = self.pages.get_key_value(other) else { continue };
                    let mutual = known.further.iter().any(|back| back == address);
                    if mutual && same_title(&part.title, &known.title) && seen.insert(other.as_str(), ()).is_none() {
                        group.push(other);
                    }
                }
            }
            if group.len() > 1 {
                let mut rest = group.split_off(1);
                rest.sort_unstable_by_key(|address| (address.len(), *address));
                articles.insert(first, rest);
            }
        }
        articles
    }

    /// The last collection that changed one of these pages.
    pub(super) fn changed_round(&self, pages: &[&str]) -> i64 {
        pages.iter().filter_map(|address| self.pages.get(*address)).map(|part| part.changed_round).max().unwrap_or(0)
    }
}

/// Titles that differ in a number of the page at most: 示例通知, 示例通知（2）, 示例通知 第2页.
fn same_title(one: &str, other: &str) -> bool {
    let bare = |title: &str| -> String {
        let end = title.trim_end_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || "（）()第页/－-_一二三四五六七八九十".contains(c)
        });
        end.to_owned()
    };
    one == other || (!bare(one).is_empty() && bare(one) == bare(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paged(pages: &[(&str, &str, &[&str])]) -> Paged {
        let part = |title: &str, further: &[&str]| Part {
            title: title.to_owned(),
            further: further.iter().map(|one| (*one).to_owned()).collect(),
            changed_round: 1,
        };
        Paged {
            pages: pages
                .iter()
                .map(|(address, title, further)| ((*address).to_owned(), part(title, further)))
                .collect(),
        }
    }

    #[test]
    fn pages_that_link_to_each_other_are_one_article_in_the_order_of_their_numbers() {
        let found = paged(&[
            ("http://a/t_10.html", "示例通知", &["http://a/t_2.html"]),
            ("http://a/t.html", "示例通知", &["http://a/t_2.html"]),
            ("http://a/t_2.html", "示例通知（2）", &["http://a/t.html", "http://a/t_10.html"]),
        ]);
        let articles = found.articles();
        assert_eq!(articles.len(), 1);
        assert_eq!(articles["http://a/t.html"], ["http://a/t_2.html", "http://a/t_10.html"]);
    }

    #[test]
    fn a_link_in_one_direction_or_another_title_makes_no_article() {
        let one_way = paged(&[
            ("http://a/1.html", "示例通知", &["http://a/2.html"]),
            ("http://a/2.html", "示例通知", &["http://a/3.html"]),
        ]);
        assert!(one_way.articles().is_empty());
        let other = paged(&[
            ("http://a/1.html", "示例通知", &["http://a/2.html"]),
            ("http://a/2.html", "示例公告", &["http://a/1.html"]),
        ]);
        assert!(other.articles().is_empty());
    }
}
