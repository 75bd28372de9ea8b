//! Links: dangerous, dead, inner and imitated addresses, words that say another address than the link has, and the
//! non-government sites for which readers get the leaving notice (离站提示).

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    check::{Check, Rule},
    collector::{Collector, Note},
    facts::LinkState,
    field::Field,
    finding::{Category, Severity},
    host::{Address, imitation, is_government, is_inner, is_within, near_government, parents},
    plain_text::BodyLink,
    subject::Subject,
    view::{TextField, View},
};

/// Where links lead.
pub struct Link;

const DANGEROUS: Rule<'static> =
    Rule::builtin("link.dangerous", "国办秘函〔2019〕19号 单项否决“安全、泄密事故等严重问题”（发布或链接有害内容）");
const DEAD: Rule<'static> = Rule::builtin("link.dead", "国办秘函〔2019〕19号（链接可用性）");
const INNER: Rule<'static> =
    Rule::builtin("link.inner", "互联网政务应用安全管理规定；国办秘函〔2019〕19号（链接可用性）");
const IMITATION: Rule<'static> = Rule::builtin("link.imitation", "互联网政务应用安全管理规定第五条（域名）");
const DISGUISED: Rule<'static> = Rule::builtin("link.disguised", "互联网政务应用安全管理规定（链接安全）");
const LEAVING: Rule<'static> = Rule::builtin("link.leaving", "国办发〔2017〕47号（打开非政府网站链接时应有提示）");

/// What can be typed as an address in a text.
static TYPED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:https?://[^\s<>“”《》（）()，。；、\p{Han}]{4,300}|www\.[a-z0-9][a-z0-9.-]{3,200})")
        .expect("a constant expression")
});
/// Words of a link that are an address themselves.
static SAYS_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,10})(?:[/:?#]\S*)?$").expect("a constant expression")
});

impl Check for Link {
    fn id(&self) -> &'static str {
        "link"
    }
    fn name(&self) -> &'static str {
        "链接（危险、失效、内部、仿冒、非政府网站）"
    }
    fn category(&self) -> Category {
        Category::Link
    }

    fn run(&self, view: &View<'_>, out: &mut Collector<'_>) {
        let body = view.text(Field::Body);
        let mut hosts = HashSet::new();
        for link in &view.links {
            judge(view, body, link, &mut hosts, out);
        }
        if let Some(url) = view.subject.elements.original_url.as_deref().filter(|url| !url.trim().is_empty())
            && let Some((rule, severity, message)) = fault(view, url)
        {
            out.on(Field::OriginalUrl, url, note(rule, severity, message));
        }
        for text in view.prose() {
            typed(view, text, out);
        }
    }
}

/// The addresses of a subject's links and of its original, each once, in order: what may be tested for
/// [`Facts::links`](crate::Facts::links).
pub fn links(subject: &Subject) -> Vec<String> {
    let view = View::of(subject);
    let mut seen = HashSet::new();
    let original = subject.elements.original_url.iter().map(|url| url.trim().to_owned());
    let all = view.links.iter().map(|link| link.address.clone()).chain(original);
    all.filter(|address| Address::read(address).is_web() && seen.insert(address.clone())).collect()
}

fn note(rule: Rule<'static>, severity: Severity, message: String) -> Note<'static> {
    Note { rule, severity, message, suggestion: None, masked: None }
}

fn judge(
    view: &View<'_>,
    body: Option<&TextField<'_>>,
    link: &BodyLink,
    hosts: &mut HashSet<String>,
    out: &mut Collector<'_>,
) {
    let mut report = |rule: Rule<'static>, severity: Severity, message: String| match body {
        Some(body) if !link.range.is_empty() => {
            let words: String = body.text[link.range.clone()].chars().take(30).collect();
            let shown = format!("{words}（{}）", link.address.chars().take(80).collect::<String>());
            out.at_because_of(
                body,
                link.range.clone(),
                &link.address,
                Note { masked: Some(shown), ..note(rule, severity, message) },
            );
        }
        _ => out.on(Field::Body, &link.address, note(rule, severity, message)),
    };
    if let Some((rule, severity, message)) = fault(view, &link.address) {
        return report(rule, severity, message);
    }
    let address = Address::read(&link.address);
    if !address.is_web() {
        return;
    }
    let words = body.and_then(|body| body.text.get(link.range.clone())).unwrap_or_default();
    if let Some(said) = SAYS_ADDRESS.captures(words.trim()).and_then(|found| found.get(1)) {
        let said = crate::host::plain_host(said.as_str());
        let (one, other) = (bare(&said), bare(&address.host));
        if !is_within(one, other) && !is_within(other, one) {
            let message = format!("链接文字写的是{said}，实际打开的是{}，请核对，不一致的应改正。", address.host);
            return report(DISGUISED, Severity::Warn, message);
        }
    }
    if !is_government(&address.host, &view.lists.government_hosts) && hosts.insert(address.host.clone()) {
        let message = format!(
            "链接到非政府网站{}，打开时会显示离开本站提示；请确认有必要链接，且内容可靠、不含商业广告。",
            address.host
        );
        report(LEAVING, Severity::Hint, message);
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// What is wrong with an address, the gravest thing first.
fn fault(view: &View<'_>, text: &str) -> Option<(Rule<'static>, Severity, String)> {
    let lists = view.lists;
    let address = Address::read(text);
    let known = view.subject.facts.links.iter().find(|link| link.address.trim() == text.trim());
    let listed = lists.dangerous_addresses.get(text.trim());
    let listed = listed.or_else(|| parents(&address.host).find_map(|host| lists.dangerous_hosts.get(host)));
    let dangerous = match known.map(|link| &link.state) {
        Some(LinkState::Dangerous(reason)) => Some(reason),
        _ => listed,
    };
    if let Some(reason) = dangerous {
        return Some((DANGEROUS, Severity::Block, format!("链接已知有危险（{reason}），必须删除。")));
    }
    if matches!(address.scheme.as_str(), "javascript" | "vbscript" | "data") {
        return Some((DANGEROUS, Severity::Block, "链接里是程序代码，不是网址，必须删除或改为正确的网址。".to_owned()));
    }
    let drive = address.scheme.len() == 1 || address.scheme == "file" || text.trim().starts_with("\\\\");
    if drive {
        let message =
            "链接指向个人电脑或内部共享文件夹里的文件，读者打不开，还会暴露内部信息。请上传为附件后重新链接。";
        return Some((INNER, Severity::Block, message.to_owned()));
    }
    if address.has_user && address.is_web() {
        let message = format!("网址在主机名前夹带了用户名，实际打开的是{}，疑似仿冒，请核对并改正。", address.host);
        return Some((IMITATION, Severity::Block, message));
    }
    if is_inner(&address.host) && address.is_web() {
        let message = "链接指向内部网络地址，读者打不开，还会暴露内部信息。请改为互联网上的正式网址。";
        return Some((INNER, Severity::Block, message.to_owned()));
    }
    let ours = parents(&address.host).any(|host| lists.government_hosts.contains(host));
    if address.is_web() && !ours {
        if let Some(why) = imitation(&address) {
            return Some((
                IMITATION,
                Severity::Block,
                format!("疑似仿冒政府网站的网址：{why}。请核对，确属错误的改为正确网址。"),
            ));
        }
        if let Some(own) = near_government(&address.host, &lists.government_hosts) {
            let message = format!("网址{}与{own}很像但不相同，请核对是否写错或者被仿冒。", address.host);
            return Some((IMITATION, Severity::Warn, message));
        }
    }
    if let Some(LinkState::Dead(reason)) = known.map(|link| &link.state) {
        return Some((DEAD, Severity::Block, format!("链接打不开（{reason}），请改为有效的网址或者删除链接。")));
    }
    None
}

/// Addresses that are written out but are no links.
fn typed(view: &View<'_>, text: &TextField<'_>, out: &mut Collector<'_>) {
    let mut links = view.links.iter().filter(|_| text.field == Field::Body).map(|link| link.range.clone()).peekable();
    for found in TYPED.find_iter(&text.text) {
        let trimmed = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '"']);
        let range: Range<usize> = found.start()..found.start() + trimmed.len();
        while links.next_if(|link| link.end <= range.start).is_some() {}
        if links.peek().is_some_and(|link| link.start < range.end) {
            continue;
        }
        let whole = if trimmed.contains("://") { trimmed.to_owned() } else { format!("http://{trimmed}") };
        if let Some((rule, severity, message)) = fault(view, &whole) {
            // Nobody can click it.
            let severity = if rule == INNER || rule == DEAD { severity.max(Severity::Warn) } else { severity };
            out.at(text, range, note(rule, severity, message.replace("链接", "网址")));
        }
    }
}
