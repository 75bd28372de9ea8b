//! Pages of the portal that belong to no site: the list of sites, and words for those that are not there.

use app::release::LiveSite;
use domain::site::SiteState;

/// The list of the platform's live sites.
pub(super) fn index<'a>(sites: impl Iterator<Item = &'a LiveSite>) -> String {
    let items: String = sites
        .filter(|site| site.state == SiteState::Live && site.release_number > 0)
        .map(|site| {
            let (slug, name, sponsor) = (escape(&site.slug), escape(&site.name), escape(&site.sponsor_name));
            format!("<li><a href=\"sites/{slug}/\">{name}</a>（主办单位：{sponsor}）</li>\n")
        })
        .collect();
    let list = if items.is_empty() { "<p>目前没有已上线的网站。</p>".to_owned() } else { format!("<ul>\n{items}</ul>") };
    document("政府网站集约化平台", &format!("<h1>政府网站集约化平台</h1>\n<p>本平台上线的网站：</p>\n{list}"))
}

/// What an address that leads nowhere answers.
pub(super) fn nothing_here() -> String {
    document("没有找到", "<h1>没有找到您要访问的页面</h1>\n<p>请核对网址，或从网站首页重新进入。</p>")
}

/// What a site answers that is not live.
pub(super) fn not_live(site: &LiveSite) -> String {
    let name = escape(&site.name);
    let text = match site.state {
        SiteState::Suspended => format!("<h1>{name}暂停访问</h1>\n<p>网站正在维护，请稍后再来。给您带来不便，敬请谅解。</p>"),
        SiteState::Closed => format!("<h1>{name}已关停</h1>\n<p>本网站已停止服务。</p>"),
        SiteState::Preparing | SiteState::Live => return nothing_here(),
    };
    document(&site.name, &text)
}

/// What a fault of the platform answers.
pub(super) fn fault() -> String {
    document("暂时无法访问", "<h1>页面暂时无法访问</h1>\n<p>系统出现故障，请稍后再试。</p>")
}

fn document(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
