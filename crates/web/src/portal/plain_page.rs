//! Pages of the portal that belong to no site: the list of sites, and words for those that are not there.

use app::release::LiveSite;
use domain::site::SiteState;
use jiff::civil::Date;

/// These pages stand alone: no file of any theme, so that they show even when nothing else does.
const STYLE: &str = "body{margin:0;background:#f4f7fb;color:#1f2d3d;font:17px/1.7 \"Noto Sans CJK SC\",\"Source Han Sans SC\",\
\"PingFang SC\",\"Microsoft YaHei\",sans-serif}header{background:linear-gradient(100deg,#08336e,#0b4a9e);color:#fff}\
header p,main{max-width:860px;margin:0 auto;padding:26px 20px}header p{font-size:22px;font-weight:700;letter-spacing:.06em}\
h1{margin:0 0 12px;font-size:24px;color:#08336e}main>p{margin:0 0 18px}ul{margin:0;padding:0;list-style:none}\
li{margin:0 0 12px;padding:18px 22px;background:#fff;border:1px solid #d9e3f0;border-left:4px solid #0b4a9e;border-radius:4px}\
li a{display:block;color:#08336e;font-size:19px;font-weight:600;text-decoration:none}li a:hover{text-decoration:underline}\
li span{color:#5b6b80;font-size:15px}.archived{margin:0 0 18px;padding:12px 18px;background:#fff6e0;border:1px solid #d9a441;border-radius:4px}\
article{background:#fff;padding:18px 22px;overflow-wrap:anywhere}article img{max-width:100%;height:auto}\
article table{border-collapse:collapse;display:block;overflow-x:auto}article td,article th{border:1px solid #9aa9bd;padding:4px 8px}\
a:focus-visible{outline:3px solid #0b4a9e;outline-offset:3px}";

/// The list of the platform's live sites.
pub(super) fn index<'a>(sites: impl Iterator<Item = &'a LiveSite>) -> String {
    let items: String = sites
        .filter(|site| site.state == SiteState::Live && site.release_number > 0)
        .map(|site| {
            let (slug, name, sponsor) = (escape(&site.slug), escape(&site.name), escape(&site.sponsor_name));
            format!("<li><a href=\"sites/{slug}/\">{name}</a><span>主办单位：{sponsor}</span></li>\n")
        })
        .collect();
    let list = if items.is_empty() {
        "<p>目前没有已上线的网站。</p>".to_owned()
    } else {
        format!("<ul>\n{items}</ul>")
    };
    document("政府网站集约化平台", &format!("<h1>网站</h1>\n<p>本平台上线的政府网站：</p>\n{list}"))
}

/// What an address that leads nowhere answers.
pub(super) fn nothing_here() -> String {
    document("没有找到", "<h1>没有找到您要访问的页面</h1>\n<p>请核对网址，或从网站首页重新进入。</p>")
}

/// What a site answers that is not live.
pub(super) fn not_live(site: &LiveSite) -> String {
    let name = escape(&site.name);
    let text = match site.state {
        SiteState::Suspended => {
            format!("<h1>{name}暂停访问</h1>\n<p>网站正在维护，请稍后再来。给您带来不便，敬请谅解。</p>")
        }
        SiteState::Closed => format!("<h1>{name}已关停</h1>\n<p>本网站已停止服务。</p>"),
        SiteState::Preparing | SiteState::Live => return nothing_here(),
    };
    document(&site.name, &text)
}

/// An archived original (已归档): what it said, when it was kept, and that it is no longer kept up.
pub(super) fn archived(title: &str, html: &str, day: Option<Date>, address: &str) -> String {
    let day = day.map(|day| format!("归档日期：{day}。")).unwrap_or_default();
    let (heading, address) = (escape(title), escape(address));
    // The text was cleaned by an allow-list before it came here.
    document(
        &format!("{title}（已归档）"),
        &format!(
            "<aside class=\"archived\" role=\"note\"><strong>已归档</strong> 这是原网站 {address} 上的页面，仅供查阅，内容不再更新。\
             {day}</aside>\n<h1>{heading}</h1>\n<article>{html}</article>"
        ),
    )
}

/// What an old address answers that was not taken over: never a silent 404.
pub(super) fn gone(title: &str, reason: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!("<p>原页面：{}</p>\n", escape(title)) };
    let reason = if reason.is_empty() { "原网站整合迁移时没有保留这个页面。" } else { reason };
    document(
        "页面已不存在",
        &format!(
            "<h1>您访问的旧网址已不再使用</h1>\n{title}<p>原因：{}</p>\n<p>请从网站首页查找需要的内容。</p>",
            escape(reason)
        ),
    )
}

/// What a fault of the platform answers.
pub(super) fn fault() -> String {
    document("暂时无法访问", "<h1>页面暂时无法访问</h1>\n<p>系统出现故障，请稍后再试。</p>")
}

fn document(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<header><p>政府网站集约化平台</p></header>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
