//! What an engine knows beyond the texts it is given: approved sources, hosts, standard maps. Data kept by people.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The lists of one engine. Empty lists switch off only the rules that need them.
#[derive(Default, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lists {
    /// 稿源单位 from which may be reprinted (国办发〔2018〕123号: 党委和政府网站以及有关主管部门确定的稿源单位).
    pub approved_sources: Vec<ApprovedSource>,
    /// Hosts known to be dangerous, with the reason; their subdomains too.
    pub dangerous_hosts: BTreeMap<String, String>,
    /// Single addresses known to be dangerous, with the reason.
    pub dangerous_addresses: BTreeMap<String, String>,
    /// Hosts of government sites that do not end in `.gov.cn` or `.政务`, and our own sites; their subdomains too.
    pub government_hosts: BTreeSet<String>,
    /// Standard maps: SHA-256 of the file in lower-case hexadecimal → 审图号.
    pub standard_maps: BTreeMap<String, String>,
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
