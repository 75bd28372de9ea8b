use extract::page::{PageKind, Place};

use crate::{html, page, sentences, text, value};

#[test]
fn tags_of_the_regulations_come_first_whatever_their_case() {
    let page = page(&format!(
        "<html><head><title>窗口标题_某某网</title>
         <meta name=SITENAME content='某某自治区人民政府'><meta name=SiteIDCode content=BM01000001>
         <meta name=articletitle content='关于开展检查的通知'><meta name=PUBDATE content='2021-07-08 09:30'>
         <meta name=contentsource content='办公室'><meta name=ColumnName content='通知公告'><meta name=columntype content='政策文件'>
         <meta name=Keywords content='检查；通知'><meta name=Author content='王某'><meta name=Description content='摘要文字'></head>
         <body><h1>另一个标题</h1><p>发布时间：2020-01-01　来源：别处</p><div class=TRS_Editor>{}</div></body></html>",
        sentences(5)
    ));
    assert_eq!(value(&page.title), Some("关于开展检查的通知"));
    let published = page.published.expect("a tag gives it");
    assert_eq!(published.value.date.to_string(), "2021-07-08");
    assert_eq!(published.value.time.map(|time| time.to_string()).as_deref(), Some("09:30:00"));
    assert!(matches!(published.place, Place::Meta(_)));
    assert_eq!(value(&page.source), Some("办公室"));
    assert_eq!(value(&page.author), Some("王某"));
    assert_eq!(value(&page.column), Some("通知公告"));
    assert_eq!(value(&page.column_type), Some("政策文件"));
    assert_eq!(value(&page.site_name), Some("某某自治区人民政府"));
    assert_eq!(value(&page.site_code), Some("bm01000001"));
    assert_eq!(value(&page.summary), Some("摘要文字"));
    assert_eq!(page.keywords, ["检查", "通知"]);
    assert_eq!(page.kind, PageKind::Article);
}

#[test]
fn the_information_table_gives_the_fields_and_is_no_part_of_the_body() {
    let page = page(&format!(
        "<div class=content><table class=xxgk>
         <tr><td>索 引 号：</td><td>11150000123456789X/2021-00045</td><td>主题分类：</td><td>综合政务\\政务公开</td></tr>
         <tr><td>发文机关：</td><td>某某厅</td><td>成文日期：</td><td>2021年07月08日</td></tr>
         <tr><td>标　　题：</td><td colspan=3>某某厅关于印发办法的通知</td></tr>
         <tr><td>发文字号：</td><td>内某发[2021]045号</td><td>发布日期：</td><td>2021年07月09日</td></tr>
         <tr><td>有 效 性：</td><td>有效</td><td>主 题 词：</td><td></td></tr></table>
         <div id=zoom>{}</div></div>",
        sentences(6)
    ));
    assert_eq!(value(&page.title), Some("某某厅关于印发办法的通知"));
    assert_eq!(value(&page.index_number), Some("11150000123456789X/2021-00045"));
    assert_eq!(value(&page.topic), Some("综合政务\\政务公开"));
    assert_eq!(value(&page.organ), Some("某某厅"));
    assert_eq!(value(&page.document_number), Some("内某发〔2021〕45号"));
    assert_eq!(value(&page.validity), Some("有效"));
    assert_eq!(page.written_on.as_ref().expect("in the table").value.to_string(), "2021-07-08");
    assert_eq!(page.published.as_ref().expect("in the table").value.date.to_string(), "2021-07-09");
    assert_eq!(text(&page).lines().count(), 6);
    assert!(!text(&page).contains("索"));
}

#[test]
fn the_information_list_without_colons_and_with_brackets_is_read_too() {
    let page = page(&format!(
        "<div class=xxgkml><ul><li>【索引号】11150000123456789X/202107-00013</li><li>【发文机关】某某局</li>
         <li>【发文字号】某政办〔2021〕3号</li><li>【发布日期】2021-07-09 08:00</li><li>【有效性】废止</li></ul></div>
         <h1>关于加强管理的意见</h1><div class=article>{}</div>",
        sentences(6)
    ));
    assert_eq!(value(&page.index_number), Some("11150000123456789X/202107-00013"));
    assert_eq!(value(&page.organ), Some("某某局"));
    assert_eq!(value(&page.document_number), Some("某政办〔2021〕3号"));
    assert_eq!(value(&page.validity), Some("废止"));
    assert_eq!(value(&page.title), Some("关于加强管理的意见"));
}

#[test]
fn the_line_under_the_title_is_read_and_left_out() {
    let page = page(&format!(
        "<title>全区召开会议-通知公告-某某政府网</title><div class=crumbs>当前位置：<a href=/>首页</a> &gt; <a href=/tz/>通知公告</a></div>
         <div class=con><h2>全区召开会议</h2>
         <div class=sm>发布时间：2021年7月8日 09:30　来源：某某日报　作者：李某　【字体：<a>大</a> <a>中</a> <a>小</a>】 浏览次数：12</div>
         {}
         <p>附件：<a href=P1.pdf>1.办法全文</a></p><p><a href='/files/b.xlsx'>2.报名表</a></p>
         <p>责任编辑：赵某</p><div class=share>分享到：<a>微信</a></div><div>【打印】 【关闭】</div>
         <p>上一篇：<a href=1.html>别的一篇文章的标题</a></p></div>
         <div class=footer>主办：某某办公室 蒙ICP备05012345号-1 <a href='http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=15010202000001'>蒙公网安备 15010202000001号</a> 网站标识码：1500000001</div>",
        sentences(4)
    ));
    assert_eq!(value(&page.title), Some("全区召开会议"));
    assert_eq!(value(&page.source), Some("某某日报"));
    assert_eq!(value(&page.author), Some("李某"));
    let moment = page.published.as_ref().expect("in the line").value;
    assert_eq!(
        (moment.date.to_string(), moment.time.map(|time| time.to_string())),
        ("2021-07-08".to_owned(), Some("09:30:00".to_owned()))
    );
    assert_eq!(value(&page.column), Some("通知公告"));
    assert_eq!(page.breadcrumb[1].address.as_deref(), Some("https://www.example.gov.cn/tz/"));
    assert_eq!(value(&page.site_code), Some("1500000001"));
    assert_eq!(value(&page.icp), Some("蒙ICP备05012345号-1"));
    assert_eq!(value(&page.police_record), Some("蒙公网安备15010202000001号"));
    let attachments: Vec<&str> = page.attachments.iter().map(|link| link.address.as_str()).collect();
    assert_eq!(attachments, ["https://www.example.gov.cn/zwgk/tz/P1.pdf", "https://www.example.gov.cn/files/b.xlsx"]);
    assert_eq!(page.attachments[0].text, "1.办法全文");
    for gone in ["发布时间", "责任编辑", "打印", "分享", "上一篇", "字体", "ICP"] {
        assert!(!text(&page).contains(gone), "{gone} in {}", text(&page));
    }
    assert!(text(&page).starts_with("第1段") && text(&page).ends_with("2.报名表"), "{}", text(&page));
}

#[test]
fn impossible_days_are_no_days() {
    let page = page(&format!(
        "<meta name=PubDate content='2021-02-30 10:00'><h1>关于某某事项的公告</h1><div>发布时间：2021-02-28 10:00</div><div class=zoom>{}</div>",
        sentences(3)
    ));
    assert_eq!(page.published.expect("the line has a real day").value.date.to_string(), "2021-02-28");
}

#[test]
fn tables_keep_their_spans_lists_and_footnotes_their_order() {
    let page = page(&format!(
        "<div id=zoom>{}<h2>二、安排</h2><table border=1><tr><th colspan=2 onclick=x()>项目</th></tr><tr><td rowspan='2'>甲</td><td>一</td></tr><tr><td>二</td></tr></table>
         <ol><li>第一项<ul><li>其中</li></ul></li><li>第二项</li></ol>
         <p>正文引用<a href='#_ftn1' name='_ftnref1'>[1]</a>在此。</p><p><a name=_ftn1></a>[1] 注释文字。</p></div>",
        sentences(3)
    ));
    let html = html(&page);
    for kept in [
        "<h2>二、安排</h2>",
        "<th colspan=\"2\">项目</th>",
        "<td rowspan=\"2\">甲</td>",
        "<ol><li>第一项<ul><li>其中</li></ul></li><li>第二项</li></ol>",
        "href=\"#fn-_ftn1\"",
        "[1] 注释文字。",
    ] {
        assert!(html.contains(kept), "{kept} in {html}");
    }
    assert!(text(&page).contains("项目\n甲\t一\n二\n第一项\n其中\n第二项"), "{}", text(&page));
}

#[test]
fn service_guides_are_told_from_articles() {
    let rows: String = ["事项名称", "设定依据", "受理条件", "申请材料", "办理地点", "收费标准", "联系电话", "办理流程"]
        .iter()
        .map(|name| format!("<tr><td>{name}</td><td>按规定办理，详见窗口公示。</td></tr>"))
        .collect();
    let page = page(&format!("<h1>某某许可办事指南</h1><table>{rows}</table>"));
    assert_eq!(page.kind, PageKind::Guide);
}

#[test]
fn canonical_refresh_and_base_are_reported() {
    let page = page(
        "<head><base href='/new/'><link rel=canonical href='a.html'><meta http-equiv=Refresh content=\"0; URL='b.html'\"></head><a href=c.html>去那里</a>",
    );
    assert_eq!(page.canonical.as_deref(), Some("https://www.example.gov.cn/new/a.html"));
    assert_eq!(page.refresh.as_deref(), Some("https://www.example.gov.cn/new/b.html"));
    assert_eq!(page.links[0].address, "https://www.example.gov.cn/new/c.html");
}

#[test]
fn an_article_that_is_only_a_file_or_a_scan_is_found_by_its_name() {
    let page = page(
        "<ul><li><a href=/a>政务公开</a></li><li><a href=/b>办事服务</a></li></ul><h1>某某报表公开说明</h1><div class=TRS_Editor><p><a href=P02.pdf>报表全文.pdf</a></p><p><img src=1.jpg></p></div>",
    );
    assert_eq!(page.attachments.len(), 1);
    assert_eq!(page.images.len(), 1);
    assert_eq!(text(&page), "报表全文.pdf");
}

#[test]
fn words_that_end_like_a_label_are_none() {
    let page = page(&format!(
        "<h1>关于召开会议的通知</h1><div>来源：某某厅 时间：2021-07-08</div><div id=zoom><p>会议时间：2021年8月1日上午9:00</p><p>会议地点：某某楼</p><p>收入来源：财政拨款</p>{}</div>",
        sentences(3)
    ));
    assert_eq!(page.published.as_ref().expect("in the line").value.date.to_string(), "2021-07-08");
    assert_eq!(value(&page.source), Some("某某厅"));
    assert!(text(&page).starts_with("会议时间"), "{}", text(&page));
}

#[test]
fn numbers_of_unusual_form_are_kept_as_they_stand() {
    let page = page(&format!(
        "<table><tr><td>发文字号</td><td>公告2018年 第12号</td></tr></table><div id=zoom>{}</div>",
        sentences(3)
    ));
    assert_eq!(value(&page.document_number), Some("公告2018年第12号"));
}
