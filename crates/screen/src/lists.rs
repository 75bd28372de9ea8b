//! What an engine knows beyond the texts it is given: approved sources, hosts, standard maps. Data kept by people.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{finding::Category, lexicon::Pack};

/// The lists of one engine. Empty lists switch off only the rules that need them.
#[derive(Default, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lists {
    /// 稿源单位 from which may be reprinted (国办发〔2018〕123号: 党委和政府网站以及有关主管部门确定的稿源单位).
    pub approved_sources: Vec<ApprovedSource>,
    /// The region keeps its own list of sources, so that what is not on it is not merely unknown to the platform.
    pub sources_confirmed: bool,
    /// Hosts known to be dangerous, with the reason; their subdomains too.
    pub dangerous_hosts: BTreeMap<String, String>,
    /// Single addresses known to be dangerous, with the reason.
    pub dangerous_addresses: BTreeMap<String, String>,
    /// Hosts of government sites that do not end in `.gov.cn` or `.政务`, and our own sites; their subdomains too.
    pub government_hosts: BTreeSet<String>,
    /// Standard maps: SHA-256 of the file in lower-case hexadecimal → 审图号.
    pub standard_maps: BTreeMap<String, String>,
}

impl Lists {
    /// Adds the entries of packs that are lists: a source is an entry's word, its other names and hosts are the words
    /// allowed with it; a dangerous host or address is an entry's word, its message the reason; a standard map
    /// is the SHA-256 of its file, its suggestion the 审图号.
    pub fn take(&mut self, packs: &[Arc<Pack>]) {
        for pack in packs {
            for entry in &pack.entries {
                let word = entry.word.trim().to_owned();
                match pack.category {
                    Category::Source => {
                        let (hosts, aliases) = entry.allow.iter().cloned().partition(|name| is_host(name));
                        self.approved_sources.push(ApprovedSource { name: word, aliases, hosts });
                    }
                    Category::Link => {
                        let reason = entry.message.clone().unwrap_or_else(|| pack.message.replace("{word}", &word));
                        let list =
                            if is_host(&word) { &mut self.dangerous_hosts } else { &mut self.dangerous_addresses };
                        list.insert(word.to_lowercase(), reason);
                    }
                    Category::Map => {
                        let number = entry.suggestion.clone().unwrap_or_default();
                        self.standard_maps.insert(word.to_lowercase(), number);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// `example.com`, not `https://example.com/page` and not a name.
fn is_host(text: &str) -> bool {
    text.contains('.') && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}

/// One unit from which may be reprinted.
#[derive(Default, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApprovedSource {
    /// 单位名称, e.g. 新华社.
    pub name: String,
    /// Other names it signs with, e.g. 新华网.
    pub aliases: Vec<String>,
    /// Hosts of its sites, without `www.`; their subdomains too. Empty when not known.
    pub hosts: Vec<String>,
}
