//! What stands before the items: the address of the site, and its categories with their parents.

use std::collections::HashMap;

use crate::attachment::xml::{Item, Xml};

#[derive(Debug, Default)]
pub(super) struct Channel {
    /// Address of the site, without a slash at its end.
    pub address: String,
    /// By short name: name and the parent's short name.
    categories: HashMap<String, (String, String)>,
}

impl Channel {
    pub fn read(text: &str) -> Channel {
        let mut channel = Channel::default();
        let (mut blog, mut link) = (String::new(), String::new());
        let mut path: Vec<String> = Vec::new();
        let (mut short, mut parent, mut name) = (String::new(), String::new(), String::new());
        let mut xml = Xml::new(text);
        while let Some(item) = xml.next() {
            match item {
                Item::Open(tag) => path.push(tag.full_name().to_owned()),
                Item::Text(value) => match path.last().map(String::as_str) {
                    Some("wp:base_blog_url") => blog.push_str(value.trim()),
                    Some("link") => link.push_str(value.trim()),
                    Some("wp:category_nicename") => short.push_str(value.trim()),
                    Some("wp:category_parent") => parent.push_str(value.trim()),
                    Some("wp:cat_name") => name.push_str(value.trim()),
                    _ => {}
                },
                Item::Close(_) => {
                    if path.pop().as_deref() == Some("wp:category") && channel.categories.len() < 100_000 {
                        let named = (std::mem::take(&mut name), std::mem::take(&mut parent));
                        channel.categories.insert(std::mem::take(&mut short), named);
                    }
                }
            }
        }
        let address = if blog.is_empty() { link } else { blog };
        channel.address = address.trim_end_matches('/').to_owned();
        channel
    }

    /// Names from the top down. Parents are given by short name, in old exports by name; a circle ends.
    pub fn path(&self, short: &str, name: &str) -> Vec<String> {
        let mut path = vec![name.to_owned()];
        let mut parent = self.categories.get(short).map(|(_, parent)| parent.as_str()).unwrap_or_default();
        while !parent.is_empty() && path.len() < 20 {
            match self.categories.get(parent) {
                Some((name, next)) => {
                    path.push(name.clone());
                    parent = next;
                }
                None => {
                    path.push(parent.to_owned());
                    break;
                }
            }
        }
        path.reverse();
        path
    }
}
