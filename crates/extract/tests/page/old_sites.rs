//! Pages as they were built around 2003: tables for layout, tags in capitals and never closed, no heading at all.

use encoding_rs::GBK;
use extract::page::{Hint, PageKind, read};

use crate::{text, value};

fn old_page() -> String {
    let menu: String =
        (0..14).map(|n| format!("<TR><TD><IMG SRC=dot.gif><A HREF=\"list.asp?id={n}\">栏目名称{n}</A>")).collect();
    let body: String =
        (1..=6).map(|n| format!("　　第{n}条　各单位应当按照本办法的规定，认真做好有关工作，不得推诿。<BR>")).collect();
    format!(
        "<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=gb2312'><TITLE>某某县人民政府--政务公开</TITLE>
         <SCRIPT LANGUAGE=javascript><!--\nfunction x(){{document.write('<td>');}}\n//--></SCRIPT></HEAD>
         <BODY BGCOLOR=#ffffff TEXT=black><TABLE WIDTH=780><TR><TD><IMG SRC=banner.jpg></TABLE>
         <TABLE WIDTH=780><TR><TD WIDTH=160 VALIGN=top><TABLE>{menu}</TABLE><TD VALIGN=top>
         您现在的位置：<A HREF=/>首页</A> -> <A HREF=list.asp?id=3>政策法规</A> -> 正文
         <TABLE WIDTH=100%><TR><TD ALIGN=center><FONT SIZE=4 COLOR=red><B>某某县城镇供水管理暂行办法</B></FONT>
         <TR><TD ALIGN=center>发布日期：[2005-3-8]　　来源：县水利局　　点击数：1024
         <TR><TD><FONT SIZE=3>{body}<P ALIGN=right>二○○五年三月八日</FONT>
         <TR><TD ALIGN=right>【<A HREF=# onclick=window.print()>打印</A>】【<A HREF=javascript:window.close()>关闭</A>】
         </TABLE></TABLE>
         <TABLE WIDTH=780><TR><TD ALIGN=center>版权所有：某某县人民政府　地址：某某镇大街一号<BR>蒙ICP备05001234号</TABLE></BODY></HTML>"
    )
}

#[test]
fn a_page_of_layout_tables_is_read() {
    let html = old_page();
    let (bytes, _, _) = GBK.encode(&html);
    let page =
        read(&bytes, &Hint { address: Some("http://www.example.gov.cn/show.asp?id=88"), content_type: None }, None);
    assert_eq!(page.encoding, "gb18030");
    assert_eq!(page.kind, PageKind::Article);
    assert_eq!(value(&page.title), Some("某某县城镇供水管理暂行办法"), "{:?}", page.title);
    assert_eq!(page.published.as_ref().expect("under the title").value.date.to_string(), "2005-03-08");
    assert_eq!(value(&page.source), Some("县水利局"));
    assert_eq!(value(&page.column), Some("政策法规"));
    assert_eq!(value(&page.icp), Some("蒙ICP备05001234号"));
    assert_eq!(text(&page).lines().count(), 7, "{}", text(&page));
    assert!(text(&page).starts_with("第1条") && text(&page).ends_with("二○○五年三月八日"), "{}", text(&page));
}
