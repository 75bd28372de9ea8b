//! What makes old sites hard: loops, broken answers, pages in several spellings, and addresses without end.

use std::{fmt::Write as _, io::Write as _, time::Duration};

use crate::{
    Answer, Expected, Manner, OldSite, OldSiteSettings,
    answer::Visit,
    content::{self, COLUMNS, Style},
    page,
    plan::list_address,
};

/// One difficult address.
#[derive(Debug, Clone)]
pub(crate) struct Hazard {
    pub address: String,
    pub expected: Expected,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// The page that links to all the others.
    Tools,
    Redirect {
        status: u16,
        to: String,
    },
    SoftMissing,
    Missing,
    Failing,
    Cut,
    BrokenChunks,
    Drip,
    FrameSet,
    FramePart,
    MetaRefresh,
    ScriptRedirect,
    Capitals(usize),
    Private,
    Huge,
    Bomb,
}

impl Hazard {
    pub fn is_frame(&self) -> bool {
        matches!(self.what, What::FrameSet | What::FramePart)
    }
}

pub(crate) fn all(settings: &OldSiteSettings) -> Vec<Hazard> {
    let mut all = Vec::new();
    let mut add = |address: &str, expected: Expected, what: What| {
        all.push(Hazard { address: address.to_owned(), expected, what });
    };
    add("/more.htm", Expected::Content, What::Tools);
    let first = content::address_of(1);
    let jumps = [
        ("/jump/1.asp", 301, "/jump/2.asp"),
        ("/jump/2.asp", 302, "3.asp"),
        ("/jump/3.asp", 301, first.as_str()),
        ("/loop/a.asp", 302, "/loop/b.asp"),
        ("/loop/b.asp", 302, "/loop/a.asp"),
    ];
    for (from, status, to) in jumps {
        let target = if to.starts_with('/') { to.to_owned() } else { format!("/jump/{to}") };
        add(from, Expected::Redirect { to: target }, What::Redirect { status, to: to.to_owned() });
    }
    add("/loop/self.asp", Expected::Broken, What::Redirect { status: 302, to: "/loop/self.asp".to_owned() });
    for number in 1..=5 {
        add(&format!("/gone/{number}.htm"), Expected::SoftMissing, What::SoftMissing);
        add(&format!("/dead/{number}.htm"), Expected::Missing, What::Missing);
    }
    add("/broken/500.htm", Expected::Broken, What::Failing);
    add("/broken/cut.htm", Expected::Broken, What::Cut);
    add("/broken/chunks.htm", Expected::Broken, What::BrokenChunks);
    add("/broken/drip.htm", Expected::Broken, What::Drip);
    add("/frames.htm", Expected::Content, What::FrameSet);
    add("/frames/left.htm", Expected::Content, What::FramePart);
    add("/frames/right.htm", Expected::Content, What::FramePart);
    add("/refresh.htm", Expected::Content, What::MetaRefresh);
    add("/default.htm", Expected::Content, What::ScriptRedirect);
    add("/private/secret.htm", Expected::Forbidden, What::Private);
    for number in (1..=settings.articles).filter(|number| number % 40 == 3) {
        if COLUMNS[content::column_of(number)].style == Style::Dated {
            let of = content::address_of(number);
            add(&page::capitals(&of), Expected::Duplicate { of }, What::Capitals(number));
        }
    }
    if settings.hazards {
        add("/big/huge.bin", Expected::Broken, What::Huge);
        add("/big/bomb.htm", Expected::Broken, What::Bomb);
    }
    all
}

pub(crate) fn answer(site: &OldSite, hazard: &Hazard, visit: Visit<'_>) -> Answer {
    let title = format!("示例页面{}", hazard.address);
    let text = format!("<p>本页用于演练，地址为{}（示例）。</p>", hazard.address);
    let page = || site.html(page::plain(&title, &text));
    match &hazard.what {
        What::Tools => site.html(tools(site)),
        What::Redirect { status, to } => Answer::redirect(*status, to),
        What::SoftMissing => site.html(not_there()),
        What::Missing => site.missing(),
        What::Failing => site.html_with(500, page::plain("错误", "<p>内部服务器错误（示例）。</p>")),
        What::Cut => Answer { manner: Manner::Cut(500), ..page() },
        What::BrokenChunks => Answer { manner: Manner::BrokenChunks, ..page() },
        What::Drip => Answer { manner: Manner::Drip(Duration::from_secs(5)), ..page() },
        What::FrameSet => site.html(
            "<html><head><title>框架</title></head><frameset cols=\"20%,80%\"><frame src=\"frames/left.htm\">\
             <frame src=\"frames/right.htm\"></frameset></html>"
                .to_owned(),
        ),
        What::FramePart | What::Private => page(),
        What::MetaRefresh => site.html(page::plain(
            "正在转到",
            &format!("<meta http-equiv=\"refresh\" content=\"0;url={}\">请稍候（示例）", list_address(1, 0)),
        )),
        What::ScriptRedirect => site.html(page::plain(
            "欢迎",
            "<script language=javascript>window.location.href=\"/index.html\";</script>欢迎访问",
        )),
        What::Capitals(number) => {
            let _ = visit;
            site.html(page::article(site, *number))
        }
        What::Huge => {
            Answer { manner: Manner::Endless(300 << 20), ..Answer::new(200, "application/octet-stream", Vec::new()) }
        }
        What::Bomb => {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            let blanks = vec![b' '; 1 << 20];
            for _ in 0..200 {
                packer.write_all(&blanks).expect("memory takes everything");
            }
            let mut answer = Answer::new(200, "text/html", packer.finish().expect("memory takes everything"));
            answer.headers.push(("Content-Encoding", "gzip".to_owned()));
            answer
        }
    }
}

fn tools(site: &OldSite) -> String {
    let mut body = String::from("<ul>");
    let endless = ["/calendar.asp?y=2020&amp;m=5", "/growth/", "/search.asp?area=1&amp;sort=1", "/mirror/", "/tag/a"];
    for address in endless {
        let _ = write!(body, "<li><a href=\"{address}\">{address}</a>");
    }
    for hazard in site.plan.hazards.iter().filter(|hazard| !matches!(hazard.what, What::Capitals(_))) {
        let _ = write!(body, "<li><a href=\"{}\">{}</a>", hazard.address, hazard.address);
    }
    body.push_str("</ul>");
    page::framed("站点工具", &body)
}

fn not_there() -> String {
    page::plain("提示信息", "<p>您访问的页面不存在或已被删除，3秒后返回首页（示例）。</p>")
}

/// Addresses that nobody could count.
pub(crate) fn endless(site: &OldSite, target: &str, number: u64) -> Answer {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let field = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse::<i64>().ok()).unwrap_or(1)
    };
    let html = match path {
        "/calendar.asp" => calendar(field("y"), field("m"), query.contains("d=")),
        "/search.asp" => search(site, field("area"), field("sort")),
        _ if path.starts_with("/growth/") => {
            page::plain("栏目", "<a href=\"more/\">更多</a> <a href=\"list/\">列表</a>")
        }
        // The same bytes under every address, with links that lead to ever new ones.
        _ if path.starts_with("/mirror/") => {
            page::plain("镜像", "<a href=\"a/\">甲</a> <a href=\"b/\">乙</a> 内容完全相同的页面")
        }
        // Every page unlike every other, each leading to the next only.
        _ if path.starts_with("/tag/") => tag(path),
        "/favicon.ico" => return site.missing(),
        // Whatever does not exist is answered with a friendly page.
        _ if path.starts_with("/uploadfile/") || path.starts_with("/dead/") => return site.missing(),
        _ => not_there(),
    };
    let _ = number;
    site.html(html)
}

fn calendar(year: i64, month: i64, day: bool) -> String {
    if day {
        return page::framed("日程", &format!("<p>{year}年{month}月，本日暂无活动（示例）。</p>"));
    }
    let (next_year, next) = if month >= 12 { (year + 1, 1) } else { (year, month + 1) };
    let (last_year, last) = if month <= 1 { (year - 1, 12) } else { (year, month - 1) };
    let mut body = format!(
        "<h3>{year}年{month}月</h3><a href=\"/calendar.asp?y={last_year}&amp;m={last}\">上月</a> \
         <a href=\"/calendar.asp?y={next_year}&amp;m={next}\">下月</a><table>"
    );
    for day in 1..=28 {
        let _ = write!(body, "<td><a href=\"/calendar.asp?y={year}&amp;m={month}&amp;d={day}\">{day}</a></td>");
    }
    body.push_str("</table>");
    page::framed("日历", &body)
}

fn search(site: &OldSite, area: i64, sort: i64) -> String {
    let mut body = format!("<h3>筛选结果 区域{area} 排序{sort}</h3>");
    for name in ["area", "sort", "year", "kind", "unit"] {
        for value in 1..=4 {
            let _ = write!(
                body,
                "<a href=\"/search.asp?{name}={value}&amp;area={}&amp;sort={}&amp;p={}\">{name}{value}</a> ",
                area + value,
                sort + 1,
                area + sort
            );
        }
    }
    for number in 1..=5.min(site.settings.articles) {
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a>",
            content::address_of(number),
            content::title_of(number, site.settings.seed)
        );
    }
    page::framed("检索", &body)
}

fn tag(path: &str) -> String {
    let name = path.trim_start_matches("/tag/");
    // The next name in an alphabet of 26, so that no number is in it.
    let mut letters: Vec<u8> = name.bytes().filter(u8::is_ascii_lowercase).collect();
    match letters.iter().rposition(|letter| *letter < b'z') {
        Some(at) => {
            letters[at] += 1;
            letters[at + 1..].fill(b'a');
        }
        None => letters = vec![b'a'; letters.len() + 1],
    }
    let next = String::from_utf8_lossy(&letters).into_owned();
    page::framed("标签", &format!("<p>标签 {name} 下没有文章。</p><a href=\"/tag/{next}\">下一个标签</a>"))
}
