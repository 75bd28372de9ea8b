//! The marks and tags every page must carry, checked on the finished page.
//!
//! Sources: 国办发〔2017〕47号 附件2 (网页标签: 站点、栏目、内容页标签) and its rules for the header and
//! the footer (头部标识区, 底部功能区). The publisher refuses a page for which [`check_page`] returns
//! anything. The check walks the page once and costs some tens of microseconds.

mod facts;
mod format;

use std::fmt;

use facts::PageFacts;

/// What kind of page is checked; decides which tags it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// Home page: site and column tags, `ColumnType` 首页.
    Home,
    /// A column's list: site and column tags.
    List,
    /// Article, interpretation, policy: site, column and content tags.
    Content,
    /// Site map, 404, 410: site tags.
    Plain,
}

/// A required mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A `<meta>` tag, by its regulated name.
    Tag(&'static str),
    /// `<html lang>`.
    Language,
    /// `<title>`.
    Title,
    /// Full site name in the header.
    HeaderName,
    /// Visible publication time on a content page.
    VisibleTime,
    /// 党政机关网站标识.
    PartyGovernmentMark,
    /// “我为政府网站找错”入口.
    ErrorReportEntry,
    /// 政府网站标识码 in the footer.
    SiteCode,
    /// 主办单位.
    Sponsor,
    /// 联系方式.
    Contact,
    /// ICP 备案编号.
    IcpRecord,
    /// 公安机关备案标识.
    PoliceRecord,
    /// 网站地图.
    SiteMap,
}

/// A mark that is missing or malformed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingMark {
    /// Which one.
    pub mark: Mark,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}

impl fmt::Display for MissingMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

const SITE_TAGS: [(&str, &str); 3] =
    [("SiteName", "网站名称"), ("SiteDomain", "网站域名"), ("SiteIDCode", "政府网站标识码")];
const COLUMN_TAGS: [(&str, &str); 4] = [
    ("ColumnName", "栏目名称"),
    ("ColumnDescription", "栏目描述"),
    ("ColumnKeywords", "栏目关键词"),
    ("ColumnType", "栏目类别"),
];
const CONTENT_TAGS: [(&str, &str); 3] = [("ArticleTitle", "标题"), ("PubDate", "发布时间"), ("ContentSource", "来源")];

/// Lists every required mark or tag that a finished page lacks or carries malformed. Empty means
/// the page may be published.
pub fn check_page(html: &str, kind: PageKind) -> Vec<MissingMark> {
    let page = PageFacts::read(html);
    let mut missing = Vec::new();
    check_tags(&page, kind, &mut missing);
    check_header(&page, kind, &mut missing);
    check_footer(&page, &mut missing);
    missing
}

/// What a page should have but may be published without: the 党政机关网站标识 before its certificate is granted.
pub fn page_reminders(html: &str) -> Vec<MissingMark> {
    let page = PageFacts::read(html);
    if page.footer_links.iter().any(|link| link.contains("bszs.conac.cn")) {
        return Vec::new();
    }
    let message = "页脚没有党政机关网站标识：向机构编制部门申领后，在网站设置里填写标识证书编号。".to_owned();
    vec![MissingMark { mark: Mark::PartyGovernmentMark, message }]
}

fn check_tags(page: &PageFacts<'_>, kind: PageKind, missing: &mut Vec<MissingMark>) {
    let mut demand = |tags: &[(&'static str, &str)], level: &str| {
        for (name, chinese) in tags {
            if page.tag(name).trim().is_empty() {
                let message = format!("缺少{level}标签“{chinese}”（<meta name=\"{name}\">），请补充后再发布。");
                missing.push(MissingMark { mark: Mark::Tag(name), message });
            }
        }
    };
    demand(&SITE_TAGS, "站点");
    if kind != PageKind::Plain {
        demand(&COLUMN_TAGS, "栏目");
    }
    if kind == PageKind::Content {
        demand(&CONTENT_TAGS, "内容页");
    }
    let mut malformed = |name: &'static str, wrong: bool, message: &str| {
        let value = page.tag(name);
        if wrong && !value.trim().is_empty() {
            let message = format!("标签 {name} 的值“{value}”不合规范：{message}");
            missing.push(MissingMark { mark: Mark::Tag(name), message });
        }
    };
    malformed("SiteIDCode", !format::is_site_code(page.tag("SiteIDCode")), "应为 10 位数字，或 bm 加 8 位数字。");
    malformed("SiteDomain", !format::is_domain(page.tag("SiteDomain")), "应为域名，例如 www.nmg.gov.cn。");
    malformed("PubDate", !format::is_minute(page.tag("PubDate")), "应为 YYYY-MM-DD HH:MM。");
    let home_type = page.tag("ColumnType") == "首页";
    malformed("ColumnType", kind == PageKind::Home && !home_type, "首页的栏目类别应为“首页”。");
}

fn check_header(page: &PageFacts<'_>, kind: PageKind, missing: &mut Vec<MissingMark>) {
    let mut demand = |present: bool, mark: Mark, message: String| {
        if !present {
            missing.push(MissingMark { mark, message });
        }
    };
    demand(!page.language.is_empty(), Mark::Language, "网页没有标明语言（<html lang>）。".into());
    demand(!page.title.trim().is_empty(), Mark::Title, "网页没有标题（<title>）。".into());
    let name = page.tag("SiteName").trim();
    let named = !name.is_empty() && page.header_text.contains(name);
    demand(named, Mark::HeaderName, "头部标识区没有显示网站全称。".into());
    if kind == PageKind::Content {
        let time = page.tag("PubDate");
        let shown = !time.is_empty() && page.times.iter().any(|shown| shown.trim() == time);
        let message = "页面上没有显示发布时间，或与标签 PubDate 不一致（格式 YYYY-MM-DD HH:MM）。";
        demand(shown, Mark::VisibleTime, message.into());
    }
}

fn check_footer(page: &PageFacts<'_>, missing: &mut Vec<MissingMark>) {
    let footer = &page.footer_text;
    let code = page.tag("SiteIDCode").trim();
    let mut demand = |problem: Option<String>, mark: Mark| {
        if let Some(message) = problem {
            missing.push(MissingMark { mark, message });
        }
    };
    let conac = page.footer_links.iter().find(|link| link.contains("conac.cn"));
    let problem = conac
        .filter(|link| !format::is_conac_link(link))
        .map(|link| format!("党政机关网站标识的链接“{link}”不是标识证书页，请核对标识证书编号（32 位十六进制）。"));
    demand(problem, Mark::PartyGovernmentMark);
    let entry = page.footer_links.iter().find(|link| link.contains("/exposure/jiucuo.html"));
    let problem = match entry {
        None => Some("页脚没有“我为政府网站找错”监督举报平台入口。".to_owned()),
        Some(link) => format::error_entry_problem(link, code),
    };
    demand(problem, Mark::ErrorReportEntry);
    let shown = !code.is_empty() && footer.contains("标识码") && footer.contains(code);
    demand((!shown).then(|| "页脚没有政府网站标识码，或与标签 SiteIDCode 不一致。".into()), Mark::SiteCode);
    let labelled = |labels: &[&str]| labels.iter().any(|label| format::has_labelled_value(footer, label));
    demand((!labelled(&["主办单位", "主办"])).then(|| "页脚没有网站主办单位。".into()), Mark::Sponsor);
    let contact = labelled(&["联系方式", "联系电话", "电话"]);
    demand((!contact).then(|| "页脚没有主办单位联系方式。".into()), Mark::Contact);
    let icp = format::has_icp_record(footer);
    demand((!icp).then(|| "页脚没有 ICP 备案编号，或格式不对（例如 蒙ICP备12345678号）。".into()), Mark::IcpRecord);
    let police = format::has_police_record(footer);
    let message = "页脚没有公安机关备案标识，或格式不对（例如 蒙公网安备15000000000000号，14 位数字）。";
    demand((!police).then(|| message.into()), Mark::PoliceRecord);
    let map = page.footer_link_texts.iter().any(|text| text.contains("网站地图") || text.contains("站点地图"));
    demand((!map).then(|| "页脚没有网站地图链接。".into()), Mark::SiteMap);
}

#[cfg(test)]
mod tests;
