//! Reprints come from sites of the party and the government, or from approved sources (稿源单位).
//!
//! A source that is not on the region's list blocks: 国办发〔2018〕123号 says 原则上只转载, and an exception in principle is
//! exactly what the last reviewer's overruling with a reason puts on record. As long as the region keeps no list, what is
//! not on the short one that ships is only pointed out. Without any list nothing can be said and nothing is.

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    field::Field,
    finding::{Category, Severity},
    host::{Address, is_government, is_within},
    lists::ApprovedSource,
    view::View,
};

/// Source and address of reprints held against the list.
pub struct ApprovedSources;

const RULE: Rule<'static> = Rule::builtin(
    "source.approved",
    "国办发〔2018〕123号（原则上只转载党委和政府网站以及有关主管部门确定的稿源单位发布的信息）",
);
const HOST: Rule<'static> =
    Rule::builtin("source.address", "国办发〔2017〕47号 第三章（转载信息须注明来源，做到准确）");

impl Check for ApprovedSources {
    fn id(&self) -> &'static str {
        "approved_source"
    }
    fn name(&self) -> &'static str {
        "转载稿源是否在名单内"
    }
    fn category(&self) -> Category {
        Category::Source
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let elements = &view.subject.elements;
        let Some(source) = elements.source.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { return };
        if !elements.is_reprint || view.lists.approved_sources.is_empty() {
            return;
        }
        let address = elements.original_url.as_deref().map(Address::read).filter(Address::is_web);
        let host = address.as_ref().map(|address| address.host.as_str());
        if host.is_some_and(|host| is_government(host, &view.lists.government_hosts)) {
            return;
        }
        let Some(known) = approved(source, &view.lists.approved_sources) else {
            if is_office(source) {
                // By its name a government site; without an address nobody can tell, and another check asks for one.
                if let Some(host) = host {
                    let message = format!("来源写的是“{source}”，原文地址{host}却不是政府网站，请核对来源和原文地址。");
                    let note = Note { rule: HOST, severity: Severity::Warn, message, suggestion: None, masked: None };
                    out.on(Field::OriginalUrl, host, note);
                }
                return;
            }
            let message = format!(
                "转载来源“{source}”不在稿源名单内。原则上只转载党委和政府网站以及名单内单位发布的信息，请改用名单内的来源；确需转载的，由终审人写明理由。"
            );
            let severity = if view.lists.sources_confirmed { Severity::Block } else { Severity::Warn };
            let note = Note { rule: RULE, severity, message, suggestion: None, masked: None };
            out.on(Field::Source, &format!("{source} {}", host.unwrap_or_default()), note);
            return;
        };
        if let Some(host) = host
            && !known.hosts.is_empty()
            && !known.hosts.iter().any(|own| is_within(host, own.strip_prefix("www.").unwrap_or(own)))
        {
            let message =
                format!("来源写的是“{}”，原文地址却在{host}，不是该单位的网站，请核对来源和原文地址。", known.name);
            let note = Note { rule: HOST, severity: Severity::Warn, message, suggestion: None, masked: None };
            out.on(Field::OriginalUrl, host, note);
        }
    }
}

/// The name of an office of the party or the government.
fn is_office(name: &str) -> bool {
    let name = name.trim().trim_end_matches(['网', '站']).trim_end_matches("门户");
    [
        "政府",
        "党委",
        "市委",
        "区委",
        "旗委",
        "县委",
        "委员会",
        "办公厅",
        "办公室",
        "厅",
        "局",
        "国务院",
        "法院",
        "检察院",
    ]
    .iter()
    .any(|word| name.ends_with(word))
        || name == "中国政府"
}

/// The approved unit that a source line names. Joint sources pass when one of them is approved.
fn approved<'a>(source: &str, list: &'a [ApprovedSource]) -> Option<&'a ApprovedSource> {
    source.split(['、', '/', '|', ' ', '；', ';', '，']).chain([source]).find_map(|name| {
        let name = core(name);
        let is_named = |known: &ApprovedSource| {
            std::iter::once(&known.name).chain(&known.aliases).any(|own| !name.is_empty() && core(own) == name)
        };
        list.iter().find(|known| is_named(known))
    })
}

/// 来源：新华社客户端, 新华网, 新华社 → 新华.
fn core(name: &str) -> String {
    const LEADING: &[&str] = &["来源", "转载自", "转自", "摘自", "据", "：", ":"];
    const TRAILING: &[&str] = &[
        "客户端",
        "微信公众号",
        "微信",
        "公众号",
        "官方微博",
        "微博",
        "官方网站",
        "官网",
        "网站",
        "新闻网",
        "新媒体",
        "APP",
        "App",
        "app",
        "电子版",
        "通讯社",
        "日报社",
        "日报",
        "报社",
        "社",
        "网",
        "报",
    ];
    let mut name: &str = name.trim().trim_matches(['“', '”', '"', '《', '》', '（', '）', '【', '】']);
    while let Some(rest) = LEADING.iter().find_map(|word| name.strip_prefix(word)) {
        name = rest.trim_start();
    }
    while let Some(rest) =
        TRAILING.iter().find_map(|word| name.strip_suffix(word)).filter(|rest| rest.chars().count() >= 2)
    {
        name = rest.trim_end();
    }
    domain::identifier::normalise::compact(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_people_write_them() {
        let list = [ApprovedSource {
            name: "新华社".into(), aliases: vec!["新华每日电讯".into()], hosts: Vec::new()
        }];
        for (source, known) in [
            ("新华社", true),
            ("来源：新华网", true),
            ("新华社客户端", true),
            ("新华社微信公众号", true),
            ("新华每日电讯", true),
            ("示例网、新华社", true),
            ("示例网", false),
            ("新华书店", false),
            ("", false),
        ] {
            assert_eq!(approved(source, &list).is_some(), known, "{source}");
        }
    }
}
