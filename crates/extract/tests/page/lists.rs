use extract::page::PageKind;

use crate::{page, read_at, sentences};

fn items(count: usize) -> String {
    (1..=count).map(|n| format!("<li><a href='t2021070{}_{n}.html' title='关于第{n}项工作安排的通知全文'>关于第{n}项工作安排的…</a><span>2021-07-{:02}</span></li>", n % 9 + 1, n % 28 + 1)).collect()
}

#[test]
fn items_days_and_the_next_page_are_found() {
    let page = read_at(
        "https://www.example.gov.cn/zwgk/tz/",
        &format!(
            "<ul class=nav><li><a href=/>网站首页</a><li><a href=/a/>政务公开</a><li><a href=/b/>办事服务</a><li><a href=/c/>互动交流</a></ul>
             <div class=list><ul>{}</ul></div>
             <div class=page>共12页 <a href=index_1.html>2</a> <a href=index_2.html>3</a> <a href=index_1.html>下一页</a> <a href=index_11.html>尾页</a></div>",
            items(20)
        ),
    );
    assert_eq!(page.kind, PageKind::List);
    let list = page.list.expect("a list");
    assert_eq!(list.items.len(), 20);
    assert_eq!(list.items[0].title, "关于第1项工作安排的通知全文");
    assert_eq!(list.items[0].address, "https://www.example.gov.cn/zwgk/tz/t20210702_1.html");
    assert_eq!(list.items[0].date.expect("beside the link").date.to_string(), "2021-07-02");
    assert_eq!(list.next.as_deref(), Some("https://www.example.gov.cn/zwgk/tz/index_1.html"));
    assert_eq!(list.page_count, Some(12));
    assert!(list.pages.contains(&"https://www.example.gov.cn/zwgk/tz/index_11.html".to_owned()));
}

#[test]
fn lists_in_tables_and_lists_cut_into_fives_are_whole() {
    let rows: String = (1..=15)
        .map(|n| {
            format!(
                "<tr><td>{n}</td><td><a href=/d/{n}.html>某某局第{n}号公告内容标题</a></td><td>2020年3月{n}日</td></tr>"
            )
        })
        .collect();
    let list = page(&format!("<table><tbody>{rows}</tbody></table>")).list.expect("a list in a table");
    assert_eq!(list.items.len(), 15);
    assert_eq!(list.items[14].date.expect("in the third cell").date.to_string(), "2020-03-15");
    let cut: String = (0..4).map(|_| format!("<ul>{}</ul>", items(5))).collect();
    let list = page(&format!("<div class=list>{cut}</div>")).list.expect("a list in parts");
    assert_eq!(list.items.len(), 20);
}

#[test]
fn home_pages_are_told_from_lists() {
    let columns: String = (0..12)
        .map(|c| {
            format!(
                "<div class=box><h3><a href=/c{c}/>栏目{c}</a></h3><ul>{}</ul></div>",
                (0..8)
                    .map(|n| format!("<li><a href=/c{c}/{n}.html>第{c}栏目第{n}条消息的标题</a></li>"))
                    .collect::<String>()
            )
        })
        .collect();
    let page = read_at("https://www.example.gov.cn/", &format!("<title>某某政府网</title>{columns}"));
    assert_eq!(page.kind, PageKind::Home);
}

#[test]
fn further_pages_of_an_article_are_reported() {
    let page = read_at(
        "https://www.example.gov.cn/a/content_100.html",
        &format!(
            "<h1>一篇分成几页的长文章</h1><div class=TRS_Editor>{}</div><div class=pager><a href=content_100_2.html>2</a> <a href=content_100_3.html>3</a> <a href=content_100_2.html>下一页</a></div><a href=/b/1.html>1</a>",
            sentences(8)
        ),
    );
    assert_eq!(page.kind, PageKind::Article);
    assert_eq!(
        page.further_pages,
        ["https://www.example.gov.cn/a/content_100_2.html", "https://www.example.gov.cn/a/content_100_3.html"]
    );
}

#[test]
fn page_links_written_by_a_script_are_understood() {
    let page = read_at(
        "https://www.example.gov.cn/zwgk/tz/index_3.html",
        &format!(
            "<ul>{}</ul><script>function createPageHTML(_n, _c){{}}\ncreatePageHTML(12, 3,\"index\", \"html\");</script>",
            items(20)
        ),
    );
    let list = page.list.expect("a list");
    assert_eq!(list.page_count, Some(12));
    assert_eq!(list.next.as_deref(), Some("https://www.example.gov.cn/zwgk/tz/index_4.html"));
    assert_eq!(list.pages.len(), 11);
    assert_eq!(list.pages[0], "https://www.example.gov.cn/zwgk/tz/index.html");
}

#[test]
fn lists_kept_in_a_data_island_are_read() {
    let records: String = (1..=12).map(|n| format!("<record><![CDATA[<li><span>2022-05-{n:02}</span><a href='/art/2022/5/{n}.html'>第{n}号通知公告的标题全文</a></li>]]></record>")).collect();
    let page = read_at(
        "https://www.example.gov.cn/col/col1/index.html",
        &format!(
            "<div class=nav><a href=/>首页</a></div><div id=123><script type=\"text/xml\"><datastore><nextgroup></nextgroup><recordset>{records}</recordset></datastore></script></div><p>后面的文字</p>"
        ),
    );
    let list = page.list.expect("a list");
    assert_eq!(list.items.len(), 12, "{list:?}");
    assert_eq!(list.items[11].title, "第12号通知公告的标题全文");
    assert_eq!(list.items[11].date.expect("in the item").date.to_string(), "2022-05-12");
}

#[test]
fn days_without_a_year_take_it_from_the_address() {
    let items: String = (1..=9)
        .map(|n| format!("<li><a href=t2021070{n}_{n}.html>第{n}号通知公告的标题全文</a><em>[07-0{n}]</em></li>"))
        .collect();
    let list = page(&format!("<ul>{items}</ul>")).list.expect("a list");
    assert_eq!(list.items[4].date.expect("month and day are shown").date.to_string(), "2021-07-05");
}
