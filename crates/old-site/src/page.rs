//! The pages: tables, `<font>`, Chinese in every comment, as they were built then.

use std::fmt::Write;

use crate::{
    OldSite, attachment,
    content::{self, Article, COLUMNS, Style},
    plan::{Place, list_address, picture_address},
    words::{ICP, POLICE, SITE_CODE, SITE_NAME},
};

fn frame(title: &str, head: &str, body: &str) -> String {
    let menu: String = [("首页", "/".to_owned())]
        .into_iter()
        .chain([0, 1, 2, 4, 5].map(|column| (COLUMNS[column].path[0], list_address(column, 0))))
        .map(|(name, address)| format!("<td><a href=\"{address}\"><font color=white>{name}</font></a></td>"))
        .collect();
    format!(
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n<html><head>\n\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset={{charset}}\">\n<title>{title}</title>\n\
         <meta name=\"SiteName\" content=\"{SITE_NAME}\"><meta name=\"SiteIDCode\" content=\"{SITE_CODE}\">\n{head}</head>\n\
         <body topmargin=0><table width=1000 align=center bgcolor=#cc0000><tr height=30>{menu}</tr></table>\n{body}\n\
         <!-- 底部开始 --><table width=1000 align=center class=footer><tr><td align=center>主办：{SITE_NAME}（示例）&nbsp; \
         承办：{SITE_NAME}办公室（示例）<br>网站标识码：{SITE_CODE} &nbsp; {ICP} &nbsp; {POLICE}<br>\
         版权所有：{SITE_NAME}（示例）&nbsp;网站地图</td></tr></table>\n</body></html>\n"
    )
}

/// A page with nothing but a title and a body.
pub(crate) fn plain(title: &str, body: &str) -> String {
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={{charset}}\">\
         <title>{title}</title></head><body>{body}</body></html>"
    )
}

/// A page of the site with menu and footer.
pub(crate) fn framed(title: &str, body: &str) -> String {
    frame(title, "", body)
}

pub(crate) fn home(site: &OldSite) -> String {
    let mut body = String::from("<table width=1000 align=center><tr valign=top>");
    for (index, column) in COLUMNS.iter().enumerate() {
        let name = column.path.last().copied().unwrap_or_default();
        let _ = write!(body, "<td width=330><b>{name}</b> <a href=\"{}\">更多&gt;&gt;</a><ul>", list_address(index, 0));
        for number in site.plan.columns[index].iter().take(6) {
            body.push_str(&entry(site, *number, ""));
        }
        body.push_str("</ul></td>");
        if index == 2 {
            body.push_str("</tr><tr valign=top>");
        }
    }
    body.push_str("</tr></table>");
    if site.settings.traps {
        body.push_str("<p align=center>友情链接：<a href=\"http://www.example.com/\">示例外部网站</a> <a href=\"/more.htm\">站点工具</a></p>");
    }
    frame(&format!("{SITE_NAME}门户网站"), "<meta name=\"ColumnType\" content=\"首页\">\n", &body)
}

fn entry(site: &OldSite, number: usize, session: &str) -> String {
    let address = content::address_of(number);
    let title = content::title_of(number, site.settings.seed);
    let published = content::published_of(number);
    // As many programs do it: the title cut short, the whole of it in the attribute.
    let short: String = title.chars().take(24).collect();
    format!(
        "<li><a href=\"{address}{session}\" title=\"{title}\" target=_blank>{short}</a><span class=date>[{published}]</span></li>\n"
    )
}

pub(crate) fn list(site: &OldSite, column: usize, page: usize, number: u64) -> String {
    let content::Column { path, style, .. } = &COLUMNS[column];
    let size = site.settings.page_size.max(1);
    let pages = site.plan.list_pages(column, &site.settings);
    let name = path.last().copied().unwrap_or_default();
    // A new session number with every request, as Java servers do it for visitors without cookies.
    let session = if *style == Style::Numbered && site.settings.traps {
        format!(";jsessionid={:032X}", u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
    } else {
        String::new()
    };
    let mut body =
        format!("<table width=1000 align=center><tr><td>{}</td></tr><tr><td><ul class=list>\n", crumbs(path));
    for number in site.plan.columns[column].iter().skip(page * size).take(size) {
        body.push_str(&entry(site, *number, &session));
    }
    let _ = write!(body, "</ul><div class=page>共{pages}页 当前第{}页 ", page + 1);
    let mut link = |text: &str, to: usize| {
        let address = list_address(column, to).replace('&', "&amp;");
        let _ = write!(body, "<a href=\"{address}\">{text}</a> ");
    };
    link("首页", 0);
    if page > 0 {
        link("上一页", page - 1);
    }
    if page + 1 < pages {
        link("下一页", page + 1);
    }
    link("尾页", pages - 1);
    body.push_str("</div></td></tr></table>");
    frame(&format!("{name}-{SITE_NAME}"), &format!("<meta name=\"ColumnName\" content=\"{name}\">\n"), &body)
}

fn crumbs(path: &[&str]) -> String {
    let mut text = String::from("当前位置：<a href=\"/\">首页</a>");
    for name in path {
        match COLUMNS.iter().position(|column| column.path.last() == Some(name)) {
            Some(column) => {
                let _ = write!(text, " &gt; <a href=\"{}\">{name}</a>", list_address(column, 0));
            }
            None => {
                let _ = write!(text, " &gt; {name}");
            }
        }
    }
    text
}

pub(crate) fn article(site: &OldSite, number: usize) -> String {
    let article = site.article(number);
    let column = &COLUMNS[article.column];
    let mut body = format!("<table width=1000 align=center><tr><td class=position>{}</td></tr>\n", crumbs(column.path));
    if !article.document_number.is_empty() {
        let _ = write!(
            body,
            "<tr><td><table border=1 width=100% class=xxgk><tr><td>索引号：</td><td>{}</td><td>发布机构：</td><td>{}</td></tr>\
             <tr><td>文号：</td><td>{}</td><td>发文日期：</td><td>{}</td></tr></table></td></tr>",
            article.index_number, article.source, article.document_number, article.published
        );
    }
    let author = if article.author.is_empty() { String::new() } else { format!("作者：{} ", article.author) };
    let _ = write!(
        body,
        "<tr><td align=center class=title><font size=5><b>{}</b></font></td></tr>\n<tr><td align=center class=info>\
         发布时间：{} 来源：{} {author}点击数：<script src=\"/hits.asp?id={number}\"></script></td></tr>\n\
         <tr><td class=content id=zoom>\n",
        article.title, article.published, article.source
    );
    main_text(&mut body, &article);
    if article.has_attachment {
        let _ = writeln!(
            body,
            "<p>附件：<a href=\"{}\">{}</a></p>",
            attachment::address_of(number),
            attachment::name_of(number)
        );
    }
    body.push_str("</td></tr><tr><td>【<a href=\"javascript:window.print()\">打印</a>】【<a href=\"javascript:window.close()\">关闭</a>】<br>\n");
    let siblings = &site.plan.columns[article.column];
    if let Some(at) = siblings.iter().position(|sibling| *sibling == number) {
        for (name, other) in [("上一篇", at.checked_sub(1)), ("下一篇", Some(at + 1))] {
            if let Some(other) = other.and_then(|other| siblings.get(other)) {
                let title = content::title_of(*other, site.settings.seed);
                let _ = write!(body, "{name}：<a href=\"{}\">{title}</a><br>", content::address_of(*other));
            }
        }
    }
    // The same page under a name in capital letters: Windows servers do not mind.
    if site.settings.traps && number % 40 == 3 && column.style == Style::Dated {
        let _ = write!(body, "<a href=\"{}\">打印版</a>", capitals(&article.address));
    }
    body.push_str("</td></tr></table>");
    let mut head = String::new();
    if column.path[0] == "政策文件" {
        let _ = write!(
            head,
            "<meta name=\"ArticleTitle\" content=\"{}\">\n<meta name=\"PubDate\" content=\"{} 09:00\">\n<meta name=\"ContentSource\" content=\"{}\">\n",
            article.title, article.published, article.source
        );
    }
    frame(&format!("{}-{SITE_NAME}", article.title), &head, &body)
}

fn main_text(body: &mut String, article: &Article) {
    for (index, paragraph) in article.paragraphs.iter().enumerate() {
        let _ = writeln!(body, "<P style=\"TEXT-INDENT: 2em\"><FONT face=仿宋 size=3>{paragraph}</FONT></P>");
        if index == 0 && article.has_picture {
            let _ = writeln!(
                body,
                "<P align=center><IMG src=\"{}\" border=0 alt=\"示例图片\"></P>",
                picture_address(article.number)
            );
        }
        if index == 0 && !article.table.is_empty() {
            body.push_str("<TABLE border=1 cellSpacing=0><TBODY>\n");
            for [first, second, third] in &article.table {
                let _ = writeln!(body, "<TR><TD>{first}</TD><TD>{second}</TD><TD>{third}</TD></TR>");
            }
            body.push_str("</TBODY></TABLE>\n");
        }
    }
}

pub(crate) fn capitals(address: &str) -> String {
    address.to_ascii_uppercase()
}

/// A picture of one dot; the number makes its bytes its own.
pub(crate) fn picture(number: usize) -> Vec<u8> {
    let [_, red, green, blue] = u32::try_from(number).unwrap_or(0).to_be_bytes();
    let mut gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00".to_vec();
    gif.extend([red, green, blue, 255, 255, 255]);
    gif.extend(b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;");
    gif
}

pub(crate) fn robots(site: &OldSite, host: &str) -> String {
    let delay = site.settings.crawl_delay.map(|seconds| format!("Crawl-delay: {seconds}\n")).unwrap_or_default();
    format!("User-agent: *\nDisallow: /private/\nDisallow: /*?print=\n{delay}Sitemap: http://{host}/sitemap.xml\n")
}

/// Names the lists and every tenth article, as such maps do when nobody looks after them.
pub(crate) fn sitemap(site: &OldSite, host: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in &site.plan.order {
        let named = match &site.plan.places[address] {
            Place::Home | Place::List { page: 0, .. } => true,
            Place::Article(number) => number % 10 == 0,
            _ => false,
        };
        if named {
            let _ = writeln!(xml, "<url><loc>http://{host}{}</loc></url>", address.replace('&', "&amp;"));
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The address without the session number that lists put into it.
pub(crate) fn without_session(target: &str) -> String {
    match target.split_once(";jsessionid=") {
        Some((path, rest)) => {
            let query = rest.find('?').map_or("", |at| &rest[at..]);
            format!("{path}{query}")
        }
        None => target.to_owned(),
    }
}
